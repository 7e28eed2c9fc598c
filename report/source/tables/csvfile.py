"""CSV: the delimiter is told by the rows, and every cell keeps its line and column.

Python's csv module reads quotes that never close to the file's end in silence, and does not tell a cell's column.
"""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from report.source.tables import charset as charsets
from report.source.tables.grid import Flaw, Place, Row, TextGrid, too_long
from report.source.tables.limits import MAX_CELLS, MAX_COLUMNS, MAX_LETTERS, MAX_LINES, MAX_TEXT
from report.source.tables.table import MOST_LINES, too_many_rows
from report.source.text import fault
from report.values import Location, Problem, ReportError, Severity, required

DELIMITERS = (";", ",", "\t", "|")
_SAMPLE = 50
"""So many rows tell the delimiter."""
_LOOKED_AT = 1_000_000
"""So many characters of them."""
_HEAD = 1000
"""So many bytes tell what a file is."""
_OTHERS = {
    b"<html": "a web page", b"<!doctype html": "a web page", b"<table": "a web page", b"<?xml": "XML", b"%pdf-": "a PDF",
    b"{\\rtf": "a text document (RTF)", b"\x1f\x8b": "a compressed file",
}  # fmt: skip
"""How files begin that programs save under the name of a table."""
_TOLD = re.compile(r"sep=(.)(?:\n|\Z)")
"""A first line by which Excel is told the delimiter."""


def read(path: Path, data: bytes, charset: str | None = None) -> TextGrid:
    """Read a text file's rows; raise `ReportError` where its quotes do not close, and where it is too large."""
    start = data[:_HEAD].lstrip().lower()
    if what := next((what for begin, what in _OTHERS.items() if start.startswith(begin)), None):
        hint = "open it in a spreadsheet program and save it as an Excel workbook (.xlsx) or as CSV"
        raise ReportError.of("table.kind", f"this is {what}, not CSV", Location(path), hint)
    if len(data) > MAX_TEXT:
        raise _too_large(Location(path), f"the file has {len(data):,} bytes; the most is {MAX_TEXT:,}")
    text, notes = charsets.decoded(path, data, charset)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (lines := text.count("\n")) > MAX_LINES:
        raise _too_large(Location(path), f"the file has {lines:,} lines; the most is {MAX_LINES:,}")
    whole = TextGrid(path, (), text=text)
    told = _TOLD.match(text)
    delimiter = (
        told[1]
        if told
        else _delimiter(TextGrid(path, (), text=text[:_LOOKED_AT].rpartition("\n")[0] or text[:_LOOKED_AT]))
    )
    rows, blank = _gathered(whole, delimiter, told.end() if told else 0)
    return TextGrid(path, tuple(rows), tuple(blank), _swallowed(rows, delimiter), notes, text)


def _gathered(grid: TextGrid, delimiter: str, begin: int) -> tuple[list[Row], list[range]]:
    """Return the rows and the lines of the blank ones between them; raise `ReportError` where they are too many."""
    rows: list[Row] = []
    blank: list[range] = []
    cells, next_line = 0, 0
    for row, after in _rows(grid, delimiter, begin):
        cells += len(row.cells)
        if rows and next_line < row.number:
            blank.append(range(next_line, row.number))
        rows.append(row)
        next_line = after
        if len(rows) > MOST_LINES:
            raise too_many_rows(grid.where(row, 0))
        if cells > MAX_CELLS:
            raise _too_large(grid.where(row, 0), f"the table has more than {MAX_CELLS:,} cells")
    return rows, blank


def _too_large(where: Location, message: str) -> ReportError:
    return ReportError.of("file.size", message, where, "split it into several tables")


def _swallowed(rows: list[Row], delimiter: str) -> dict[Place, Flaw]:
    """Return the cells that run over lines which look like rows: a quote is missing, and another closes it by chance."""
    width = max((len(row.cells) for row in rows[:3]), default=0)
    message = "the quoted text runs over lines that look like rows"
    flaw = Flaw(Severity.ERROR, "table.quotes", message, "close the quotes where the text ends")
    return {
        (row.number, column): flaw
        for row in rows
        for column, cell in enumerate(row.cells)
        if "\n" in cell and _runs_on(cell.split("\n"), column, len(row.cells), width, delimiter)
    }


