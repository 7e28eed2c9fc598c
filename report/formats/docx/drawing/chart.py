"""Charts of Word's own, that can be edited there: a chart part and the workbook that it draws from (ECMA-376 21.2).

Written here, not with python-pptx: its XML would have to be changed in nearly every element, and to load it takes as
long as to write a whole report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from report.formats.charts import style as drawn
from report.formats.docx.drawing.axes import axes
from report.formats.docx.drawing.chart_workbook import SHEET, column, has_totals, number_format, sums, workbook
from report.formats.docx.drawing.elements import filled, invisible, no_fill, put, stroked, text_properties
from report.formats.docx.formatting.languages import full_tag
from report.formats.docx.package.package import xml_part
from report.formats.docx.writing.writer import Writer
from report.formats.ooxml import Element, clean, new, sub
from report.values import Chart, Series

_MARKERS = ("circle", "square", "triangle", "diamond", "star", "x")
_DASHES = ("solid", "dash", "sysDot", "dashDot", "sysDash", "lgDash")
_SMALLEST_SHARE = Decimal("0.09")
"""A part that is less of its bar has no room for its number."""


def relate(writer: Writer, chart: Chart) -> str:
    """Add a chart with its workbook to the package; return the relationship's id."""
    number, package = writer.count("chart"), writer.package.package
    root = chart_space(chart, drawn.of(writer.document.look), full_tag(writer.document.language))
    part = xml_part(f"/word/charts/chart{number}.xml", CT.DML_CHART, root, package)
    content = workbook(chart, writer.document.date)
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), CT.SML_SHEET, content, package)
    data = sub(root, "c:externalData", {"r:id": part.relate_to(book, RT.PACKAGE)})
    put(data, "autoUpdate", 0)
    return writer.part.relate_to(part, RT.CHART)


def chart_space(chart: Chart, style: drawn.Style, language: str) -> Element:
    """Return the root of a chart part, without the reference to its workbook."""
    root = new("c:chartSpace", "c", "a", "r")
    put(root, "date1904", 0)
    put(root, "lang", language)
    put(root, "roundedCorners", 0)
    whole = sub(root, "c:chart")
    put(whole, "autoTitleDeleted", 1)
    area = sub(whole, "c:plotArea")
    sub(area, "c:layout")
    _KINDS[chart.kind](area, chart, style)
    if len(chart.series) > 1 or chart.kind == "donut":
        legend = sub(whole, "c:legend")
        put(legend, "legendPos", "r" if chart.kind == "donut" else "t")
        put(legend, "overlay", 0)
    put(whole, "plotVisOnly", 1)
    put(whole, "dispBlanksAs", "gap")
    invisible(sub(root, "c:spPr"))
    text_properties(root, style.families, style.ink, style.text)
    return root


def _bars(area: Element, chart: Chart, style: drawn.Style) -> None:
    plot = sub(area, "c:barChart")
    stacked = chart.kind == "stacked"
    put(plot, "barDir", "bar")
    put(plot, "grouping", "stacked" if stacked else "clustered")
    put(plot, "varyColors", 0)
    for place, series in enumerate(chart.series):
        fill = style.fills[place % 6]
        element = _series(plot, place, series.name, partial(filled, fill=fill, edge=style.paper if stacked else None))
        put(element, "invertIfNegative", 0)
        if stacked:
            _labels(element, chart, style, None, drawn.on(fill, style), _crowded(chart, series))
        else:
            _labels(element, chart, style, "outEnd", style.ink)
        _data(element, chart, place, series.values)
    if has_totals(chart):
        _totals(plot, chart, style)
    put(plot, "gapWidth", 60 if stacked else 70)
    if stacked:
        put(plot, "overlap", 100)
    axes(area, plot, chart, style, upright=False)


def _totals(plot: Element, chart: Chart, style: drawn.Style) -> None:
    """Write the totals as a series that is not seen: at its base, which is the bar's end, stands its number.

    Its name stays in the legend, without a colour: Word and LibreOffice count a legend's entries from different ends.
    """
    place = len(chart.series)
    element = _series(plot, place, chart.together, invisible)
    put(element, "invertIfNegative", 0)
    _labels(element, chart, style, "inBase", style.ink)
    _data(element, chart, place, sums(chart))


