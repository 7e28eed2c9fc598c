"""Tables whose columns are as wide as their numbers need, and lines that break no number (`report.formats.columns`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import percent, table
from weasyprint.text import line_break

from report.formats import columns
from report.formats.pdf import rows
from report.formats.pdf.patch import patch

_WIDTHS = table.table_wrapper_width
_AROUND = 40
"""Characters before and after a break that are looked at: longer numbers are none."""
_HAIR = 0.1
"""Pixels that a column is wider than its number: Pango rounds."""


def install() -> None:
    """Let WeasyPrint widen the columns of tables whose layout is fixed."""
    patch("table_wrapper_width", _WIDTHS, _table_wrapper_width)


def breaks_number(text: str, resume: int) -> bool:
    """Say whether the first line of a text, which goes on at a place in bytes, ends inside a number."""
    encoded = text.encode()
    if encoded[resume - 1 : resume] == b" " or encoded[resume : resume + 1] in (b" ", b""):
        return False
    before = encoded[:resume].decode(errors="ignore")
    first = max(0, len(before) - _AROUND)
    return columns.broken_number(text[first : len(before) + _AROUND], len(before) - first)


def _table_wrapper_width(context: Any, wrapper: Any, containing_block: Any) -> None:
    """Do what `weasyprint.layout.table.table_wrapper_width` does, and widen columns to their numbers."""
    _WIDTHS(context, wrapper, containing_block)
    box = wrapper.get_wrapped_table()
    if not box.column_widths or box.style["table_layout"] != "fixed":
        return
    asked = tuple(box.column_widths)
    kept = box.__dict__.get("settled")
    if kept is None or kept[0] != asked:
        box.settled = kept = asked, *_settled(box)
        rows.let_break(context, box, kept[1])
    box.column_widths = list(kept[1])


def _settled(box: Any) -> tuple[list[float], list[str]]:
    """Return the widths of a table's columns, and the numbers that leave others no room."""
    found = columns.Columns(len(box.column_widths), lambda style: style["font_size"] if style else 0.0)
    for cell in cells(box):
        percent.resolve_percentages(cell, box)
        around = cell.padding_left + cell.padding_right + cell.border_left_width + cell.border_right_width
        found.add(cell.grid_x, cell.colspan, _pieces(cell), around + _HAIR)
    return found.settle(sum(box.column_widths), _said(box), _measured)


def cells(box: Any) -> Iterator[Any]:
    """Yield the cells of a table that stand in its columns."""
    for group in box.children:
        for row in group.children:
            yield from (cell for cell in row.children if cell.grid_x < len(box.column_widths))


def _said(box: Any) -> list[float | None]:
    """Return the widths that columns or cells of the first row ask for."""
    said: list[float | None] = [None] * len(box.column_widths)
    for n, column in enumerate(column for group in box.column_groups for column in group.children):
        if column.style["width"] != "auto":
            said[n] = box.column_widths[n]
    for cell in box.children[0].children[0].children if box.children and box.children[0].children else ():
        if cell.style["width"] != "auto":
            for n in range(cell.grid_x, min(cell.grid_x + cell.colspan, len(said))):
                said[n] = box.column_widths[n]
    return said


def _pieces(box: Any) -> Iterator[columns.Piece | None]:
    """Yield the texts in a box with their styles, None where one block ends."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child.text, child.style
        elif isinstance(child, boxes.ParentBox):
            yield from _pieces(child)
            if isinstance(child, boxes.BlockLevelBox | boxes.LineBox):
                yield None


def _measured(pieces: Sequence[columns.Piece]) -> float:
    return sum(line_break.split_first_line(text, style, None, None, 0)[3] for text, style in pieces)
