"""Boxes: a fill, lines and padding around the paragraphs and tables of a container, which still split over pages.

Word joins paragraphs with equal borders and equal outer indents into one box (ECMA-376 17.3.1.24); borders in the
colour of the fill make its padding. Tables inside are widened to the edge of the box and take its fill.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx.formatting import properties
from report.formats.docx.formatting.values import Border, Borders, CellFormat, CellMargins, ParagraphFormat
from report.formats.docx.look.rules import BoxFormat
from report.formats.docx.look.tokens import MAX_BORDER_SPACE
from report.formats.docx.writing.output import Block, Context, ParagraphBlock, TableBlock
from report.formats.docx.writing.writer import Writer
from report.formats.ooxml import Element, new, q, sub
from report.values import required
from report.values.length import ZERO, Length, eighths, points, twips

_EDGE = eighths(2)
"""The width of lines in the colour of the fill."""
_CELL_ORDER = [q(f"w:{name}") for name in ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "tcMar", "vAlign")]
_SIDE_ORDER = [q(f"w:{name}") for name in ("top", "left", "bottom", "right", "insideH", "insideV")]


def write(writer: Writer, element: HtmlElement, ctx: Context, box: BoxFormat) -> None:
    """Write the content of `element` into a box."""
    padding = min(box.padding, MAX_BORDER_SPACE)
    left, right = padding + _thickness(box.borders.left), padding + _thickness(box.borders.right)
    with writer.group() as blocks:
        writer.flow(element, ctx._replace(left=ctx.left + left, right=ctx.right + right))
    runs = [list(members) for _, members in groupby(blocks, _kind)]
    for index, members in enumerate(runs):
        top, bottom = padding if index == 0 else None, padding if index == len(runs) - 1 else None
        paragraphs = [block for block in members if isinstance(block, ParagraphBlock)]
        if paragraphs and not paragraphs[0].para.borders:
            _paragraphs(paragraphs, box, padding, ctx.left + left, top, bottom)
        for block in members:
            if isinstance(block, TableBlock):
                _table(writer, block.element, box, (left, right), top or ZERO, bottom or ZERO)
    if blocks and isinstance(blocks[-1], TableBlock):
        writer.gap = max(writer.gap, box.after)


def _thickness(border: Border | None) -> Length:
    return ZERO if border is None else twips(border.width.eighths * 20 / 8)


def _kind(block: Block) -> tuple[bool, bool]:
    """Return whether a block is a table, and whether it stands in a box of its own."""
    return isinstance(block, TableBlock), isinstance(block, ParagraphBlock) and block.para.borders is not None


def _paragraphs(
    blocks: Sequence[ParagraphBlock],
    box: BoxFormat,
    padding: Length,
    left: Length,
    top: Length | None,
    bottom: Length | None,
) -> None:
    """Give neighbouring paragraphs one fill and one set of borders; the space at their ends becomes padding.

    `top` and `bottom` are the box's own padding where it begins or ends with these paragraphs.
    """
    first, last = blocks[0], blocks[-1]
    before = _or_own(first.para.before, first.style.full_para.before) if top is None else top
    after = _or_own(last.para.after, last.style.full_para.after) if bottom is None else bottom
    lines = box.borders
    sides = Borders(
        _side(None if top is None else lines.top, box, before), _side(lines.left, box, padding),
        _side(None if bottom is None else lines.bottom, box, after), _side(lines.right, box, padding),
    )  # fmt: skip
    for block in blocks:
        changes = ParagraphFormat(borders=sides, fill=box.fill)
        if block is first:
            changes = replace(changes, before=ZERO if top is None else max(box.before, first.para.before or ZERO))
        if block is last:
            changes = replace(changes, after=ZERO if bottom is None else box.after)
        indent = block.para.left or ZERO
        if block.para.numbering is None and indent > left and block.style.full_para.first is None:
            changes = replace(changes, first=left - indent)
            _lead_tab(block.element)
        block.change(changes)


def _or_own(direct: Length | None, own: Length | None) -> Length:
    return direct if direct is not None else own or ZERO


def _side(border: Border | None, box: BoxFormat, space: Length) -> Border | None:
    space = max(ZERO, min(MAX_BORDER_SPACE, points(round(space.points))))
    if border is not None and border.width:
        return replace(border, space=space)
    return Border(_EDGE, box.fill, space) if box.fill else None


def _lead_tab(paragraph: Element) -> None:
    """Begin a paragraph at the edge of the box and tab to its indent, so that the box stays whole."""
    run = new("w:r")
    sub(run, "w:tab")
    paragraph.insert(1, run)


def _table(
    writer: Writer, table: Element, box: BoxFormat, sides: tuple[Length, Length], top: Length, bottom: Length
) -> None:
    """Widen a table to the edges of the box and fill its cells."""
    holder = required(table.find(q("w:tblPr")))
    style = holder.find(q("w:tblStyle"))
    own = writer.styles.by_id[required(style.get(q("w:val")))].cell.margins if style is not None else CellMargins()
    if (indent := holder.find(q("w:tblInd"))) is not None:
        _grow(indent, -sides[0])
    _grow(required(holder.find(q("w:tblW"))), sides[0] + sides[1])
    grid = required(table.find(q("w:tblGrid")))
    _grow(grid[0], sides[0])
    _grow(grid[-1], sides[1])
    rows = table.findall(q("w:tr"))
    for row in rows:
        cells = row.findall(q("w:tc"))
        for cell in cells:
            left, right = cell is cells[0], cell is cells[-1]
            margins = CellMargins(
                top + (own.top or ZERO) if row is rows[0] and top else None,
                sides[0] + (own.left or ZERO) if left else None,
                bottom + (own.bottom or ZERO) if row is rows[-1] and bottom else None,
                sides[1] + (own.right or ZERO) if right else None,
            )
            edges = Borders(left=box.borders.left if left else None, right=box.borders.right if right else None)
            _grow(required(cell[0].find(q("w:tcW"))), (sides[0] if left else ZERO) + (sides[1] if right else ZERO))
            _dress(cell[0], CellFormat(edges, box.fill, margins))


def _grow(element: Element, length: Length) -> None:
    element.set(q("w:w"), str(int(required(element.get(q("w:w")))) + length.twips))


def _dress(cell: Element, look: CellFormat) -> None:
    """Add borders, fill and margins to a ``w:tcPr`` that may have its own, which win."""
    holder = new("w:tcPr")
    properties.fill_cell(holder, look)
    for added in list(holder):
        own = cell.find(added.tag)
        if own is None:
            cell.append(added)
        elif added.tag != q("w:shd"):
            own.extend([side for side in added if own.find(side.tag) is None])
    cell[:] = sorted(cell, key=lambda child: _CELL_ORDER.index(child.tag))
    for name in ("w:tcBorders", "w:tcMar"):
        if (sides := cell.find(q(name))) is not None:
            sides[:] = sorted(sides, key=lambda child: _SIDE_ORDER.index(child.tag))
