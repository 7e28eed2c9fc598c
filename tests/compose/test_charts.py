"""What becomes a chart: which numbers it shows, how they are rounded, what is split or gathered, and its table."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from report import pipeline
from report.compose.charts import fit
from report.compose.charts.figure import Figure, figure
from report.compose.charts.pen import Pen
from report.language import labels
from report.language.writer import Writer
from report.values import Chart, Document
from report.workspace import Workspace
from tests.conftest import ROOT, change

ORGANISATION = "lantern-bridge"
RESULTS = f"{ORGANISATION}/2026/results.yaml"


def pen(language: str = "en") -> Pen:
    return Pen(Writer(language), labels.load(Workspace.at(ROOT), language))


def drawn(kind: str, names: list[str], *series: list[str], unit: str = "", language: str = "en", **more) -> Figure:
    writer = pen(language)
    made = tuple(writer.series(f"Part {n}", [Decimal(v) for v in one], unit) for n, one in enumerate(series))
    return figure(Chart("c", kind, "Title", "", tuple(names), made, unit, **more), writer)  # type: ignore[arg-type]


def document(workspace: Workspace, language: str = "en", name: str = "annual-report-2026") -> Document:
    checked = pipeline.check(workspace, ORGANISATION, templates=False)
    assert checked.dossier, checked.errors
    (job,) = pipeline.jobs(checked.dossier, (name,), (language,), ("html",), ("screen",))
    return pipeline.prepare(workspace, job, checked.dossier)


def targets(workspace: Workspace, language: str = "en") -> dict[str, str]:
    chart = document(workspace, language).drawings["chart:targets"]
    assert isinstance(chart, Chart)
    return dict(zip(chart.categories, chart.series[0].labels, strict=True))


def test_nothing_reached_is_drawn_as_nothing(small: Workspace) -> None:
    change(small, RESULTS, "actual: 27\n", "actual: 0\n")
    assert targets(small)["Families met in their first month"] == "0\u00a0%"


def test_where_less_is_better_nothing_is_all(small: Workspace) -> None:
    change(small, RESULTS, "actual: 27\n", "actual: 0\n")
    indicator = "programme: new-neighbours\n    baseline: {value: 3, year: 2018}"
    change(small, f"{ORGANISATION}/programmes.yaml", indicator, f"better: less\n    {indicator}")
    assert targets(small)["Families met in their first month"] == "100\u00a0%"


def test_what_was_nearly_reached_is_not_rounded_to_all(small: Workspace) -> None:
    change(small, RESULTS, "target: 85\n    actual: 86", "target: 80\n    actual: 79.9")
    assert targets(small)["Families who would do it again"] == "99\u00a0%"


@pytest.mark.parametrize("language", ["en", "bg"])
def test_one_result_beyond_all_does_not_hide_the_others(small: Workspace, language: str) -> None:
    change(small, RESULTS, "target: 25\n    actual: 27", "target: 1500\n    actual: 184223")
    made = document(small, language)
    chart = made.drawings["chart:targets"]
    assert isinstance(chart, Chart) and chart.limit == 200 and chart.series[0].values[1] == 12282
    number = {"en": "12,282\u00a0%", "bg": "12\u00a0282\u00a0%"}[language]
    assert chart.series[0].labels[1] == number and number in chart.alt and "200\u00a0%" in chart.title
    assert number in made.html.split('id="numbers-targets"')[1].split("</table>")[0]


def test_parts_in_per_cent_stand_side_by_side(small: Workspace) -> None:
    parts = "- {label: {en: girls, bg: момичета}, value: 90}\n          - {label: {en: boys, bg: момчета}, value: 82}"
    by = f"    breakdowns:\n      - by: {{en: girls and boys, bg: момичета и момчета}}\n        parts:\n          {parts}\n"
    change(small, RESULTS, "    source: family-survey\n", f"    source: family-survey\n{by}")
    made = document(small)
    chart = made.drawings["chart:breakdown-families-content-1"]
    assert isinstance(chart, Chart) and chart.kind == "bar" and not chart.totals
    assert [s.labels for s in chart.series] == [("90\u00a0%", "82\u00a0%")]  # of one year: a bar each, and no legend


def test_stacks_with_numbers_below_nothing_stand_side_by_side_and_the_table_adds_up() -> None:
    made = drawn("stacked", ["Begin", "End"], ["10", "20"], ["5", "-30"], unit="EUR")
    assert isinstance(made.drawing, Chart) and made.drawing.kind == "bar" and not made.drawing.totals
    assert made.alt.startswith("Bar chart.") and made.table.groups[0].rows[1][-1] == "−10.00"
    assert drawn("donut", ["a", "b"], ["3", "-1"]).drawing.kind == "bar"  # type: ignore[union-attr]


@pytest.mark.parametrize(("language", "rest"), [("en", "All other"), ("bg", "Всички останали")])
def test_many_parts_are_gathered_in_the_chart_and_kept_in_the_table(language: str, rest: str) -> None:
    made = drawn("stacked", ["2025", "2026"], *([str(n), str(n)] for n in range(1, 29)), language=language)
    chart = made.drawing
    assert isinstance(chart, Chart) and [s.name for s in chart.series] == [*(f"Part {n}" for n in range(23, 28)), rest]
    assert chart.series[-1].values == (Decimal(276), Decimal(276)) and chart.totals == ("406", "406")
    assert len(made.table.groups[0].rows) == 29


def test_equal_parts_are_gathered_each() -> None:
    chart = drawn("stacked", ["2026"], *(["5"] for _ in range(9))).drawing
    assert isinstance(chart, Chart) and chart.series[-1].values == (Decimal(20),) and chart.totals == ("45",)


def test_what_is_higher_than_a_page_is_split_and_has_one_table() -> None:
    made = drawn("bar", [f"Indicator {n}" for n in range(45)], [str(n) for n in range(45)], unit="percent")
    assert [p.src for p in made.parts] == ["chart:c", "chart:c/2", "chart:c/3"]
    assert [p.title for p in made.parts] == ["Title (1–15 / 45)", "Title (16–30 / 45)", "Title (31–45 / 45)"]
    assert [len(p.drawing.categories) for p in made.parts] == [15, 15, 15]  # type: ignore[union-attr]
    assert len(made.table.groups[0].rows) == 45 and made.title == "Title"
    assert len(drawn("bar", ["a"] * 15, ["1"] * 15).parts) == 1
    assert [len(p.drawing.categories) for p in drawn("bar", ["a"] * 8, *[["1"] * 8] * 6).parts] == [4, 4]  # type: ignore[union-attr]
    assert [len(p.drawing.series) for p in drawn("line", ["1", "2"], *[["1", "2"]] * 8).parts] == [4, 4]  # type: ignore[union-attr]


def test_a_split_figure_is_printed_whole(small: Workspace) -> None:
    names = [f"count-{n}" for n in range(26)]
    told = "".join(f"  - id: {n}\n    name: {{en: '{n}', bg: '{n}'}}\n    programme: reading-rooms\n" for n in names)
    programmes = small.data / ORGANISATION / "programmes.yaml"
    programmes.write_text(programmes.read_text("utf-8") + told, "utf-8")
    results = small.data / RESULTS
    rows = "".join(f"  - indicator: {n}\n    target: 10\n    actual: 5\n    source: family-survey\n" for n in names)
    results.write_text(results.read_text("utf-8") + rows, "utf-8")
    made = document(small)
    assert [src for src in made.drawings if src.startswith("chart:targets")] == ["chart:targets", "chart:targets/2"]
    assert all(made.html.count(f'src="{src}"') == 1 for src in made.drawings)
    assert made.html.count('id="numbers-targets"') == 1
    assert '<ul class="figures four many"' in made.html and ".many { break-inside: auto }" in made.look.styles[0]


def test_only_figures_of_the_document_have_a_table(small: Workspace) -> None:
    """The map of ties needs no network, but the section of the networks does."""
    html = document(small).html
    assert "numbers-targets" in html and "numbers-ties" not in html
    documents = f"{ORGANISATION}/documents.yaml"
    change(small, documents, "date: 2027-04-19", "date: 2027-04-19\n    sections: [numbers, networks]")
    assert 'id="numbers"' not in document(small).html


@pytest.mark.parametrize(
    ("value", "told"),
    [("9480.50", "9,481"), ("9481.50", "9,482"), ("-9480.50", "−9,481"), ("0.5", "1"), ("-0.4", "0"), ("2.4999", "2")],
)
def test_halves_are_rounded_as_word_rounds_them(value: str, told: str) -> None:
    writer = Writer("en")
    assert writer.whole(Decimal(value)) == told
    assert writer.whole_money(Decimal(value), "EUR") == (f"−€{told[1:]}" if told.startswith("−") else f"€{told}")


def test_cents_are_rounded_alike() -> None:
    assert Writer("en").money(Decimal("0.125")) == "0.13"
    assert Writer("bg").money(Decimal("1000.005")) == "1\u00a0000,01"


def test_numbers_of_a_drawing_have_the_same_decimals() -> None:
    chart = drawn("bar", ["a", "b"], ["12", "12.5"]).drawing
    assert isinstance(chart, Chart) and chart.series[0].labels == ("12.0", "12.5")
    assert drawn("stacked", ["a"], ["1"], ["0.25"]).drawing.totals == ("1.25",)  # type: ignore[union-attr]
    assert not re.search(r"\.", drawn("bar", ["a"], ["12.00"]).alt.removesuffix(".").split(": ")[1])


def test_a_long_year_is_split() -> None:
    assert [shown for *_, shown in fit._chunks(29, fit.MOST_SPANS)] == ["1–10 / 29", "11–19 / 29", "20–29 / 29"]
