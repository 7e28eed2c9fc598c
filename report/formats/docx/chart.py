"""Charts of Word's own, that can be edited there: a chart part and the workbook that it draws from (ECMA-376 21.2).

Written here, not with python-pptx: its XML would have to be changed in nearly every element, and to load it takes as
long as to write a whole report.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from decimal import Decimal

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from report.formats.charts import lines
from report.formats.charts import style as drawn
from report.formats.docx.workbook import SHEET, number_format, workbook
from report.formats.docx.writer import Writer, full_tag
from report.formats.docx.xml import NAMESPACES, Element, clean, q, sub
from report.values import Chart, Series

_AXES = ("111111111", "222222222")
"""Ids of the two axes: any number below 2³¹, the same in every chart."""
_MARKERS = ("circle", "square", "triangle", "diamond", "star", "x")
_DASHES = ("solid", "dash", "sysDot", "dashDot", "sysDash", "lgDash")
_SMALLEST_SHARE = Decimal("0.09")
"""A part that is less of its bar has no room for its number."""


def relate(writer: Writer, chart: Chart) -> str:
    """Add a chart with its workbook to the package; return the relationship's id."""
    number = writer.count("chart")
    package = writer.part.package
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CT.DML_CHART, b"", package)
    book = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"), CT.SML_SHEET, workbook(chart, writer.document.date), package
    )
    relation = part.relate_to(book, RT.PACKAGE)
    part._blob = etree.tostring(space(chart, writer, relation), encoding="UTF-8", standalone=True)
    return writer.part.relate_to(part, RT.CHART)


def space(chart: Chart, writer: Writer, relation: str) -> Element:
    """Return the root of a chart part."""
    style = drawn.of(writer.document.look)
    root = etree.Element(q("c:chartSpace"), nsmap={p: NAMESPACES[p] for p in ("c", "a", "r")})
    _value(root, "date1904", 0)
    _value(root, "lang", full_tag(writer.document.language))
    _value(root, "roundedCorners", 0)
    whole = sub(root, "c:chart")
    _value(whole, "autoTitleDeleted", 1)
    area = sub(whole, "c:plotArea")
    sub(area, "c:layout")
    _KINDS[chart.kind](area, chart, style)
    if len(chart.series) > 1 or chart.kind == "donut":
        legend = sub(whole, "c:legend")
        _value(legend, "legendPos", "r" if chart.kind == "donut" else "t")
        _value(legend, "overlay", 0)
    _value(whole, "plotVisOnly", 1)
    _value(whole, "dispBlanksAs", "gap")
    shape = sub(root, "c:spPr")
    sub(shape, "a:noFill")
    sub(sub(shape, "a:ln"), "a:noFill")
    _text(root, style.font, style.ink, style.text)
    sub(sub(root, "c:externalData", {"r:id": relation}), "c:autoUpdate").set("val", "0")
    return root


def _bars(area: Element, chart: Chart, style: drawn.Style) -> None:
    plot = sub(area, "c:barChart")
    stacked = chart.kind == "stacked"
    _value(plot, "barDir", "bar")
    _value(plot, "grouping", "stacked" if stacked else "clustered")
    _value(plot, "varyColors", 0)
    for place, series in enumerate(chart.series):
        fill = style.fills[place % 6]
        element = _series(
            plot, chart, place, functools.partial(_filled, fill=fill, edge=style.paper if stacked else None)
        )
        _value(element, "invertIfNegative", 0)
        hidden = _crowded(chart, series) if stacked else ()
        _labels(
            element,
            chart,
            style,
            None if stacked else "outEnd",
            drawn.on(fill, style) if stacked else style.ink,
            hidden,
        )
        _data(element, chart, place)
    _value(plot, "gapWidth", 60 if stacked else 70)
    if stacked:
        _value(plot, "overlap", 100)
    _axes(area, plot, chart, style, upright=False)


