"""Where texts stand on the pages of a PDF, found by their words and their order."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from report.preview.requests import Box

Key = TypeVar("Key")
_SHORT = 12
"""A text of fewer letters may stand on a page for other reasons: it counts only where it is printed as often as it is found."""
_HEAD = 24
"""Letters by which the first part of a text is found that goes on in the next column or on the next page."""
_HYPHENS = "-\u2010\u2011\u00ad\u0002\ufffe\uffff"
"""What may stand at the end of a line without being the text's: it does not count anywhere."""


class PageText:
    """The words of a page without regard to case and line ends; `offsets` has the place of each letter among PDFium's characters."""

    def __init__(self, page: Any):
        self._text, (self._width, self._height) = page.get_textpage(), page.get_size()
        letters: list[str] = []
        self._offsets: list[int] = []
        for letter, offset in _letters(self._text.get_text_range()):
            letters.append(letter)
            self._offsets.append(offset)
        self.words = "".join(letters)

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Return where the letters from `start` to `end` stand, line by line."""
        first, last = self._offsets[start], self._offsets[end - 1]
        corners = (self._text.get_rect(n) for n in range(self._text.count_rects(first, last - first + 1)))
        return tuple(
            Box(left / self._width, 1 - top / self._height, right / self._width, 1 - bottom / self._height)
            for left, bottom, right, top in corners
        )


def flat(text: str) -> str:
    """Return a text as `PageText` has it."""
    return "".join(letter for letter, _ in _letters(text.strip()))


def _letters(text: str) -> Iterator[tuple[str, int]]:
    """Yield the letters of a text that count, and their places: small, one space between words, and no hyphens."""
    last = before = ""
    for place, letter in enumerate(text):
        if letter.isspace():
            if last != " " and not (before in _HYPHENS and before and letter in "\r\n"):
                last = " "
                yield last, place
        elif letter not in _HYPHENS:
            for last in letter.casefold():
                yield last, place
        before = before if letter == "\r" else letter


def find(pages: Sequence[PageText], printed: Iterable[tuple[Key, str]]) -> Iterator[tuple[int, Key, tuple[Box, ...]]]:
    """Yield the page, counted from 0, and the boxes of each text that is found; `printed` has them in the order of the document.

    Longer texts come first, and what they cover is theirs. Equal texts go to their places in order.
    """
    claimed = _Claims()
    keys: dict[str, list[Key]] = defaultdict(list)
    for key, text in printed:
        if words := flat(text):
            keys[words].append(key)
    for words in sorted(keys, key=len, reverse=True):
        places = [place for place in _occurrences(pages, words) if claimed.are_free(place)]
        wanted = keys[words]
        if len(words) < _SHORT and len(places) != len(wanted):
            continue
        for number, place in enumerate(places):
            claimed.add(place)
            for page, start, end in place:
                if boxes := pages[page].boxes(start, end):
                    yield page, wanted[min(number, len(wanted) - 1)], boxes


Place = tuple[tuple[int, int, int], ...]
"""The parts of a text: the page, the first letter, and the one after the last."""


def _occurrences(pages: Sequence[PageText], words: str) -> Iterator[Place]:
    """Yield where a text stands, in the order of the pages; where it stands nowhere as a whole, where its parts do."""
    whole = False
    for number, page in enumerate(pages):
        start = page.words.find(words)
        while start >= 0:
            if _is_word(page.words, start, start + len(words)):
                whole = True
                yield ((number, start, start + len(words)),)
            start = page.words.find(words, start + 1)
    if not whole and len(words) > 2 * _HEAD:
        yield from _in_parts(pages, words)


def _in_parts(pages: Sequence[PageText], words: str) -> Iterator[Place]:
    """Yield where a text stands that is broken between columns or pages."""
    parts: list[tuple[int, int, int]] = []
    begin = first = 0
    while begin < len(words):
        head = words[begin : begin + _HEAD]
        for number in range(first, len(pages)):
            if (start := pages[number].words.find(head)) >= 0:
                break
        else:
            break
        page, length = pages[number].words, 0
        while begin + length < len(words) and page[start + length : start + length + 1] == words[begin + length]:
            length += 1
        parts.append((number, start, start + length))
        begin, first = begin + length, number
        while words[begin : begin + 1] == " ":
            begin += 1
    if parts:
        yield tuple(parts)


def _is_word(text: str, start: int, end: int) -> bool:
    """Say whether a text begins and ends where words do."""
    before, after = text[start - 1 : start] + text[start], text[end - 1 : end + 1]
    return not (before.isalnum() and len(before) > 1) and not (after.isalnum() and len(after) > 1)


class _Claims:
    """Which letters of which pages belong to a text already."""

    def __init__(self) -> None:
        self._starts: dict[int, list[tuple[int, int]]] = defaultdict(list)

    def are_free(self, place: Place) -> bool:
        """Say whether no letter of a place is taken."""
        for page, start, end in place:
            spans = self._starts[page]
            at = bisect.bisect_left(spans, (end, 0))
            if at and spans[at - 1][1] > start:
                return False
        return True

    def add(self, place: Place) -> None:
        for page, start, end in place:
            bisect.insort(self._starts[page], (start, end))
