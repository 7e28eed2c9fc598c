"""What a workbook's XML says of its cells beyond their values, which the library that reads the values leaves out."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from report.source.tables.archive import bomb
from report.source.tables.grid import Flaw, Place
from report.source.tables.limits import MAX_CELLS, MAX_COLUMNS
from report.values import Severity

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_HIGH = 1_048_576
"""Most rows of a sheet."""
_ZEROS = re.compile(r"0{2,}")


@dataclass(frozen=True, slots=True)
class Shown:
    """How a cell shows its number: with so many digits (leading zeros), as a date without its day or month, in percent."""

    digits: int = 0
    date: str = ""
    """The letters of what a date shows: ``ymd``, ``ym`` or ``y``."""
    percent: bool = False


@dataclass
class Marks:
    """Marks of one sheet: rows count from 1, columns from 0."""

    flaws: dict[Place, Flaw] = field(default_factory=dict)
    shown: dict[Place, Shown] = field(default_factory=dict)
    texts: dict[Place, str] = field(default_factory=dict)
    """Texts that the library that reads values does not read as they are shown."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    last: Place = (0, 0)
    """The last row and column that hold anything."""
    rows: int = 0
    """How many rows hold anything, where it was counted."""
    shared: Counter[int] = field(default_factory=Counter)
    """How often each text of an XLSX workbook's table of texts is used."""
    before: int = 0
    """How many cells the sheets before this one have, where the library that reads the values lays out all of them."""
    held: array[int] = field(default_factory=lambda: array("q"))
    """The places of values that are not empty, each as one number (see `hold`): there may be millions."""

    @property
    def cells(self) -> int:
        """Return how many cells the sheet has when it is laid out."""
        return self.last[0] * (self.last[1] + 1)

    def hold(self, row: int, column: int) -> None:
        """Remember that a cell has a value, so that it can be told where the library that reads values finds none."""
        self.held.append(row * MAX_COLUMNS + column)

    def lost(self, values: Sequence[Sequence[Any]]) -> Iterator[Place]:
        """Yield the places that have a value of which none was read."""
        for place in self.held:
            row, column = divmod(place, MAX_COLUMNS)
            line = values[row - 1] if row <= len(values) else ()
            if column >= len(line) or line[column] == "":
                yield row, column

    def reach(self, path: Path, row: int, column: int) -> None:
        """Take a cell into account; raise `ReportError` where the sheet becomes too large to be laid out in memory."""
        self.last = max(self.last[0], row), max(self.last[1], column)
        if self.before + self.cells > MAX_CELLS:
            reach = f"the sheet reaches to row {self.last[0]:,}, column {self.last[1] + 1:,}"
            also = "with the sheets before it " if self.before else ""
            raise bomb(path, f"{reach}: {also}more than {MAX_CELLS:,} cells")
        if row > _HIGH or column >= MAX_COLUMNS:
            raise ValueError(f"no sheet reaches to row {row:,}, column {column + 1:,}")


def error(shown: str | None) -> Flaw:
    """Return the flaw of a cell that holds an error."""
    said = f" {shown}" if shown else ""
    message = f"the cell holds the error{said}, not a value"
    return Flaw(Severity.ERROR, "table.error", message, "correct it or empty it")


def unreckoned() -> Flaw:
    """Return the flaw of a formula whose value is not in the file."""
    message = "the formula has no value in the file: it has not been calculated yet"
    return Flaw(Severity.ERROR, "table.formula", message, "open the workbook, let it recalculate, and save it again")


def unread() -> Flaw:
    """Return the flaw of a value that is in the file and cannot be read."""
    return Flaw(Severity.ERROR, "table.unread", "the cell's value cannot be read", "write it again, as text")


def shown_by(code: str) -> Shown | None:
    """Return what a number format of ECMA-376 18.8.31 shows, where that is not the whole value."""
    first = _LITERAL.sub("", code.split(";")[0]).lower()
    if "y" in first and "h" not in first and "s" not in first:
        return Shown(date="".join(letter for letter in "ymd" if letter in first))
    if "%" in first:
        return Shown(percent=True)
    if _ZEROS.fullmatch(first):
        return Shown(digits=len(first))
    return None
