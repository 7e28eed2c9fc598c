"""Read the content of a Word file from its XML."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from tests.parity.content import Content, tidy

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SHOWN = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}


def read(path: Path) -> Content:
    """Return the content of a DOCX file."""
    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
        relationships = etree.fromstring(package.read("word/_rels/document.xml.rels"))
        styles = etree.fromstring(package.read("word/styles.xml"))
        notes = (
            etree.fromstring(package.read("word/footnotes.xml")) if "word/footnotes.xml" in package.namelist() else ()
        )
    targets = {r.get("Id"): r.get("Target") for r in relationships}
    levels = _levels(styles)
    content = Content(words=tidy(_text(body)).split())
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        level = levels.get(style.get(f"{W}val")) if style is not None else None
        if level:
            content.headings.append((level, tidy(_text(paragraph))))
    for link in body.iter(f"{W}hyperlink"):
        content.links.append(
            (tidy(_text(link)), targets.get(link.get(f"{R}id")) or "#" + (link.get(f"{W}anchor") or ""))
        )
    for mark in body.iter(f"{W}bookmarkStart"):
        paragraph = next((a for a in mark.iterancestors(f"{W}p")), None)
        if paragraph is not None:
            content.places[mark.get(f"{W}name")] = tidy(_text(paragraph))
    content.pictures = [p.get("descr", "") for p in body.iter(f"{WP}docPr") if p.get("descr")]
    content.tables = [_table(t) for t in body.iter(f"{W}tbl") if not _is_layout(t)]
    content.notes = [tidy(_text(note)).split() for note in notes if note.get(f"{W}type") is None]
    return content


def _levels(styles: etree._Element) -> dict[str, int]:
    """Return the outline level, from 1, of each heading style."""
    found = {
        "Title": 1,
        "TOCHeading": 1,
    }  # on the cover and over the contents: Word's own styles, kept out of its outline
    parents = {}
    for style in styles.iter(f"{W}style"):
        level, parent = style.find(f"{W}pPr/{W}outlineLvl"), style.find(f"{W}basedOn")
        parents[style.get(f"{W}styleId")] = parent.get(f"{W}val") if parent is not None else None
        if level is not None and int(level.get(f"{W}val")) < 9:
            found[style.get(f"{W}styleId")] = int(level.get(f"{W}val")) + 1
    for style in parents:
        ancestor: str | None = style
        while ancestor is not None and ancestor not in found:
            ancestor = parents.get(ancestor)
        if ancestor is not None:
            found.setdefault(style, found[ancestor])
    return found


def _is_layout(table: etree._Element) -> bool:
    """Return whether a table only sets a list side by side: its style says so (templates/word.yaml)."""
    return table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") in ("FiguresTable", "FactsTable")


def _table(table: etree._Element) -> list[list[str]]:
    rows = []
    for row in table.findall(f"{W}tr"):
        cells = []
        for cell in row.findall(f"{W}tc"):
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is None or merge.get(f"{W}val") == "restart":
                cells.append(tidy(_text(cell)))
        rows.append(cells)
    return rows


def _text(element: etree._Element) -> Iterator[str]:
    """Yield text in order, without field results (page numbers) and footnote marks."""
    depth = 0
    for node in element.iter():
        if node.tag == f"{W}p":
            yield " "
        elif node.tag == f"{W}fldChar":
            depth += {"separate": 1, "end": -1}.get(node.get(f"{W}fldCharType"), 0) if _is_page(node, depth) else 0
        elif node.tag == f"{W}t" and not depth:
            yield node.text or ""
        elif node.tag in _SHOWN and node.getparent().tag == f"{W}r":
            yield _SHOWN[node.tag]


def _is_page(node: etree._Element, depth: int) -> bool:
    """Return whether a field character belongs to a PAGE, NUMPAGES or PAGEREF field, whose result is no content."""
    if node.get(f"{W}fldCharType") == "end":
        return depth > 0
    run = node.getparent()
    while run is not None:
        run = run.getprevious()
        instruction = run.find(f"{W}instrText") if run is not None else None
        if instruction is not None:
            return (instruction.text or "").split()[0] in ("PAGE", "NUMPAGES", "PAGEREF")
    return False