def _lines(area: Element, chart: Chart, style: drawn.Style) -> None:
    plot = sub(area, "c:lineChart")
    _value(plot, "grouping", "standard")
    _value(plot, "varyColors", 0)
    for place in range(len(chart.series)):
        colour = style.fills[(0, 4, 2)[place % 3]]
        element = _series(plot, chart, place, functools.partial(_stroked, colour=colour, dash=_DASHES[place % 6]))
        marker = sub(element, "c:marker")
        _value(marker, "symbol", _MARKERS[place % 6])
        _value(marker, "size", 7)
        _filled(sub(marker, "c:spPr"), fill=colour, edge=colour)
        if len(chart.series) == 1:
            _labels(element, chart, style, "t", style.ink, range(len(chart.categories) - 1))
        _data(element, chart, place)
        _value(element, "smooth", 0)
    _value(plot, "marker", 1)
    _axes(area, plot, chart, style, upright=True)


def _ring(area: Element, chart: Chart, style: drawn.Style) -> None:
    plot = sub(area, "c:doughnutChart")
    _value(plot, "varyColors", 1)
    element = _series(plot, chart, 0, None)
    for index in range(len(chart.categories)):
        point = sub(element, "c:dPt")
        _value(point, "idx", index)
        _value(point, "bubble3D", 0)
        _filled(sub(point, "c:spPr"), fill=style.fills[index % 6], edge=style.paper)
    values = [value or Decimal() for value in chart.series[0].values]
    whole = sum(values, Decimal()) or Decimal(1)
    labels = sub(element, "c:dLbls")
    for index, value in enumerate(values):
        label = sub(labels, "c:dLbl")
        _value(label, "idx", index)
        if value / whole < _SMALLEST_SHARE:
            _value(label, "delete", 1)
            continue
        _text(label, style.font, drawn.on(style.fills[index % 6], style), style.small, before=("numFmt", "spPr"))
        _shown(label, percent=True)
    _shown(labels, percent=True)
    _value(labels, "showLeaderLines", 0)
    _data(element, chart, 0)
    _value(plot, "firstSliceAng", 0)
    _value(plot, "holeSize", 50)


_KINDS: Mapping[str, Callable[[Element, Chart, drawn.Style], None]] = {
    "bar": _bars,
    "stacked": _bars,
    "line": _lines,
    "donut": _ring,
}


def _crowded(chart: Chart, series: Series) -> tuple[int, ...]:
    """Return the bars in which a series' part is too short for its number."""
    sums = [sum((s.values[n] or Decimal() for s in chart.series), Decimal()) for n in range(len(chart.categories))]
    most = max(sums) or Decimal(1)
    return tuple(n for n, value in enumerate(series.values) if (value or Decimal()) / most < _SMALLEST_SHARE)


def _series(plot: Element, chart: Chart, place: int, look: Callable[[Element], None] | None) -> Element:
    element = sub(plot, "c:ser")
    _value(element, "idx", place)
    _value(element, "order", place)
    column = _column(place)
    reference = sub(sub(element, "c:tx"), "c:strRef")
    sub(reference, "c:f").text = f"{SHEET}!${column}$1"
    _cache(sub(reference, "c:strCache"), [clean(chart.series[place].name)])
    if look:
        look(sub(element, "c:spPr"))
    return element


def _data(element: Element, chart: Chart, place: int) -> None:
    last, column = len(chart.categories) + 1, _column(place)
    reference = sub(sub(element, "c:cat"), "c:strRef")
    sub(reference, "c:f").text = f"{SHEET}!$A$2:$A${last}"
    _cache(sub(reference, "c:strCache"), [clean(category) for category in chart.categories])
    reference = sub(sub(element, "c:val"), "c:numRef")
    sub(reference, "c:f").text = f"{SHEET}!${column}$2:${column}${last}"
    cache = sub(reference, "c:numCache")
    sub(cache, "c:formatCode").text = number_format(chart)
    _cache(cache, [None if value is None else str(value) for value in chart.series[place].values])


def _cache(cache: Element, values: list[str | None]) -> None:
    _value(cache, "ptCount", len(values))
    for index, value in enumerate(values):
        if value is not None:
            point = sub(cache, "c:pt", {"idx": index})
            sub(point, "c:v").text = value


def _labels(
    element: Element, chart: Chart, style: drawn.Style, place: str | None, colour: str, hidden: tuple[int, ...] | range
) -> None:
    labels = sub(element, "c:dLbls")
    for index in hidden:
        label = sub(labels, "c:dLbl")
        _value(label, "idx", index)
        _value(label, "delete", 1)
    sub(labels, "c:numFmt", {"formatCode": number_format(chart), "sourceLinked": 0})
    sub(sub(labels, "c:spPr"), "a:noFill")
    _text(
        labels, style.font, colour, style.small if place is None else style.text, bold=place is not None, unbroken=True
    )
    if place:
        _value(labels, "dLblPos", place)
    _shown(labels)


