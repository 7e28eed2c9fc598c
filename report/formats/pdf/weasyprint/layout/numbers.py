"""Tables whose columns are as wide as their numbers need, and lines that break no number (`report.formats.columns`).

WeasyPrint makes the columns of tables whose layout is fixed as wide as CSS says, whatever stands in them, and breaks words that are longer than
a line anywhere where ``overflow-wrap`` allows it. Both are as CSS has it: there is nothing to report, and no property that would end this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import percent, table
from weasyprint.text import line_break

from report.formats import columns
from report.formats.pdf.weasyprint.layout import breaks
from report.formats.pdf.weasyprint.patch import replace

_WRAPPER_WIDTH = table.table_wrapper_width
_FIRST_LINE = line_break.split_first_line
_AROUND = 40
"""Characters before and after a break that are looked at: longer numbers are none."""
_HAIR = 0.1
"""Pixels that a column is wider than its number: Pango rounds."""


def install() -> None:
    """Widen the columns of tables whose layout is fixed, and let numbers stand on one line."""
    replace("table_wrapper_width", _WRAPPER_WIDTH, _table_wrapper_width)
    replace("split_first_line", _FIRST_LINE, _split_first_line)


def _split_first_line(text: str, style: Any, context: Any, max_width: float | None, *more: Any, **options: Any) -> Any:
    """Break a text into its first line, which may be too long for its room where it would end inside a number."""
    line = _FIRST_LINE(text, style, context, max_width, *more, **options)
    if line[2] is None or max_width is None or not _breaks_number(text, line[2]):
        return line
    whole = style.copy()
    whole["overflow_wrap"] = "normal"
    return _FIRST_LINE(text, whole, context, max_width, *more, **options)


def _breaks_number(text: str, resume: int) -> bool:
    """Say whether the first line of a text, which goes on at a place in bytes, ends inside a number."""
    encoded = text.encode()
    if encoded[resume - 1 : resume] == b" " or encoded[resume : resume + 1] in (b" ", b""):
        return False
    before = encoded[:resume].decode(errors="ignore")
    first = max(0, len(before) - _AROUND)
    return columns.broken_number(text[first : len(before) + _AROUND], len(before) - first)


def _table_wrapper_width(context: Any, wrapper: Any, containing_block: Any) -> None:
    _WRAPPER_WIDTH(context, wrapper, containing_block)
    box = wrapper.get_wrapped_table()
    if not box.column_widths or box.style["table_layout"] != "fixed":
        return
    wanted = tuple(box.column_widths)
    settled = box.__dict__.get("settled")
    if settled is None or settled[0] != wanted:
        box.settled = settled = wanted, *_settle(box)
        breaks.let_break(context, box, settled[1])
    box.column_widths = list(settled[1])


def _settle(box: Any) -> tuple[list[float], list[str]]:
    """Return the widths of a table's columns, and the numbers that leave others no room."""
    content = columns.Columns(len(box.column_widths), lambda style: style["font_size"] if style else 0.0)
    cells = (cell for group in box.children for row in group.children for cell in row.children)
    for cell in cells:
        if cell.grid_x < len(box.column_widths):
            percent.resolve_percentages(cell, box)
            around = cell.padding_left + cell.padding_right + cell.border_left_width + cell.border_right_width
            content.add(cell.grid_x, cell.colspan, _pieces(cell), around + _HAIR)
    return content.settle(sum(box.column_widths), _wanted_widths(box), _measure)


def _wanted_widths(box: Any) -> list[float | None]:
    """Return the widths that columns or cells of the first row ask for."""
    wanted: list[float | None] = [None] * len(box.column_widths)
    for n, column in enumerate(column for group in box.column_groups for column in group.children):
        if column.style["width"] != "auto":
            wanted[n] = box.column_widths[n]
    for cell in box.children[0].children[0].children if box.children and box.children[0].children else ():
        if cell.style["width"] != "auto":
            for n in range(cell.grid_x, min(cell.grid_x + cell.colspan, len(wanted))):
                wanted[n] = box.column_widths[n]
    return wanted


def _pieces(box: Any) -> Iterator[columns.Piece | None]:
    """Yield the texts in a box with their styles, None where one block ends."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child.text, child.style
        elif isinstance(child, boxes.ParentBox):
            yield from _pieces(child)
            if isinstance(child, boxes.BlockLevelBox | boxes.LineBox):
                yield None


def _measure(pieces: Sequence[columns.Piece]) -> float:
    widths = (line_break.split_first_line(text, style, None, None, 0)[3] for text, style in pieces)
    return float(sum(widths))
