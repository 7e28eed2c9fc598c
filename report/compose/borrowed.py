"""Labels of a fallback language: signs that no text has go through the templates with them, and become ``lang`` on the finished tree."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

OPEN, CLOSE = "\ue000", "\ue001"
"""They stand around words of the fallback language, in the private use area of Unicode."""
_SIGNS = str.maketrans("", "", OPEN + CLOSE)
_PARTS = re.compile(f"([{OPEN}{CLOSE}])")


def plain(text: str) -> str:
    """Return a text without the signs."""
    return text.translate(_SIGNS)


def mark(root: ET.Element, language: str) -> None:
    """Turn what stands between the signs into spans of `language`, in place; attributes and the title just lose the signs."""
    for element in root.iter():
        for name, value in element.items():
            element.set(name, plain(value))
        if element.tag == "title":
            element.text = plain(element.text or "")
    _mark(root, language, False)


def _mark(element: ET.Element, language: str, inside: bool) -> bool:
    """Mark the texts in an element; return whether its end stands between the signs, as `inside` says of its beginning."""
    nodes, inside = _spans(element.text or "", language, inside)
    for child in list(element):
        inside = _mark(child, language, inside)
        more, inside = _spans(child.tail or "", language, inside)
        child.tail = None
        nodes += [child, *more]
    element.text, element[:] = None, []
    for node in nodes:
        if not isinstance(node, str):
            element.append(node)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + node
        else:
            element.text = (element.text or "") + node
    return inside


def _spans(text: str, language: str, inside: bool) -> tuple[list[str | ET.Element], bool]:
    """Return a text's parts, those between the signs as spans, and whether its end stands between them."""
    nodes: list[str | ET.Element] = []
    for part in _PARTS.split(text):
        if part in (OPEN, CLOSE):
            inside = part == OPEN
        elif inside and part.strip():
            span = ET.Element("span", {"lang": language})
            span.text = part
            nodes.append(span)
        elif part:
            nodes.append(part)
    return nodes, inside
