"""The blocks that are not tables or lists: containers, paragraphs, figures, rules, preformatted text."""

from __future__ import annotations

from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx.blocks import boxes
from report.formats.docx.formatting.values import PLAIN_RUN
from report.formats.docx.look.rules import Rule
from report.formats.docx.text import runs
from report.formats.docx.text.inline import Piece, children, gather
from report.formats.docx.writing.output import Block, Context, TableBlock
from report.formats.docx.writing.writer import Writer


def container(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write what `element` holds, into a box where a rule asks for one."""
    if element.get("role") == "presentation" and not "".join(element.itertext()).strip():
        return
    if rule.keep_previous and writer.last:
        writer.last.keep_with_next()
    with writer.group() as blocks:
        if rule.box:
            writer.flush_number(ctx)
            boxes.write(writer, element, ctx, rule.box)
        else:
            writer.flow(element, ctx)
    if rule.keep:
        _keep_together(blocks)


def figure(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write a figure; it stays on one page."""
    writer.flush_number(ctx)
    with writer.group() as blocks:
        container(writer, element, ctx, rule)
    _keep_together(blocks)


def _keep_together(blocks: list[Block]) -> None:
    """Keep blocks on one page: every paragraph with the next one (17.3.1.15), but those at the very end."""
    for block in blocks[:-1]:
        block.keep_with_next()
    if blocks and isinstance(blocks[-1], TableBlock):
        blocks[-1].keep_with_next(rows_left=1)


def rule_line(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write an hr: a paragraph without text, whose style draws the line."""
    writer.paragraph(ctx)


def preformatted(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write a pre: every space, tab and line break counts."""
    pieces = [piece for piece in gather(writer, children(element), ctx.run) if piece.text or piece.kind != "text"]
    if pieces and pieces[-1].kind == "text":
        pieces[-1].text = pieces[-1].text.removesuffix("\n")
    runs.write(writer, pieces or [Piece("text", PLAIN_RUN, "")], ctx)
