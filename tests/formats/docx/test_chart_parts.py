"""The parts of Word's own charts: axes, totals, references and the workbook, with numbers and names that are hard."""

from __future__ import annotations

import dataclasses
import datetime
import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from report.formats import charts, docx
from report.formats.charts import style
from report.formats.docx.drawing import chart as word
from report.formats.docx.drawing.chart_size import size_in_pixels
from report.formats.docx.drawing.chart_workbook import column, number_format, workbook
from report.looks.theme import look
from report.values import Chart, Column, Diagram, Node, Series
from report.workspace import Workspace
from tests.conftest import ROOT
from tests.formats.docx import support

LOOK = look(Workspace.at(ROOT), "house", "annual-report")
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def of(kind: str, names: list[str], *series: list[str], unit: str = "", **more: Any) -> Chart:
    made = tuple(Series(f"Part {n}", tuple(map(Decimal, one)), tuple(one)) for n, one in enumerate(series))
    sums = [sum(Decimal(one[n]) for one in series) for n in range(len(names))]
    if kind == "stacked":
        more = {"totals": tuple(map(str, sums)), "together": "Together", **more}
    return Chart("c", kind, "T", "A", tuple(names), made, unit, **more)  # type: ignore[arg-type]


def space(chart: Chart) -> Any:
    return etree.fromstring(etree.tostring(word.chart_space(chart, style.of(LOOK), "en-GB")))


def said(root: Any, path: str) -> list[str]:
    return [e.get("val") for e in root.iterfind(f".//{C}" + path.replace("/", f"/{C}"))]


def cells(chart: Chart) -> tuple[str, str]:
    with zipfile.ZipFile(io.BytesIO(workbook(chart, datetime.date(2027, 1, 1)))) as book:
        return book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("kind", ["bar", "line"])
def test_an_axis_does_not_begin_at_nothing_where_numbers_are_below_it(kind: str) -> None:
    root = space(of(kind, ["a", "b"], ["1000", "-200"]))
    assert all(float(least) < -200 for least in said(root, "valAx/scaling/min"))
    assert said(root, "catAx/tickLblPos") == ["low"]
    assert said(space(of(kind, ["a", "b"], ["1000", "200"])), "valAx/scaling/min") == ["0"]


def test_a_line_below_nothing_has_a_grid() -> None:
    assert said(space(of("line", ["1", "2", "3"], ["-7", "-5", "-3"])), "valAx/majorUnit") == ["2"]


@pytest.mark.parametrize("kind", ["bar", "stacked", "line"])
def test_no_name_of_a_category_is_left_out(kind: str) -> None:
    assert said(space(of(kind, ["a", "b"], ["1", "2"], ["3", "4"])), "catAx/tickLblSkip") == ["1"]


def test_a_bar_beyond_the_limit_is_cut_and_says_so() -> None:
    chart = of("bar", ["a", "b"], ["12282", "99"], unit="percent", limit=Decimal(200))
    root = space(chart)
    assert said(root, "valAx/scaling/max") == ["200"]
    assert [v.text for v in root.iterfind(f".//{C}val//{C}v")] == ["12282", "99"]
    assert root.find(f".//{C}dLbls/{C}numFmt").get("formatCode") == '[>200]#,##0"\u00a0%\u00a0»";#,##0"\u00a0%"'


def test_a_bar_below_nothing_keeps_its_sign_and_its_room_beside_one_that_is_cut() -> None:
    chart = of("bar", ["a", "b"], ["12282", "-5"], unit="percent", limit=Decimal(200))
    assert number_format(chart).split(";")[1:] == ['[<0]-#,##0"\u00a0%"', '#,##0"\u00a0%"']
    assert -60 < float(said(space(chart), "valAx/scaling/min")[0]) < -5


def test_a_stack_has_its_total_at_its_end() -> None:
    chart = of("stacked", ["a", "b", "c"], ["980", "5", "0"], ["15", "5", "0"], unit="EUR")
    root = space(chart)
    *parts, total = root.iter(f"{C}ser")
    assert [v.text for v in total.iterfind(f"{C}val//{C}v")] == ["995", "10", "0"]
    assert total.find(f"{C}val//{C}f").text == "Sheet1!$D$2:$D$4" and total.find(f".//{C}tx//{C}v").text == "Together"
    assert total.find(f"{C}dLbls/{C}dLblPos").get("val") == "inBase" and not total.findall(f"{C}dLbls/{C}dLbl")
    assert len(parts) == 2 and float(said(root, "valAx/scaling/max")[0]) > 995
    sheet, _ = cells(chart)
    assert "<f>SUM(B2:C2)</f><v>995" in sheet and 'r="D4"' in sheet


