"""The cells of a file before anybody knows which row is the header, and the place of each."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from report.source.invisible import without_invisible
from report.source.tables.limits import MAX_LETTERS
from report.values import Location, Problem, Severity

Place = tuple[int, int]
"""A row's number, from 1, and a column, from 0."""

_ERROR = re.compile(
    r"#(?:#+|[¡¿]?[^\Wa-z]+(?:/[^\Wa-z]+)?[!?]|N/A|N/D|N/B|NV|I/T|YOK|Н/Д|Δ/Υ|HIÁNYZIK|NENÍ_K_DISPOZICI|GETTING_DATA)"
    r"|(?:Err|Грешка|Ошибка|Помилка) ?:\d{3}"
)
"""What spreadsheet programs show instead of a value, in the languages of many countries."""
_FORMULA = re.compile(r"=[A-ZА-Я(+\"$-].*", re.DOTALL)
_SUSPECT = frozenset("#EГОП=-0123456789")
"""What a spoilt text begins with: most texts need no closer look."""
_SHORTENED = re.compile(r"-?\d(?:[.,]\d+)?E\+\d+")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not blank. `number` is that of a sheet, or of the line where it begins; both count from 1."""

    number: int
    cells: tuple[str, ...]
    starts: tuple[int, ...] = ()
    """Where each cell of a text file begins, in characters from the file's first."""

    def cell(self, column: int) -> str:
        """Return the text in a column; an empty one where the row ends before it."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one cell."""

    severity: Severity
    code: str
    message: str
    hint: str | None = None


@dataclass(frozen=True)
class Grid:
    """The rows of a file that have something in them; `blank` are the numbers of those between them that do not, in spans."""

    path: Path
    rows: tuple[Row, ...]
    blank: tuple[range, ...] = ()
    flaws: Mapping[Place, Flaw] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def where(self, row: Row, column: int) -> Location:
        """Return the place of a cell."""
        raise NotImplementedError

    def flaw(self, row: Row, column: int) -> Flaw | None:
        """Return what is wrong with a cell, as far as the cell alone tells."""
        return self.flaws.get((row.number, column)) or spoilt(row.cell(column))


@dataclass(frozen=True)
class SheetGrid(Grid):
    """A sheet of a workbook."""

    sheet: str = ""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Ranges whose cells are merged: first row and column, last row and column; rows from 1, columns from 0."""
    hidden: tuple[int, ...] = ()
    """Numbers of the rows that are hidden or filtered away."""
    hidden_columns: tuple[int, ...] = ()

    def where(self, row: Row, column: int) -> Location:
        return self.at(row.number, column, row.cell(column))

    def at(self, number: int, column: int, text: str = "") -> Location:
        """Return the place of a cell by its numbers."""
        cell = f"{self.sheet}!{letters(column)}{number}"
        return Location(self.path, number, column + 1, excerpt=text or None, cell=cell)


@dataclass(frozen=True)
class TextGrid(Grid):
    """A text file: a cell's place is its line and its column there, in characters."""

    text: str = ""
    _excerpts: dict[int, str] = field(default_factory=dict, compare=False, repr=False)
    """The lines that were shown, by where they begin: a line of a thousand mistakes is cut out once."""

    @cached_property
    def _lines(self) -> array[int]:
        return array("q", (0, *(found.end() for found in re.finditer("\n", self.text))))

    def where(self, row: Row, column: int) -> Location:
        return self.at(row.starts[column] if column < len(row.starts) else row.starts[0])

    def at(self, offset: int) -> Location:
        """Return the line and column of a character."""
        line = bisect_right(self._lines, offset) - 1
        begin = self._lines[line]
        if begin not in self._excerpts:
            end = self.text.find("\n", begin)
            self._excerpts[begin] = self.text[begin : end if end >= 0 else None]
        return Location(self.path, line + 1, offset - begin + 1, excerpt=self._excerpts[begin])


def letters(column: int) -> str:
    """Return the letters of a column that counts from 0: A, Z, AA."""
    name = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(65 + digit) + name
    return name


def seen(grid: Grid) -> Grid:
    """Return the grid without the characters that nobody sees; its flaws tell of them, and of those that cannot be printed."""
    flaws = dict(grid.flaws)
    rows = tuple(row if all(map(_is_clear, row.cells)) else _seen(row, flaws) for row in grid.rows)
    return replace(grid, rows=rows, flaws=flaws)


def _is_clear(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _seen(row: Row, flaws: dict[Place, Flaw]) -> Row:
    cells = list(row.cells)
    for column, text in enumerate(cells):
        cells[column], signs = without_invisible(text)
        if signs and (row.number, column) not in flaws:
            worst = min((sign.severity for sign in signs), key=list(Severity).index)
            code = next(sign.code for sign in signs if sign.severity is worst)
            said, hints = ("; ".join(dict.fromkeys(told)) for told in zip(*(sign[3:] for sign in signs), strict=True))
            flaws[row.number, column] = Flaw(worst, f"table.{code}", said, hints)
    return replace(row, cells=tuple(cells))


def is_error(text: str) -> bool:
    """Say whether a text is what a spreadsheet program shows instead of a value: those that begin with # are in capitals."""
    return bool(_ERROR.fullmatch(text)) and (text[0] != "#" or text == text.upper())


def too_long(count: int) -> Flaw:
    """Return the flaw of a cell of so many characters."""
    message = f"the cell has {count:,} characters; the most is {MAX_LETTERS:,}"
    return Flaw(Severity.ERROR, "table.long", message, "shorten the text")


def spoilt(text: str) -> Flaw | None:
    """Return what a text tells of damage that a spreadsheet program did."""
    if text[:1] not in _SUSPECT:
        return None
    if is_error(text):
        return Flaw(
            Severity.ERROR, "table.error", f"the cell holds the error {text}, not a value", "correct it or empty it"
        )
    if _FORMULA.fullmatch(text):
        message = "the cell holds a formula instead of what it comes to"
        return Flaw(Severity.ERROR, "table.formula", message, "write its value; or put a space before the =")
    if _SHORTENED.fullmatch(text):
        message = f"a spreadsheet program has shortened the number to {text}: its last digits are lost"
        return Flaw(Severity.ERROR, "table.shortened", message, "format the column as text and write the number again")
    return None
