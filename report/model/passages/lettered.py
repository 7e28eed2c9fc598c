"""Lists whose items begin with letters, Roman numbers or numbers in brackets, which Markdown does not know."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

_LETTERED = re.compile(
    r"([ \t]*)(?:(\()([0-9]{1,3}|[^\W\d_]{1,5}|[ivxIVX]{6,7})\)|([^\W\d_]{1,5}|[ivxIVX]{6,7})(\))|([a-zа-я]|[ivxIVX]{1,7})(\.))"
    r"(?:\s+|(?=[^\W\d_][^\W\d_.]))"
)
"""A line that begins with a letter or a Roman number and a bracket, with a number in brackets, or with a small letter or a Roman number and a stop."""
_MOST_ROMAN = 40
_TRIES = 4
"""So often lists that Markdown does not take for some are left out, and the others tried again."""
_LETTERS = {"a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "а": "абвгдежзи", "А": "АБВГДЕЖЗИ"}
"""Letters of lists by their first; of Cyrillic ones those that all languages and Word count alike."""
KINDS: Mapping[str, Mapping[str, str | int | float]] = {
    **{kind: {"type": kind} for kind in "aAiI"},
    "а": {"class": "cyrillic"},
    "А": {"class": "cyrillic capitals"},
    "1": {},
}
"""The attributes of a numbered list by its first number."""


class Prepared(NamedTuple):
    """A passage for Markdown: its text, the kinds of lettered lists by their lines, the lines at which others begin, and what
    numbers the items have that Markdown would count otherwise, by their lines."""

    text: str
    kinds: Mapping[int, str]
    cuts: Collection[int]
    numbers: Mapping[int, int]


class Item(NamedTuple):
    """A line that may begin an item of a lettered list."""

    line: int
    indent: int
    form: str
    label: str
    end: int


def label(number: int, kind: str) -> str:
    """Return what stands before an item of a list: 3, c, iii, в."""
    if kind in _LETTERS and 0 < number <= len(_LETTERS[kind]):
        return _LETTERS[kind][number - 1]
    if kind in ("i", "I") and number > 0:
        tens, ones = divmod(number, 10)
        roman = "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
        return roman if kind == "i" else roman.upper()
    return str(number)


def numbered(
    lines: list[str],
    cuts: Collection[int],
    numbers: Mapping[int, int],
    items: Callable[[str, Collection[int]], list[int]],
) -> Prepared:
    """Return a text with numbers for the letters of its lists; what Markdown takes for no item stays as it is."""
    text = "\n".join(lines)
    maybe = ((number, _LETTERED.match(line)) for number, line in enumerate(lines))
    runs = list(_runs([Item(number, len(one[1]), *_form(one), one.end()) for number, one in maybe if one]))
    numbered = [line for line in numbers if lines[line][:1].isdecimal()]
    for _ in range(_TRIES if runs else 0):
        made = list(lines)
        for _, run in runs:
            for number, item in enumerate(run, 1):
                stop = "." if item.form == "." else ")"
                made[item.line] = f"{' ' * item.indent}{number}{stop} {lines[item.line][item.end :]}"
        own = {*cuts, *(line for _, run in runs if not run[0].indent for line in _around(numbered, run))}
        there = set(items("\n".join(made), own))
        good = [(kind, run) for kind, run in runs if all(item.line in there for item in run)]
        if len(good) == len(runs):
            told = {item.line: _number(item.label, kind) for kind, run in runs for item in run}
            kinds = {item.line: kind for kind, run in runs for item in run}
            return Prepared("\n".join(made), kinds, own, {**numbers, **told})
        runs = good
    return Prepared(text, {}, cuts, numbers)


def _around(numbered: list[int], run: list[Item]) -> list[int]:
    """Return the line that a list begins at, and the first `numbered` one behind it, which Markdown would take for more of the same."""
    behind = bisect.bisect(numbered, run[-1].line)
    return [run[0].line, *numbered[behind : behind + 1]]


def _form(one: re.Match[str]) -> tuple[str, str]:
    return (one[2] or "") + (")" if one[2] else one[5] or one[7]), one[3] or one[4] or one[6]


def _runs(found: list[Item]) -> Iterator[tuple[str, list[Item]]]:
    """Yield the lists among lines that may be items: those that count upwards, with their kinds."""
    taken: set[int] = set()
    for place, first in enumerate(found):
        if first.line in taken:
            continue
        runs = [(kind, _run(found, place, kind)) for kind in KINDS]
        kind, run = max(runs, key=lambda one: len(one[1]))
        if len(run) > 1:
            taken |= {item.line for item in run}
            yield kind, run


def _run(found: list[Item], place: int, kind: str) -> list[Item]:
    """Return the items that count upwards in a kind of numbers, from the first letter or with the next one behind it; none where
    more follow than it has letters."""
    run: list[Item] = []
    before = 0
    for index in range(place, len(found)):
        item = found[index]
        if run and item.indent > run[0].indent:
            continue
        if run and (item.indent < run[0].indent or item.form != run[0].form):
            break
        number = _number(item.label, kind)
        if number <= before or (len(run) == 1 and (before != 1 or item.form == ".") and number != before + 1):
            return [] if kind in "аА" and before == len(_LETTERS[kind]) else run
        run.append(item)
        before = number
    return run


def _number(label_: str, kind: str) -> int:
    """Return the number that a label is in a kind of numbers; 0 where it is none."""
    if kind in _LETTERS:
        return _LETTERS[kind].find(label_) + 1 if len(label_) == 1 else 0
    if kind == "1":
        return int(label_) if label_.isdecimal() else 0
    return next((number for number in range(1, _MOST_ROMAN) if label(number, kind) == label_), 0)
