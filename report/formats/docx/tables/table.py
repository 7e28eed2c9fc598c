"""Tables (ECMA-376 17.4): repeated header rows, spans, fixed columns, captions above."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx.formatting import properties
from report.formats.docx.formatting.values import Borders, CellFormat, CellMargins, merge
from report.formats.docx.look.rules import Rule
from report.formats.docx.tables import widths
from report.formats.docx.writing.output import Context, keep_row
from report.formats.docx.writing.writer import Writer, excerpt
from report.formats.grid import Row, Slot, build
from report.formats.ooxml import Element, clean, q, sub
from report.values import ReportError
from report.values.length import ZERO, Length, twips

_PARAGRAPH = q("w:p")
_PARTS = frozenset({"caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr"})
_FLUSH = CellFormat(margins=CellMargins(right=ZERO))
"""The last column: its text, above all its numbers, ends where the lines of the table end."""
_FLUSH_RTL = CellFormat(margins=CellMargins(left=ZERO, right=ZERO))
GAP = twips(240)
"""The space between a table and the paragraph after it, where that does not ask for more."""
_MIN_ROOM = twips(200)


def flush(writer: Writer) -> CellFormat:
    """Return what the last column has of its own; in a document that runs from right to left it has no margin on either side."""
    return _FLUSH_RTL if writer.direction.rtl else _FLUSH


def write(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write a table and, above it, its caption."""
    writer.flush_number(ctx)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _PARTS:
            raise ReportError.of("docx.element", f"<{child.tag}> in a table: {excerpt(child)}")
    caption = element.find("caption")
    if caption is not None:
        writer.block(caption, ctx._replace(keep_next=True))
    rows, count = build(element)
    if not rows or not count:
        return
    margins = writer.styles.style(rule.style).cell.margins if rule.style else CellMargins()
    inner = ctx._replace(left=ZERO, right=ZERO, depth=0, keep_next=None, align=None)
    measured = widths.measured(writer, ctx, element, rows, count, margins)
    title = excerpt(caption) if caption is not None else element.get("aria-label", "")
    first = any(s.element is not None and s.element.get("scope") == "row" for r in rows for s in r.slots[:1])
    table = start(writer, ctx, rule.style, measured.widths, title=title, head=rows[0].head, first_column=first)
    rooms = [room(width, margins) for width in measured.widths]
    whole = {group for group, fits in measured.groups(rows).items() if fits and writer.rules[group].keep}
    for n, (row, following) in enumerate(zip(rows, [*rows[1:], None], strict=True)):
        may_break = measured.may_break(n)
        written = _row(writer, table, row, inner, rooms, measured.widths, may_break=may_break)
        kept = row.group in whole and not row.last
        if following and not may_break and (kept or _stays(row, following)):
            keep_row(written)
    writer.gap = GAP


def room(width: Length, margins: CellMargins) -> Length:
    """Return how wide what stands in a cell may be."""
    return width - (margins.left or ZERO) - (margins.right or ZERO)


def narrowed(ctx: Context, width: Length) -> Context:
    """Return the context in a cell whose content may be so wide."""
    return ctx._replace(width=max(_MIN_ROOM, width))


def _stays(row: Row, following: Row) -> bool:
    """Return whether a row stays with the next: no row of a table of several stands alone, and no total does."""
    if following.group.tag == "tfoot":
        return row.group.tag != "tfoot"
    return not row.head and row.group is following.group and (row.first or following.last)


def start(writer: Writer, ctx: Context, style: str | None, columns: Sequence[Length], *, title: str = "",
          head: bool = False, first_column: bool = False) -> Element:  # fmt: skip
    """Append a table with its properties (17.4.59) and grid (17.4.48), ready for rows."""
    table = writer.table()
    holder = sub(table, "w:tblPr")
    if style:
        sub(holder, "w:tblStyle", val=writer.styles.style(style, "table").id)
    if writer.direction.is_rtl(ctx.run):
        sub(holder, "w:bidiVisual")
    sub(holder, "w:tblW", w=sum(columns, ZERO).twips, type="dxa")
    if ctx.left:
        sub(holder, "w:tblInd", w=ctx.left.twips, type="dxa")
    sub(holder, "w:tblLayout", type="fixed")
    value = (0x20 if head else 0) | (0x80 if first_column else 0) | 0x600
    sub(holder, "w:tblLook", val=f"{value:04X}", firstRow=int(head), lastRow=0, firstColumn=int(first_column),
        lastColumn=0, noHBand=1, noVBand=1)  # fmt: skip
    if title:
        sub(holder, "w:tblCaption", val=clean(title))
    grid = sub(table, "w:tblGrid")
    for width in columns:
        sub(grid, "w:gridCol", w=width.twips)
    return table


def start_row(table: Element, *, head: bool = False, may_break: bool = False) -> Element:
    """Append a row that stays on one page and, where it is a header, is repeated on every page (17.4.77)."""
    row = sub(table, "w:tr")
    if not may_break or head:
        holder = sub(row, "w:trPr")
        if not may_break:
            sub(holder, "w:cantSplit")
        if head:
            sub(holder, "w:tblHeader")
    return row


def cell(writer: Writer, row: Element, width: Length, look: CellFormat, content: Callable[[], None] | None, empty: Context,
         *, span: int = 1, merged: str | None = None) -> None:  # fmt: skip
    """Append a cell; it ends with a paragraph, as 17.4.65 wants, in the style of `empty` where it has none."""
    element = sub(row, "w:tc")
    own = properties.cell_properties(element, width, span, merged, look)
    with writer.inside(element):
        if content:
            content()
        if element[-1].tag == own.tag:
            writer.paragraph(empty)
        elif element[-1].tag != _PARAGRAPH:
            writer.spacer()


def _row(writer: Writer, table: Element, row: Row, ctx: Context, rooms: Sequence[Length], columns: Sequence[Length],
         *, may_break: bool) -> Element:  # fmt: skip
    element = start_row(table, head=row.head, may_break=may_break)
    group = writer.rules[row.group].cell if row.group is not row.element else CellFormat()
    edges = Borders(group.borders.top if row.first else None, group.borders.left,
                    group.borders.bottom if row.last else None, group.borders.right)  # fmt: skip
    around = merge(replace(group, borders=edges), writer.rules[row.element].cell)
    ctx = writer.enter(writer.enter(ctx, row.group), row.element)
    writer.add_bookmark(row.element)
    for slot in row.slots:
        look = merge(around, flush(writer)) if slot.column + slot.span == len(columns) else around
        inner = narrowed(ctx, widths.across(rooms, slot))
        _cell(writer, element, slot, inner, look, widths.across(columns, slot))
    return element


def _cell(writer: Writer, row: Element, slot: Slot, ctx: Context, around: CellFormat, width: Length) -> None:
    source = slot.element
    if source is None:
        cell(writer, row, width, around, None, ctx, span=slot.span)
        return
    inner = writer.enter(ctx, source)
    if source.get("data-type") == "number":
        inner = inner._replace(align="right")
    content = None
    if slot.merge != "continue":
        writer.add_bookmark(source)
        content = partial(writer.flow, source, inner)
    cell(
        writer, row, width, merge(around, writer.rules[source].cell), content, inner, span=slot.span, merged=slot.merge
    )
