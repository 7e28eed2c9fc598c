"""What is too little to stand by itself is not printed so: an empty list, a heading over nothing, a panel of one row, a page of three lines.

It works on what a template wrote, before headings are listed and captions numbered, so that it holds for every template.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from xml.etree import ElementTree as ET

from report.compose.tree import single
from report.html.elements import HEADINGS
from report.language import fallback

FEWEST_ENTRIES = 3
"""A table of contents has so many entries, or there is none."""
PAGE = 60
"""Lines of a page and a half: who has no more needs no contents."""
FEWEST_LINES = 14
"""A section fills so many lines, or what begins on a new page follows it on its own."""
_LINE = 90
"""Letters in a line, about."""
_EMPTY = frozenset({"ul", "ol", "dl", "table", "figure", "section", "article", "aside", "header"})
_GROUPS = frozenset({"tbody", "thead", "tfoot"})
_ROWS = frozenset({"li", "p", "dt", "tr", "figcaption", *HEADINGS})
_PICTURE = 10
"""Lines that a picture is high, at the least."""


def tidy(root: ET.Element, said: Collection[str]) -> None:
    """Take out what is empty, and set out plainly what is a panel of one row, in place.

    A heading over nothing is a label, of those that were `said`, and vanishes; or it names a fact, and becomes a line.
    """
    main = root.find(".//main")
    if main is None:
        return
    while _drop_empty(main) or _drop_bare_headings(main, said):
        pass
    single.open_panels(main)
    single.open_figures(main)
    for parent in list(main.iter()):
        for table in [child for child in parent if child.tag == "table"]:
            _drop_blank_columns(parent, table)


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
            rows = [part for part in child if part.tag not in ("thead", "caption")] if child.tag == "table" else []
            none = child.tag == "table" and all(map(is_empty, rows)) or child.tag in _GROUPS and not len(child)
            if child.tag == "tfoot" and parent.find("tbody") is None:
                child.tag = "tbody"  # a table has a body (PDF/UA-1, 7.5)
            if none or child.tag in _EMPTY and not child.get("id") and is_empty(child):
                _remove(parent, child)
                dropped = True
    return dropped


def _drop_bare_headings(main: ET.Element, said: Collection[str]) -> bool:
    parts = list(_parts(main))
    titles = {part for panel in main.iter("section") if panel.get("id") for part in _titles(panel)}
    bare = [
        part
        for place, part in enumerate(parts)
        if part.tag in HEADINGS and part not in titles and not _covers(parts, place)
    ]
    linked = {link.get("href", "")[1:] for link in main.iter("a")} if bare else set()
    for heading in bare:
        words = " ".join(fallback.plain("".join(heading.itertext())).split())
        if words in said and heading.get("id") not in linked:
            drop(main, heading)
        else:
            name = ET.Element("strong")
            name.text, name[:] = heading.text, list(heading)
            heading.tag, heading.text, heading[:] = "p", None, [name]
            heading.set("class", "name")
    return bool(bare)


def _titles(panel: ET.Element) -> list[ET.Element]:
    """Return the headings of a panel that says nothing else: a front may be a title alone."""
    parts = list(_parts(panel))
    return parts if all(part.tag in HEADINGS for part in parts) else []


def _covers(parts: list[ET.Element], place: int) -> bool:
    """Say whether something follows a heading before the next of its level or a higher one: words, or a heading below it."""
    following = parts[place + 1] if place + 1 < len(parts) else None
    return following is not None and (following.tag not in HEADINGS or following.tag > parts[place].tag)


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


def _drop_blank_columns(parent: ET.Element, table: ET.Element) -> None:
    """Take out the columns that have a head and nothing below it; of a table with one column left, make a list.

    A table whose cells span columns or rows is as its form asks, but for rows that head a group.
    """
    rows = list(table.iter("tr"))
    width = len(rows[0]) if rows else 0
    groups = [row for row in rows if len(row) == 1 and row[0].get("scope") == "rowgroup"]
    plain = [row for row in rows if row not in groups]
    spans = any(cell.get(name) for row in plain for cell in row for name in ("colspan", "rowspan"))
    columns = list(table.iter("col"))
    if spans or len(columns) != width or any(len(row) != width for row in plain):
        return
    body = [row for part in table if part.tag != "thead" for row in part.iter("tr") if row in plain]
    named = {place for row in plain for place in range(width) if row[place].get("id")}
    blank = [p for p in range(width) if p not in named and body and all(is_empty(row[p]) for row in body)]
    if not blank or len(blank) == width:
        return
    left = [column for place, column in enumerate(columns) if place not in blank]
    told = [(row, row[next(p for p in range(width) if p not in blank)]) for row in body]
    if len(left) == 1 and not groups and _list(parent, table, told):
        return
    for part in table.iter("colgroup"):
        part[:] = left
    share = sum(float(column.get("data-width", 0)) for column in left)
    for column in left if share else ():
        column.set("data-width", f"{100 * float(column.get('data-width', 0)) / share:.4g}")
    for row in plain:
        row[:] = [cell for place, cell in enumerate(row) if place not in blank]
    for row in groups:
        row[0].set("colspan", str(len(left)))


def _list(parent: ET.Element, table: ET.Element, rows: list[tuple[ET.Element, ET.Element]]) -> bool:
    """Put a list of the cells in a table's place, its caption before it; say whether it can say all that they say."""
    place, caption = list(parent).index(table), table.find("caption")
    of_caption = {} if caption is None else single.own_words(caption)
    own, said = single.own_words(table), [single.own_words(row, cell) for row, cell in rows]
    if own is None or of_caption is None or None in said:
        return False
    items = ET.Element("ul", own)
    for (_, cell), words in zip(rows, said, strict=True):
        item = ET.SubElement(items, "li", words or {})
        item.text, item[:] = cell.text, list(cell)
    items.tail, parent[place] = table.tail, items
    if caption is not None:
        title = ET.Element("p", {"class": "note"} | of_caption)
        title.text, title[:], title.tail = caption.text, list(caption), "\n"
        parent.insert(place, title)
    return True
