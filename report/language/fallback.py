"""Labels of a fallback language: signs that no text has go through the templates with them, and become ``lang`` on the finished tree."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from report.html.text import fill

OPEN, CLOSE, OWN, THEIRS = "\ue000", "\ue001", "\ue002", "\ue003"
"""They stand around words of the fallback language, and around what is filled in among them, in the private use area of Unicode."""
_PLACEHOLDER = re.compile(r"%\(\w+\)s")
_SIGNS = str.maketrans("", "", OPEN + CLOSE + OWN + THEIRS)
_CODE = 3
"""Letters of a currency's code, which is the same in all languages."""
_PARTS = re.compile(f"([{OPEN}{CLOSE}{OWN}{THEIRS}])")


def signed(label: str) -> str:
    """Return a label with the signs."""
    return OPEN + _PLACEHOLDER.sub(rf"{OWN}\g<0>{THEIRS}", label) + CLOSE


def plain(text: str) -> str:
    """Return a text without the signs."""
    return text.translate(_SIGNS)


def mark(root: ET.Element, fallback: str, language: str) -> None:
    """Turn what stands between the signs into spans, in place; attributes and the title just lose the signs."""
    for element in root.iter():
        for name, value in element.items():
            element.set(name, plain(value))
        if element.tag == "title":
            element.text = plain(element.text or "")
    for element in list(root.iter()):
        texts = [element.text, *(child.tail for child in element)]
        if any(OPEN in (text or "") for text in texts):
            _mark(element, {OPEN: fallback, OWN: language})


def _mark(element: ET.Element, languages: dict[str, str]) -> None:
    """Put what an element holds between the signs into spans of its language, one inside another."""
    inner: list[tuple[ET.Element, list[str | ET.Element]]] = [(element, [])]
    for node in _nodes(element):
        if isinstance(node, str) and node in languages:
            inner.append((ET.Element("span", {"lang": languages[node]}), []))
        elif isinstance(node, str) and node in (CLOSE, THEIRS) and len(inner) > 1:
            span, held = inner.pop()
            fill(span, held)
            inner[-1][1].extend([span] if _is_worded(span, held) else held)
        else:
            inner[-1][1].append(node)
    while len(inner) > 1:  # a template cut the label
        span, held = inner.pop()
        fill(span, held)
        inner[-1][1].append(span)
    fill(*inner[0])


def _is_worded(span: ET.Element, held: list[str | ET.Element]) -> bool:
    """Say whether a span has words of its language: not digits or codes alone, nor an element that says its language itself."""
    text = "".join(span.itertext())
    if len(held) == 1 and not isinstance(held[0], str) and held[0].get("lang") is not None:
        return False
    return any(c.isalpha() for c in text) and not (text.isascii() and text.isupper() and len(text) <= _CODE)


def _nodes(element: ET.Element) -> list[str | ET.Element]:
    """Return what an element holds, one after another: signs, texts and elements, these without what follows them."""
    nodes: list[str | ET.Element] = [part for part in _PARTS.split(element.text or "") if part]
    for child in list(element):
        nodes += [child, *(part for part in _PARTS.split(child.tail or "") if part)]
        child.tail = None
    return nodes
