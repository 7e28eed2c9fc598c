"""The body of a document: which function writes which element, and the order of the work."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx.blocks import containers, contents, lists, sections
from report.formats.docx.formatting.direction import Direction
from report.formats.docx.formatting.languages import full_tag
from report.formats.docx.formatting.values import PLAIN_RUN
from report.formats.docx.look.rules import Cascade, Rule
from report.formats.docx.look.styles import WordStyles
from report.formats.docx.package import fonts
from report.formats.docx.package.package import Package
from report.formats.docx.tables import table
from report.formats.docx.text import runs
from report.formats.docx.writing import index
from report.formats.docx.writing.output import Context
from report.formats.docx.writing.writer import Handler, Writer
from report.formats.ooxml import new
from report.html.elements import HEADINGS, SECTIONS
from report.values import Document


def _nav(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    if element.get("role") == "doc-toc":
        if element.get("data-page") == "new" and len(writer.body) > writer.section_start:
            writer.page_break = True
        contents.write(writer, element, ctx)
    else:
        containers.container(writer, element, ctx, rule)


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(
        (*SECTIONS, *HEADINGS, "p", "blockquote", "figcaption", "caption", "dt", "dd"), containers.container
    ),
    **dict.fromkeys(("section", "article", "div"), sections.section),
    "nav": _nav,
    "figure": containers.figure,
    "hr": containers.rule_line,
    "pre": containers.preformatted,
    "ul": lists.write,
    "ol": lists.write,
    "dl": lists.definitions,
    "table": table.write,
}


def write(document: Document, styles: WordStyles, package: Package, pages: Mapping[str, int]) -> Writer:
    """Write the whole body into `package`; return the writer for what it counted."""
    body, faces, html = new("w:body", "w", "r", "wp", "a", "pic"), document.look.fonts, index.read(document.tree)
    writer = Writer(
        document=document, styles=styles, rules=Cascade(styles, html.root), index=html, package=package,
        handlers=HANDLERS, inline=runs.inline, language=full_tag(document.language),
        direction=Direction.of(document.tree, faces), symbols=fonts.symbols(faces, html.characters), pages=pages,
        body=body, parent=body, part=package.part,
    )  # fmt: skip
    ctx = Context(styles.style("Normal"), PLAIN_RUN, styles.page.text_width)
    for elements in html.running.values():
        for element in elements:
            html.body.remove(element)
    writer.flow(html.body, writer.enter(ctx, html.body))
    sections.finish(writer)
    writer.numbering.write(package.part.numbering_part.element)
    root = package.part.element
    root.replace(root[0], body)
    return writer