def _shown(labels: Element, percent: bool = False) -> None:
    for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize"):
        _value(labels, name, int(name == ("showPercent" if percent else "showVal")))


def _axes(area: Element, plot: Element, chart: Chart, style: drawn.Style, upright: bool) -> None:
    """Write the axis of categories and that of numbers, which is hidden where the bars bear their numbers."""
    for axis in _AXES:
        _value(plot, "axId", axis)
    for name, own, other in (("catAx", *_AXES), ("valAx", *reversed(_AXES))):
        axis = sub(area, f"c:{name}")
        categories = name == "catAx"
        _value(axis, "axId", own)
        scaling = sub(axis, "c:scaling")
        _value(scaling, "orientation", "maxMin" if categories and not upright else "minMax")
        if not categories:
            _value(scaling, "min", 0)
        _value(axis, "delete", int(not categories and not upright))
        _value(axis, "axPos", ("b" if categories else "l") if upright else ("l" if categories else "t"))
        if not categories and upright:
            _stroked(sub(sub(axis, "c:majorGridlines"), "c:spPr"), colour=style.line, width=6350)
        sub(axis, "c:numFmt", {"formatCode": "General" if categories else number_format(chart), "sourceLinked": 0})
        _value(axis, "majorTickMark", "none")
        _value(axis, "minorTickMark", "none")
        _value(axis, "tickLblPos", "nextTo")
        sub(sub(sub(axis, "c:spPr"), "a:ln"), "a:noFill")
        _value(axis, "crossAx", other)
        _value(axis, "crosses", "autoZero")
        if not categories and upright:
            _value(axis, "majorUnit", f"{_step(chart):g}")
        if categories:
            _value(axis, "auto", 0)
            _value(axis, "lblAlgn", "ctr")
            _value(axis, "lblOffset", 100)
            _value(axis, "noMultiLvlLbl", 1)


def _step(chart: Chart) -> float:
    """Return how far the lines of the grid are apart: as far as on the page."""
    most = max((float(v) for s in chart.series for v in s.values if v is not None), default=1) or 1
    return lines.ticks_to(most)[1]


def _filled(shape: Element, fill: str, edge: str | None) -> None:
    _solid(shape, fill)
    line = sub(shape, "a:ln", {"w": 9525})
    _solid(line, edge) if edge else sub(line, "a:noFill")


def _stroked(shape: Element, colour: str, dash: str = "solid", width: int = 25400) -> None:
    line = sub(shape, "a:ln", {"w": width, "cap": "flat"})
    _solid(line, colour)
    sub(line, "a:prstDash", {"val": dash})


def _solid(parent: Element, colour: str) -> None:
    sub(sub(parent, "a:solidFill"), "a:srgbClr", {"val": colour.removeprefix("#").upper()})


def _text(
    parent: Element,
    font: str,
    colour: str,
    size: float,
    bold: bool = False,
    before: tuple[str, ...] = (),
    unbroken: bool = False,
) -> None:
    """Say how text looks; `size` is in CSS pixels."""
    for name in before:
        if name == "numFmt":
            sub(parent, "c:numFmt", {"formatCode": "0%", "sourceLinked": 0})
        else:
            sub(sub(parent, f"c:{name}"), "a:noFill")
    text = sub(parent, "c:txPr")
    sub(text, "a:bodyPr", {"wrap": "none"} if unbroken else None)
    sub(text, "a:lstStyle")
    paragraph = sub(text, "a:p")
    run = sub(sub(paragraph, "a:pPr"), "a:defRPr", {"sz": round(size * 75), "b": int(bold)})
    _solid(run, colour)
    for name in ("latin", "cs"):
        sub(run, f"a:{name}", {"typeface": font})
    sub(paragraph, "a:endParaRPr")


def _value(parent: Element, name: str, value: object) -> None:
    sub(parent, f"c:{name}", {"val": value})


def _column(place: int) -> str:
    return chr(ord("B") + place)
