"""A spreadsheet's reckoning of a workbook: binary numbers, ROUND and SUM as Excel has them, from formulas alone."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from report.values.workbook import Cell, Sheet, Workbook

_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'!)?\$?([A-Z]+)\$?(\d+)(?::([A-Z]+)(\d+))?")


def column(letters: str) -> int:
    """Return the place of a column, from 0."""
    return functools.reduce(lambda sum_, letter: sum_ * 26 + ord(letter) - 64, letters, 0) - 1


def formulas(workbook: Workbook) -> Iterator[tuple[Sheet, Cell]]:
    """Yield every cell that has a formula."""
    yield from ((sheet, cell) for sheet in workbook.sheets for row in sheet.rows for cell in row if cell.formula)


class Calculator:
    """Finds what the formulas of a workbook come to, each once."""

    def __init__(self, workbook: Workbook):
        self._sheets = {sheet.name: sheet for sheet in workbook.sheets}
        self._known: dict[int, float] = {}

    def result(self, sheet: Sheet, cell: Cell) -> float:
        """Return what a spreadsheet finds in a cell."""
        if not cell.formula:
            return float(cell.value) if isinstance(cell.value, Decimal) else 0.0
        if id(cell) not in self._known:
            told = _REFERENCE.sub(lambda found: self._referred(sheet, found), cell.formula)
            assert re.fullmatch(r"[\d.e+\-*/(), ]*", told.replace("ROUND", "").replace("SUM", "")), told
            value = eval(told, {"ROUND": _round, "SUM": lambda *values: sum(values)})  # noqa: S307 - digits and signs
            self._known[id(cell)] = float(value)
        return self._known[id(cell)]

    def _referred(self, sheet: Sheet, found: re.Match[str]) -> str:
        name, letters, row, last, end = found.groups()
        assert last in (None, letters), "a range is one column"
        home = self._sheets[name.replace("''", "'")] if name else sheet
        rows = range(int(row) - 1, int(end or row))
        cells = [home.rows[n][column(letters)] for n in rows if column(letters) < len(home.rows[n])]
        return ",".join(repr(self.result(home, cell)) for cell in cells)


def _round(value: float, places: float) -> float:
    """Round as Excel does: of the fifteen digits that it has, halves away from nothing."""
    shown = Decimal(f"{value:.15g}")
    return float(shown.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP))
