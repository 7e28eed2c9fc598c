"""What is too little to stand by itself is not printed so: an empty list, a heading over nothing, a panel of one row, a page of three lines.

It works on what a template wrote, before headings are listed and captions numbered, so that it holds for every template.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from report.compose.elements import HEADINGS

FEWEST_ENTRIES = 3
"""A table of contents has so many entries, or there is none."""
PAGE = 60
"""Lines of a page and a half: who has no more needs no contents."""
FEWEST_LINES = 14
"""A section fills so many lines, or what begins on a new page follows it on its own."""
_LINE = 90
"""Letters in a line, about."""
_EMPTY = frozenset({"ul", "ol", "dl", "table", "figure", "section", "article", "aside", "header"})
_ROWS = frozenset({"li", "p", "dt", "tr", "figcaption", *HEADINGS})
_PICTURE = 10
"""Lines that a picture is high, at the least."""


def tidy(root: ET.Element) -> None:
    """Take out what is empty, and set out plainly what is a panel of one row, in place."""
    main = root.find(".//main")
    if main is None:
        return
    while _drop_empty(main) or _drop_bare_headings(main):
        pass
    _open_panels(main)


def join(root: ET.Element) -> None:
    """Let a section that would begin a page follow on the page before, where that has a few lines alone, in place."""
    main = root.find(".//main")
    filled = FEWEST_LINES
    for section in list(main) if main is not None else ():
        begins = section.get("data-page")
        if begins == "new" and filled < FEWEST_LINES:
            del section.attrib["data-page"]
            begins = None
        filled = lines(section) + (0 if begins else filled)


def lines(element: ET.Element) -> int:
    """Return about how many lines an element fills."""
    found = 0
    for part in element.iter():
        if part.tag == "img":
            found += _PICTURE
        elif part.tag in _ROWS:
            found += 1 + len("".join(part.itertext())) // _LINE
    return found


def is_empty(element: ET.Element) -> bool:
    """Say whether an element prints neither words nor a picture."""
    return not "".join(element.itertext()).strip() and next(element.iter("img"), None) is None


def drop(root: ET.Element, element: ET.Element) -> None:
    """Take an element out of a tree, and what it leaves empty; the text behind it stays."""
    parents = {child: parent for parent in root.iter() for child in parent}
    parent = parents[element]
    _remove(parent, element)
    if parent.tag in _EMPTY and is_empty(parent) and not parent.get("id"):
        drop(root, parent)


def _remove(parent: ET.Element, child: ET.Element) -> None:
    place = list(parent).index(child)
    if tail := (child.tail or "").strip() and child.tail:
        if place:
            parent[place - 1].tail = (parent[place - 1].tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(child)


def _drop_empty(main: ET.Element) -> bool:
    """Take out lists without items, tables without rows and sections without words; what has an id is a panel, and stays."""
    dropped = False
    for parent in list(main.iter()):
        for child in list(parent):
            none = child.tag == "table" and next(child.iter("td"), None) is None
            if none or child.tag in _EMPTY and not child.get("id") and is_empty(child):
                _remove(parent, child)
                dropped = True
    return dropped


def _drop_bare_headings(main: ET.Element) -> bool:
    parts = list(_parts(main))
    titles = {part for panel in main.iter("section") if panel.get("id") for part in _titles(panel)}
    bare = [
        part
        for place, part in enumerate(parts)
        if part.tag in HEADINGS and part not in titles and not _covers(parts, place)
    ]
    for heading in bare:
        drop(main, heading)
    return bool(bare)


def _titles(panel: ET.Element) -> list[ET.Element]:
    """Return the headings of a panel that says nothing else: a front may be a title alone."""
    parts = list(_parts(panel))
    return parts if all(part.tag in HEADINGS for part in parts) else []


def _covers(parts: list[ET.Element], place: int) -> bool:
    """Say whether something stands between a heading and the next of its level or a higher one."""
    level = parts[place].tag
    for part in parts[place + 1 :]:
        if part.tag in HEADINGS and part.tag <= level:
            return False
        if part.tag not in HEADINGS:
            return True
    return False


def _parts(element: ET.Element) -> Iterator[ET.Element]:
    """Yield headings, and elements with words or a picture of their own, in order; the contents are filled later."""
    for child in element:
        if child.tag in HEADINGS or child.tag == "img" or child.get("role") == "doc-toc":
            yield child
        elif isinstance(child.tag, str):
            if (child.text or "").strip():
                yield child
            yield from _parts(child)
        if (child.tail or "").strip():
            yield element


def _open_panels(main: ET.Element) -> None:
    """Write a panel of facts that has one row as a line: its name and what it says."""
    for parent in list(main.iter()):
        for place, child in enumerate(list(parent)):
            if "facts" not in child.get("class", "").split() or child.tag not in ("aside", "dl"):
                continue
            names, told = list(child.iter("dt")), list(child.iter("dd"))
            if len(names) == 1 and len(told) == 1 and len(list(child)) in (1, 2):
                parent[place] = _line(names[0], told[0], child.tail)


def _line(name: ET.Element, told: ET.Element, tail: str | None) -> ET.Element:
    line = ET.Element("p", {"class": "fact"})
    label = ET.SubElement(line, "strong")
    label.text, label.tail = f"{(name.text or '').rstrip()}", f": {told.text or ''}"
    label.extend(list(name))
    line.extend(list(told))
    line.tail = tail
    return line
