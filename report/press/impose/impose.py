"""Impose a PDF: open it, lay it out by a scheme, draw its sheets, and say what was done."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from report.press.impose import booklet, interactive, marks, schemes
from report.press.impose.layout import Layout, LayoutRequest, lay_out, millimetres
from report.press.impose.schemes import Grid, Sheet
from report.press.impose.sheet import Drawing, draw
from report.press.impose.source_page import SourcePage, sources
from report.press.pdf.geometry import MM
from report.press.pdf.opening import open_strictly
from report.values import Location, Problem, ReportError

MOST = 2000
"""Pages: more are not folded, stacked or cut in an office."""


@dataclass(frozen=True, slots=True)
class ImpositionOrder:
    """What is asked: a scheme and its measures in mm.

    `cells` is rows and columns (None: as many as fit). `bleed` None keeps what each page says it has. `creep` is the caliper of a sheet.
    `flip` names the edge that the printer turns the sheet about (None: the upright one). `fit` shrinks pages that are too large. A single page that is no booklet is printed on one side.
    """

    scheme: str
    paper: str = "auto"
    cells: tuple[int, int] | None = None
    gap: float = 0.0
    bleed: float | None = None
    creep: float = 0.0
    sheets_per_section: int | None = None
    sides: int = 2
    flip: str | None = None
    marks: bool = False
    fit: bool = False


@dataclass(frozen=True, slots=True)
class Imposed:
    """The finished PDF and what was done: pages, sheets, sides with print, blanks, the sheet in mm, the scale, the edge to turn about."""

    content: bytes
    pages: int
    sheets: int
    sides: int
    blanks: int
    paper: str
    size: str
    scale: float
    flip: str | None
    dropped: dict[str, int]
    problems: tuple[Problem, ...]


SCHEMES: dict[str, Callable[[int, Grid, int], tuple[Sheet, ...]]] = {
    "n-up": schemes.n_up,
    "cut-and-stack": schemes.cut_and_stack,
    "step-and-repeat": schemes.step_and_repeat,
}
"""Schemes that fill a grid of cells; a booklet has only two."""


def _sheets(pages: int, layout: Layout, order: ImpositionOrder) -> tuple[Sheet, ...]:
    if order.scheme == "booklet":
        return booklet.sheets(pages, layout.grid, order.creep, order.sheets_per_section)
    return SCHEMES[order.scheme](pages, layout.grid, order.sides)


def impose(path: Path, order: ImpositionOrder) -> Imposed:
    """Return the imposed PDF. Raise `ReportError` where the file cannot be used or its pages do not fit."""
    with open_strictly(path, MOST) as file:
        pages = sources(file)
        if len(pages) == 1:
            order = dataclasses.replace(order, sides=1)  # there is nothing to print behind it
        layout, sheets = _arranged(path, pages, order)
        two_sided = order.scheme == "booklet" or order.sides == 2
        upright = "long" if layout.grid.paper[0] <= layout.grid.paper[1] else "short"
        flip = (order.flip or upright) if two_sided else None
        if (
            flip not in (None, upright) and order.scheme != "n-up"
        ):  # what is not cut or folded is read as the printer turns it
            sheets = schemes.turned(sheets, layout.grid.paper)
        counts = interactive.dropped(file)
        folds = [layout.grid.paper[0] / 2] if order.scheme == "booklet" else []
        content = marks.marks(layout.grid, folds) if order.marks else b""
        bleed = None if order.bleed is None else order.bleed * MM
        drawing = Drawing(layout.grid.paper, scale=layout.scale, bleed=bleed, marks=content, duplex=flip)
        written = draw(file, pages, sheets, drawing)
        problems = (*file.warnings(), *interactive.note(file, counts))
    sides = [side for sheet in sheets for side in (sheet.front, sheet.back) if side]
    return Imposed(
        content=written,
        pages=len(pages),
        sheets=len(sheets),
        sides=sum(any(p.page for p in side.placements) for side in sides),
        blanks=sum(p.page is None for side in sides for p in side.placements),
        paper=layout.paper,
        size=millimetres(layout.grid.paper),
        scale=layout.scale,
        flip=flip,
        dropped=counts,
        problems=problems,
    )


def _arranged(path: Path, pages: Sequence[SourcePage], order: ImpositionOrder) -> tuple[Layout, tuple[Sheet, ...]]:
    """Return the layout and the sheets for an order; an error names the file."""
    bleed = max(page.bleed for page in pages) if order.bleed is None else order.bleed * MM
    free = (bleed if order.bleed is not None or order.marks else 0.0) + (marks.REACH if order.marks else 0.0)
    cells = (1, 2) if order.scheme == "booklet" else order.cells
    gap = 0.0 if order.scheme == "booklet" else order.gap * MM
    try:
        layout = lay_out(LayoutRequest(order.paper, cells, gap, free, order.fit), [page.size for page in pages], bleed)
        return layout, _sheets(len(pages), layout, order)
    except ReportError as error:
        problem = error.problems[0]
        raise ReportError.of(problem.code, problem.message, Location(path), problem.hint) from None
