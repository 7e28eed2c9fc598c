"""The body of a document: which function writes which element, and the order of the work."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx import blocks, contents, fonts, lists, runs, sections, tables
from report.formats.docx.direction import Direction
from report.formats.docx.format import Run
from report.formats.docx.numbering import Numbering
from report.formats.docx.package import Package
from report.formats.docx.rules import Cascade, Rule
from report.formats.docx.source import Source
from report.formats.docx.theme import Theme
from report.formats.docx.writer import Context, Handler, Writer, full_tag
from report.formats.ooxml import new
from report.html.elements import HEADINGS, SECTIONS
from report.values import Document


def _nav(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    if element.get("role") == "doc-toc":
        if element.get("data-page") == "new" and len(writer.body) > writer.cut_at:
            writer.page_break = True
        contents.write(writer, element, ctx)
    else:
        blocks.container(writer, element, ctx, rule)


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys((*SECTIONS, *HEADINGS, "p", "blockquote", "figcaption", "caption", "dt", "dd"), blocks.container),
    **dict.fromkeys(("section", "article", "div"), sections.section),
    "nav": _nav,
    "figure": blocks.figure,
    "hr": blocks.rule_line,
    "pre": blocks.preformatted,
    "ul": lists.write,
    "ol": lists.write,
    "dl": lists.definitions,
    "table": tables.write,
}


def write(
    document: Document, theme: Theme, source: Source, package: Package, pages: Mapping[str, int] | None
) -> Writer:
    """Write the whole body into `package`; return the writer for what it counted."""
    body = new("w:body", "w", "r", "wp", "a", "pic")
    writer = Writer(
        document=document, theme=theme, cascade=Cascade(theme, source.root), source=source, package=package,
        numbering=Numbering(), handlers=HANDLERS, inline=runs.inline, language=full_tag(document.language),
        direction=Direction.of(document.tree, document.look.fonts),
        symbols=fonts.symbols(document.look.fonts, source.characters), pages=pages, body=body, parent=body,
        part=package.part,
    )  # fmt: skip
    ctx = writer.enter(
        Context(theme.style("Normal"), Run(), theme.page.text_width), source.body, writer.cascade[source.body]
    )
    running = {id(element) for elements in source.running.values() for element in elements}
    flowing = copy.copy(source.body)  # other formats read the same tree
    flowing[:] = [child for child in source.body if id(child) not in running]
    writer.flow(flowing, ctx)
    sections.finish(writer)
    writer.numbering.write(package.part.numbering_part.element)
    root = package.part.element
    root.replace(root[0], body)
    return writer
