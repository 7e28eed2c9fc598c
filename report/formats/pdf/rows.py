"""What is higher than a page breaks over pages, though its style sheet keeps it whole: a table's row, a list's item, a panel.

WeasyPrint keeps such a box from breaking until it stands first on a page. Until then headings and captions that must stand with it are left
behind, each on a page of its own, and the row that comes at last has lost the heads of its columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, grid

from report.formats.pdf import grids
from report.formats.pdf.patch import patch

_LAYS_OUT = block.block_container_layout
_GRID = grid.grid_layout
_ROW, _BLOCK = 0.5, 0.7
"""Shares of a page: what may be higher than this breaks. A row is one line beside others, and leaves much of a page empty."""
_BESIDE = 0.7
"""The share of a grid's width that its widest column has, about: what a term is said to be stands beside it."""
_LETTER, _LINE = 0.52, 1.4
"""About how wide a letter and how high a line are, in the size of the letters."""


def install() -> None:
    """Let WeasyPrint break what is too high for a page."""
    patch("block_container_layout", _LAYS_OUT, _block_container_layout)
    patch("grid_layout", _GRID, _grid_layout)


def let_break(context: Any, table: Any, widths: Sequence[float]) -> None:
    """Let the rows of a table break that are too high, the groups that hold them, and the table itself."""
    page, whole = context.page_bottom or inf, 0.0
    for place, group in enumerate(table.children):
        heights, longest = _heights(group, widths)
        for row, height in zip(group.children, longest, strict=True):
            if height > _ROW * page and not (group.is_header or group.is_footer):
                _break_row(row, table.children[place + 1 : place + 2])
        if sum(heights) > _BLOCK * page:
            _say(group, break_inside="auto")
        whole += sum(heights)
    if whole > _BLOCK * page:
        _say(table, break_inside="auto")


def _heights(group: Any, widths: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return about how high each row is, and how high the highest cell that reaches into it."""
    heights, longest = [0.0] * len(group.children), [0.0] * len(group.children)
    for place, row in enumerate(group.children):
        for cell in row.children:
            height = _height(cell, sum(widths[cell.grid_x :][: cell.colspan]))
            for n in range(place, min(place + cell.rowspan, len(heights))):
                heights[n] = max(heights[n], height / cell.rowspan)
                longest[n] = max(longest[n], height)
    return heights, longest


def _break_row(row: Any, following: Sequence[Any]) -> None:
    """Let a row break; what follows it need not stand with it, since all of it would have to fit on one page."""
    row.style = row.style.copy()  # its own, since it changes while the row is laid out
    row.style.update(break_inside="auto", break_after="auto")
    for cell in row.children:
        cell.of_long_row = row
    for group in following:
        _say(group, break_before="auto")
        for first in group.children[:1]:
            _say(first, break_before="auto")


def _say(box: Any, **values: str) -> None:
    """Change a box's own style: boxes that are alike share one."""
    if any(box.style[name] not in ("auto", value) for name, value in values.items()):
        box.style = box.style.copy()
        box.style.update(values)


def _height(box: Any, width: float) -> float:
    """Return about how high the text of a box is in a width."""
    height = 0.0
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            size = child.style["font_size"]
            lines = len(child.text) * size * _LETTER / max(width, size) + child.text.count("\n")
            height += lines * size * _LINE
        elif isinstance(child, boxes.ParentBox):
            height += _height(child, width)
            if isinstance(child, boxes.BlockLevelBox):
                height += child.style["font_size"] * _LINE * 0.5  # of its last line, half is empty
    return height


def _block_container_layout(
    context: Any, box: Any, bottom_space: Any, skip_stack: Any, *more: Any, **options: Any
) -> Any:
    """Do what `weasyprint.layout.block.block_container_layout` does, and let what is too high break."""
    row = box.__dict__.get("of_long_row")
    if row is None:
        if box.style["break_inside"] == "avoid" and "looked_at" not in box.__dict__:
            box.looked_at = True
            if box.width != "auto" and _height(box, box.width) > _BLOCK * (context.page_bottom or inf):
                _say(box, break_inside="auto")
        return _LAYS_OUT(context, box, bottom_space, skip_stack, *more, **options)
    made = _LAYS_OUT(context, box, bottom_space, skip_stack, *more, **options)
    if skip_stack is None:
        _hold(row, box, made[0])
    return made


def _hold(row: Any, cell: Any, made: Any) -> None:
    """Keep a row from breaking where the first lines of a cell have no room: the other cells would begin without it."""
    if cell is row.children[0]:
        row.style["break_inside"] = "auto"
    if cell.children and not (made and made.children):
        row.style["break_inside"] = "avoid"


def _grid_layout(context: Any, box: Any, bottom_space: Any, skip_stack: Any, containing_block: Any, *more: Any) -> Any:
    """Do what `weasyprint.layout.grid.grid_layout` does, let items break that are too high, and turn it where it runs from right to left."""
    if "looked_at" not in box.__dict__:
        box.looked_at = True
        room = containing_block[0] if isinstance(containing_block, tuple) else containing_block.width
        most = _BLOCK * (context.page_bottom or inf)
        for before, child in zip([None, *box.children], box.children, strict=False):
            if child.style["break_inside"] == "avoid" and _height(child, _BESIDE * room) > most:
                for each in filter(None, (before, child)):  # what stands in the same row must break with it
                    _say(each, break_inside="auto")
    made, *rest = _GRID(context, box, bottom_space, skip_stack, containing_block, *more)
    grids.turn(made)
    return made, *rest
