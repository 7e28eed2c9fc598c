"""A file of rows, whatever kind it is of: its first bytes say so, its name only helps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from report import isolation
from report.source.tables import archive, csvfile, workbook
from report.source.tables.grid import SheetGrid, TextGrid
from report.source.tables.limits import MAX_FILE, MAX_TEXT
from report.source.tables.table import Table, table
from report.source.text import read_bytes
from report.values import Location, ReportError

_BOOKS = (".xlsx", ".xlsm", ".ods", ".xls", ".xlsb", ".fods", ".numbers")


def read(path: Path, heads: Callable[[str], bool], *, sheet: str | None = None, charset: str | None = None) -> Table:
    """Read a table of CSV, XLSX or ODS; raise `ReportError` where the file as a whole cannot be read.

    `heads` knows the words of a header, which tell it from titles above it. What is wrong with single cells is in the
    table's problems.
    """
    return table(isolation.run(grid, path, sheet, charset, about=path), heads)


def grid(path: Path, sheet: str | None, charset: str | None) -> SheetGrid | TextGrid:
    """Return the cells of a table in this very process; see `read`, which has it done where an abort is an answer."""
    if path.name.startswith(("~$", ".~lock.")):
        message = "this is the note of a spreadsheet program that the workbook is open, not the workbook"
        name = path.name.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")
        raise ReportError.of("table.kind", message, Location(path), f"name the workbook itself: …{name}")
    data = read_bytes(path, max(MAX_TEXT, MAX_FILE))
    if not data.strip():
        raise ReportError.of("table.empty", "the file is empty", Location(path), "write a header and rows")
    if data.startswith((archive.ZIP, archive.CFB)):
        if len(data) > MAX_FILE:
            message = f"the workbook has {len(data):,} bytes; the most is {MAX_FILE:,}"
            raise ReportError.of("file.size", message, Location(path), "remove pictures from it, or split it")
        return workbook.read(path, data, sheet)
    if path.suffix.lower() in _BOOKS:
        message = f"this is not a workbook, though its name ends in {path.suffix}"
        raise ReportError.of("table.kind", message, Location(path), "save it as an Excel workbook (.xlsx) or as CSV")
    if sheet is not None:
        raise ReportError.of("table.sheet", "a text file has no sheets", Location(path), f"write {path.name} alone")
    return csvfile.read(path, data, charset)
