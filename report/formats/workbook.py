"""Workbooks (ECMA-376, SpreadsheetML): live formulas, each with what it comes to, so that readers without a calculator see it too."""

from __future__ import annotations

import datetime
import io
import re
import textwrap
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from report import files
from report.formats.sheets import MOST_TEXT, cut, exact
from report.values import Artifact, Document, Problem, required
from report.values.workbook import Cell, Sheet, Workbook

_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_A4 = 9
_LINE = 15.0
_FILLED = 0.92
"""Points of a line, and how much of a column's width in figures letters fill."""
Formats = Callable[[Cell], Any]


def write(document: Document, target: Path, anchors: Mapping[str, int] | None = None) -> Artifact:
    """Write the workbook of `document` to `target`; `anchors` is not used, since sheets have no pages."""
    workbook = required(document.workbook)  # the format xlsx writes the tables of a document without one
    return Artifact(target, "xlsx", files.replace(target, _content(document, workbook)))


def problems(workbook: Workbook) -> tuple[Problem, ...]:
    """Return a warning for each text that is longer than a cell."""
    return tuple(
        cut(c.value for sheet in workbook.sheets for row in sheet.rows for c in row if isinstance(c.value, str))
    )


def _content(document: Document, workbook: Workbook) -> bytes:
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    created = datetime.datetime.combine(document.date, datetime.time())
    book.set_properties({"created": created, "title": _clean(document.title), "author": _clean(document.author)})
    formats = _formats(book, document.look.tokens)
    for sheet in workbook.sheets:
        page = book.add_worksheet(sheet.name, worksheet_class=exact())
        _page(page, sheet)
        for row, cells in enumerate(sheet.rows):
            page.set_row(row, _height(sheet, cells))
            for column, cell in enumerate(cells):
                _cell(page, row, column, cell, formats(cell))
    if document.tree.is_rtl:
        for page in book.worksheets():
            page.right_to_left()
    book.close()
    return content.getvalue()


def _page(page: Any, sheet: Sheet) -> None:
    """Set a sheet up: landscape A4 as wide as the paper, its head in sight and on every page; 1.1 and 2030 are texts, and no slips."""
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&R&P / &N")
    page.ignore_errors({"number_stored_as_text": f"A1:{chr(ord('A') + len(sheet.widths) - 1)}{len(sheet.rows)}"})
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    if sheet.head:
        page.freeze_panes(sheet.head, 0)
        page.repeat_rows(sheet.head - 1)


def _cell(page: Any, row: int, column: int, cell: Cell, form: Any) -> None:
    if cell.formula:
        value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value or 0
        page.write_formula(row, column, f"={cell.formula}", form, value)
    elif isinstance(cell.value, Decimal):
        page.write_number(row, column, float(cell.value), form)
    elif cell.value and cell.span > 1:
        page.merge_range(row, column, row, column + cell.span - 1, _clean(cell.value), form)
    elif cell.value:
        page.write_string(row, column, _clean(cell.value), form)
    elif cell.look in ("head", "total"):
        page.write_blank(row, column, None, form)


def _height(sheet: Sheet, cells: tuple[Cell, ...]) -> float | None:
    """Return the height of a row whose texts are broken, by the room that they have; LibreOffice would not make any."""
    lines = 1
    for width, cell in zip(sheet.widths, cells, strict=False):
        if isinstance(cell.value, str) and cell.look in ("text", "head") and cell.span == 1:
            lines = max(lines, len(textwrap.wrap(cell.value, max(1, int(width * _FILLED)))))
    return _LINE * lines if lines > 1 else None


def _formats(book: Any, tokens: Mapping[str, str]) -> Formats:
    """Return what gives a cell its format, each made once; colours are the theme's."""
    line, primary = tokens["colour-line"], tokens["colour-primary"]
    looks: dict[str, dict[str, Any]] = {
        "text": {"bottom": 1, "bottom_color": line, "text_wrap": True},
        "head": {"bold": True, "font_color": primary, "bottom": 2, "bottom_color": primary, "text_wrap": True},
        "title": {"bold": True, "font_size": 14, "font_color": primary},
        "group": {"bold": True, "font_color": primary},
        "total": {"bold": True, "top": 1, "top_color": primary},
        "note": {"italic": True, "font_color": tokens["colour-muted"]},
    }
    made: dict[tuple[str, str], Any] = {}

    def of(cell: Cell) -> Any:
        number = _number_format(cell) if isinstance(cell.value, Decimal) else ""
        key = cell.look, number
        if key not in made:
            shown = {"num_format": number, "align": "right"} if number else {}
            made[key] = book.add_format(
                {"valign": "bottom" if cell.look == "head" else "top", **looks[cell.look], **shown}
            )
        return made[key]

    return of


def _number_format(cell: Cell) -> str:
    digits = "#,##0" + ("." + "0" * cell.decimals if cell.decimals else "")
    return f'{digits}"\u00a0{cell.unit}"' if cell.unit else digits


def _clean(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)[:MOST_TEXT]
