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
from report.source.tables.grid import Flaw, Place, Row, TextGrid
from report.source.tables.limits import MAX_CELLS, MAX_TEXT
from report.source.text import fault
from report.values import Location, Problem, ReportError, Severity, required

DELIMITERS = (";", ",", "\t", "|")
_SAMPLE = 50
"""So many rows tell the delimiter."""
_OTHERS = {
    b"<html": "a web page", b"<!doctype html": "a web page", b"<table": "a web page", b"<?xml": "XML", b"%pdf-": "a PDF",
    b"{\\rtf": "a text document (RTF)", b"\x1f\x8b": "a compressed file",
}  # fmt: skip
"""How files begin that programs save under the name of a table."""
_TOLD = re.compile(r"sep=(.)(?:\n|\Z)")
"""A first line by which Excel is told the delimiter."""


def read(path: Path, data: bytes, charset: str | None = None) -> TextGrid:
    """Read a text file's rows; raise `ReportError` where its quotes do not close."""
    for begin, what in _OTHERS.items():
        if data.lstrip()[: len(begin)].lower() == begin:
            hint = "open it in a spreadsheet program and save it as an Excel workbook (.xlsx) or as CSV"
            raise ReportError.of("table.kind", f"this is {what}, not CSV", Location(path), hint)
    if len(data) > MAX_TEXT:
        message = f"the file has {len(data):,} bytes; the most is {MAX_TEXT:,}"
        raise ReportError.of("file.size", message, Location(path), "split it")
    text, notes = charsets.decoded(path, data, charset)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    bare = TextGrid(path, (), text=text)
    told = _TOLD.match(text)
    begin = told.end() if told else 0
    delimiter = told[1] if told else _delimiter(bare)
    rows: list[Row] = []
    blank: list[int] = []
    cells = 0
    for row in _rows(bare, delimiter, begin):
        cells += len(row.cells)
        if cells > MAX_CELLS:
            raise ReportError.of("file.size", f"the file has more than {MAX_CELLS:,} cells", Location(path), "split it")
        if any(row.cells):
            rows.append(row)
        else:
            blank.append(row.number)
    last = rows[-1].number if rows else 0
    return TextGrid(path, tuple(rows), tuple(n for n in blank if n < last), _swallowed(rows, delimiter), notes, text)


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
        sample: list[Row] = []
        with contextlib.suppress(ReportError):  # told of once the delimiter is known
            for row in itertools.islice(_rows(grid, sign, 0), _SAMPLE):
                sample.append(row)
        if len(sample) > 1 and not any(any(row.cells) for row in sample):
            return sign  # nothing but delimiters
        widths = [len(row.cells) for row in sample if any(row.cells)]
        width = max(widths[:3], default=1)  # a title may stand above the header
        if width > 1:
            score = sum(w == width for w in widths) / len(widths), width
            if score > best:
                best, told = score, sign
    return told


def _rows(grid: TextGrid, delimiter: str, begin: int) -> Iterator[Row]:
    """Yield every row, blank ones too."""
    text, end = grid.text, len(grid.text)
    sign = re.escape(delimiter)
    cell = re.compile(rf'([ \u00a0]*)(?:"([^"]*(?:""[^"]*)*)"[ \u00a0]*(?={sign}|\n|\Z)|([^{sign}\n]*))')
    position, number = begin, 1 + text.count("\n", 0, begin)
    while position < end:
        cells: list[str] = []
        starts: list[int] = []
        first = number
        while True:
            found = required(cell.match(text, position))
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
        yield Row(first, tuple(cells), tuple(starts))
        position += 1
        number += 1


def _open(grid: TextGrid, offset: int, delimiter: str) -> Problem:
    """Return what is wrong with a quote that opens a cell: it never closes, or words follow where it closes."""
    closed = re.compile(r'[^"]*(?:""[^"]*)*"').match(grid.text, offset + 1)
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
