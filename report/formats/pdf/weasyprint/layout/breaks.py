"""What is higher than a page breaks over pages, though its style sheet keeps it whole: a table's row, a list's item, a panel.

WeasyPrint keeps such a box from breaking until it stands first on a page. Until then headings and captions that must stand with it are left
behind, each on a page of its own, and the row that comes last has lost the heads of its columns: its issue 2679 (heads), and 1634 for boxes in
general.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, grid

from report.formats.pdf.weasyprint.layout import direction
from report.formats.pdf.weasyprint.patch import replace

_BLOCK_LAYOUT = block.block_container_layout
_GRID_LAYOUT = grid.grid_layout
_ROW, _BLOCK = 0.5, 0.7
"""Shares of a page: what may be higher than this breaks. A row is one line beside others, and leaves much of a page empty."""
_WIDEST = 0.7
"""The share of a grid's width that its widest column has, about: a description stands beside its term."""
_LETTER, _LINE = 0.52, 1.4
"""About how wide a letter and how high a line are, in the size of the letters."""


def install() -> None:
    """Let blocks and grids break that are too high for a page; `let_break` does so for tables."""
    replace("block_container_layout", _BLOCK_LAYOUT, _block_container_layout)
    replace("grid_layout", _GRID_LAYOUT, _grid_layout)


def let_break(context: Any, table: Any, widths: Sequence[float]) -> None:
    """Let the rows of a table break that are too high, the groups that hold them, and the table itself."""
    page, whole = context.page_bottom or inf, 0.0
    for place, group in enumerate(table.children):
        heights, highest = _heights(group, widths)
        for row, height in zip(group.children, highest, strict=True):
            if height > _ROW * page and not (group.is_header or group.is_footer):
                _break_row(row, table.children[place + 1 : place + 2])
        if sum(heights) > _BLOCK * page:
            _set(group, break_inside="auto")
        whole += sum(heights)
    if whole > _BLOCK * page:
        _set(table, break_inside="auto")


def _heights(group: Any, widths: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return about how high each row is, and how high the highest cell that reaches into it."""
    heights, highest = [0.0] * len(group.children), [0.0] * len(group.children)
    for place, row in enumerate(group.children):
        for cell in row.children:
            height = _height(cell, sum(widths[cell.grid_x :][: cell.colspan]))
            for n in range(place, min(place + cell.rowspan, len(heights))):
                heights[n] = max(heights[n], height / cell.rowspan)
                highest[n] = max(highest[n], height)
    return heights, highest


def _break_row(row: Any, following: Sequence[Any]) -> None:
    """Let a row break; what follows it need not stand with it, since all of it would have to fit on one page."""
    row.style = row.style.copy()  # its own, since it changes while the row is laid out
    row.style.update(break_inside="auto", break_after="auto")
    for cell in row.children:
        cell.long_row = row
    for group in following:
        _set(group, break_before="auto")
        for first in group.children[:1]:
            _set(first, break_before="auto")


def _set(box: Any, **values: str) -> None:
    """Change a box's own style: boxes that are alike share one."""
    if any(box.style[name] not in ("auto", value) for name, value in values.items()):
        box.style = box.style.copy()
        box.style.update(values)


def _height(box: Any, width: float) -> float:
    """Return about how high the text of a box is in a width."""
    height = 0.0
    for child in box.children:
        size = child.style["font_size"]
        if isinstance(child, boxes.TextBox):
            lines = len(child.text) * size * _LETTER / max(width, size) + child.text.count("\n")
            height += lines * size * _LINE
        elif isinstance(child, boxes.ParentBox):
            height += _height(child, width)
            if isinstance(child, boxes.BlockLevelBox):
                height += size * _LINE * 0.5  # half of its last line is empty
    return height


def _block_container_layout(
    context: Any, box: Any, bottom_space: Any, skip_stack: Any, *more: Any, **options: Any
) -> Any:
    row = box.__dict__.get("long_row")
    if row is None and box.style["break_inside"] == "avoid" and "estimated" not in box.__dict__:
        box.estimated = True
        if box.width != "auto" and _height(box, box.width) > _BLOCK * (context.page_bottom or inf):
            _set(box, break_inside="auto")
    laid_out = _BLOCK_LAYOUT(context, box, bottom_space, skip_stack, *more, **options)
    if row is not None and skip_stack is None:
        _keep_beginning(row, box, laid_out[0])
    return laid_out


def _keep_beginning(row: Any, cell: Any, laid_out: Any) -> None:
    """Keep a row from breaking where the first lines of a cell have no room: the other cells would begin without it."""
    if cell is row.children[0]:
        row.style["break_inside"] = "auto"
    if cell.children and not (laid_out and laid_out.children):
        row.style["break_inside"] = "avoid"


def _grid_layout(context: Any, box: Any, bottom_space: Any, skip_stack: Any, containing_block: Any, *more: Any) -> Any:
    if "estimated" not in box.__dict__:
        box.estimated = True
        room = containing_block[0] if isinstance(containing_block, tuple) else containing_block.width
        most = _BLOCK * (context.page_bottom or inf)
        for before, child in zip([None, *box.children], box.children, strict=False):
            if child.style["break_inside"] == "avoid" and _height(child, _WIDEST * room) > most:
                for each in filter(None, (before, child)):  # what stands in the same row must break with it
                    _set(each, break_inside="auto")
    laid_out, *rest = _GRID_LAYOUT(context, box, bottom_space, skip_stack, containing_block, *more)
    direction.mirror_grid(laid_out)
    return laid_out, *rest
