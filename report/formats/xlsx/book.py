"""The workbook's bytes: XlsxWriter's sheets, then the language and one date for all members."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from report.formats.ooxml import clean
from report.formats.sheets import MOST_TEXT, exact
from report.formats.xlsx.cells import Cell, Sheet
from report.values import Document, required

MOST_NAME, MOST_LINK = 31, 2_079
"""Excel's most characters of a sheet's name and of a link."""
_UNNAMED = re.compile(r"[\[\]:*?/\\]")
_LOCKED = frozenset({"history"})
"""Names that Excel keeps for itself."""
NARROWEST, WIDEST = 9, 46
"""How narrow and how wide a column may be, in characters; longer text wraps."""
TITLE = 1
"""Rows above the table: its caption."""


def render(document: Document, sheets: Sequence[Sheet]) -> bytes:
    """Return the bytes of a workbook; equal documents give equal bytes."""
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties(
        {
            "title": clean(document.title),
            "author": clean(document.author),
            "subject": clean(document.description),
            "created": datetime.datetime.combine(document.date, datetime.time()),
        }
    )
    looks = _Looks(book, document.look.tokens.get("colour-primary", "#000000"))
    named = _names(sheet.title or document.title for sheet in sheets)
    for name, sheet in zip(named, sheets, strict=True):
        _write(book.add_worksheet(name, worksheet_class=exact()), sheet, looks)
    if not sheets:
        book.add_worksheet(_names([document.title])[0])
    if document.tree.is_rtl:
        for page in book.worksheets():
            page.right_to_left()
    book.close()
    return _stamped(content.getvalue(), document)


class _Looks:
    """The formats of cells, each made once."""

    def __init__(self, book: Any, colour: str):
        self._book, self._colour = book, colour
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def of(self, **said: object) -> Any:
        """Return the format that says so."""
        key = tuple(sorted(said.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"valign": "top", "text_wrap": True, **said})
        return self._formats[key]

    @property
    def title(self) -> Any:
        return self.of(bold=True, font_size=13, font_color=self._colour, text_wrap=False)

    def cell(self, cell: Cell) -> Any:
        """Return the format of a cell: heads, groups and totals bold, numbers as the document writes them."""
        said: dict[str, object] = {}
        if cell.kind in ("head", "group", "total"):
            said["bold"] = True
        if cell.kind == "head":
            said |= {"bottom": 1, "bottom_color": self._colour, "font_color": self._colour, "valign": "bottom"}
        if cell.kind == "total":
            said |= {"top": 1, "top_color": self._colour}
        if cell.flush:
            said["align"] = "right"
        if cell.number is not None:
            digits = "#,##0" + ("." + "0" * cell.decimals if cell.decimals else "")
            said["num_format"] = f'{digits}"\u00a0%"' if cell.percent else digits
        if cell.link:
            said |= {"font_color": "#0563C1", "underline": 1}
        return self.of(**said)


def _write(sheet: Any, table: Sheet, looks: _Looks) -> None:
    sheet.write_string(0, 0, clean(table.title), looks.title)
    for cell in table.cells:
        _write_cell(sheet, cell, looks.cell(cell))
    for column, width in enumerate(_widths(table)):
        sheet.set_column(column, column, width)
    if table.head:
        sheet.freeze_panes(TITLE + table.head, 0)
        sheet.repeat_rows(TITLE, TITLE + table.head - 1)
        if table.body > table.head:
            sheet.autofilter(TITLE + table.head - 1, 0, TITLE + table.body - 1, table.columns - 1)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    if table.columns > 4:
        sheet.set_landscape()


def _write_cell(sheet: Any, cell: Cell, look: Any) -> None:
    row, text = cell.row + TITLE, clean(cell.text)[:MOST_TEXT]
    if cell.height > 1 or cell.width > 1:
        sheet.merge_range(row, cell.column, row + cell.height - 1, cell.column + cell.width - 1, "", look)
    if cell.sums:
        letter = _letters(cell.column)
        ranges = ",".join(f"{letter}{a + TITLE + 1}:{letter}{b + TITLE + 1}" for a, b in cell.sums)
        sheet.write_formula(row, cell.column, f"=SUM({ranges})", look, _number(cell))
    elif cell.number is not None:
        sheet.write_number(row, cell.column, _number(cell), look)
    elif cell.link and len(cell.link) <= MOST_LINK:
        sheet.write_url(row, cell.column, cell.link, look, text)
    elif text:
        sheet.write_string(row, cell.column, text, look)
    else:
        sheet.write_blank(row, cell.column, None, look)
    if cell.note:
        sheet.write_comment(row, cell.column, clean(cell.note)[:MOST_TEXT])


def _number(cell: Cell) -> int | float:
    number = required(cell.number)
    return float(number) if cell.decimals else int(number)


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _widths(table: Sheet) -> list[float]:
    """Return each column's width in characters: as long as its longest line, between two limits."""
    longest = [0] * table.columns
    for cell in table.cells:
        if cell.width == 1:
            length = max((len(line) for line in cell.text.split("\n")), default=0)
            length += 3 if cell.kind == "head" else 0  # the button of the filter
            longest[cell.column] = max(longest[cell.column], length)
    return [min(WIDEST, max(NARROWEST, length * 1.1 + 1)) for length in longest]


def _names(titles: Iterable[str]) -> list[str]:
    """Return a name for each sheet that Excel accepts: short, without its signs, each once."""
    names: list[str] = []
    used = set(_LOCKED)
    for number, title in enumerate(titles, 1):
        stem = " ".join(_UNNAMED.sub(" ", clean(title)).split()).strip("'") or f"{number}"
        name, again = _short(stem, ""), 2
        while name.lower() in used:
            name, again = _short(stem, f" ({again})"), again + 1
        used.add(name.lower())
        names.append(name)
    return names


def _short(stem: str, end: str) -> str:
    """Return a name with its end, cut at a word where it is too long."""
    room = MOST_NAME - len(end)
    if len(stem) > room:
        cut = stem[: room - 1]
        stem = (cut.rpartition(" ")[0] if " " in cut[room // 2 :] else cut).rstrip(" ,;.–-'") + "…"
    return stem + end


def _stamped(content: bytes, document: Document) -> bytes:
    """Return the package with the document's language and with its date on every member."""
    stamp = (max(document.date.year, 1980), document.date.month, document.date.day, 0, 0, 0)
    language = f"<dc:language>{escape(document.language)}</dc:language></cp:coreProperties>".encode()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(made, "w") as archive:
        for name in package.namelist():
            blob = package.read(name)
            if name == "docProps/core.xml":
                blob = blob.replace(b"</cp:coreProperties>", language)
            info = zipfile.ZipInfo(name, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, blob, compresslevel=6)
    return made.getvalue()
