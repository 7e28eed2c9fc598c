"""What is wrong with a composed tree, whatever format it will be written in: the mistakes of templates, and of pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from report.compose.checks import picture_files
from report.compose.checks.draft import Draft
from report.compose.tree.pictures import BOX
from report.html.elements import ATTRIBUTES, DIRECTIONS, ELEMENTS, FIELDS, FORMULAS, HEADINGS, PAGES, ROLES, RUNNING
from report.html.text import words
from report.model.suggestions import nearest
from report.values import Problem

_KNOWN = (
    ("role", ROLES), ("data-page", PAGES), ("data-running", RUNNING), ("data-field", FIELDS), ("data-formula", FORMULAS),
    ("dir", DIRECTIONS),
)  # fmt: skip
"""Attributes whose values are few."""
_PATTERNS = (
    ("lang", re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*"), "html.lang",
     "'{}' is not a language code such as en or bg (RFC 5646)", None),
    ("data-value", re.compile(r"-?[0-9]+(?:\.[0-9]+)?"), "html.attribute",
     "data-value is '{}'", "write digits, and a point before decimal places: 1234.50"),
    ("data-fit", BOX, "html.attribute", "data-fit is '{}'", "write width and height in pixels: 190x100"),
    ("width", re.compile(r"[1-9][0-9]{0,3}|(?:100|[1-9]?[0-9](?:\.[0-9]+)?)%"), "html.attribute",
     "width is '{}'", "write pixels, 300, or per cent, 50%"),
)  # fmt: skip
"""Attributes with a form: its pattern, and the code, the message and the hint for other values."""
MAX_SPAN = 63
"""Most rows or columns that a cell may span, and columns that a table may have: Word has no more."""


def problems(draft: Draft) -> Iterator[Problem]:
    """Yield the problems of a tree. They name the template that wrote an element, or the fact that names a picture."""
    for _, check in RULES:
        yield from check(draft)


def _ids(draft: Draft) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for element in draft.root.iter():
        if name := element.get("id"):
            seen[name] += 1
            if seen[name] == 2:
                yield draft.error(element, "html.id", f"the id '{name}' appears twice", "use each id once")


def _headings(draft: Draft) -> Iterator[Problem]:
    level = 0
    for element in draft.root.iter():
        if element.tag in HEADINGS:
            own = int(element.tag[1])
            if own > level + 1:
                message = f"the heading “{words(element)[:60]}” is h{own} after h{level}: a level is skipped"
                yield draft.error(element, "html.heading", message, f"use h{level + 1}")
            if not words(element):
                yield draft.error(element, "html.heading", f"an h{own} is empty")
            level = own


def _elements(draft: Draft) -> Iterator[Problem]:
    for element in draft.root.iter():
        if element.tag not in ELEMENTS:
            message = f"<{element.tag}> is not in the element list: “{words(element)[:60]}”"
            yield draft.error(element, "html.element", message, "see docs/templates.md")


def _attributes(draft: Draft) -> Iterator[Problem]:
    for element in draft.root.iter():
        if not element.attrib:
            continue
        if "style" in element.attrib:
            message = f"<{element.tag}> has a style attribute; only style sheets reach Word too"
            yield draft.error(element, "html.style", message, "use a class")
        for code, message, hint in _wrong_attributes(element):
            yield draft.error(element, code, message, hint)


def _wrong_attributes(element: ET.Element) -> Iterator[tuple[str, str, str | None]]:
    """Yield the code, the message and the hint for attributes that nothing reads, and values that no format knows."""
    for name, pattern, code, message, hint in _PATTERNS:
        if (value := element.get(name)) is not None and not pattern.fullmatch(value):
            yield code, message.format(value), hint
    for name in sorted(element.attrib.keys() - ATTRIBUTES):
        message = f"<{element.tag}> has the attribute {name}, which has no effect"
        yield "html.attribute", message, nearest(name, ATTRIBUTES, None)
    for name, known in _KNOWN:
        if (value := element.get(name)) is not None and value not in known:
            yield "html.attribute", f'unknown attribute {name}="{value}"', nearest(value, known, "available:")
    if element.get("data-field") == "target" and not element.get("href", "").startswith("#"):
        yield "html.attribute", "a link to an address has no page", "remove its data-field"
    if max(_span(element, "colspan"), _span(element, "rowspan")) > MAX_SPAN:
        yield "html.span", f"a cell spans more than {MAX_SPAN} rows or columns", None


def _span(element: ET.Element, name: str) -> int:
    value = element.get(name, "1")
    if not value.isdecimal():
        return 1
    return int(value) if len(value) < 9 else MAX_SPAN + 1


def _lists(draft: Draft) -> Iterator[Problem]:
    for element in draft.root.iter():
        if element.tag in ("ul", "ol"):
            texts = [element.text or "", *((child.tail or "") for child in element)]
            others = [f"<{child.tag}>" for child in element if child.tag != "li"]
            if stray := " ".join([*(text.strip() for text in texts if text.strip()), *others]):
                message = f"a list holds “{stray[:40]}” outside its items"
                yield draft.error(element, "html.list", message, "put it into an li")


def _tables(draft: Draft) -> Iterator[Problem]:
    for table in draft.root.iter("table"):
        columns = max((sum(_span(cell, "colspan") for cell in row) for row in table.iter("tr")), default=0)
        if columns > MAX_SPAN:
            yield draft.error(table, "html.span", f"a table has {columns} columns; Word has at most {MAX_SPAN}")


def _links(draft: Draft) -> Iterator[Problem]:
    ids = {element.get("id") for element in draft.root.iter()}
    for link in draft.root.iter("a"):
        href, name = link.get("href", ""), f"the link “{words(link)[:40]}”"
        if not href:
            yield draft.error(link, "html.link", f"{name} leads nowhere", "give it an href")
        elif href.startswith("#"):
            if unquote(href[1:]) not in ids:
                yield draft.error(link, "html.link", f"{name} points to '{href}', which does not exist")
        elif picture_files.scheme(href) not in ("http", "https", "mailto", "tel"):
            hint = "a link begins with https:, mailto:, tel: or #"
            yield draft.error(link, "html.link", f"{name} points to '{href}'", hint)


def _head(draft: Draft) -> Iterator[Problem]:
    title = next(draft.root.iter("title"), None)
    if title is None or not words(title) or not draft.root.get("lang"):
        yield draft.error(draft.root, "html.head", "the document has no language or no title", "extend base.html.j2")


RULES: tuple[tuple[str, Callable[[Draft], Iterator[Problem]]], ...] = (
    ("ids", _ids),
    ("headings", _headings),
    ("elements", _elements),
    ("attributes", _attributes),
    ("lists", _lists),
    ("tables", _tables),
    ("links", _links),
    ("pictures", picture_files.problems),
    ("head", _head),
)
"""Each rule goes over the whole tree."""
