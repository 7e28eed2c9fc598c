"""The words of elements, and trees as HTML text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

ASIDE = frozenset({"doc-footnote", "doc-biblioref"})
"""The roles of what is not part of a text's own words."""


def serialise(root: ET.Element) -> str:
    """Return the tree as an HTML document."""
    return "<!DOCTYPE html>\n" + ET.tostring(root, encoding="unicode", method="html") + "\n"


def words(element: ET.Element) -> str:
    """Return the element's text with white space folded, footnotes and marks of sources left out."""
    return " ".join("".join(_text(element)).split())


def _text(element: ET.Element) -> Iterator[str]:
    if element.get("role") in ASIDE:
        return
    yield element.text or ""
    for child in element:
        yield from _text(child)
        yield child.tail or ""


def slug(text: str) -> str:
    """Return an id for a heading: Latin letters where there are any, else the letters as they are."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return re.sub(r"[^\w]+", "-", plain).strip("-")[:60] or "section"


def fill(element: ET.Element, nodes: Iterable[str | ET.Element]) -> None:
    """Let an element hold texts and elements, one after another, and nothing else."""
    element.text, element[:] = None, []
    for node in nodes:
        if isinstance(node, str):
            append(element, node)
        else:
            element.append(node)


def append(target: ET.Element, text: str | None) -> None:
    """Add a text at the end of an element."""
    if len(target):
        target[-1].tail = (target[-1].tail or "") + (text or "")
    else:
        target.text = (target.text or "") + (text or "")
