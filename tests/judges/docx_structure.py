"""What Word's validators miss: our own checks of a written file, one small function each."""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from report.formats.ooxml import NAMESPACES, Element, q

_STORIES = ("word/document.xml", "word/footnotes.xml", "word/header", "word/footer")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def findings(path: Path) -> list[str]:
    """Return every fault found in the Word file at `path`, each begun by the name of its check."""
    found: list[tuple[str, str]] = []
    with zipfile.ZipFile(path) as archive:
        parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()
                 if name.startswith(_STORIES) and name.endswith(".xml")}  # fmt: skip
        found += list(_relationships(archive))
    for name, root in parts.items():
        for check in CHECKS:
            found += [(code, f"{name}: {message}") for code, message in check(root)]
    names = [mark.get(q("w:name")) for root in parts.values() for mark in root.iter(q("w:bookmarkStart"))]
    for root in parts.values():
        found += list(_anchors(root, set(names)))
    return [f"{code}: {message}" for code, message in found]


Found = Iterator[tuple[str, str]]


def _bookmarks(root: Element) -> Found:
    """ECMA-376 17.13.6: every bookmark has one end after its start, a number and a name of its own."""
    starts = list(root.iter(q("w:bookmarkStart")))
    numbers = [start.get(q("w:id")) for start in starts]
    names = [start.get(q("w:name")) for start in starts]
    open_numbers: set[str] = set()
    for element in root.iter(q("w:bookmarkStart"), q("w:bookmarkEnd")):
        number = element.get(q("w:id"))
        if element.tag == q("w:bookmarkStart"):
            open_numbers.add(number)
        elif number in open_numbers:
            open_numbers.remove(number)
        else:
            yield "bookmark", f"bookmark {number} ends without a start"
    yield from (("bookmark", f"bookmark {number} has no end") for number in sorted(open_numbers))
    yield from (("bookmark-id", f"two bookmarks have the number {n}") for n in _twice(numbers))
    yield from (("bookmark-name", f"two bookmarks have the name {n}") for n in _twice(names))
    yield from (("bookmark-name", f"the bookmark name {n} is too long") for n in names if len(n) > 40)


def _twice(values: list[str]) -> list[str]:
    return sorted(value for value, count in Counter(values).items() if count > 1)


def _fields(root: Element) -> Found:
    """ECMA-376 17.16.18: begin, separate and end come in this order and are nested."""
    open_fields: list[bool] = []
    for mark in root.iter(q("w:fldChar")):
        kind = mark.get(q("w:fldCharType"))
        if kind == "begin":
            open_fields.append(False)
        elif not open_fields or (kind == "separate" and open_fields[-1]):
            yield "field", f"a field has {kind} without begin"
        elif kind == "separate":
            open_fields[-1] = True
        else:
            open_fields.pop()
    if open_fields:
        yield "field", f"{len(open_fields)} fields have no end"


def _grids(root: Element) -> Found:
    """ECMA-376 17.4.17, 17.4.48: no row is wider than the grid."""
    for table in root.iter(q("w:tbl")):
        columns = len(table.findall(f"{q('w:tblGrid')}/{q('w:gridCol')}"))
        for number, row in enumerate(table.findall(q("w:tr")), 1):
            spans = [c.find(f"{q('w:tcPr')}/{q('w:gridSpan')}") for c in row.findall(q("w:tc"))]
            width = sum(1 if span is None else int(span.get(q("w:val"))) for span in spans)
            if width != columns:
                yield "grid", f"row {number} of a table covers {width} of {columns} columns"


def _cells(root: Element) -> Found:
    """ECMA-376 17.4.65: the last block of a cell is a paragraph."""
    for cell in root.iter(q("w:tc")):
        if not len(cell) or cell[-1].tag != q("w:p"):
            yield "cell", "a cell does not end with a paragraph"


def _images(root: Element) -> Found:
    """ECMA-376 20.4.2.5: a drawing has alternative text, or is marked as decoration."""
    for drawing in root.iter(q("wp:docPr")):
        decorative = next(drawing.iter(q("adec:decorative")), None)
        if not drawing.get("descr") and (decorative is None or decorative.get("val") != "1"):
            yield "image", f"drawing {drawing.get('id')} has no alternative text"


def _headings(root: Element) -> Found:
    """ISO 14289-1 7.4.2: no heading level is skipped; a title counts as the first level."""
    last = 0
    for style in root.iter(q("w:pStyle")):
        value = style.get(q("w:val"))
        level = int(value[7:]) if value.startswith("Heading") and value[7:].isdigit() else 1 if value == "Title" else 0
        if level > last + 1:
            yield "heading", f"a heading of level {level} follows one of level {last}"
        last = level or last


def _anchors(root: Element, names: set[str]) -> Found:
    """ECMA-376 17.16.22: a link inside the document leads to a bookmark."""
    for link in root.iter(q("w:hyperlink")):
        anchor = link.get(q("w:anchor"))
        if anchor is not None and anchor not in names:
            yield "anchor", f"a link leads to the missing bookmark {anchor}"


def _relationships(archive: zipfile.ZipFile) -> Found:
    """ECMA-376 part 2, 6.5: what a relationship targets exists, and what a part refers to is a relationship of it."""
    members = set(archive.namelist())
    known: dict[str, set[str]] = {}
    for name in sorted(members):
        if not name.endswith(".rels"):
            continue
        folder, base = posixpath.split(posixpath.dirname(name))[0], posixpath.basename(name).removesuffix(".rels")
        entries = list(etree.fromstring(archive.read(name)).iter(_RELATIONSHIP))
        known[posixpath.join(folder, base)] = {entry.get("Id") for entry in entries}
        for entry in entries:
            target = entry.get("Target")
            place = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if entry.get("TargetMode") != "External" and place not in members:
                yield "relationship", f"{name}: {entry.get('Id')} leads to the missing part {place}"
    space = f"{{{NAMESPACES['r']}}}"
    for name in sorted(member for member in members if member.startswith("word/") and member.endswith(".xml")):
        for element in etree.fromstring(archive.read(name)).iter(etree.Element):
            for key, value in element.attrib.items():
                if key.startswith(space) and value not in known.get(name, set()):
                    yield "relationship", f"{name}: there is no relationship {value}"


CHECKS: tuple[Callable[[Element], Found], ...] = (_bookmarks, _fields, _grids, _cells, _images, _headings)
