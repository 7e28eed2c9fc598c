"""Lay cells on paper: the sheet that holds them, how many there are, and how far pages must shrink. Points, unless it says mm."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from report.press.impose.schemes import Grid
from report.press.pdf.geometry import MM
from report.values import ReportError

PAPER = {"A4": (210.0, 297.0), "letter": (215.9, 279.4), "A3": (297.0, 420.0), "SRA3": (320.0, 450.0)}
"""Sheets by name: shorter and longer edge in mm, in the order in which `auto` takes the first that holds. They lie as they must."""
TOLERANCE = 0.5 * MM
"""Sizes of pages are rounded: A5 is 419.5 points wide, or 420."""
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class LayoutRequest:
    """What is asked of the layout: `paper` by name, as ``450x320mm`` or ``auto``; rows and columns, or None for as many as fit.

    `gap` is between cells. `margin` must stay free round all of them, for bleed and marks. `fit` shrinks pages that are too large.
    """

    paper: str
    cells: tuple[int, int] | None
    gap: float = 0.0
    margin: float = 0.0
    fit: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The cells on their sheet, how the sheet is called, and the scale of pages that are as large as most."""

    grid: Grid
    paper: str
    scale: float


def lay_out(request: LayoutRequest, sizes: Sequence[Size], bleed: float) -> Layout:
    """Return the cells for pages of these sizes: as large as most pages are.

    Raise `ReportError` where a page is larger than its cell, or the cells than the sheet, unless they may be shrunk.
    """
    cell = _usual(sizes)
    if not request.fit:
        _all_fit(sizes, cell)
    best: Layout | None = None
    for least in (2, 1) if request.cells is None else (1,):
        for name, papers in _papers(request.paper):
            for paper in papers:
                layout = _laid(request, name, paper, cell, bleed)
                if layout and layout.grid.cells >= least and (best is None or _better(layout, best)):
                    best = layout
            if best:
                return best
    raise _too_large(request, cell)


def _usual(sizes: Sequence[Size]) -> Size:
    """Return the size that most pages have, the earlier one of two that are as frequent."""
    counts = Counter((round(w), round(h)) for w, h in sizes)
    (usual, _), *_ = counts.most_common(1)
    return next((w, h) for w, h in sizes if (round(w), round(h)) == usual)


def _all_fit(sizes: Sequence[Size], cell: Size) -> None:
    for number, size in enumerate(sizes, 1):
        if not holds(cell, size):
            message = f"page {number} is {millimetres(size)}, larger than the {millimetres(cell)} of most pages"
            raise ReportError.of("impose.size", message, hint="--scale fit shrinks such pages")


def holds(outer: Size, inner: Size) -> bool:
    """Say whether one size holds another, but for rounding."""
    return inner[0] <= outer[0] + TOLERANCE and inner[1] <= outer[1] + TOLERANCE


def _papers(paper_name: str) -> Iterator[tuple[str, tuple[Size, ...]]]:
    """Yield the sheets to try with their names: those that have a name lie either way, a size of one's own lies as it was said."""
    own = _own(paper_name)
    if own:
        yield paper_name, (own,)
        return
    names = {name.lower(): name for name in PAPER}
    if paper_name.lower() != "auto" and paper_name.lower() not in names:
        hint = f"{', '.join(PAPER)}, auto, or width and height as 450x320mm"
        raise ReportError.of("impose.paper", f"'{paper_name}' is not a paper size", hint=hint)
    for name in PAPER if paper_name.lower() == "auto" else (names[paper_name.lower()],):
        short, long = (side * MM for side in PAPER[name])
        yield name, ((short, long), (long, short))


def _own(size: str) -> Size | None:
    sides = size.lower().removesuffix("mm").split("x")
    try:
        width, height = (float(side) for side in sides)
    except ValueError:
        return None
    if not (10 <= width <= 5000 and 10 <= height <= 5000):  # 5 m: PDF's own limit is 14,400 points
        raise ReportError.of(
            "impose.paper", f"'{size}' is not a possible paper size", hint="10 to 5000 mm, as 450x320mm"
        )
    return width * MM, height * MM


def _laid(request: LayoutRequest, name: str, paper: Size, cell: Size, bleed: float) -> Layout | None:
    free = (paper[0] - 2 * request.margin, paper[1] - 2 * request.margin)
    rows, columns = request.cells or (_times(free[1], cell[1], request.gap), _times(free[0], cell[0], request.gap))
    if not rows * columns and not request.fit:
        return None
    rows, columns = max(1, rows), max(1, columns)
    room = ((free[0] - (columns - 1) * request.gap) / columns, (free[1] - (rows - 1) * request.gap) / rows)
    within = (room[0] + TOLERANCE / columns, room[1] + TOLERANCE / rows)
    scale = 1.0
    if cell[0] > within[0] or cell[1] > within[1]:
        scale = min(room[0] / cell[0], room[1] / cell[1])
        if not request.fit or scale <= 0 or request.paper.lower() == "auto":
            return None
    grid = Grid(rows, columns, cell[0] * scale, cell[1] * scale, paper, request.gap, bleed)
    return Layout(grid, name, scale)


def _times(free: float, side: float, gap: float) -> int:
    return max(0, math.floor((free + TOLERANCE + gap) / (side + gap)))


def _better(one: Layout, other: Layout) -> bool:
    return (one.grid.cells, one.scale) > (other.grid.cells, other.scale)


def _too_large(request: LayoutRequest, cell: Size) -> ReportError:
    rows, columns = request.cells or (1, 1)
    needed = Grid(rows, columns, *cell, paper=(0, 0), gap=request.gap).block
    needed = (needed[0] + 2 * request.margin, needed[1] + 2 * request.margin)
    if request.paper.lower() == "auto":
        largest = f"{list(PAPER)[-1]} is {millimetres((PAPER['SRA3'][0] * MM, PAPER['SRA3'][1] * MM))}"
        hint = "name the sheet and shrink the pages: --paper A3 --scale fit"
    else:
        papers = [paper for _, some in _papers(request.paper) for paper in some]
        largest = f"{request.paper} is {millimetres(papers[0])}"
        hint = "--scale fit shrinks the pages, --paper names a larger sheet"
    cells = rows * columns
    what, need = (f"{rows} × {columns} pages of", "need") if cells > 1 else ("a page of", "needs")
    free = " with bleed and marks" if request.margin else ""
    return ReportError.of(
        "impose.size", f"{what} {millimetres(cell)} {need} {millimetres(needed)}{free}; {largest}", hint=hint
    )


def millimetres(size: Size) -> str:
    """Return a size in points as width × height in mm."""
    return f"{round(size[0] / MM, 1):g} × {round(size[1] / MM, 1):g} mm"