def test_many_series_have_columns_of_their_own() -> None:
    assert [column(n) for n in (0, 24, 25, 26, 699, 700, 701)] == ["B", "Z", "AA", "AB", "ZY", "ZZ", "AAA"]
    chart = of("bar", ["2026"], *([str(n)] for n in range(28)))
    found = [f.text for f in space(chart).iterfind(f".//{C}val//{C}f")]
    assert found[-1] == "Sheet1!$AC$2:$AC$2" and all(re.fullmatch(r"Sheet1!\$[A-Z]+\$2:\$[A-Z]+\$2", f) for f in found)


def test_a_name_is_no_formula_and_no_link() -> None:
    sheet, strings = cells(of("bar", ["=1+1", "https://example.org"], ["1", "2"]))
    assert "<f>" not in sheet and "hyperlink" not in sheet
    assert "<t>=1+1</t>" in strings and "<t>https://example.org</t>" in strings


@pytest.mark.parametrize(
    ("values", "unit", "form"),
    [
        (["12", "12.5"], "", "#,##0.0"),
        (["12", "13"], "", "#,##0"),
        (["12.25"], "EUR", "#,##0"),
        (["1234", "7.5"], "percent", '#,##0.0"\u00a0%"'),
    ],
)
def test_numbers_have_as_many_decimals_as_on_the_page(values: list[str], unit: str, form: str) -> None:
    assert number_format(of("bar", ["a"] * len(values), values, unit=unit)) == form


def test_an_axis_is_written_as_on_the_page() -> None:
    root = space(of("line", ["2025", "2026"], ["0.5", "1"]))
    assert root.find(f".//{C}valAx/{C}numFmt").get("formatCode") == "#,##0.0"
    assert root.find(f".//{C}valAx/{C}majorUnit").get("val") == "0.2"


def test_a_long_legend_leaves_room_for_the_bars() -> None:
    chart = of("stacked", ["2026"], ["1"], ["2"], ["3"], half=True)
    names = ("under eighteen years of age at the beginning", "eighteen years or older", "unknown to those who asked")
    long = dataclasses.replace(
        chart, series=tuple(dataclasses.replace(s, name=n) for s, n in zip(chart.series, names, strict=True))
    )
    assert size_in_pixels(long, LOOK)[0] >= size_in_pixels(chart, LOOK)[0] + 30 and size_in_pixels(long, LOOK)[0] > 105
    assert size_in_pixels(long, LOOK)[1] == charts.size(long, LOOK)[1]


def test_a_drawing_that_is_higher_than_a_page_is_made_smaller() -> None:
    """Word's frame says it, the style sheet says it to the page."""
    box = " ".join(["a programme with a name that takes all the lines that a box has"] * 3)
    columns = tuple(
        Column("", tuple(Node(f"{c}-{n}", box, box) for n in range(14))) for c in ("funders", "programmes", "networks")
    )
    drawing = Diagram("ties", "T", "A", columns, ())
    high, wide = charts.size(drawing, LOOK)
    assert high > style.HIGHEST
    made = support.document('<p><img src="chart:ties" alt="Ties"></p>')
    made = dataclasses.replace(
        made, drawings={"chart:ties": drawing}, look=dataclasses.replace(LOOK, word=made.look.word)
    )
    extent = support.Opened(docx.render(made)).find(".//wp:extent")[0]
    size = int(extent.get("cy")), int(extent.get("cx"))
    assert size[0] == pytest.approx(style.HIGHEST * 9525, abs=9525) and size[0] / size[1] == pytest.approx(
        high / wide, 0.01
    )
    rule = (
        "img { max-width: 100%; max-height: calc(297mm - var(--page-margin-top) - var(--page-margin-bottom) - 24.75mm)"
    )
    assert rule in (ROOT / "templates/elements.css").read_text("utf-8")
    margins = (float(support.TOKENS[f"page-margin-{side}"].removesuffix("mm")) for side in ("top", "bottom"))
    assert (297 - sum(margins) - 24.75) / 25.4 * 96 == pytest.approx(style.HIGHEST)
