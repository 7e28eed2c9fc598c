"""Semantic HTML -> a workbook: each table is a sheet, its numbers are numbers and its totals formulas (ECMA-376 part 1, 18).

`write` is the whole interface; `cells` says what of a table becomes what.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from report import files
from report.formats import sheets as sheets_
from report.formats import workbook
from report.formats.xlsx import book, cells
from report.values import Artifact, Document, Problem, Severity

_NONE = "the document has no table: its workbook is empty"
_HINT = "remove xlsx from the document's formats"


def write(document: Document, target: Path, anchors: Mapping[str, int] | None = None) -> Artifact:
    """Write the tables of `document`, or the workbook that its kind has, to `target`; `anchors` is not used, since sheets have no pages."""
    if document.workbook is not None:
        return workbook.write(document, target)
    content = book.render(document, tuple(cells.sheets(document.tree.copy())))
    return Artifact(target, "xlsx", files.replace(target, content))


def problems(document: Document) -> tuple[Problem, ...]:
    """Return a warning for what a workbook of `document` cannot hold, and for a document without tables."""
    if document.workbook is not None:
        return workbook.problems(document.workbook)
    sheets = tuple(cells.sheets(document.tree.copy()))
    if not sheets:
        return (Problem(Severity.WARNING, "xlsx.empty", _NONE, None, _HINT),)
    texts = (text for sheet in sheets for cell in sheet.cells for text in (cell.text, cell.note))
    return (*(problem for sheet in sheets for problem in sheet.problems), *sheets_.cut(texts))
