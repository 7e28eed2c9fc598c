"""Crop, fold and registration marks, outside the bleed, in the colour of all plates (ISO 32000-2 8.6.6.4)."""

from __future__ import annotations

from collections.abc import Sequence

from report.press.impose.schemes import Grid
from report.press.pdf.geometry import MM
from report.press.pdf.marks import COLOUR, WEIGHT, cross, line

OFFSET, LENGTH = 1 * MM, 5 * MM
"""From the bleed to where a mark begins, and how long it is, in points."""
REACH = OFFSET + LENGTH
"""How much paper marks need beyond the bleed, in points."""
_RADIUS = 1.5 * MM


def marks(grid: Grid, folds: Sequence[float] = ()) -> bytes:
    """Return the content that draws the marks round a block of cells; at `folds`, from the sheet's left, it is not cut but folded."""
    edges = {round(x, 4) for left in grid.columns_at() for x in (left, left + grid.width)}
    across = sorted(x for x in edges if all(abs(x - fold) > 0.01 for fold in folds))
    up = sorted({round(y, 4) for low in grid.rows_at() for y in (low, low + grid.height)})
    left, right = (grid.paper[0] - grid.block[0]) / 2, (grid.paper[0] + grid.block[0]) / 2
    bottom, top = (grid.paper[1] - grid.block[1]) / 2, (grid.paper[1] + grid.block[1]) / 2
    near = grid.bleed + OFFSET
    lines = [f"{COLOUR} CS 1 SCN {WEIGHT} w"]
    for edge, way in ((bottom, -1), (top, 1)):
        start, end = edge + way * near, edge + way * (near + LENGTH)
        lines += [line(x, start, x, end) for x in across]
        lines += ["[3 2] 0 d", *(line(x, start, x, end) for x in folds), "[] 0 d"] if folds else []
        lines += cross(_between([*across, *folds]), (start + end) / 2, LENGTH / 2, _RADIUS)
    for edge, way in ((left, -1), (right, 1)):
        start, end = edge + way * near, edge + way * (near + LENGTH)
        lines += [line(start, y, end, y) for y in up]
        lines += cross((start + end) / 2, _between(up), LENGTH / 2, _RADIUS)
    return "\n".join(("q", *lines, "Q\n")).encode()


def _between(marks: Sequence[float]) -> float:
    """Return a place as near as can be to the middle, halfway between two marks that leave room for one of registration."""
    marks = sorted(marks)
    middle, spans = (marks[0] + marks[-1]) / 2, list(zip(marks, marks[1:], strict=False))
    roomy = [(a, b) for a, b in spans if b - a > 3 * LENGTH] or [max(spans, key=lambda span: span[1] - span[0])]
    return min(((a + b) / 2 for a, b in roomy), key=lambda at: (round(abs(at - middle), 4), at))
