"""Which page stands on which side of which sheet, and where: arithmetic alone, in points.

Every scheme lays the back as it is seen once the sheet is turned about its upright edge, as one turns a page; `turned` then sets the
backs for a printer that turns it about the other one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edges:
    """A length in points at each edge of a rectangle, as it lies on the sheet."""

    left: float = 0.0
    bottom: float = 0.0
    right: float = 0.0
    top: float = 0.0

    def mirrored(self) -> Edges:
        """Return the edges seen from behind."""
        return Edges(self.right, self.bottom, self.left, self.top)

    def turned(self) -> Edges:
        """Return the edges after half a turn."""
        return Edges(self.right, self.top, self.left, self.bottom)


@dataclass(frozen=True, slots=True)
class Placement:
    """A page, counted from 1, or a blank (None), in a cell of the sheet: lower left corner and size in points.

    `rotation` turns the page clockwise in its cell by 0 or 180 degrees. `room` is how far beyond each edge of the cell may be painted: the
    bleed that the neighbour leaves. Less than nothing cuts into the page, as at a spine towards which it was moved.
    """

    page: int | None
    x: float
    y: float
    width: float
    height: float
    rotation: int = 0
    room: Edges = Edges()


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet."""

    placements: tuple[Placement, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper: its front, and its back if it is printed on both sides."""

    front: Side
    back: Side | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Equal cells in rows and columns in the middle of a sheet; all lengths in points.

    `bleed` is how far pages may reach over the outer edges of the block of cells; between cells they share `gap`.
    """

    rows: int
    columns: int
    width: float
    height: float
    paper: tuple[float, float]
    gap: float = 0.0
    bleed: float = 0.0

    @property
    def cells(self) -> int:
        """Return how many cells a side has."""
        return self.rows * self.columns

    @property
    def block(self) -> tuple[float, float]:
        """Return width and height of all cells and the gaps between them."""
        across = self.columns * self.width + (self.columns - 1) * self.gap
        return across, self.rows * self.height + (self.rows - 1) * self.gap

    def columns_at(self) -> list[float]:
        """Return the left edge of each column."""
        left = (self.paper[0] - self.block[0]) / 2
        return [left + i * (self.width + self.gap) for i in range(self.columns)]

    def rows_at(self) -> list[float]:
        """Return the lower edge of each row, the upper row first."""
        top = (self.paper[1] + self.block[1]) / 2
        return [top - self.height - i * (self.height + self.gap) for i in range(self.rows)]

    def side(self, pages: Sequence[int | None]) -> Side:
        """Lay pages into the cells by rows, from the upper left; cells that are left stay empty."""
        shared, placed = min(self.bleed, self.gap / 2), []
        for index, page in enumerate(pages):
            row, column = divmod(index, self.columns)
            room = Edges(
                left=shared if column else self.bleed,
                bottom=shared if row < self.rows - 1 else self.bleed,
                right=shared if column < self.columns - 1 else self.bleed,
                top=shared if row else self.bleed,
            )
            x, y = self.columns_at()[column], self.rows_at()[row]
            placed.append(Placement(page, x, y, self.width, self.height, room=room))
        return Side(tuple(placed))

    def behind(self, pages: Sequence[int | None]) -> Side:
        """Lay pages behind the cells of `side`: seen from the back, the columns run the other way."""
        return Side(
            tuple(
                dataclasses.replace(p, x=self.paper[0] - p.x - p.width, room=p.room.mirrored())
                for p in self.side(pages).placements
            )
        )


def turned(sheets: Sequence[Sheet], paper: tuple[float, float]) -> tuple[Sheet, ...]:
    """Return the sheets for a printer that turns them about a level edge: each back stands on its head, about the paper's middle."""
    return tuple(Sheet(s.front, _half_turned(s.back, paper) if s.back else None) for s in sheets)


def _half_turned(side: Side, paper: tuple[float, float]) -> Side:
    return Side(
        tuple(
            dataclasses.replace(
                p, x=paper[0] - p.x - p.width, y=paper[1] - p.y - p.height, rotation=180, room=p.room.turned()
            )
            for p in side.placements
        )
    )


def n_up(pages: int, grid: Grid, sides: int = 2) -> tuple[Sheet, ...]:
    """Lay several pages on a side, by rows, and the next ones on the next side; nothing is cut, so backs are read like fronts."""
    filled = [grid.side(range(first, min(first + grid.cells, pages + 1))) for first in range(1, pages + 1, grid.cells)]
    if sides == 1:
        return tuple(Sheet(side) for side in filled)
    filled += [grid.side(())] * (len(filled) % 2)
    return tuple(Sheet(filled[i], filled[i + 1]) for i in range(0, len(filled), 2))


def cut_and_stack(pages: int, grid: Grid, sides: int = 2) -> tuple[Sheet, ...]:
    """Run the pages through the stack: once it is cut, the piles laid on each other, first cell on top, are in order."""
    leaves = -(-pages // sides)
    deep = -(-leaves // grid.cells)

    def leaf(number: int, face: int) -> int | None:
        page = number * sides + face + 1
        return page if page <= pages else None

    sheets = []
    for sheet in range(deep):
        numbers = [cell * deep + sheet for cell in range(grid.cells)]
        front = grid.side([leaf(n, 0) for n in numbers])
        sheets.append(Sheet(front, grid.behind([leaf(n, 1) for n in numbers]) if sides == 2 else None))
    return tuple(sheets)


def step_and_repeat(pages: int, grid: Grid, sides: int = 2) -> tuple[Sheet, ...]:
    """Fill each sheet with one leaf: every cell has the same page in front and the next one behind."""
    sheets = []
    for page in range(1, pages + 1, sides):
        front = grid.side([page] * grid.cells)
        behind = page + 1 if page < pages else None
        sheets.append(Sheet(front, grid.behind([behind] * grid.cells) if sides == 2 else None))
    return tuple(sheets)
