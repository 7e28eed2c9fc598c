"""A place of a form that can be filled, however Word makes it."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from lxml import etree

from report.formats.ooxml import Element, q
from report.forms.word import text

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
        for left in itertools.islice(cell.itersiblings(text.TC, preceding=True), _CELLS_BACK):
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


_BACK, _CELLS_BACK = 12, 63
"""How many paragraphs, and cells of its row, are looked at for words before a place; Word's tables have no more columns."""


def _earlier(element: Element) -> Iterator[Element]:
    """Yield the paragraphs that end before an element, or before the one that it is in, the nearest first."""
    here: Element | None = next((a for a in (element, *element.iterancestors()) if a.tag == text.P), element)
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
    """Return the words of a paragraph before an element and those behind it, as far as they are told."""
    words = _words(paragraph)
    begin, end = words.spans[element]
    return words.last(0, begin), words.last(end, len(words.said))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a paragraph, and where those in each of its elements begin and end."""

    said: str
    spans: Mapping[Element, tuple[int, int]]

    def last(self, begin: int, end: int) -> str:
        """Return the last of the words between two places; a long way before them is not looked at."""
        near = _short(self.said[max(begin, end - _FAR) : end])
        return near if len(near) > NEAREST else _short(self.said[begin:end])


@lru_cache(maxsize=1)
def _words(paragraph: Element) -> _Words:
    """Read a paragraph's words; it is asked for the places in one paragraph after another, and there may be thousands in one."""
    pieces: list[str] = []
    spans: dict[Element, tuple[int, int]] = {}
    count = 0
    for event, each in etree.iterwalk(paragraph, events=("start", "end")):
        if event == "end":
            spans[each] = spans[each][0], count
            continue
        spans[each] = count, count
        if each.tag == text.T and each.text:
            pieces.append(each.text)
            count += len(each.text)
    return _Words("".join(pieces), spans)


_SAID_ABOVE: dict[tuple[Element, int], str] = {}
"""What stands above a row in a column of the grid."""


def forget() -> None:
    """Forget what was read of a part: it may change."""
    _words.cache_clear()
    _columns.cache_clear()
    _SAID_ABOVE.clear()


_FAR = 4 * NEAREST


def _above(cell: Element) -> str:
    """Return the nearest words above a cell in its column; what is found for a cell counts for the blank ones above it, too."""
    row: Element | None = next(cell.iterancestors(text.TR))
    place = next(begin for each, begin in _columns(row) if each is cell)
    said, walked = "", []
    while row is not None and not said:
        if (row, place) in _SAID_ABOVE:
            said = _SAID_ABOVE[row, place]
            break
        walked.append(row)
        row = next(row.itersiblings(text.TR, preceding=True), None)
        same = next((c for c, begin in _columns(row) if begin == place), None) if row is not None else None
        said = _short(text.of(same)) if same is not None else ""
    _SAID_ABOVE.update(((each, place), said) for each in walked)
    return said


def cells(row: Element) -> list[Element]:
    """Return the cells of a row, those inside content controls too."""
    return [c for c in row.iter(text.TC) if next(c.iterancestors(text.TR)) is row]


def span(cell: Element) -> int:
    """Return how many columns of the grid a cell takes."""
    said = cell.find(f"{q('w:tcPr')}/{q('w:gridSpan')}")
    return max(1, text.number(said, 1))


def columns(row: Element) -> list[tuple[Element, int]]:
    """Return the cells of a row, each with the first column of the grid that it takes, from 0."""
    place = text.number(row.find(f"{q('w:trPr')}/{q('w:gridBefore')}"), 0)
    found = []
    for each in cells(row):
        found.append((each, place))
        place += span(each)
    return found


_columns = cache(columns)


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
