"""Lists whose items a rule sets side by side, in a table without lines: key figures in a row, facts in two columns."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx import measure, tables, widths
from report.formats.docx.format import Cell, Margins, merge
from report.formats.docx.rules import Rule
from report.formats.docx.writer import WHOLE, Context, Writer, rewrite
from report.formats.ooxml import Element
from report.values import ReportError

_COLUMNS = 4
_WIDTHS = (36.0, 64.0)


def row(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write the items of a list side by side, at most `columns` to a row and the rows as even as they can be."""
    items = [child for child in element if child.tag == "li"]
    if not items:
        return
    lines = math.ceil(len(items) / (rule.columns or _COLUMNS))
    count = math.ceil(len(items) / lines)
    shares = widths.split(ctx.room, [1.0] * count)
    table = tables.start(writer, ctx, rule.table, shares)
    inner = _inside(writer, ctx, rule, shares[0])
    for at in range(0, len(items), count):
        line = tables.start_row(table)
        for column, share in enumerate(shares):
            here = items[at + column : at + column + 1] if at + column < len(items) else []
            _cell(writer, line, here, inner, share, last=column == count - 1)
    writer.gap = tables.GAP


def columns(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write a dl as two columns: terms on the left, what is said of them on the right."""
    shares = widths.split(ctx.room, list(rule.widths or _WIDTHS))
    if len(shares) != 2:
        raise ReportError.of(
            "docx.look", "the Word styles (word.yaml, docx.yaml): `widths` of `layout: columns` are two numbers"
        )
    table = tables.start(writer, ctx, rule.table, shares, first_column=True)
    page = writer.page_height
    for terms, descriptions in _pairs(element):
        inner = _inside(writer, ctx, rule, shares[1])
        texts = [piece for source in descriptions for piece in measure.pieces(writer, source, inner)]
        line = tables.start_row(table, split=measure.height(texts, inner.width) > widths.TALL * page)
        _cell(writer, line, terms, _inside(writer, ctx, rule, shares[0]), shares[0])
        _cell(writer, line, descriptions, inner, shares[1], last=True)
    writer.gap = tables.GAP


def _inside(writer: Writer, ctx: Context, rule: Rule, width: int) -> Context:
    margins = writer.theme.style(rule.table, "table").cell.margins if rule.table else Margins()
    room = width - (margins.left or 0) - (margins.right or 0)
    return ctx._replace(left=0, right=0, depth=0, width=max(200, room))


def _cell(
    writer: Writer, line: Element, sources: list[HtmlElement], ctx: Context, width: int, *, last: bool = False
) -> None:
    edge = tables.flush(writer) if last else Cell()
    if not sources:
        tables.cell(writer, line, width, edge, None, ctx)
        return
    inner = writer.enter(ctx, sources[0], writer.cascade[sources[0]])
    whole = line.find(WHOLE) is not None
    content = partial(_flow_all, writer, sources, ctx, whole)
    tables.cell(writer, line, width, merge(edge, writer.cascade[sources[0]].cell), content, inner)


def _flow_all(writer: Writer, sources: list[HtmlElement], ctx: Context, whole: bool) -> None:
    """Write what stands in a cell. In a row that is `whole` anyway nothing is kept with the next paragraph.

    Such a row would hang on to the next one, and all of them to what follows; where that is more than a page, Word keeps nothing
    of it together, and the heading above stays behind.
    """
    with writer.group() as blocks:
        for source in sources:
            writer.mark(source)
            writer.flow(source, writer.enter(ctx, source, writer.cascade[source]))
    for block in blocks if whole else ():
        if block.style is not None and merge(block.style.full_para, block.para).keep_next:
            rewrite(block, keep_next=False)


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
