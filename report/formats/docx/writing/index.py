"""The document's HTML, read once: its ids, what is linked, its headings, and its running headers and footers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element as HtmlElement

from report.html.elements import ELEMENTS, HEADINGS
from report.html.tree import Tree
from report.values import ReportError, required

_NOT_NAME = re.compile(r"[^A-Za-z0-9_]")
MAX_BOOKMARK = 40
"""Word's limit on the length of a bookmark's name."""


@dataclass(frozen=True, slots=True)
class HtmlIndex:
    """`bookmarks` maps ids to bookmark names (headings, and whatever is linked); `levels` maps heading ids to 1–6."""

    root: HtmlElement
    body: HtmlElement
    bookmarks: Mapping[str, str]
    levels: Mapping[str, int]
    running: Mapping[str, tuple[HtmlElement, ...]]
    characters: frozenset[str]


def read(tree: Tree) -> HtmlIndex:
    """Index a document; raise `ReportError` for unknown elements, double ids and dangling links."""
    root = tree.copy()
    body = required(root.find("body"))
    levels: dict[str, int] = {}
    ids: set[str] = set()
    linked: dict[str, None] = {}
    for element in root.iter():
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag not in ELEMENTS:
            raise ReportError.of("docx.element", f"<{tag}> is not in the element list")
        identifier = element.get("id")
        if identifier:
            if identifier in ids:
                raise ReportError.of("docx.id", f"two elements have the id `{identifier}`")
            ids.add(identifier)
            if tag in HEADINGS:
                levels[identifier] = int(tag[1])
        if tag == "a" and element.get("href", "").startswith("#"):
            linked[element.get("href", "")[1:]] = None
    dangling = [name for name in linked if name not in ids]
    if dangling:
        raise ReportError.of("docx.anchor", f"a link points to `#{dangling[0]}`, which no element has as its id")
    running = {name: tuple(e for e in body if e.get("data-running") == name) for name in ("header", "footer")}
    return HtmlIndex(root, body, _names([*levels, *linked]), levels, running, frozenset("".join(body.itertext())))


def _names(ids: list[str]) -> dict[str, str]:
    """Return a bookmark name for each id: a letter first, then letters, digits and underscores."""
    names: dict[str, str] = {}
    used: set[str] = set()
    for identifier in ids:
        if identifier in names:
            continue
        name = _NOT_NAME.sub("_", identifier)
        name = name if name[:1].isalpha() else f"b_{name}"
        if len(name) > MAX_BOOKMARK or name.lower() in used or not identifier.replace("-", "").isascii():
            digest = hashlib.sha256(identifier.encode()).hexdigest()[:10]
            name = f"{name[: MAX_BOOKMARK - 11]}_{digest}"
        used.add(name.lower())
        names[identifier] = name
    return names
