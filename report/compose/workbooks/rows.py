"""How rows of a workbook are gathered: cells by the address that formulas name them by."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from report.values.workbook import Cell, CellLook, Sheet

_SHOWN = 4


class Rows:
    """The rows of one sheet, from the first. Amounts have so many decimals as their currency."""

    def __init__(self, decimals: int = 2) -> None:
        self._rows: list[tuple[Cell, ...]] = []
        self.decimals = decimals

    @property
    def next(self) -> int:
        """Return the number of the row that is added next."""
        return len(self._rows) + 1

    def add(self, *cells: Cell | str | None, look: CellLook = "text") -> int:
        """Add a row, texts in that look, and return its number."""
        self._rows.append(tuple(c if isinstance(c, Cell) else Cell(c, look=look) for c in cells))
        return len(self._rows)

    def amount(self, value: Decimal, formula: str = "", look: CellLook = "text") -> Cell:
        """Return an amount of money, and the formula that comes to it."""
        return Cell(value, formula, look, self.decimals)

    def sheet(self, name: str, widths: Iterable[float], head: int) -> Sheet:
        """Return the sheet."""
        return Sheet(name, tuple(widths), tuple(self._rows), head)


def plain(number: Decimal | int, unit: str = "") -> Cell:
    """Return a number that is no amount: it is shown with as many decimals as it has."""
    value = Decimal(number)
    return Cell(value, decimals=min(_SHOWN, max(0, -int(value.normalize().as_tuple().exponent))), unit=unit)


def reference(sheet: str, cell: str) -> str:
    """Return the address of a cell of another sheet."""
    return "'" + sheet.replace("'", "''") + f"'!{cell}"
