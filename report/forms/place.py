"""A place of a form that can be filled, however Word makes it."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from report.formats.docx.xml import Element, q
from report.forms import text

Family = Literal["control", "legacy", "cell", "table", "bookmark", "prompt", "tag"]
Kind = Literal["text", "rich", "dropdown", "combo", "checkbox", "date", "picture", "rows"]
NEAREST = 160
"""How many characters of the nearest text are told."""


@dataclass(slots=True)
class Place:
    """One place: how it is addressed, what it takes, where it stands and what stands there.

    `limit` counts characters with spaces. `columns` are the parts of a row, where it takes rows. `rules` say what else
    the form asks of a value: the pattern of a date, its language.
    """

    family: Family
    name: str
    kind: Kind
    part: str
    paragraph: int
    near: str
    element: Element
    now: str = ""
    options: tuple[str, ...] = ()
    limit: int | None = None
    locked: bool = False
    columns: tuple[str, ...] = ()
    optional: bool = False

    @property
    def address(self) -> str:
        return f"{self.family}:{self.name}"

    @property
    def at(self) -> str:
        return f"{self.part} ¶{self.paragraph}"


def nearest(element: Element, title: str = "", *, after: bool = False) -> str:
    """Return the text that tells a reader what belongs at `element`.

    It stands before it in its line (with `after`, as with a box to tick, behind it), left of it or above it in a table, is its own
    `title`, or the last paragraph with words before it.
    """
    paragraph = next((a for a in (element, *element.iterancestors()) if a.tag == text.P), None)
    if paragraph is not None and paragraph is not element:
        before, behind = _around(paragraph, element)
        if said := (behind or before) if after else before:
            return said
    cell = next((a for a in element.iterancestors(text.TC)), None)
    if cell is not None:
        for left in cell.itersiblings(text.TC, preceding=True):
            if said := _short(text.of(left)):
                return said
        if said := _above(cell):
            return said
    if title:
        return title
    for each in itertools.islice(_earlier(element), _BACK):
        if said := _short(text.of(each)):
            return said
    return ""


_BACK = 12
"""How many paragraphs are looked at for words before a place."""


def _earlier(element: Element) -> Iterator[Element]:
    """Yield the paragraphs that end before an element, the nearest first."""
    here: Element | None = element
    while here is not None:
        for before in here.itersiblings(preceding=True):
            yield from _backwards(before)
        here = here.getparent()


def _backwards(element: Element) -> Iterator[Element]:
    for child in element.iterchildren(reversed=True):
        yield from _backwards(child)
    if element.tag == text.P:
        yield element


def _around(paragraph: Element, element: Element) -> tuple[str, str]:
    """Return the words of a paragraph before an element and those behind it."""
    inside = set(element.iter())
    before: list[str] = []
    behind: list[str] = []
    passed = False
    for each in paragraph.iter():
        passed = passed or each is element
        if each.tag == text.T and each not in inside:
            (behind if passed else before).append(each.text or "")
    return _short("".join(before)), _short("".join(behind))


def _above(cell: Element) -> str:
    row = next(cell.iterancestors(text.TR))
    place = column(cell)
    for above in row.itersiblings(text.TR, preceding=True):
        same = next((c for c in cells(above) if column(c) == place), None)
        if same is not None and (said := _short(text.of(same))):
            return said
    return ""


def cells(row: Element) -> list[Element]:
    """Return the cells of a row, those inside content controls too."""
    return [c for c in row.iter(text.TC) if next(c.iterancestors(text.TR)) is row]


def span(cell: Element) -> int:
    """Return how many columns of the grid a cell takes."""
    said = cell.find(f"{q('w:tcPr')}/{q('w:gridSpan')}")
    return max(1, text.number(said, 1))


def column(cell: Element) -> int:
    """Return the first column of the grid that a cell takes, from 0."""
    row = next(cell.iterancestors(text.TR))
    before = row.find(f"{q('w:trPr')}/{q('w:gridBefore')}")
    place = text.number(before, 0)
    for each in cells(row):
        if each is cell:
            break
        place += span(each)
    return place


def covered(element: Element, held: Collection[Element]) -> bool:
    """Say whether an element is part of one of those `held` by places, or of what the funder has locked."""
    above = [element, *element.iterancestors()]
    return any(each in held or (each.tag == text.SDT and _shut(each)) for each in above)


def _shut(control: Element) -> bool:
    """Say whether a control lets nobody change what it holds; a group lets nothing but the controls in it be filled."""
    properties = control.find(text.SDT_PR)
    if properties is None:
        return False
    lock = properties.find(q("w:lock"))
    locked = lock is not None and lock.get(q("w:val")) in ("contentLocked", "sdtContentLocked")
    return locked or any(properties.find(q(name)) is not None for name in _PARTS_OF_FORM)


_PARTS_OF_FORM = ("w:group", "w:docPartObj", "w:docPartList")


def deleted(element: Element) -> bool:
    """Say whether an element was struck out while changes were tracked."""
    return any(a.tag in (q("w:del"), q("w:moveFrom")) for a in element.iterancestors())


def _short(said: str) -> str:
    line = " ".join(said.split())
    return line if len(line) <= NEAREST else "…" + line[-NEAREST:]
