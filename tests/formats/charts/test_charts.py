"""What is drawn: every label is there, none over another or over the edge, and parts are told apart without colour."""

from __future__ import annotations

import dataclasses
import itertools
import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from report.formats import charts
from report.formats.charts import lines, measure, style
from report.formats.charts.style import WIDTH
from report.looks.theme import contrast, look
from report.values import Chart, Mark, Series
from report.workspace import Workspace
from tests.conftest import ROOT, Built

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


def of(kind: str, names: int | list[str], *series: list[float | None], unit: str = "", **more: Any) -> Chart:
    """Return a chart of these numbers, with their totals where it is stacked."""
    told = [f"Indicator {n} of those that are counted every month in every town" for n in range(names)] if isinstance(names, int) else names  # fmt: skip
    rows = [tuple(None if v is None else Decimal(str(v)) for v in one) for one in series]
    made = tuple(Series(f"Series {n}", r, tuple("–" if v is None else f"{v:,}" for v in r)) for n, r in enumerate(rows))
    totals = tuple(f"{sum(r[n] or 0 for r in rows):,}" for n in range(len(told))) if kind == "stacked" else ()
    return Chart("hard", kind, "T", "A", tuple(told), made, unit, totals, **more)  # type: ignore[arg-type]


def named(drawing: Chart, *names: str) -> Chart:
    series = tuple(dataclasses.replace(s, name=n) for s, n in zip(drawing.series, names, strict=True))
    return dataclasses.replace(drawing, series=series)


HARD = {
    "less than was raised": of("bar", ["Collected", "Cost of raising it", "Administration", "Available"], [1000, 800, 400, -200]),
    "nothing but debts": of("bar", ["Held at the beginning", "Held at the end"], [-2735465.89, -3160398.27], [-1, -20]),
    "funds on either side": of("bar", ["Held at the beginning", "At the end"], [2735465.89, 1], [-3160398.27, -2], half=True),
    "nothing": of("bar", ["One", "Two"], [0, 0]),
    "nothing in parts": of("stacked", ["One", "Two"], [0, 0], [0, 0]),
    "one of one": of("stacked", ["2026"], [7], half=True),
    "a line of one": of("line", ["2026"], [7]),
    "a line through nothing": of("line", ["2024", "2025"], [5, -3]),
    "a line below nothing": of("line", ["2024", "2025", "2026"], [-7, -5, -3]),
    "a line of nothing": of("line", ["2024", "2025"], [0, 0]),
    "28 parts": of("stacked", ["2025", "2026"], *([n, 100 - n] for n in range(28)), half=True),
    "45 indicators": of("bar", 45, list(range(45)), unit="percent"),
    "one beyond all": of("bar", 3, [12282, 99, 45], unit="percent", limit=Decimal(200)),
    "a long legend": named(of("stacked", ["2025", "2026"], [1, 2], [3, 4], half=True), "eighty-five letters of a name " * 3, "others"),
    "grants": of("bar", [f"Marshal's Office of the Voivodeship, Department of Regional Development and European Funds, grant {n}/2026" for n in range(5)], [9, 8, 7, 6, 5]),
}  # fmt: skip


@pytest.mark.quick("45 indicators", "28 parts", "below nothing", "nothing but debts", "a long legend", "one of one")
@pytest.mark.parametrize("name", HARD)
def test_hard_numbers_and_names_are_clear_and_as_large_as_reckoned(name: str) -> None:
    drawing = HARD[name]
    svg = charts.svg(drawing, LOOK)
    assert_clear(svg, name)
    root = ET.fromstring(svg)
    told = (float(root.get("height", "0")), float(root.get("width", "0")))
    assert charts.size(drawing, LOOK) == pytest.approx(told, abs=1)
    assert_clear_of_bars(svg, name)


def assert_clear_of_bars(svg: str, name: str) -> None:
    """Assert that no number at a bar's end and no name before it stands on a bar: bars of `bar` charts alone."""
    if HARD[name].kind != "bar":
        return
    bars = [b for b in rects(svg) if b[3] - b[1] == pytest.approx(14, abs=0.1)]
    for text in texts(svg):
        for bar in bars:
            over = min(text[3], bar[2]) - max(text[1], bar[0]), min(text[4], bar[3]) - max(text[2], bar[1])
            assert min(over) <= 0.8, (name, text, bar)


