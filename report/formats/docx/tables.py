"""Tables (ECMA-376 17.4): repeated header rows, spans, fixed columns, captions above."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx import props, widths
from report.formats.docx.format import Borders, Cell, Margins, merge
from report.formats.docx.rules import Rule
from report.formats.docx.writer import Context, Writer, keep_row
from report.formats.grid import Row, Slot, build
from report.formats.ooxml import Element, clean, q, sub
from report.values import ReportError

_PARAGRAPH = q("w:p")
_PARTS = frozenset({"caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr"})
FLUSH = Cell(margins=Margins(right=0))
"""The last column: its text, above all its numbers, ends where the lines of the table end."""
_TURNED = Cell(margins=Margins(left=0, right=0))
GAP = 240
"""Twips between a table and the paragraph after it, where that does not ask for more."""


def flush(writer: Writer) -> Cell:
    """Return what the last column has of its own; in a document that runs from right to left it has no margin on either side."""
    return _TURNED if writer.direction.rtl else FLUSH


def write(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write a table and, above it, its caption."""
    writer.flush_number(ctx)
    _refuse_strangers(element, writer)
    caption = element.find("caption")
    if caption is not None:
        writer.block(caption, ctx._replace(keep_next=True))
    rows, count = build(element)
    if not rows or not count:
        return
    margins = writer.theme.style(rule.style).cell.margins if rule.style else Cell().margins
    inner = ctx._replace(left=0, right=0, depth=0, keep_next=None, align=None)
    measured = widths.measured(writer, ctx, element, rows, count, margins)
    shares = measured.shares
    title = writer.excerpt(caption) if caption is not None else element.get("aria-label", "")
    first = any(s.element is not None and s.element.get("scope") == "row" for r in rows for s in r.slots[:1])
    table = start(writer, ctx, rule.style, shares, title=title, head=rows[0].head, first_column=first)
    rooms = [share - (margins.left or 0) - (margins.right or 0) for share in shares]
    kept = {group for group, fits in measured.groups(rows).items() if fits and writer.cascade[group].keep}
    for n, (row, following) in enumerate(zip(rows, [*rows[1:], None], strict=True)):
        written = _row(writer, table, row, inner, rooms, shares, split=measured.tall(n))
        whole = row.group in kept and not row.last
        if following and not measured.tall(n) and (_clings(row, following) or whole):
            keep_row(written)
    writer.gap = GAP


def _clings(row: Row, following: Row) -> bool:
    """Return whether a row stays with the next: no row of a table of several stands alone, and no total does."""
    if following.group.tag == "tfoot":
        return row.group.tag != "tfoot"
    return not row.head and row.group is following.group and (row.first or following.last)


def _refuse_strangers(table: HtmlElement, writer: Writer) -> None:
    for child in table:
        if isinstance(child.tag, str) and child.tag not in _PARTS:
            raise ReportError.of("docx.element", f"<{child.tag}> in a table: {writer.excerpt(child)}")


def start(writer: Writer, ctx: Context, style: str | None, shares: Sequence[int], *, title: str = "",
          head: bool = False, first_column: bool = False) -> Element:  # fmt: skip
    """Append a table with its properties (17.4.59) and grid (17.4.48), ready for rows."""
    table = writer.table()
    properties = sub(table, "w:tblPr")
    if style:
        sub(properties, "w:tblStyle", val=writer.theme.style(style, "table").id)
    if writer.direction.holds(ctx.run):
        sub(properties, "w:bidiVisual")
    sub(properties, "w:tblW", w=sum(shares), type="dxa")
    if ctx.left:
        sub(properties, "w:tblInd", w=ctx.left, type="dxa")
    sub(properties, "w:tblLayout", type="fixed")
    value = (0x20 if head else 0) | (0x80 if first_column else 0) | 0x600
    sub(properties, "w:tblLook", val=f"{value:04X}", firstRow=int(head), lastRow=0, firstColumn=int(first_column),
        lastColumn=0, noHBand=1, noVBand=1)  # fmt: skip
    if title:
        sub(properties, "w:tblCaption", val=clean(title))
    grid = sub(table, "w:tblGrid")
    for share in shares:
        sub(grid, "w:gridCol", w=share)
    return table


def start_row(table: Element, *, head: bool = False, split: bool = False) -> Element:
    """Append a row that stays on one page and, where it is a header, is repeated on every page (17.4.77)."""
    row = sub(table, "w:tr")
    if not split or head:
        properties = sub(row, "w:trPr")
        if not split:
            sub(properties, "w:cantSplit")
        if head:
            sub(properties, "w:tblHeader")
    return row


def cell(writer: Writer, row: Element, width: int, look: Cell, content: Callable[[], None] | None, empty: Context,
         *, span: int = 1, merged: str | None = None) -> None:  # fmt: skip
    """Append a cell; it ends with a paragraph, as 17.4.65 wants, in the style of `empty` where it has none."""
    element = sub(row, "w:tc")
    properties = props.cell_properties(element, width, span, merged, look)
    with writer.inside(element):
        if content:
            content()
        if element[-1].tag == properties.tag:
            writer.paragraph(empty)
        elif element[-1].tag != _PARAGRAPH:
            writer.spacer()


def _row(writer: Writer, table: Element, row: Row, ctx: Context, rooms: Sequence[int], shares: Sequence[int],
         *, split: bool) -> Element:  # fmt: skip
    element = start_row(table, head=row.head, split=split)
    group = writer.cascade[row.group].cell if row.group is not row.element else Cell()
    edges = Borders(group.borders.top if row.first else None, group.borders.left,
                    group.borders.bottom if row.last else None, group.borders.right)  # fmt: skip
    around = merge(replace(group, borders=edges), writer.cascade[row.element].cell)
    for outer in (row.group, row.element):
        ctx = writer.enter(ctx, outer, writer.cascade[outer])
    writer.mark(row.element)
    count = len(shares)
    for slot in row.slots:
        here = slice(slot.column, slot.column + slot.span)
        look = merge(around, flush(writer)) if here.stop == count else around
        _cell(writer, element, slot, ctx._replace(width=max(200, sum(rooms[here]))), look, sum(shares[here]))
    return element


def _cell(writer: Writer, row: Element, slot: Slot, ctx: Context, around: Cell, width: int) -> None:
    source = slot.element
    if source is None:
        cell(writer, row, width, around, None, ctx, span=slot.span)
        return
    rule = writer.cascade[source]
    inner = writer.enter(ctx, source, rule)
    if source.get("data-type") == "number":
        inner = inner._replace(align="right")
    content = None
    if slot.merge != "continue":
        writer.mark(source)
        content = partial(writer.flow, source, inner)
    cell(writer, row, width, merge(around, rule.cell), content, inner, span=slot.span, merged=slot.merge)
