"""Boxes: a fill, lines and padding around the paragraphs and tables of a container, which still split over pages.

Word joins paragraphs with equal borders and equal outer indents into one box (ECMA-376 17.3.1.24); borders in the
colour of the fill make its padding. Tables inside are widened to the edge of the box and take its fill.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx import props
from report.formats.docx.format import Border, Borders, Cell, Margins
from report.formats.docx.rules import Box
from report.formats.docx.writer import Block, Context, Writer, rewrite
from report.formats.ooxml import Element, new, q, sub

MAX_SPACE = 31
"""Points: the largest distance between text and border that 17.3.4 allows."""


def write(writer: Writer, element: HtmlElement, ctx: Context, box: Box) -> None:
    """Write the content of `element` into a box."""
    padding = min(box.padding, MAX_SPACE * 20)
    left, right = padding + _thickness(box.borders.left), padding + _thickness(box.borders.right)
    with writer.group() as blocks:
        writer.flow(element, ctx._replace(left=ctx.left + left, right=ctx.right + right))
    runs = [(kind, list(members)) for kind, members in groupby(blocks, _kind)]
    for index, (kind, members) in enumerate(runs):
        first, last = index == 0, index == len(runs) - 1
        if kind == "paragraphs":
            _paragraphs(members, box, padding, ctx.left + left, first, last)
        elif kind == "table":
            for block in members:
                _table(writer, block.element, box, (left, right), padding if first else 0, padding if last else 0)
    if runs and runs[-1][0] == "table":
        writer.gap = max(writer.gap, box.after)


def _thickness(border: Border | None) -> int:
    return 0 if border is None else round(border.width * 20 / 8)


def _kind(block: Block) -> str:
    if block.style is None:
        return "table"
    return "boxed" if block.para.borders else "paragraphs"


def _before(block: Block) -> int:
    return block.para.before if block.para.before is not None else block.style.full_para.before or 0


def _after(block: Block) -> int:
    return block.para.after if block.para.after is not None else block.style.full_para.after or 0


def _paragraphs(blocks: list[Block], box: Box, padding: int, left: int, first: bool, last: bool) -> None:
    """Give neighbouring paragraphs one fill and one set of borders; the space at their ends becomes padding."""
    top = padding if first else _before(blocks[0])
    bottom = padding if last else _after(blocks[-1])
    sides = Borders(
        _side(box.borders.top if first else None, box, top), _side(box.borders.left, box, padding),
        _side(box.borders.bottom if last else None, box, bottom), _side(box.borders.right, box, padding),
    )  # fmt: skip
    for index, block in enumerate(blocks):
        changes: dict[str, object] = {"borders": sides, "fill": box.fill}
        if index == 0:
            changes["before"] = max(box.before, block.para.before or 0) if first else 0
        if index == len(blocks) - 1:
            changes["after"] = box.after if last else 0
        indent = block.para.left or 0
        if block.para.numbering is None and indent > left and block.style.full_para.first is None:
            changes["first"] = left - indent
            _lead_tab(block.element)
        rewrite(block, **changes)


def _side(border: Border | None, box: Box, space: int) -> Border | None:
    points = max(0, min(MAX_SPACE, round(space / 20)))
    if border is not None and border.width:
        return replace(border, space=points)
    return Border(2, box.fill, points) if box.fill else None


def _lead_tab(paragraph: Element) -> None:
    """Begin a paragraph at the edge of the box and tab to its indent, so that the box stays whole."""
    run = new("w:r")
    sub(run, "w:tab")
    paragraph.insert(1, run)


def _table(writer: Writer, table: Element, box: Box, sides: tuple[int, int], top: int, bottom: int) -> None:
    """Widen a table to the edges of the box and fill its cells."""
    properties = table.find(q("w:tblPr"))
    style = properties.find(q("w:tblStyle"))
    own = writer.theme.by_id[style.get(q("w:val"))].cell.margins if style is not None else Margins()
    indent = properties.find(q("w:tblInd"))
    if indent is not None:
        _grow(indent, -sides[0])
    _grow(properties.find(q("w:tblW")), sum(sides))
    grid = table.find(q("w:tblGrid"))
    _grow(grid[0], sides[0])
    _grow(grid[-1], sides[1])
    rows = table.findall(q("w:tr"))
    for index, row in enumerate(rows):
        cells = row.findall(q("w:tc"))
        for at, cell in enumerate(cells):
            is_first, is_last = at == 0, at == len(cells) - 1
            margins = Margins(
                top + (own.top or 0) if index == 0 and top else None,
                sides[0] + (own.left or 0) if is_first else None,
                bottom + (own.bottom or 0) if index == len(rows) - 1 and bottom else None,
                sides[1] + (own.right or 0) if is_last else None,
            )
            edges = Borders(left=box.borders.left if is_first else None, right=box.borders.right if is_last else None)
            _grow(cell[0].find(q("w:tcW")), sides[0] * is_first + sides[1] * is_last)
            _dress(cell[0], Cell(edges, box.fill, margins))


def _grow(element: Element, twips: int) -> None:
    element.set(q("w:w"), str(int(element.get(q("w:w"))) + twips))


def _dress(properties: Element, look: Cell) -> None:
    """Add borders, fill and margins to a ``w:tcPr`` that may have its own, which win."""
    holder = new("w:tcPr")
    props.fill_cell(holder, look)
    for made in list(holder):
        own = properties.find(made.tag)
        if own is None:
            properties.append(made)
        elif made.tag != q("w:shd"):
            for side in list(made):
                if own.find(side.tag) is None:
                    own.append(side)
    order = [q(f"w:{n}") for n in ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "tcMar", "vAlign")]
    properties[:] = sorted(properties, key=lambda e: order.index(e.tag))
    for name in ("w:tcBorders", "w:tcMar"):
        sides = properties.find(q(name))
        if sides is not None:
            names = [q(f"w:{n}") for n in ("top", "left", "bottom", "right", "insideH", "insideV")]
            sides[:] = sorted(sides, key=lambda e: names.index(e.tag))
