"""Complete a rendered template: ids of headings, the contents, numbered captions. The result is one HTML text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from xml.etree import ElementTree as ET

from report.compose.tree import trim
from report.html.elements import HEADINGS
from report.html.text import ASIDE, append, slug, words

TOC_DEPTH = 2
"""Headings down to this level stand in the contents."""


TOC_MOST = 40
"""So many entries fit on a page of contents; where there are more, those of the first level alone stand there."""


def finish(root: ET.Element, label: Callable[[str], str], said: Collection[str] = ()) -> None:
    """Complete the tree in place; `label` translates the words “Table” and “Figure”, and `said` are the labels that it has."""
    _drop_comments(root)
    _drop_empty_lines(root)
    trim.tidy(root, said)
    _drop_lost_targets(root)
    headings = list(_headings(root))
    _identify(root, [heading for heading, _ in headings])
    _fill_contents(root, [heading for heading, listed in headings if listed])
    trim.join(root)
    _number(root, "caption", label("Table"), "table")
    _number(root, "figcaption", label("Figure"), "figure")


def _drop_comments(element: ET.Element) -> None:
    """Take comments out; what follows one stays. Names of other languages lose their namespace, for messages."""
    before: ET.Element | None = None
    for child in list(element):
        if isinstance(child.tag, str):
            child.tag = child.tag.rpartition("}")[2]
            _drop_comments(child)
            before = child
            continue
        if before is None:
            element.text = (element.text or "") + (child.tail or "")
        else:
            before.tail = (before.tail or "") + (child.tail or "")
        element.remove(child)


def _drop_lost_targets(root: ET.Element) -> None:
    """Take links out that give the page of a section which is not printed, and the spans that held them."""
    ids = {element.get("id") for element in root.iter()}
    for parent in list(root.iter()):
        for child in list(parent):
            if child.get("role") == "doc-biblioref" and child.get("href", "#")[1:] not in ids:
                _take_out(parent, child)
                continue
            lost = [a for a in child.iter("a") if a.get("data-field") == "target" and a.get("href", "#")[1:] not in ids]
            if child.tag == "span" and lost and not words(child).removeprefix(words(lost[0])):
                parent.remove(child)


def _take_out(parent: ET.Element, child: ET.Element) -> None:
    """Take an element out, and the no-break space before it; what follows it stays."""
    place = list(parent).index(child)
    if place:
        before = parent[place - 1]
        before.tail = (before.tail or "").removesuffix("\N{NO-BREAK SPACE}") + (child.tail or "")
    else:
        parent.text = (parent.text or "").removesuffix("\N{NO-BREAK SPACE}") + (child.tail or "")
    parent.remove(child)


def _drop_empty_lines(root: ET.Element) -> None:
    """Take the line breaks between blocks out, which template loops leave behind by the dozen."""
    for element in root.iter():
        for name in ("text", "tail"):
            value = getattr(element, name)
            if value and not value.strip() and "\n" in value:
                setattr(element, name, "\n")


def _headings(element: ET.Element, listed: bool = True) -> Iterator[tuple[ET.Element, bool]]:
    """Yield headings in order, with whether the contents list them: not those of the cover or of the contents."""
    for child in element:
        if child.tag in HEADINGS:
            yield child, listed
        elif isinstance(child.tag, str):
            yield from _headings(child, listed and child.get("role") not in ("doc-cover", "doc-toc"))


def _identify(root: ET.Element, headings: list[ET.Element]) -> None:
    taken = {element.get("id") for element in root.iter() if element.get("id")}
    for heading in headings:
        if heading.get("id"):
            continue
        stem = slug(words(heading))
        name, count = stem, 2
        while name in taken:
            name, count = f"{stem}-{count}", count + 1
        taken.add(name)
        heading.set("id", name)


def _fill_contents(root: ET.Element, headings: list[ET.Element]) -> None:
    wanted = [h for h in headings if int(h.tag[1]) <= TOC_DEPTH]
    if len(wanted) > TOC_MOST:
        wanted = [h for h in wanted if h.tag == "h1"]
    for nav in list(root.iter("nav")):
        if nav.get("role") != "doc-toc" or nav.find("ol") is not None:
            continue
        if len(wanted) < trim.FEWEST_ENTRIES or trim.lines(root) < trim.PAGE:
            trim.drop(root, nav)
            continue
        outer = ET.SubElement(nav, "ol")
        inner: ET.Element | None = None
        for heading in wanted:
            if heading.tag == "h1" or not len(outer):
                item, inner = ET.SubElement(outer, "li"), None
            else:
                if inner is None:
                    inner = ET.SubElement(outer[-1], "ol")
                item = ET.SubElement(inner, "li")
            link = ET.SubElement(item, "a", {"href": "#" + (heading.get("id") or "")})
            _copy_words(heading, link)


_KEPT = frozenset({"span", "em", "i", "sub", "sup"})


def _copy_words(source: ET.Element, target: ET.Element) -> None:
    """Copy a heading's words and the languages they are in; footnotes and links stay behind."""
    target.text = source.text
    for child in source:
        if child.get("role") in ASIDE:
            append(target, child.tail)
        elif child.tag in _KEPT:
            copy = ET.SubElement(target, child.tag, {k: v for k, v in child.attrib.items() if k == "lang"})
            _copy_words(child, copy)
            copy.tail = child.tail
        else:
            append(target, words(child) + (child.tail or ""))


def _number(root: ET.Element, tag: str, label: str, name: str) -> None:
    for count, caption in enumerate(root.iter(tag), 1):
        number = ET.Element("b", {"class": "caption-label"})
        number.text, number.tail = f"{label} {count}.", " " + (caption.text or "").lstrip()
        caption.text = None
        caption.insert(0, number)


def write_out_links(root: ET.Element) -> None:
    """Complete a tree to be printed, in place: set an address behind each link that does not show it, and a page's number behind each that leads inside."""
    contents = {link for nav in root.iter("nav") for link in nav.iter("a")}
    for parent in list(root.iter()):
        for link in [child for child in parent if child.tag == "a"]:
            href = link.get("href", "")
            if href.startswith("#"):
                if link not in contents and link.get("role") != "doc-biblioref":
                    link.set("data-field", "target")
                continue
            shown = href.removeprefix("mailto:").removeprefix("tel:")
            if shown not in words(link):
                address = ET.Element("span", {"class": "address"})
                address.text, address.tail, link.tail = f" ({shown})", link.tail, None
                parent.insert(list(parent).index(link) + 1, address)