def _lines(area: Element, chart: Chart, style: drawn.Style) -> None:
    plot = sub(area, "c:lineChart")
    put(plot, "grouping", "standard")
    put(plot, "varyColors", 0)
    for place, series in enumerate(chart.series):
        colour = style.fills[(0, 4, 2)[place % 3]]
        element = _series(plot, place, series.name, partial(stroked, colour=colour, dash=_DASHES[place % 6]))
        marker = sub(element, "c:marker")
        put(marker, "symbol", _MARKERS[place % 6])
        put(marker, "size", 7)
        filled(sub(marker, "c:spPr"), fill=colour, edge=colour)
        if len(chart.series) == 1:
            _labels(element, chart, style, "t", style.ink, range(len(chart.categories) - 1))
        _data(element, chart, place, series.values)
        put(element, "smooth", 0)
    put(plot, "marker", 1)
    axes(area, plot, chart, style, upright=True)


def _ring(area: Element, chart: Chart, style: drawn.Style) -> None:
    plot = sub(area, "c:doughnutChart")
    put(plot, "varyColors", 1)
    element = _series(plot, 0, chart.series[0].name, None)
    for index in range(len(chart.categories)):
        point = sub(element, "c:dPt")
        put(point, "idx", index)
        put(point, "bubble3D", 0)
        filled(sub(point, "c:spPr"), fill=style.fills[index % 6], edge=style.paper)
    values = [value or Decimal() for value in chart.series[0].values]
    whole = sum(values, Decimal()) or Decimal(1)
    labels = sub(element, "c:dLbls")
    for index, value in enumerate(values):
        label = sub(labels, "c:dLbl")
        put(label, "idx", index)
        if value / whole < _SMALLEST_SHARE:
            put(label, "delete", 1)
            continue
        sub(label, "c:numFmt", {"formatCode": "0%", "sourceLinked": 0})
        no_fill(sub(label, "c:spPr"))
        text_properties(label, style.families, drawn.on(style.fills[index % 6], style), style.small)
        _show(label, "showPercent")
    _show(labels, "showPercent")
    put(labels, "showLeaderLines", 0)
    _data(element, chart, 0, chart.series[0].values)
    put(plot, "firstSliceAng", 0)
    put(plot, "holeSize", 50)


_KINDS: Mapping[str, Callable[[Element, Chart, drawn.Style], None]] = {
    "bar": _bars,
    "stacked": _bars,
    "line": _lines,
    "donut": _ring,
}


def _crowded(chart: Chart, series: Series) -> tuple[int, ...]:
    """Return the bars in which a series' part is too short for its number."""
    most = max((*sums(chart), Decimal())) or Decimal(1)
    return tuple(n for n, value in enumerate(series.values) if (value or Decimal()) / most < _SMALLEST_SHARE)


def _series(plot: Element, place: int, name: str, look: Callable[[Element], None] | None) -> Element:
    element = sub(plot, "c:ser")
    put(element, "idx", place)
    put(element, "order", place)
    reference = sub(sub(element, "c:tx"), "c:strRef")
    sub(reference, "c:f").text = f"{SHEET}!${column(place)}$1"
    _cache(sub(reference, "c:strCache"), [clean(name)])
    if look:
        look(sub(element, "c:spPr"))
    return element


def _data(element: Element, chart: Chart, place: int, numbers: Sequence[Decimal | None]) -> None:
    last, letters = len(chart.categories) + 1, column(place)
    reference = sub(sub(element, "c:cat"), "c:strRef")
    sub(reference, "c:f").text = f"{SHEET}!$A$2:$A${last}"
    _cache(sub(reference, "c:strCache"), [clean(category) for category in chart.categories])
    reference = sub(sub(element, "c:val"), "c:numRef")
    sub(reference, "c:f").text = f"{SHEET}!${letters}$2:${letters}${last}"
    cache = sub(reference, "c:numCache")
    sub(cache, "c:formatCode").text = number_format(chart)
    _cache(cache, [None if value is None else str(value) for value in numbers])


def _cache(cache: Element, values: list[str | None]) -> None:
    put(cache, "ptCount", len(values))
    for index, value in enumerate(values):
        if value is not None:
            point = sub(cache, "c:pt", {"idx": index})
            sub(point, "c:v").text = value


def _labels(
    element: Element, chart: Chart, style: drawn.Style, place: str | None, colour: str, hidden: Sequence[int] = ()
) -> None:
    labels = sub(element, "c:dLbls")
    for index in hidden:
        label = sub(labels, "c:dLbl")
        put(label, "idx", index)
        put(label, "delete", 1)
    sub(labels, "c:numFmt", {"formatCode": number_format(chart), "sourceLinked": 0})
    no_fill(sub(labels, "c:spPr"))
    size = style.text if place else style.small
    text_properties(labels, style.families, colour, size, bold=place is not None, wrap=False)
    if place:
        put(labels, "dLblPos", place)
    _show(labels, "showVal")


def _show(labels: Element, what: str) -> None:
    for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize"):
        put(labels, name, int(name == what))
