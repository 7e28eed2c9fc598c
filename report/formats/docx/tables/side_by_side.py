"""Lists whose items a rule sets side by side, in a table without lines: key figures in a row, facts in two columns."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx.formatting.values import CellFormat, CellMargins, ParagraphFormat, merge
from report.formats.docx.look.rules import Rule
from report.formats.docx.look.schema import mistake
from report.formats.docx.tables import table, widths
from report.formats.docx.text import measure
from report.formats.docx.writing.output import Context, ParagraphBlock, may_split
from report.formats.docx.writing.writer import Writer
from report.formats.ooxml import Element
from report.values import ReportError
from report.values.length import ZERO, Length

_COLUMNS = 4
_WIDTHS = (36.0, 64.0)


def row(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write the items of a list side by side, at most `columns` to a row and the rows as even as they can be."""
    items = [child for child in element if child.tag == "li"]
    if not items:
        return
    lines = math.ceil(len(items) / (rule.columns or _COLUMNS))
    count = math.ceil(len(items) / lines)
    columns = widths.split(ctx.room, [1.0] * count)
    written = table.start(writer, ctx, rule.table, columns)
    inner = _inside(writer, ctx, rule, columns[0])
    for start in range(0, len(items), count):
        line = table.start_row(written)
        for column, width in enumerate(columns):
            here = items[start + column : start + column + 1]
            _cell(writer, line, here, inner, width, last=column == count - 1)
    writer.gap = table.GAP


def columns(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write a dl as two columns: terms on the left, what is said of them on the right."""
    if len(rule.widths or _WIDTHS) != 2:
        raise mistake("`widths` of `layout: columns` are two numbers")
    left, right = widths.split(ctx.room, rule.widths or _WIDTHS)
    written = table.start(writer, ctx, rule.table, (left, right), first_column=True)
    for terms, descriptions in _pairs(element):
        inner = _inside(writer, ctx, rule, right)
        texts = [piece for source in descriptions for piece in measure.measurable(writer, source, inner)]
        high = measure.height(texts, inner.width) > widths.TALL * writer.page.text_height.twips
        line = table.start_row(written, may_break=high)
        _cell(writer, line, terms, _inside(writer, ctx, rule, left), left)
        _cell(writer, line, descriptions, inner, right, last=True)
    writer.gap = table.GAP


def _inside(writer: Writer, ctx: Context, rule: Rule, width: Length) -> Context:
    margins = writer.styles.style(rule.table, "table").cell.margins if rule.table else CellMargins()
    return table.narrowed(ctx._replace(left=ZERO, right=ZERO, depth=0), table.room(width, margins))


def _cell(
    writer: Writer, line: Element, sources: list[HtmlElement], ctx: Context, width: Length, *, last: bool = False
) -> None:
    edge = table.flush(writer) if last else CellFormat()
    if not sources:
        table.cell(writer, line, width, edge, None, ctx)
        return
    content = partial(_flow_all, writer, sources, ctx, not may_split(line))
    look = merge(edge, writer.rules[sources[0]].cell)
    table.cell(writer, line, width, look, content, writer.enter(ctx, sources[0]))


def _flow_all(writer: Writer, sources: list[HtmlElement], ctx: Context, whole: bool) -> None:
    """Write what stands in a cell. In a row that is `whole` anyway nothing is kept with the next paragraph.

    Such a row would hang on to the next one, and all of them to what follows; where that is more than a page, Word keeps nothing
    of it together, and the heading above stays behind.
    """
    with writer.group() as blocks:
        for source in sources:
            writer.add_bookmark(source)
            writer.flow(source, writer.enter(ctx, source))
    for block in blocks if whole else ():
        if isinstance(block, ParagraphBlock) and merge(block.style.full_para, block.para).keep_next:
            block.change(ParagraphFormat(keep_next=False))


def _pairs(element: HtmlElement) -> Iterator[tuple[list[HtmlElement], list[HtmlElement]]]:
    """Yield the terms and descriptions that belong together; a div may wrap them (HTML 4.4.9)."""
    terms: list[HtmlElement] = []
    descriptions: list[HtmlElement] = []
    for child in _flat(element):
        if child.tag == "dt" and descriptions:
            yield terms, descriptions
            terms, descriptions = [], []
        (terms if child.tag == "dt" else descriptions).append(child)
    if terms or descriptions:
        yield terms, descriptions


def _flat(element: HtmlElement) -> Iterator[HtmlElement]:
    for child in element:
        if child.tag == "div":
            yield from _flat(child)
        elif child.tag in ("dt", "dd"):
            yield child
        elif isinstance(child.tag, str):
            raise ReportError.of("docx.element", f"<{child.tag}> in a dl that is laid out in columns")
