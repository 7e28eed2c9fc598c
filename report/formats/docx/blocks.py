"""The blocks that are not tables or lists: containers, paragraphs, figures, rules, preformatted text."""

from __future__ import annotations

from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx import box, runs
from report.formats.docx.format import Run
from report.formats.docx.inline import Piece, children, gather
from report.formats.docx.rules import Rule
from report.formats.docx.writer import Block, Context, Writer, rewrite
from report.formats.docx.xml import q
from report.values import ReportError

_ROW, _PROPERTIES, _STYLE, _KEEP = q("w:tr"), q("w:pPr"), q("w:pStyle"), q("w:keepNext")


def container(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write what `element` holds, into a box where a rule asks for one."""
    if element.get("role") == "presentation" and not "".join(element.itertext()).strip():
        return
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
    for block in blocks:
        last = block is blocks[-1]
        if block.style is not None:
            if not last:
                rewrite(block, keep_next=True)
            continue
        rows = block.element.findall(_ROW)
        for row in rows[:-1] if last else rows:
            for properties in row.iter(_PROPERTIES):
                if properties.find(_KEEP) is None:
                    at = 1 if len(properties) and properties[0].tag == _STYLE else 0
                    properties.insert(at, properties.makeelement(_KEEP))


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
    raise ReportError.of("docx.element", f"<{element.tag}> stands where it cannot: {writer.excerpt(element)}")
