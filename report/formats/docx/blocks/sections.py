"""Word's sections (ECMA-376 17.6): the cover, turned pages, and the rest, each with all of its properties."""

from __future__ import annotations

from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx.blocks import containers, running_headers
from report.formats.docx.drawing import shapes
from report.formats.docx.look.rules import Rule
from report.formats.docx.text.runs import start_bookmark
from report.formats.docx.writing.output import Context
from report.formats.docx.writing.writer import Writer
from report.formats.ooxml import Element, new, q, sub
from report.values import required
from report.values.length import ZERO, twips

_P, _PPR, _SECTION = q("w:p"), q("w:pPr"), q("w:sectPr")
_RUNNING_DISTANCE = twips(700)
"""From the edge of the page to header and footer."""


def section(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write a section; the cover and turned pages become sections of Word's too."""
    start = element.get("data-page")
    top = writer.parent is writer.body
    if top and element.get("role") == "doc-cover":
        cut(writer, "page")
        first = len(writer.body)
        containers.container(writer, element, ctx, rule)
        if len(writer.body) == first:
            return
        shapes.draw(writer, _first_paragraph(writer, first))
        cut(writer, "cover")
    elif top and start == "landscape":
        cut(writer, "page")
        writer.landscape = True
        containers.container(writer, element, ctx._replace(width=writer.page.text_width), rule)
        writer.landscape = False
        cut(writer, "landscape")
    else:
        if start in ("new", "landscape") and len(writer.body) > writer.section_start:
            writer.page_break = True
        containers.container(writer, element, ctx, rule)


def _first_paragraph(writer: Writer, first: int) -> Element:
    if writer.body[first].tag != _P:
        spacer = writer.spacer()
        writer.body.insert(first, spacer)
    return writer.body[first]


def cut(writer: Writer, kind: str) -> None:
    """End a section, in its last paragraph (17.6.18); nothing where it holds nothing."""
    if len(writer.body) == writer.section_start:
        return
    last = writer.body[-1]
    if last.tag != _P:
        last = writer.spacer()
    properties = last.find(_PPR)
    if properties is None:
        properties = new("w:pPr")
        last.insert(0, properties)
    properties.append(_properties(writer, kind))
    writer.section_start, writer.gap, writer.page_break, writer.at_page_start = len(writer.body), ZERO, False, True


def finish(writer: Writer) -> None:
    """End the document: the last section's properties belong to the body (17.6.17)."""
    body = writer.body
    if len(body) == 0:
        writer.spacer()
    if writer.pending_bookmarks:
        _attach_bookmarks(writer)
    if len(body) == writer.section_start:
        body.append(required(body[-1].find(f"{_PPR}/{_SECTION}")))
        return
    if body[-1].tag != _P:
        writer.spacer()
    body.append(_properties(writer, "page"))


def _attach_bookmarks(writer: Writer) -> None:
    last = writer.body[-1] if writer.body[-1].tag == _P else writer.spacer()
    for name in writer.pending_bookmarks:
        sub(last, "w:bookmarkEnd", id=start_bookmark(writer, last, name))
    writer.pending_bookmarks = []


def _properties(writer: Writer, kind: str) -> Element:
    page = writer.styles.page.turned() if kind == "landscape" else writer.styles.page
    element = new("w:sectPr", "w", "r")
    for name, relation in running_headers.references(writer, page, kind == "cover"):
        sub(element, f"w:{name}Reference", {"r:id": relation}, type="default")
    sub(element, "w:type", val="nextPage")
    size = sub(element, "w:pgSz", w=page.width.twips, h=page.height.twips)
    if page.landscape:
        size.set(q("w:orient"), "landscape")
    distance = min(_RUNNING_DISTANCE, page.top // 2, page.bottom // 2)
    sub(element, "w:pgMar", top=page.top.twips, right=page.right.twips, bottom=page.bottom.twips,
        left=page.left.twips, header=distance.twips, footer=distance.twips, gutter=0)  # fmt: skip
    sub(element, "w:cols", space=720)
    if writer.direction.rtl:
        sub(element, "w:bidi")
    return element
