"""The blocks that are not tables or lists: containers, paragraphs, figures, rules, preformatted text."""

from __future__ import annotations

from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx import box, runs
from report.formats.docx.format import Run
from report.formats.docx.inline import Piece, children, gather
from report.formats.docx.rules import Rule
from report.formats.docx.writer import WHOLE, Block, Context, Writer, keep_row, rewrite
from report.formats.ooxml import q
from report.values import ReportError

_ROW = q("w:tr")


def container(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write what `element` holds, into a box where a rule asks for one."""
    if element.get("role") == "presentation" and not "".join(element.itertext()).strip():
        return
    if rule.keep_previous and writer.last:
        _stay(writer.last)
    with writer.group() as blocks:
        if rule.box:
            writer.flush_number(ctx)
            box.write(writer, element, ctx, rule.box)
        else:
            writer.flow(element, ctx)
    if rule.keep:
        hold(blocks)


def figure(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write a figure; it stays on one page."""
    writer.flush_number(ctx)
    with writer.group() as blocks:
        container(writer, element, ctx, rule)
    hold(blocks)


def hold(blocks: list[Block]) -> None:
    """Keep blocks on one page: every paragraph with the next one (17.3.1.15), but those at the very end."""
    for block in blocks[:-1]:
        _stay(block)
    if blocks and blocks[-1].style is None:
        _stay(blocks[-1], but=1)


def _stay(block: Block, but: int = 0) -> None:
    """Keep a paragraph, or the rows of a table that do not break, `but` the last, with what follows."""
    if block.style is not None:
        rewrite(block, keep_next=True)
        return
    rows = block.element.findall(_ROW)
    for row in rows[: len(rows) - but]:
        if row.find(WHOLE) is not None:
            keep_row(row)


def rule_line(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write an hr: a paragraph without text, whose style draws the line."""
    writer.paragraph(ctx)


def preformatted(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write a pre: every space, tab and line break counts."""
    pieces = [piece for piece in gather(writer, children(element), ctx.run) if piece.text or piece.kind != "text"]
    if pieces and pieces[-1].kind == "text":
        pieces[-1].text = pieces[-1].text.removesuffix("\n")
    runs.write(writer, pieces or [Piece("text", Run(), "")], ctx)


def misplaced(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Refuse an element that only stands inside another, such as li."""
    raise ReportError.of("docx.element", f"<{element.tag}> is not allowed here: {writer.excerpt(element)}")