def rects(svg: str) -> list[tuple[float, float, float, float]]:
    """Return the boxes of the paths that Vega draws as rectangles: ``M x,y h w v h …``."""
    found = re.findall(r'd="M([-\d.]+),([-\d.]+)h([-\d.]+)v([-\d.]+)h', svg)
    return [(float(x), float(y), float(x) + float(w), float(y) + float(h)) for x, y, w, h in found]


def test_a_bar_below_nothing_lies_on_the_other_side_of_it() -> None:
    svg = charts.svg(HARD["less than was raised"], LOOK)
    bars = sorted((b for b in rects(svg) if b[3] - b[1] == pytest.approx(14, abs=0.1)), key=lambda b: b[1])
    assert len(bars) == 4 and bars[3][2] == pytest.approx(bars[0][0]) and bars[3][2] - bars[3][0] > 10


def test_a_bar_beyond_the_limit_is_cut_visibly_and_the_others_are_seen() -> None:
    drawing = HARD["one beyond all"]
    svg = charts.svg(drawing, LOOK)
    first, second, _ = (b[2] - b[0] for b in rects(svg) if b[3] - b[1] == pytest.approx(14, abs=0.1))
    assert second / first == pytest.approx(99 / 200) and svg.count("<line") == 2
    assert "12,282" in svg and "<line" not in charts.svg(HARD["45 indicators"], LOOK)


def test_names_that_begin_alike_are_told_apart() -> None:
    made = style.of(LOOK)
    names = HARD["grants"].categories
    for room in (90.0, 150.0, 190.0):
        rows = measure.apart(names, made.regular, 11, room)
        assert len({tuple(one) for one in rows}) == len(names), rows
        assert all(measure.width(line, made.regular, 11) <= room for one in rows for line in one)
    assert (
        measure.apart(["same " * 40] * 2, made.regular, 11, 90)
        == [measure.wrap("same " * 40, made.regular, 11, 90)] * 2
    )


@pytest.mark.parametrize(("least", "most"), [(-7, -3), (-3, 5), (-0.2, 0), (0, 0), (-1_234_567, 9)])
def test_ticks_reach_below_what_is_below_nothing(least: float, most: float) -> None:
    ticks = lines.ticks_to(most, least)
    assert ticks[0] <= least and ticks[-1] >= max(0, most) and 0 in ticks and 2 <= len(ticks) <= 8


def test_the_numbers_of_an_axis_are_parted_and_written_alike() -> None:
    drawing = dataclasses.replace(of("line", ["2025", "2026"], [4200, 5000]), group="\u00a0", point=",")
    assert "5\u00a0000" in [text for text, *_ in texts(charts.svg(drawing, LOOK))]
    small = dataclasses.replace(of("line", ["2025", "2026"], [0.5, 1]), point=",")
    assert {"0,0", "0,2", "1,0"} <= {text for text, *_ in texts(charts.svg(small, LOOK))}


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
    root = ET.fromstring(svg)
    told = (float(root.get("height", "0")), float(root.get("width", "0")))
    assert charts.size(drawing, LOOK) == pytest.approx(told, abs=1)


def _assert_all_clear(made: Built) -> None:
    count = 0
    for job, (document, _) in made.items():
        for src, drawing in document.drawings.items():
            if isinstance(drawing, Mark):
                continue
            svg = charts.svg(drawing, document.look)
            assert_clear(svg, f"{job.document} {job.language} {src}")
            high = float(ET.fromstring(svg).get("height", "0"))
            assert charts.size(drawing, document.look)[0] == pytest.approx(high, abs=1), src
            count += 1
    assert count > 40


def test_no_label_of_the_repository_overlaps(built: Built) -> None:
    """Every drawing of every document."""
    _assert_all_clear(built)


@pytest.mark.slow
def test_no_label_of_the_repository_overlaps_in_any_edition(every_edition: Built) -> None:
    """Every drawing of every document, in every language."""
    _assert_all_clear(every_edition)


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
    charts.cache_in(tmp_path / "charts")
    try:
        first = charts.png(drawing, LOOK)
        kept = {p.suffix: p for p in (tmp_path / "charts").iterdir()}
        assert set(kept) == {".svg", ".png"} and kept[".png"].read_bytes() == first
        kept[".png"].unlink()
        assert charts.png(drawing, LOOK) == first
    finally:
        charts.cache_in(None)
