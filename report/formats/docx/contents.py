"""The contents: links to headings with cached page numbers, in a TOC field that Word can update (17.16.5.68)."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx import fields, runs
from report.formats.docx.format import Run
from report.formats.docx.inline import Piece, children, collapse, gather
from report.formats.docx.writer import Context, Writer
from report.formats.ooxml import Element, new, q, sub
from report.html.elements import HEADINGS


def write(writer: Writer, element: HtmlElement, ctx: Context) -> None:
    """Write ``nav role=doc-toc`` as the building block that Word's own contents are (17.5.2.12)."""
    targets = [a.get("href", "")[1:] for a in element.iter("a") if a.get("href", "").startswith("#")]
    levels = [writer.source.levels[t] for t in targets if t in writer.source.levels] or [1]
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
                writer.mark(child)
                inner = writer.enter(ctx, child, writer.cascade[child])
                writer.flow(child, inner._replace(style=writer.theme.style("TOC Heading", "paragraph")))
            elif child.tag in ("ol", "ul"):
                entries += _entries(writer, child, ctx, 1)
            elif isinstance(child.tag, str):
                writer.block(child, ctx)
    _wrap(entries, f'TOC \\o "{min(levels)}-{max(levels)}" \\h \\z \\u')


def _entries(writer: Writer, element: HtmlElement, ctx: Context, depth: int) -> list[Element]:
    found: list[Element] = []
    for item in (child for child in element if child.tag == "li"):
        line = [node for node in children(item) if isinstance(node, str) or node.tag not in ("ol", "ul", "p")]
        for paragraph in item.findall("p"):
            line.extend(children(paragraph))
        found += _entry(writer, writer.enter(ctx, item, writer.cascade[item]), line, depth)
        for nested in (child for child in item if child.tag in ("ol", "ul")):
            found += _entries(writer, nested, ctx, depth + 1)
    return found


def _entry(writer: Writer, ctx: Context, line: list[str | HtmlElement], depth: int) -> list[Element]:
    """Write one line: the heading's text, a leader, and its page."""
    pieces = collapse(gather(writer, line, ctx.run, links=False))
    if not pieces:
        return []
    name = f"TOC {depth}" if f"TOC {depth}" in writer.theme.styles else "TOC 1"
    style = replace(writer.theme.style(name), id=f"TOC{depth + writer.toc_level - 1}")
    target = _target(line)
    inner = ctx._replace(style=style)
    if target:
        pieces = [Piece("open", Run(), f"#{target}", HtmlElement("a")), *pieces]
    runs.write(writer, pieces, inner)
    paragraph = writer.parent[-1]
    if target:
        link = paragraph.find(q("w:hyperlink"))
        sub(sub(link, "w:r"), "w:tab")
        page = writer.pages.get(target) if writer.pages else None
        instruction = f"PAGEREF {writer.source.bookmarks[target]} \\h"
        fields.write(link, instruction, fields.UNKNOWN_PAGE if page is None else str(page))
    return [paragraph]


def _target(line: list[str | HtmlElement]) -> str | None:
    for node in line:
        if not isinstance(node, str):
            for link in node.iter("a"):
                if link.get("href", "").startswith("#"):
                    return link.get("href", "")[1:]
    return None


def _wrap(entries: list[Element], instruction: str) -> None:
    """Begin the field in the first entry and end it in the last."""
    if not entries:
        return
    holder = new("w:p")
    fields.begin(holder, instruction)
    at = 1 if entries[0][0].tag == q("w:pPr") else 0
    for offset, run in enumerate(list(holder)):
        entries[0].insert(at + offset, run)
    fields.mark(entries[-1], "end")
