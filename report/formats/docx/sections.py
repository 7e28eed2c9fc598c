"""Word's sections (ECMA-376 17.6): the cover, turned pages, and the rest, each with everything said."""

from __future__ import annotations

from xml.etree.ElementTree import Element as HtmlElement

from report.formats.docx import blocks, cover, running
from report.formats.docx.rules import Rule
from report.formats.docx.writer import Context, Writer
from report.formats.ooxml import Element, new, q, sub

_P, _PPR, _SECTION = q("w:p"), q("w:pPr"), q("w:sectPr")
_RUNNING_DISTANCE = 700
"""Twips from the edge of the page to header and footer."""


def section(writer: Writer, element: HtmlElement, ctx: Context, rule: Rule) -> None:
    """Write a section; the cover and turned pages become sections of Word's too."""
    start = element.get("data-page")
    top = writer.parent is writer.body
    if top and element.get("role") == "doc-cover":
        cut(writer, "page")
        first = len(writer.body)
        blocks.container(writer, element, ctx, rule)
        if len(writer.body) == first:
            return
        cover.draw(writer, _first_paragraph(writer, first))
        cut(writer, "cover")
    elif top and start == "landscape":
        cut(writer, "page")
        room = writer.theme.page.turned().text_width
        writer.turned = True
        blocks.container(writer, element, ctx._replace(width=room), rule)
        writer.turned = False
        cut(writer, "landscape")
    else:
        if start in ("new", "landscape") and len(writer.body) > writer.cut_at:
            writer.page_break = True
        blocks.container(writer, element, ctx, rule)


def _first_paragraph(writer: Writer, first: int) -> Element:
    if writer.body[first].tag != _P:
        spacer = writer.spacer()
        writer.body.insert(first, spacer)
    return writer.body[first]


def cut(writer: Writer, kind: str) -> None:
    """End a section, in its last paragraph (17.6.18); nothing where it holds nothing."""
    if len(writer.body) == writer.cut_at:
        return
    last = writer.body[-1]
    if last.tag != _P:
        last = writer.spacer()
    properties = last.find(_PPR)
    if properties is None:
        properties = new("w:pPr")
        last.insert(0, properties)
    properties.append(_properties(writer, kind))
    writer.cut_at, writer.gap, writer.page_break, writer.fresh = len(writer.body), 0, False, True


def finish(writer: Writer) -> None:
    """End the document: the last section's properties belong to the body (17.6.17)."""
    body = writer.body
    if len(body) == 0:
        writer.spacer()
    if writer.marks and len(body):
        _attach_marks(writer)
    if len(body) == writer.cut_at:
        body.append(body[-1].find(f"{_PPR}/{_SECTION}"))
        return
    if body[-1].tag != _P:
        writer.spacer()
    body.append(_properties(writer, "page"))


def _attach_marks(writer: Writer) -> None:
    last = writer.body[-1] if writer.body[-1].tag == _P else writer.spacer()
    for name in writer.marks:
        number = writer.count("bookmark")
        sub(last, "w:bookmarkStart", id=number, name=name)
        sub(last, "w:bookmarkEnd", id=number)
    writer.marks = []


def _properties(writer: Writer, kind: str) -> Element:
    page = writer.theme.page.turned() if kind == "landscape" else writer.theme.page
    element = new("w:sectPr", "w", "r")
    for name, relation in running.references(writer, page, kind == "cover"):
        sub(element, f"w:{name}Reference", {"r:id": relation}, type="default")
    sub(element, "w:type", val="nextPage")
    size = sub(element, "w:pgSz", w=page.width, h=page.height)
    if page.landscape:
        size.set(q("w:orient"), "landscape")
    distance = min(_RUNNING_DISTANCE, page.top // 2, page.bottom // 2)
    sub(element, "w:pgMar", top=page.top, right=page.right, bottom=page.bottom, left=page.left,
        header=distance, footer=distance, gutter=0)  # fmt: skip
    sub(element, "w:cols", space=720)
    if writer.direction.rtl:
        sub(element, "w:bidi")
    return element
