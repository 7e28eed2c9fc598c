"""The contents: links to headings with cached page numbers, in a TOC field that Word can update (17.16.5.68)."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx.formatting.properties import insert_runs
from report.formats.docx.formatting.values import PLAIN_RUN
from report.formats.docx.text import fields, runs
from report.formats.docx.text.inline import Piece, children, collapse, gather
from report.formats.docx.writing.output import Context
from report.formats.docx.writing.writer import Node, Writer
from report.formats.ooxml import Element, new, q, sub
from report.html.elements import HEADINGS
from report.values import required


def write(writer: Writer, element: HtmlElement, ctx: Context) -> None:
    """Write ``nav role=doc-toc`` as the building block that Word's own contents are (17.5.2.12)."""
    targets = [target for link in element.iter("a") if (target := _fragment(link))]
    levels = [writer.index.levels[target] for target in targets if target in writer.index.levels] or [1]
    writer.toc_level = min(levels)
    control = sub(writer.parent, "w:sdt")
    part = sub(sub(control, "w:sdtPr"), "w:docPartObj")
    sub(part, "w:docPartGallery", val="Table of Contents")
    sub(part, "w:docPartUnique")
    content = sub(control, "w:sdtContent")
    entries: list[Element] = []
    with writer.inside(content):
        for child in element:
            if child.tag in HEADINGS:
                writer.add_bookmark(child)
                heading = writer.styles.style("TOC Heading", "paragraph")
                writer.flow(child, writer.enter(ctx, child)._replace(style=heading))
            elif child.tag in ("ol", "ul"):
                entries += _entries(writer, child, ctx, 1)
            elif isinstance(child.tag, str):
                writer.block(child, ctx)
    _wrap(entries, f'TOC \\o "{min(levels)}-{max(levels)}" \\h \\z \\u')


def _entries(writer: Writer, element: HtmlElement, ctx: Context, depth: int) -> list[Element]:
    entries: list[Element] = []
    for item in (child for child in element if child.tag == "li"):
        line = [node for node in children(item) if isinstance(node, str) or node.tag not in ("ol", "ul", "p")]
        for paragraph in item.findall("p"):
            line.extend(children(paragraph))
        entries += _entry(writer, writer.enter(ctx, item), line, depth)
        for nested in (child for child in item if child.tag in ("ol", "ul")):
            entries += _entries(writer, nested, ctx, depth + 1)
    return entries


def _entry(writer: Writer, ctx: Context, line: list[Node], depth: int) -> list[Element]:
    """Write one line: the heading's text, a leader, and its page."""
    pieces = collapse(gather(writer, line, ctx.run, links=False))
    if not pieces:
        return []
    name = f"TOC {depth}" if f"TOC {depth}" in writer.styles.by_name else "TOC 1"
    style = replace(writer.styles.style(name), id=f"TOC{depth + writer.toc_level - 1}")
    target = _target(line)
    if target:
        pieces = [Piece("open", PLAIN_RUN, f"#{target}"), *pieces]
    runs.write(writer, pieces, ctx._replace(style=style))
    paragraph = writer.parent[-1]
    if target:
        link = required(paragraph.find(q("w:hyperlink")))
        sub(sub(link, "w:r"), "w:tab")
        runs.page_reference(writer, link, target)
    return [paragraph]


def _target(line: list[Node]) -> str:
    """Return the id that the first link of a line leads to; nothing without one."""
    links = (link for node in line if not isinstance(node, str) for link in node.iter("a"))
    return next(filter(None, map(_fragment, links)), "")


def _fragment(link: HtmlElement) -> str:
    """Return the id that a link inside the document leads to."""
    href = link.get("href", "")
    return href[1:] if href.startswith("#") else ""


def _wrap(entries: list[Element], instruction: str) -> None:
    """Begin the field in the first entry and end it in the last."""
    if not entries:
        return
    holder = new("w:p")
    fields.begin(holder, instruction)
    insert_runs(entries[0], list(holder))
    fields.character(entries[-1], "end")
