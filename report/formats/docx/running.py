"""Running headers and footers (ECMA-376 17.10): one part per width of page, and empty ones for the cover."""

from __future__ import annotations

from dataclasses import replace

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from report.formats.docx.format import Run, Tab
from report.formats.docx.theme import Page
from report.formats.docx.writer import Block, Context, Writer, rewrite
from report.formats.ooxml import new

_KINDS = {
    "header": ("w:hdr", CT.WML_HEADER, RT.HEADER, "Header"),
    "footer": ("w:ftr", CT.WML_FOOTER, RT.FOOTER, "Footer"),
}


def references(writer: Writer, page: Page, cover: bool) -> list[tuple[str, str]]:
    """Return (``header`` or ``footer``, relationship id) for a section; made once for each width of page."""
    if not any(writer.source.running.values()):
        return []
    found = []
    for kind in _KINDS:
        key = (f"running {kind}", "cover" if cover else str(page.text_width))
        if key not in writer.links:
            writer.links[key] = _make(writer, kind, page, cover)
        found.append((kind, writer.links[key]))
    return found


def _make(writer: Writer, kind: str, page: Page, cover: bool) -> str:
    tag, content_type, relation, name = _KINDS[kind]
    root = new(tag, "w", "r")
    path = f"/word/{kind}{writer.count(kind)}.xml"
    part, identifier = writer.package.add(path, content_type, relation, root)
    style = writer.theme.style(name)
    with writer.inside(root, part), writer.group() as blocks:
        ctx = Context(style, Run(), page.text_width)
        for element in () if cover else writer.source.running[kind]:
            inner = writer.enter(ctx, element, writer.cascade[element])
            writer.flow(element, inner)
        if not len(root):
            writer.paragraph(ctx)
        for block in blocks:
            _retab(writer, block, page)
    return identifier


def _retab(writer: Writer, block: Block, page: Page) -> None:
    """Move the tab stop at the right edge of the text to the edge of this page's text."""
    normal = writer.theme.page.text_width
    tabs = block.style.full_para.tabs or ()
    if page.text_width == normal or not any(tab.position == normal for tab in tabs):
        return
    moved = tuple(replace(tab, position=page.text_width) for tab in tabs if tab.position == normal)
    rewrite(block, tabs=(Tab(normal, "clear"), *moved))
