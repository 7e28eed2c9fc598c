"""Which way a document and its parts run: ``dir`` (HTML 3.2.6.4), for every format alike.

A language's direction is that of its script. A passage of the other direction says so, and what is read from left to right whatever
stands around it, a telephone number, an address, is set apart as `bdi`: digits in groups would change places (Unicode Standard Annex 9).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from report.html.text import fill
from report.language import related

_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
_NEVER_TURNED = re.compile(
    r"(?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?)]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\w)\+?\(?\d+\)?(?:[ \u00a0\u202f]?[ \u00a0\u202f()./-]\(?\d+\)?){1,}"
    r"|(?<!\w)\+\d{6,}",
    re.ASCII,
)
"""Addresses, and digits in groups."""
_LEAST_DIGITS = 6
"""So many digits make a number in groups; fewer are a date, a fraction or a page."""
_INLINE = frozenset({"a", "span", "b", "strong", "em", "i", "cite", "small", "code"})


def of(language: str) -> str:
    """Return ``rtl`` or ``ltr`` for a language."""
    return "rtl" if related.script(language) in _RIGHT_TO_LEFT else "ltr"


def settle(root: ET.Element, language: str) -> None:
    """Say the direction of a finished tree and of its parts, in place; a document that runs from left to right throughout says nothing."""
    base = of(language)
    if base == "rtl":
        root.set("dir", base)
    elif all(of(element.get("lang", language)) == base for element in root.iter()):
        return
    body = root.find("body")
    for element in body if body is not None else ():
        _settle(element, base)


def _settle(element: ET.Element, around: str) -> None:
    now = element.get("dir") or (of(element.get("lang", "")) if element.get("lang") else around)
    if now != around:
        element.set("dir", now)
    if now == "rtl":
        _set_apart(element)
    for child in list(element):
        if child.tag != "bdi":
            _settle(child, now)


def _set_apart(element: ET.Element) -> None:
    """Set apart what is never turned in an element's own words, which run from right to left."""
    text = element.text or ""
    if element.tag in _INLINE and not len(element) and any(one.group() == text.strip() for one in _found(text)):
        element.set("dir", "ltr")
        return
    nodes = list(_parts(text))
    for child in list(element):
        tail, child.tail = child.tail or "", None
        nodes += [child, *_parts(tail)]
    fill(element, nodes)


def _parts(text: str) -> Iterator[str | ET.Element]:
    end = 0
    for one in _found(text):
        yield text[end : one.start()]
        apart = ET.Element("bdi", {"dir": "ltr"})
        apart.text = one.group()
        yield apart
        end = one.end()
    yield text[end:]


def _found(text: str) -> Iterator[re.Match[str]]:
    for one in _NEVER_TURNED.finditer(text):
        if (
            not one.group()[0].isdigit()
            and one.group()[0] not in "+("
            or sum(c.isdigit() for c in one.group()) >= _LEAST_DIGITS
        ):
            yield one
