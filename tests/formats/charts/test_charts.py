"""What is drawn: every label is there, none over another or over the edge, and parts are told apart without colour."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from report import pipeline
from report.compose.theme import contrast, look
from report.formats import charts
from report.formats.charts import lines, measure, style
from report.formats.charts.style import WIDTH
from report.values import Chart, Series
from report.workspace import Workspace
from tests.conftest import ROOT

LOOK = look(Workspace.at(ROOT), "house", "annual-report")
_SVG = "{http://www.w3.org/2000/svg}"
_MOVE = re.compile(r"translate\(\s*([-\d.]+)[ ,]+([-\d.]+)\s*\)")


def texts(svg: str) -> list[tuple[str, float, float, float, float]]:
    """Return each text of an SVG with its box: left, top, right, bottom, as the theme's font is wide."""
    found: list[tuple[str, float, float, float, float]] = []
    made = style.of(LOOK)

    def walk(element: ET.Element, x: float, y: float) -> None:
        if move := _MOVE.search(element.get("transform", "")):
            x, y = x + float(move[1]), y + float(move[2])
        if element.tag == f"{_SVG}text" and (text := "".join(element.itertext()).strip()):
            size = float(element.get("font-size", "11px").removesuffix("px"))
            bold = element.get("font-weight", "400") in ("bold", "700")
            wide = measure.width(text, made.bold if bold else made.regular, size)
            left = x - {"end": wide, "middle": wide / 2}.get(element.get("text-anchor", "start"), 0)
            found.append((text, left, y - size * 0.72, left + wide, y + size * 0.2))
        for child in element:
            walk(child, x, y)

    walk(ET.fromstring(svg), 0, 0)
    return found


def assert_clear(svg: str, name: str) -> None:
    """Assert that no text stands over another, and none over the edge."""
    boxes = texts(svg)
    width = float(ET.fromstring(svg).get("width", "0"))
    for one, other in itertools.combinations(boxes, 2):
        over = min(one[3], other[3]) - max(one[1], other[1]), min(one[4], other[4]) - max(one[2], other[2])
        assert min(over) <= 0.8, (name, one, other)
    for box in boxes:
        assert box[1] >= -1 and box[3] <= width + 1, (name, box, width)


def chart(kind: str, categories: int = 4, series: int = 1, *, half: bool = False, word: str = "Category") -> Chart:
    names = tuple(f"{word} number {n} of all that there are" for n in range(1, categories + 1))
    values = [[Decimal(1000 * (s + 1) + 137 * n * n) for n in range(categories)] for s in range(series)]
    made = tuple(Series(f"Series {n} with a name", tuple(v), tuple(f"{x:,}" for x in v)) for n, v in enumerate(values))
    totals = tuple(f"{sum(v[n] for v in values):,}" for n in range(categories)) if kind == "stacked" else ()
    return Chart("c", kind, "Title", "Alt", names, made, "EUR", totals, half=half)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "drawing",
    [
        chart("bar"), chart("bar", 14), chart("bar", 3, 3), chart("stacked", 4, 6), chart("stacked", 3, 2, half=True),
        chart("line", 3, 2), chart("line", 5, 6), chart("donut", 6), chart("donut", 2),
        chart("bar", 1, word="Непротивоконституционствувателствувайте"),
    ],
    ids=lambda d: f"{d.kind}-{len(d.categories)}-{len(d.series)}",
)  # fmt: skip
def test_every_label_is_there_and_clear(drawing: Chart) -> None:
    svg = charts.svg(drawing, LOOK)
    assert_clear(svg, drawing.kind)
    told = " ".join(text for text, *_ in texts(svg))
    shown = drawing.series[0].labels if drawing.kind in ("bar", "donut") else drawing.totals
    shown = shown or tuple(series.labels[-1] for series in drawing.series)
    assert all(label in told for label in shown)
    assert charts.size(drawing, LOOK)[1] == pytest.approx(float(ET.fromstring(svg).get("width")), abs=1)


def test_no_label_of_the_repository_overlaps() -> None:
    """Every drawing of every document, in every language."""
    workspace, count = Workspace.at(ROOT), 0
    for name in workspace.organisations():
        checked = pipeline.check(workspace, name, templates=False)
        for job in pipeline.jobs(checked.dossier, (), (), ("html",), ("screen",)):
            document = pipeline.prepare(workspace, job, checked.dossier)
            for src, drawing in document.drawings.items():
                assert_clear(charts.svg(drawing, document.look), f"{job.document} {job.language} {src}")
                count += 1
    assert count > 40


def test_a_share_too_small_for_its_number_has_none() -> None:
    values = (Decimal(980), Decimal(15), Decimal(5))
    drawing = Chart("c", "donut", "T", "A", ("a", "b", "c"), (Series("s", values, tuple(map(str, values))),))
    keys = [text for text, left, *_ in texts(charts.svg(drawing, LOOK)) if text in "123" and left < WIDTH / 3]
    assert keys == ["1"]


@pytest.mark.parametrize("primary", ["#0f3d4c", "#7a1f5c", "#204a87", "#8a8a8a", "#000000"])
def test_neighbours_are_told_apart_in_grey_and_text_on_them_is_read(primary: str) -> None:
    tokens = {**LOOK.tokens, "colour-primary": primary}
    fills = style.fills(tokens)
    for one, other in itertools.pairwise((*fills, fills[0])):
        assert contrast(one, other) >= style.APART or tokens["colour-paper"] in (one, other), (one, other)
    made = style.of(LOOK)
    assert all(contrast(style.on(fill, made), fill) >= style.MIN_TEXT for fill in style.of(LOOK).fills)


@pytest.mark.parametrize("most", [1, 3.2, 7, 12, 99, 100, 101, 9_999, 1_234_567])
def test_ticks_are_round_and_reach_beyond(most: float) -> None:
    ticks = lines.ticks_to(most)
    assert ticks[0] == 0 and ticks[-1] >= most and 3 <= len(ticks) <= 7 and ticks[-2] < most


def test_wrapping_keeps_to_the_room_and_marks_what_is_cut() -> None:
    font = style.of(LOOK).regular
    rows = measure.wrap("a name that is far too long for the little room that there is", font, 10, 60, 2)
    assert len(rows) == 2 and rows[-1].endswith("…") and all(measure.width(row, font, 10) <= 60 for row in rows)


def test_what_was_drawn_is_found_again_and_a_cache_that_is_gone_is_no_fault(tmp_path: Path) -> None:
    drawing = chart("bar", 3, word="Kept")
    charts.keep_in(tmp_path / "charts")
    try:
        first = charts.png(drawing, LOOK)
        kept = {p.suffix: p for p in (tmp_path / "charts").iterdir()}
        assert set(kept) == {".svg", ".png"} and kept[".png"].read_bytes() == first
        kept[".png"].unlink()
        assert charts.png(drawing, LOOK) == first
    finally:
        charts.keep_in(None)
