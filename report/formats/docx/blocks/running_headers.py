"""Running headers and footers (ECMA-376 17.10): one part per width of page, and empty ones for the cover."""

from __future__ import annotations

from dataclasses import replace

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from report.formats.docx.formatting.values import PLAIN_RUN, ParagraphFormat, Tab
from report.formats.docx.look.styles import Page
from report.formats.docx.writing.output import Context, ParagraphBlock
from report.formats.docx.writing.writer import Writer
from report.formats.ooxml import new

_KINDS = {
    "header": ("w:hdr", CT.WML_HEADER, RT.HEADER, "Header"),
    "footer": ("w:ftr", CT.WML_FOOTER, RT.FOOTER, "Footer"),
}


def references(writer: Writer, page: Page, cover: bool) -> list[tuple[str, str]]:
    """Return (``header`` or ``footer``, relationship id) for a section; each width of page has one part."""
    if not any(writer.index.running.values()):
        return []
    width = "cover" if cover else str(page.text_width)
    for kind in _KINDS:
        if (f"running {kind}", width) not in writer.links:
            writer.links[f"running {kind}", width] = _part(writer, kind, page, cover)
    return [(kind, writer.links[f"running {kind}", width]) for kind in _KINDS]


def _part(writer: Writer, kind: str, page: Page, cover: bool) -> str:
    """Write a header or footer; return the relationship's id."""
    tag, content_type, relation, style = _KINDS[kind]
    root = new(tag, "w", "r")
    path = f"/word/{kind}{writer.count(kind)}.xml"
    part, identifier = writer.package.add(path, content_type, relation, root)
    ctx = Context(writer.styles.style(style), PLAIN_RUN, page.text_width)
    with writer.inside(root, part), writer.group() as blocks:
        for element in () if cover else writer.index.running[kind]:
            writer.flow(element, writer.enter(ctx, element))
        if not len(root):
            writer.paragraph(ctx)
        for block in blocks:
            if isinstance(block, ParagraphBlock):
                _move_tab(writer, block, page)
    return identifier


def _move_tab(writer: Writer, block: ParagraphBlock, page: Page) -> None:
    """Move the tab stop at the right edge of the text to the edge of this page's text."""
    normal, tabs = writer.styles.page.text_width, block.style.full_para.tabs or ()
    moved = [replace(tab, position=page.text_width) for tab in tabs if tab.position == normal]
    if moved and page.text_width != normal:
        block.change(ParagraphFormat(tabs=(Tab(normal, "clear"), *moved)))
