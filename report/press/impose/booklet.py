"""A booklet: sheets that are folded once and stitched through the fold, with the creep of the paper's thickness."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from report.press.impose.schemes import Grid, Sheet, Side
from report.press.pdf.geometry import MM
from report.values import ReportError


def sheets(pages: int, grid: Grid, creep: float, sheets_per_section: int | None) -> tuple[Sheet, ...]:
    """Return a booklet's sheets; `creep` is the thickness of a sheet in mm.

    Raise `ReportError` where the innermost would be moved by half a page.
    """
    deep = min(-(-pages // 4), sheets_per_section or pages)
    most = (deep - 1) * creep
    if most * MM * 2 > grid.width:
        message = f"a creep of {creep:g} mm moves the innermost of {deep} sheets by {most:g} mm"
        raise ReportError.of("impose.creep", message, hint="it is the thickness of one sheet: 0.1 mm for 80 g/m²")
    return booklet(pages, grid, creep=creep * MM, sheets_per_section=sheets_per_section)


def booklet(pages: int, grid: Grid, *, creep: float = 0.0, sheets_per_section: int | None = None) -> tuple[Sheet, ...]:
    """Lay pages for folding once and stitching through the fold: with N = 4k pages, sheet i has N−2i+2 and 2i−1 in front, 2i and
    N−2i+1 behind, counted from the outermost.

    Blanks go before the last page, which stays the back cover. `creep` is the caliper of a sheet: sheet i moves (i−1) × caliper towards
    the spine, since the fold pushes it out by as much. Sections of `sheets_per_section` sheets are folded each for itself and sewn.
    """
    order: list[int | None] = [*range(1, pages + 1)]
    blanks = -pages % 4
    order[max(1, pages - 1) : max(1, pages - 1)] = [None] * blanks
    step = 4 * sheets_per_section if sheets_per_section else len(order)
    sheets: list[Sheet] = []
    for start in range(0, len(order), step):
        sheets.extend(_section(order[start : start + step], grid, creep))
    return tuple(sheets)


def _section(order: Sequence[int | None], grid: Grid, creep: float) -> Iterator[Sheet]:
    last = len(order) - 1
    for i in range(len(order) // 4):
        front = _spread(grid, order[last - 2 * i], order[2 * i], i * creep)
        yield Sheet(front, _spread(grid, order[2 * i + 1], order[last - 2 * i - 1], i * creep))


def _spread(grid: Grid, left: int | None, right: int | None, shift: float) -> Side:
    """Lay two pages beside the spine, each moved towards it; the spine stays where it is and cuts off what is moved over it."""
    one, two = grid.side((left, right)).placements
    return Side(
        (
            dataclasses.replace(one, x=one.x + shift, room=dataclasses.replace(one.room, right=-shift)),
            dataclasses.replace(two, x=two.x - shift, room=dataclasses.replace(two.room, left=-shift)),
        )
    )
