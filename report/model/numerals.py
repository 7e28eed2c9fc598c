"""Numbers with a stop at the beginning of lines: which of them Markdown may count, so that each is printed as it is typed.

Markdown counts a list from its first number, whatever the others are: of “12. May” and “14. June” it would make 12 and 13.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from babel import Locale

from report.source.unseen import SPACES

_MARK = re.compile(rf"[ \t{SPACES}]*(?:([-+*])|(\d{{1,9}})([.)]))(?=[ \t{SPACES}]|$)")
"""A bullet or a number at the beginning of a line, or behind another."""
_NARROW = 2
"""Letters of the names of months that are too short to tell."""
_YEARS = 1000
"""No list counts so far: it is a year."""
_WORD = re.compile(rf"[ \t{SPACES}]*(?:(\d{{1,2}})\.|([^\W\d_]+))")
_ORDINAL = "bg bs cs da de en et fi fo fr hr hsb hu is it lb lt lv mk nb nn no pl ro ru sk sl sq sr sr-Latn sv tr uk"
"""Languages whose months are known where days may have a stop behind them."""


class Number(NamedTuple):
    """A number that may begin an item, or a bullet, which has none: its line, where its stop is, its column, what follows it."""

    line: int
    stop: int
    column: int
    value: int | None
    follows: str
    inner: bool
    """Whether another sign of a list stands before it in its line."""

    @property
    def content(self) -> int:
        """Return the column at which the text of its item begins."""
        return self.column + len(str(self.value)) + 2


def kept(text: str) -> tuple[str, set[int]]:
    """Return a text in which those numbers are escaped that Markdown would print otherwise, and the lines at which lists begin anew."""
    found = [one for one in _numbers(text) if one.value is None or one.value < _YEARS]
    runs, cuts, counted = _runs(found), set[int](), set[int]()
    for run, anew in runs:
        if _is_list(run) and not (anew and run[0].column):
            counted |= {one.stop for one in run}
            if anew:
                cuts.add(run[0].line)
    made, end = [], 0
    for one in _numbers(text):
        if one.value is not None and one.stop not in counted:
            made += [text[end : one.stop], "\\"]
            end = one.stop
        elif one.value is not None and text[one.stop + 1 : one.stop + 2] not in ("", " ", "\t", "\n"):
            made += [text[end : one.stop + 1], " "]
            end = one.stop + 2
    return "".join([*made, text[end:]]), cuts


def ones(text: str) -> int | None:
    """Return the first line of a list all of whose items are numbered 1, so that they are printed as 1, 2, 3; None without one."""
    runs = [run for run, _ in _runs([one for one in _numbers(text) if one.value is None or one.value < _YEARS])]
    return next((run[0].line for run in runs if _is_list(run) and run[-1].value == 1), None)


def _is_list(run: list[Number]) -> bool:
    """Say whether numbers that follow one another are a list's; days of months that are all the first are none."""
    return len(run) > 1 and not (run[-1].value == run[0].value and any(_is_date(one.follows) for one in run))


def _is_date(words: str) -> bool:
    """Say whether a month follows: “1. May”, “1. 5. 2004”."""
    found = _WORD.match(words)
    return bool(found and (found[1] or found[2].lower() in _months()))


@functools.cache
def _months() -> frozenset[str]:
    """Return the names of months in small letters, whole and abbreviated."""
    every = (Locale.parse(language, sep="-").months for language in _ORDINAL.split())
    names = (str(name) for months in every for form in months.values() for width in form.values() for name in width.values())  # fmt: skip
    return frozenset(name.rstrip(".").lower() for name in names if len(name) > _NARROW)


def _numbers(text: str) -> Iterator[Number]:
    """Yield the signs at the beginning of each line: “- 12. May” has two."""
    offset = 0
    for number, line in enumerate(text.split("\n")):
        at = 0
        while one := _MARK.match(line, at):
            value = int(one[2]) if one[2] else None
            yield Number(number, offset + max(one.start(3), 0), max(one.start(1), one.start(2)), value, line[one.end() :], at > 0)  # fmt: skip
            at = one.end()
        offset += len(line) + 1


def _runs(found: Collection[Number]) -> list[tuple[list[Number], bool]]:
    """Return numbers of which each is one more than that before it, or all are 1, and whether others stand right before them."""
    runs: list[tuple[list[Number], bool]] = []
    around: list[list[Number]] = []
    for one in found:
        while around and _is_over(around, one):
            around.pop()
        if one.value is None:
            continue
        beside = bool(around) and not one.inner and one.column < around[-1][-1].content
        if beside and _follows(around[-1], one.value):
            around[-1].append(one)
            continue
        if beside:
            around.pop()
        around.append([one])
        runs.append((around[-1], beside))
    return runs


def _is_over(around: list[list[Number]], one: Number) -> bool:
    """Say whether the innermost of the lists around a sign ends before it."""
    first = around[-1][0]
    if one.value is None:
        return first.column > one.column
    if one.inner:
        return first.column >= one.column
    if first.inner:
        return one.column < first.column
    return len(around) > 1 and one.column < around[-2][-1].content


def _follows(run: list[Number], value: int) -> bool:
    last = run[-1].value
    return last is not None and (value == last + 1 or value == last == run[0].value == 1)
