"""Read the content of a composed document."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

import tinyhtml5

from report.html.elements import INLINES
from tests.parity.content import Content, tidy

QUOTES = {"en": ("“”", "‘’"), "bg": ("„“", "’‘")}


def read(html: str) -> Content:
    """Return the content of an HTML document."""
    root = tinyhtml5.parse(html, namespace_html_elements=False)
    body = root.find("body")
    content = Content(words=tidy(_text(body, root.get("lang"))).split())
    parents = {child: parent for parent in body.iter() for child in parent}
    running = {inner for p in body if p.get("data-running") for inner in p.iter()}
    for element in body.iter():
        if element in running:  # each format repeats it in its own way
            continue
        if name := element.get("id"):  # a place in a line stands for its whole paragraph, as in Word
            content.places[name] = tidy(_text(_block(element, parents), None))
        if element.get("role") == "doc-footnote":
            content.notes.append(tidy(_text(element, None, inside=True)).split())
        elif element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            content.headings.append((int(element.tag[1]), tidy(_text(element, None))))
        elif element.tag == "table":
            content.tables.append(
                [[tidy(_text(cell, None)) for cell in row if cell.tag in ("td", "th")] for row in _rows(element)]
            )
        elif element.tag == "a":
            content.links.append((tidy(_text(element, None)), element.get("href", "")))
        elif element.tag == "img":
            content.pictures.append(element.get("alt", ""))
    return content


def _block(element: ET.Element, parents: dict[ET.Element, ET.Element]) -> ET.Element:
    """Return an element, or the block that it stands in where it is part of a line."""
    while element.tag in INLINES and element in parents:
        element = parents[element]
    return element


def _rows(table: ET.Element) -> Iterator[ET.Element]:
    """Yield the rows of a table, not those of tables in its cells."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _text(element: ET.Element, language: str | None, inside: bool = False, depth: int = 0) -> Iterator[str]:
    if element.get("data-running") or (element.get("role") == "doc-footnote" and not inside):
        return
    language = element.get("lang") or language
    quoted = element.tag == "q"
    opening, closing = QUOTES.get(language or "", QUOTES["en"])[depth % 2] if quoted else ("", "")
    gap = "" if element.tag in INLINES and element.tag != "br" else " "
    yield gap + opening + (element.text or "")
    for child in element:
        yield from _text(child, language, depth=depth + quoted)
        yield child.tail or ""
    yield closing + gap
