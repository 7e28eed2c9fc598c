"""What is wrong with a composed document, whatever format it will be written in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from report import pictures
from report.compose.tree.pictures import BOX
from report.html.elements import ATTRIBUTES, DIRECTIONS, ELEMENTS, FIELDS, FORMULAS, HEADINGS, PAGES, ROLES, RUNNING
from report.html.text import words
from report.model.suggestions import nearest
from report.values import Location, Problem, Severity
from report.workspace import contained

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_WIDTH = re.compile(r"[1-9][0-9]{0,3}|(?:100|[1-9]?[0-9](?:\.[0-9]+)?)%")
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_KNOWN = (
    ("role", ROLES), ("data-page", PAGES), ("data-running", RUNNING), ("data-field", FIELDS), ("data-formula", FORMULAS),
    ("dir", DIRECTIONS),
)  # fmt: skip
"""Attributes whose values are few."""
MAX_SPAN = 63
"""Most rows or columns that a cell may span, and columns that a table may have: Word has no more."""

PICTURES = frozenset({".png", ".jpg", ".jpeg"})
"""Picture files that every format can show."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are: `template` stands for elements that `came_from` knows no other template of; pictures are
    looked for in `folders`, and `named` says where the facts name one; `drawn` are those that are drawn from facts.
    """

    template: Path
    came_from: Mapping[ET.Element, Path]
    folders: tuple[Path, ...]
    named: Mapping[str, Location]
    drawn: frozenset[str] = frozenset()


def verify(root: ET.Element, places: Places, assets: dict[str, Path]) -> Iterator[Problem]:
    """Yield the problems of a finished tree, and gather its pictures into `assets`.

    They are the template author's and name the template, but for pictures that the facts name.
    """

    def fault(element: ET.Element, code: str, message: str, hint: str | None = None) -> Problem:
        return Problem(Severity.ERROR, code, message, Location(places.came_from.get(element, places.template)), hint)

    ids: dict[str, int] = {}
    for element in root.iter():
        if name := element.get("id"):
            ids[name] = ids.get(name, 0) + 1
            if ids[name] == 2:
                yield fault(element, "html.id", f"the id '{name}' appears twice", "an id is one element's alone")
    yield from _levels(root, fault)
    for element in root.iter():
        if element.tag not in ELEMENTS:
            yield fault(
                element,
                "html.element",
                f"<{element.tag}> is not in the element list: “{words(element)[:60]}”",
                "see docs/templates.md",
            )
        if element.get("style") is not None:
            yield fault(
                element,
                "html.style",
                f"<{element.tag}> has a style attribute; only style sheets reach Word too",
                "use a class",
            )
        yield from _attributes(element, fault)
        if element.tag in ("ul", "ol") and (stray := _stray(element)):
            yield fault(element, "html.list", f"a list holds “{stray[:40]}” outside its items", "put it into an li")
        if max(_span(element, "colspan"), _span(element, "rowspan")) > MAX_SPAN:
            yield fault(element, "html.span", f"a cell spans more than {MAX_SPAN} rows or columns")
        if element.tag == "a":
            yield from _link(element, ids, fault)
        if element.tag == "table" and (count := _columns(element)) > MAX_SPAN:
            yield fault(element, "html.span", f"a table has {count} columns; Word has at most {MAX_SPAN}")
        if element.tag == "img":
            for problem in _picture(element, places, assets, fault):
                yield replace(problem, location=places.named.get(element.get("src", "")) or problem.location)
    if not (root.get("lang") and words(next(root.iter("title"), ET.Element("title")))):
        yield fault(root, "html.head", "the document has no language or no title", "extend base.html.j2")


def _attributes(element: ET.Element, fault) -> Iterator[Problem]:
    """Yield attributes that nothing reads, and values that no format knows."""
    if (language := element.get("lang")) is not None and not _LANGUAGE.fullmatch(language):
        yield fault(element, "html.lang", f"'{language}' is not a language code such as en or bg (RFC 5646)")
    for name in sorted(set(element.keys()) - ATTRIBUTES):
        hint = nearest(name, ATTRIBUTES, None)
        yield fault(element, "html.attribute", f"<{element.tag}> has the attribute {name}, which has no effect", hint)
    for name, known in _KNOWN:
        if (value := element.get(name)) is not None and value not in known:
            hint = nearest(value, known, "available:")
            yield fault(element, "html.attribute", f'unknown attribute {name}="{value}"', hint)
    if element.get("data-field") == "target" and not element.get("href", "").startswith("#"):
        yield fault(element, "html.attribute", "a link to an address has no page", "remove its data-field")
    if (value := element.get("data-value")) is not None and not _DECIMAL.fullmatch(value):
        hint = "write digits, and a point before decimal places: 1234.50"
        yield fault(element, "html.attribute", f"data-value is '{value}'", hint)
    if (box := element.get("data-fit")) is not None and not BOX.fullmatch(box):
        yield fault(element, "html.attribute", f"data-fit is '{box}'", "write width and height in pixels: 190x100")
    if (width := element.get("width")) is not None and not _WIDTH.fullmatch(width):
        yield fault(element, "html.attribute", f"width is '{width}'", "write pixels, 300, or per cent, 50%")


def _stray(listing: ET.Element) -> str:
    """Return what stands in a list and is no item."""
    texts = [listing.text or "", *((child.tail or "") for child in listing)]
    others = [f"<{child.tag}>" for child in listing if child.tag != "li"]
    return " ".join([*(text.strip() for text in texts if text.strip()), *others])


def _columns(table: ET.Element) -> int:
    """Return how many columns the longest row asks for."""
    return max((sum(_span(cell, "colspan") for cell in row) for row in table.iter("tr")), default=0)


def _span(element: ET.Element, name: str) -> int:
    value = element.get(name, "1")
    return int(value) if value.isdecimal() and len(value) < 9 else 1 if not value.isdecimal() else MAX_SPAN + 1


def _levels(root: ET.Element, fault) -> Iterator[Problem]:
    level = 0
    for element in root.iter():
        if element.tag in HEADINGS:
            now = int(element.tag[1])
            if now > level + 1:
                yield fault(
                    element,
                    "html.heading",
                    f"the heading “{words(element)[:60]}” is h{now} after h{level}: a level is skipped",
                    f"use h{level + 1}",
                )
            if not words(element):
                yield fault(element, "html.heading", f"an h{now} is empty")
            level = now


def _link(element: ET.Element, ids: dict[str, int], fault) -> Iterator[Problem]:
    href = element.get("href", "")
    if not href:
        yield fault(element, "html.link", f"the link “{words(element)[:40]}” leads nowhere", "give it an href")
    elif href.startswith("#"):
        if unquote(href[1:]) not in ids:
            yield fault(
                element, "html.link", f"the link “{words(element)[:40]}” points to '{href}', which does not exist"
            )
    elif _scheme(href) not in ("http", "https", "mailto", "tel"):
        yield fault(
            element,
            "html.link",
            f"the link “{words(element)[:40]}” points to '{href}'",
            "a link begins with https:, mailto:, tel: or #",
        )


def _scheme(address: str) -> str | None:
    """Return the scheme of an address, or None for what is no address at all."""
    try:
        return urlsplit(address).scheme
    except ValueError:
        return None


def _picture(element: ET.Element, places: Places, assets: dict[str, Path], fault) -> Iterator[Problem]:
    source, folders = element.get("src", ""), places.folders
    if not (element.get("alt") or "").strip():
        yield fault(element, "image.alt", f"the picture '{source}' has no alternative text", "say in alt what it shows")
    if source in places.drawn:
        return
    if _scheme(source) == "chart":
        hint = nearest(source, places.drawn, "available:") or "draw it only where it is among figures"
        yield fault(element, "image.drawn", f"no figure of this document is called '{source}'", hint)
        return
    if _scheme(source) != "" or source.startswith("//"):
        yield fault(
            element,
            "image.url",
            f"the picture '{source}' is an address",
            "save it in the organisation's folder; nothing is fetched",
        )
        return
    named = [path for folder in folders if (path := _resolved(folder / source)).is_relative_to(folder.resolve())]
    if not named:
        yield fault(
            element,
            "image.outside",
            f"the picture '{source}' is outside the workspace",
            "copy it into the organisation's folder",
        )
        return
    found = next((path for folder in folders if (path := contained(folder, source))), None)
    if found is None:
        yield fault(element, "image.missing", f"there is no picture '{source}'", f"it is looked for in {folders[0]}")
    elif found.suffix.lower() not in PICTURES:
        yield fault(element, "image.kind", f"the picture '{source}' is neither PNG nor JPEG", "save it as PNG or JPEG")
    elif reason := pictures.unreadable(found):
        yield fault(
            element,
            "image.broken",
            f"the picture '{source}' cannot be shown: {reason}",
            "open it in a picture program and save it again",
        )
    else:
        assets[source] = found
        if reason := pictures.odd_colours(found):
            problem = fault(
                element,
                "image.profile",
                f"the colours of '{source}' may come out wrong: {reason}; they are treated as sRGB",
                "save it in a picture program as sRGB, with its profile embedded",
            )
            yield replace(problem, severity=Severity.NOTE)


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # a link to itself, a name that no file system takes
        return path