def _runs_on(lines: list[str], column: int, cells: int, width: int, delimiter: str) -> bool:
    """Say whether a cell's lines look like rows: a whole one, or the end of its own row and the beginning of another.

    In prose, a space follows a comma.
    """
    if width > 2 and any(line.count(delimiter) >= width - 1 for line in lines):
        return True
    ends = lines[0], lines[-1]
    counts = [line.count(delimiter) for line in ends]
    parted = cells == width > 1 and counts == [width - 1 - column, column]
    return parted and not any(f"{delimiter} " in line for line in ends)


def _delimiter(grid: TextGrid) -> str:
    """Return the sign at which most rows have as many cells as the first; of several the one that makes most cells.

    A decimal comma parts some rows but not the header, and is not taken.
    """
    best, told = (0.0, 0), ","
    for sign in DELIMITERS:
        widths: list[int] = []
        with contextlib.suppress(ReportError):  # told of once the delimiter is known
            for row, _ in itertools.islice(_rows(grid, sign, 0), _SAMPLE):
                widths.append(len(row.cells))
            if not widths:
                return sign  # nothing but delimiters
        width = max(widths[:3], default=1)  # a title may stand above the header
        if width > 1:
            score = sum(w == width for w in widths) / len(widths), width
            if score > best:
                best, told = score, sign
    return told


def _rows(grid: TextGrid, delimiter: str, begin: int) -> Iterator[tuple[Row, int]]:
    """Yield every row that is not blank, with the line that follows it; raise `ReportError` for a cell that cannot be read."""
    text, end = grid.text, len(grid.text)
    sign = re.escape(delimiter)
    blank = re.compile(rf"(?:[{sign} \t\u00a0]*+\n)*+")
    cell = re.compile(rf'([ \u00a0]*+)(?:"((?:[^"]++|"")*+)"[ \u00a0]*+(?={sign}|\n|\Z)|([^{sign}\n]*+))')
    position, number = begin, 1 + text.count("\n", 0, begin)
    while (skipped := blank.match(text, position)) and skipped.end() < end:
        number += text.count("\n", position, skipped.end())
        position = skipped.end()
        cells: list[str] = []
        starts: list[int] = []
        first = number
        while True:
            found = required(cell.match(text, position))
            _check_size(grid, found, len(cells))
            _, quoted, plain = found.groups()
            starts.append(found.end(1))
            if quoted is None:
                if plain[:1] == '"':
                    raise ReportError([_open(grid, found.end(1), delimiter)])
                cells.append(plain.strip())
            else:
                cells.append(quoted.replace('""', '"').strip())
                number += quoted.count("\n")
            position = found.end()
            if position >= end or text[position] == "\n":
                break
            position += 1
        position += 1
        number += 1
        if any(cells):
            yield Row(first, tuple(cells), tuple(starts)), number


def _check_size(grid: TextGrid, cell: re.Match[str], column: int) -> None:
    """Raise `ReportError` for a cell that is too long, or one too many in its row."""
    if (letters := cell.end() - cell.start()) > MAX_LETTERS:
        flaw = too_long(letters)
        hint = flaw.hint if cell[2] is None else "close the quotes where the text ends, or shorten it"
        raise ReportError.of(flaw.code, flaw.message, grid.at(cell.end(1)), hint)
    if column >= MAX_COLUMNS:
        message, hint = f"the row has more than {MAX_COLUMNS:,} cells", "are line ends missing?"
        raise ReportError.of("file.size", message, grid.at(cell.end(1)), hint)


def _open(grid: TextGrid, offset: int, delimiter: str) -> Problem:
    """Return what is wrong with a quote that opens a cell: it never closes, or words follow where it closes."""
    closed = re.compile(r'(?:[^"]++|"")*+"').match(grid.text, offset + 1)
    if not closed:
        message, hint = (
            "the quotes that open here never close",
            "close them, or double a quote that belongs to the text",
        )
        return fault("table.quotes", message, grid.at(offset), hint)
    end = grid.at(closed.end() - 1)
    where = f"in line {end.line}" if end.line != grid.at(offset).line else f"in column {end.column}"
    message = f"the quotes that open here close {where}, and more text follows before the next '{_shown(delimiter)}'"
    return fault("table.quotes", message, grid.at(offset), 'double a quote that belongs to the text: ""')


def _shown(delimiter: str) -> str:
    return "tab" if delimiter == "\t" else delimiter
