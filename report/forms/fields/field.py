"""A field of a Word form, however Word makes it, and the text beside it that tells what belongs in it."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from lxml import etree

from report.formats.ooxml import Element, q
from report.forms.word import text
from report.values import required

Family = Literal["control", "legacy", "cell", "table", "bookmark", "prompt", "tag"]
Kind = Literal["text", "rich", "dropdown", "combo", "checkbox", "date", "picture", "rows"]
NEARBY = 160
"""The most characters of the nearby text that are shown."""
_FAR = 4 * NEARBY
_BACK, _CELLS_BACK = 12, 63
"""How many paragraphs, and cells of its row, are searched for words before a field; Word's tables have no more columns."""
_FORM_PARTS = ("w:group", "w:docPartObj", "w:docPartList")


@dataclass(slots=True)
class WordField:
    """One field: how it is addressed, what it takes, where it is and what it holds now.

    `limit` counts characters with spaces. `columns` are the parts of a row, where it takes rows.
    """

    family: Family
    name: str
    kind: Kind
    part: str
    near: str
    element: Element
    now: str = ""
    options: tuple[str, ...] = ()
    limit: int | None = None
    locked: bool = False
    columns: tuple[str, ...] = ()
    paragraph: int = 0

    @property
    def address(self) -> str:
        return f"{self.family}:{self.name}"

    @property
    def at(self) -> str:
        return f"{self.part} ¶{self.paragraph}"


def nearby_text(element: Element, title: str = "", *, after: bool = False) -> str:
    """Return the text that tells a reader what belongs at `element`.

    It stands before it in its line (with `after`, as with a box to tick, behind it), left of it or above it in a table, is its own
    `title`, or the last paragraph with words before it.
    """
    paragraph = element if element.tag == text.P else text.ancestor(element, text.P)
    if paragraph is not None and paragraph is not element:
        before, behind = _around(paragraph, element)
        if words := (behind or before) if after else before:
            return words
    if (cell := text.ancestor(element, text.TC)) is not None:
        for left in itertools.islice(cell.itersiblings(text.TC, preceding=True), _CELLS_BACK):
            if words := _short(text.of(left)):
                return words
        if words := _above(cell):
            return words
    if title:
        return title
    earlier = itertools.islice(_earlier(element if paragraph is None else paragraph), _BACK)
    return next(filter(None, (_short(text.of(each)) for each in earlier)), "")


def _earlier(element: Element) -> Iterator[Element]:
    """Yield the paragraphs that end before an element, the nearest first."""
    ancestor: Element | None = element
    while ancestor is not None:
        for before in ancestor.itersiblings(preceding=True):
            yield from _backwards(before)
        ancestor = ancestor.getparent()


def _backwards(element: Element) -> Iterator[Element]:
    for child in element.iterchildren(reversed=True):
        yield from _backwards(child)
    if element.tag == text.P:
        yield element


def _around(paragraph: Element, element: Element) -> tuple[str, str]:
    """Return the words of a paragraph before an element and those behind it, as far as they are shown."""
    words = _words(paragraph)
    begin, end = words.spans[element]
    return words.last(0, begin), words.last(end, len(words.text))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a paragraph, and where those in each of its elements begin and end."""

    text: str
    spans: Mapping[Element, tuple[int, int]]

    def last(self, begin: int, end: int) -> str:
        """Return the last of the words between two offsets; a long way before them is not searched."""
        near = _short(self.text[max(begin, end - _FAR) : end])
        return near if len(near) > NEARBY else _short(self.text[begin:end])


@lru_cache(maxsize=1)
def _words(paragraph: Element) -> _Words:
    """Read a paragraph's words, once for all of its fields, of which there may be thousands."""
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


_TEXT_ABOVE: dict[tuple[Element, int], str] = {}
"""What stands above a row in a column of the grid."""


def clear_caches() -> None:
    """Discard what was read of a part: it may change."""
    _words.cache_clear()
    _columns.cache_clear()
    _TEXT_ABOVE.clear()


def _above(cell: Element) -> str:
    """Return the nearest words above a cell in its column; the blank cells between have the same words above them."""
    row: Element | None = required(text.ancestor(cell, text.TR))
    column = next(begin for each, begin in _columns(required(row)) if each is cell)
    words, passed = "", []
    while row is not None and not words:
        if (row, column) in _TEXT_ABOVE:
            words = _TEXT_ABOVE[row, column]
            break
        passed.append(row)
        row = next(row.itersiblings(text.TR, preceding=True), None)
        same = next((c for c, begin in _columns(row) if begin == column), None) if row is not None else None
        words = _short(text.of(same)) if same is not None else ""
    _TEXT_ABOVE.update(((each, column), words) for each in passed)
    return words


def cells(row: Element) -> list[Element]:
    """Return the cells of a row, those inside content controls too."""
    return [cell for cell in row.iter(text.TC) if text.ancestor(cell, text.TR) is row]


def columns(row: Element) -> list[tuple[Element, int]]:
    """Return the cells of a row, each with the first column of the grid that it takes, from 0."""
    column = text.number(row.find(f"{q('w:trPr')}/{q('w:gridBefore')}"), 0)
    result = []
    for cell in cells(row):
        result.append((cell, column))
        column += max(1, text.number(cell.find(f"{q('w:tcPr')}/{q('w:gridSpan')}"), 1))
    return result


_columns = cache(columns)


def covered(element: Element, fields: Collection[Element]) -> bool:
    """Say whether an element is part of one of those `fields`, or of what the funder has locked."""
    return any(
        each in fields or (each.tag == text.SDT and _is_locked(each)) for each in (element, *element.iterancestors())
    )


def _is_locked(control: Element) -> bool:
    """Say whether nobody may change what a control holds; in a group only the controls in it can be filled."""
    properties = control.find(text.SDT_PR)
    if properties is None:
        return False
    locked = text.value(properties, "w:lock") in ("contentLocked", "sdtContentLocked")
    return locked or any(properties.find(q(name)) is not None for name in _FORM_PARTS)


def deleted(element: Element) -> bool:
    """Say whether an element was struck out while changes were tracked."""
    return text.ancestor(element, q("w:del"), q("w:moveFrom")) is not None


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= NEARBY else "…" + line[-NEARBY:]
