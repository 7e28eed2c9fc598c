"""Workbooks for the tests: XLSX by XlsxWriter with parts changed afterwards, ODS written by hand."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from report.source.tables import Table, read
from report.values import Problem, ReportError

HEADER = ("id", "name", "number", "founded")
SHEET = "xl/worksheets/sheet1.xml"


def heads(text: str) -> bool:
    return text in HEADER


def table(path: Path, **options: Any) -> Table:
    return read(path, heads, **options)


def refused(path: Path, **options: Any) -> Problem:
    with pytest.raises(ReportError) as caught:
        table(path, **options)
    return caught.value.problems[0]


def cells(made: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in made.rows]


def told(made: Table) -> list[tuple[str, str]]:
    """Return the codes of all that is wrong, each with its cell or its line and column."""
    found = [*made.problems, *(problem for row in made.rows for problem in made.of_row(row))]
    return [(p.code, place(p)) for p in dict.fromkeys(found)]


def place(problem: Problem) -> str:
    where = problem.location
    return where.cell or ":".join(str(n) for n in (where.line, where.column) if n)


def xlsx(
    path: Path, rows: Sequence[Sequence[Any]], also: Callable[[Any, Any], None] = lambda book, sheet: None
) -> Path:
    """Write a workbook of one sheet, to which `also` may do more."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Sheet1")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
        also(book, sheet)
    return path


def edit(path: Path, old: str, new: str, part: str = SHEET) -> Path:
    """Replace the only `old` in a part of an archive."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert parts[part].count(old.encode()) == 1, parts[part].decode()
    parts[part] = parts[part].replace(old.encode(), new.encode())
    pack(path, parts)
    return path


def pack(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3">
<office:automatic-styles>
<style:style style:name="zeros" style:family="table-cell" style:data-style-name="N1"/>
<number:date-style style:name="N2"><number:month number:textual="true"/><number:text> </number:text><number:year/></number:date-style>
<style:style style:name="month" style:family="table-cell" style:data-style-name="N2"/>
</office:automatic-styles>
<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"""
_STYLES = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0">
<office:styles><number:number-style style:name="N1"><number:number number:decimal-places="0" number:min-integer-digits="9"/></number:number-style></office:styles></office:document-styles>"""
"""LibreOffice writes number styles here, after the cell styles of the other part that name them."""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{more}</manifest:file-entry>
</manifest:manifest>"""


def ods(path: Path, rows: Sequence[str], columns: str = "", more: str = "", locked: str = "") -> Path:
    """Write an ODS workbook."""
    first = f'<table:table table:name="Sheet1">{columns}{"".join(rows)}</table:table>{more}'
    pack(
        path,
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": MANIFEST.format(more=locked).encode(),
            "styles.xml": _STYLES.encode(),
            "content.xml": _ODS.format(tables=first).encode(),
        },
    )
    return path


def row(*values: str, attributes: str = "") -> str:
    """Return a row of ODS; what begins with < stands as it is, other values are texts."""
    made = "".join(value if value.startswith("<") else text(value) for value in values)
    return f"<table:table-row {attributes}>{made}</table:table-row>"


def text(value: str) -> str:
    if not value:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


def cell(kind: str, value: str, attributes: str = "") -> str:
    """Return a cell of ODS with a number, a date or a truth value."""
    named = {"float": "value", "date": "date-value", "boolean": "boolean-value"}[kind]
    return f'<table:table-cell office:value-type="{kind}" office:{named}="{value}" {attributes}><text:p>{value}</text:p></table:table-cell>'
