"""Which lines of a passage are items of a list, and with what numbers: Markdown's notation, and the lists that people type otherwise."""

from __future__ import annotations

import bisect
import re
import textwrap
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from report.source.unseen import SPACES

_YEARS, _LONGEST = 1000, 4
"""Numbers from here on may be years; numbers of more digits are no item's."""
_DOTS = "•‣◦·●○■□▪▫◆◇►▶➢➤❖\uf0a7\uf0b7\uf0d8"
"""What people type and Word copies for the items of a list; those of private use are signs of its symbol fonts."""
_GAP = rf"[ \t{SPACES}]"
_NUMBER = re.compile(rf"([ \t]*)(\d{{1,9}})([.)])(?:({_GAP}+)(?=\S)|\s*$|(?=[^\W\d_]))")
_SIGN = re.compile(rf"([ \t]*)(?:([-+*{_DOTS}–—])({_GAP}+)(?=\S)|([-–—{_DOTS}])(?=[^\W\d_])|(\*)(?=[^\W\d_][^*]*$))")
"""A line that begins with the sign of an item, with a space behind it or, before a letter, without."""
_DASH = re.compile(rf"^([ \t]*[-+*])[{SPACES}]+", re.MULTILINE)
_INDENT = re.compile(rf"^[ \t{SPACES}]+", re.MULTILINE)
_LETTERED = re.compile(
    r"([ \t]*)(?:(\()(\d{1,3}|[^\W\d_]{1,5})\)|([^\W\d_]{1,5})(\))|([a-zа-я])(\.))(?:\s+|(?=[^\W\d_][^\W\d_.]))"
)
"""A line that begins with a letter or a Roman number and a bracket, with a number in brackets, or with a small letter and a stop."""
_ITEM = re.compile(rf"( *)(?:[-+*–—{_DOTS}]|\d{{1,4}}[.)]|\(?[^\W_]{{1,5}}\)|[a-zа-я]\.) +(?=\S)")
_ENDS = (".", ":", ";", ",", "!", "?", "…")
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


class Number(NamedTuple):
    """A line that begins with a number and a stop or a bracket; a `tight` one has no space behind it."""

    line: int
    indent: str
    number: int
    digits: str
    stop: str
    tight: bool
    rest: str


def label(number: int, kind: str) -> str:
    """Return what stands before an item of a list: 3, c, iii, в."""
    if kind in _LETTERS and 0 < number <= len(_LETTERS[kind]):
        return _LETTERS[kind][number - 1]
    if kind in ("i", "I") and number > 0:
        tens, ones = divmod(number, 10)
        roman = "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
        return roman if kind == "i" else roman.upper()
    return str(number)


def prepared(text: str, items: Callable[[str, Collection[int]], list[int]]) -> Prepared:
    """Return a passage so that Markdown finds those lists that are meant; `items` says at which lines it finds some.

    A text of one line has none: “24. December is our day.” A number is an item's where another follows or goes before it: the
    next one, the same again, or any that stands like it at the beginning of a paragraph or behind the end of a sentence, years among
    them. Items that begin with “•” or a dash are as good as those with Markdown's own signs.
    """
    if "\n" not in text:
        one = _NUMBER.match(text)
        if one and (one[4] is not None or one.end() == len(text)):
            text = f"{one[1]}{one[2]}\\{text[one.end(2) :]}"
        return Prepared(re.sub(r"^(\s*)([-+*])(?=\s|\Z)", r"\1\\\2", text), {}, (), {})
    if not text.isascii():
        text = _DASH.sub(r"\1 ", _indented(text))
    lines = text.split("\n")
    _nest(lines)
    _bullets(lines)
    cuts, numbers = _numbered(lines)
    return _lettered(lines, cuts, numbers, items)


def _indented(text: str) -> str:
    """Return a text with plain spaces for others that indent its lines, which go where they indent all lines but the first."""
    if not any(re.search(f"[{SPACES}]", found[0]) for found in _INDENT.finditer(text)):
        return text
    first, _, rest = _INDENT.sub(lambda found: re.sub(f"[{SPACES}]", " ", found[0]), text).partition("\n")
    return f"{first}\n{textwrap.dedent(rest)}"


def _nest(lines: list[str]) -> None:
    """Indent items by as much as Markdown asks for below those that they belong to: two spaces are few below “1. ”."""
    around: list[tuple[int, int]] = []
    for place, line in enumerate(lines):
        found = _ITEM.match(line)
        indent = len(line) - len(line.lstrip(" "))
        if found is None and line.strip() and not indent and place and not lines[place - 1].strip():
            around.clear()
        if found is None:
            continue
        while around and indent < around[-1][0] + 2:
            around.pop()
        shift = max(0, around[-1][1] - indent) if around else 0
        lines[place] = " " * shift + line
        around.append((indent, found.end() + shift))


def _bullets(lines: list[str]) -> None:
    """Write Markdown's sign for the signs of items: a dot's, a dash's and one without a space behind it where another is near."""
    found = {number: sign for number, line in enumerate(lines) if (sign := _SIGN.match(line))}
    dots = [number for number, sign in found.items() if sign[2] and sign[2] in _DOTS]
    good = set(dots if len(dots) > 1 else [])
    for run in _runs_of(lines, sorted(found)):
        tight = [number for number in run if not found[number][3]]
        same = {found[number][4] or found[number][5] or found[number][2] for number in run}
        if len(run) > 1 and not (tight and len(same) > 1):
            good |= set(run)
        elif len(run) - len(tight) > 1:
            good |= set(run) - set(tight)
    for number in good:
        if not (found[number][3] and found[number][2] in "-+*"):
            lines[number] = f"{found[number][1]}- {lines[number][found[number].end() :]}"


def _runs_of(lines: list[str], found: list[int]) -> Iterator[list[int]]:
    """Yield the lines of a list's items, each with those that follow it: only lines of an item, and one empty line, stand between."""
    run: list[int] = []
    for number in found:
        lazy = bool(run) and _stands(lines, run[0])
        between = lines[run[-1] + 1 : number] if run else []
        if run and not (_joined(between) and (lazy or all(not one.strip() or one[0] in " \t" for one in between))):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _joined(between: list[str]) -> bool:
    """Say whether lines between two items belong to the first: behind an empty line those that are indented."""
    empty = False
    for line in between:
        if line.strip() and empty and line[0] not in " \t":
            return False
        empty = empty or not line.strip()
    return True


def _stands(lines: list[str], line: int) -> bool:
    """Say whether a line is not the middle of a sentence: it begins a paragraph, follows the end of a sentence, or stands below an
    item and is indented more."""
    before = lines[line - 1] if line else ""
    deeper = len(lines[line]) - len(lines[line].lstrip()) > len(before) - len(before.lstrip())
    return not before.strip() or before.rstrip().endswith(_ENDS) or bool(deeper and _ITEM.match(before))


def _numbered(lines: list[str]) -> tuple[set[int], dict[int, int]]:
    """Write numbers so that Markdown takes them for items where they are; return where lists begin anew, and the items' numbers."""
    found = [
        Number(line, one[1], int(one[2]), one[2], one[3], one[4] is None and one.end() < len(text), text[one.end() :])
        for line, text in enumerate(lines)
        if (one := _NUMBER.match(text))
    ]
    good = _items_of(lines, found)
    cuts, numbers, before, falling = set[int](), dict[int, int](), 0, False
    for place, one in enumerate(found):
        if place not in good:
            if not one.tight:
                lines[one.line] = f"{one.indent}{one.digits}\\{lines[one.line][len(one.indent) + len(one.digits) :]}"
            continue
        if one.number == 1 and not one.indent and before > 1 and not (falling and before == 2):
            cuts.add(one.line)
        numbers[one.line], falling, before = one.number, one.number < before, one.number
        lines[one.line] = f"{one.indent}{1 if good[place] is None else one.digits}{one.stop} {one.rest}"
    return cuts, numbers


def _items_of(lines: list[str], found: list[Number]) -> dict[int, int | None]:
    """Return the places of those numbers that are items, each with that of the item before it in its list, if there is one."""
    good: dict[int, int | None] = {}
    last: list[int] = []
    for place, one in enumerate(found):
        while last and len(found[last[-1]].indent) > len(one.indent):
            last.pop()
        before = last[-1] if last and found[last[-1]].indent == one.indent else None
        if before is not None:
            last.pop()
        last.append(place)
        near = place and abs(found[place - 1].number - one.number) <= 1 and one.number < _YEARS
        if near and not (one.tight or found[place - 1].tight):
            good.setdefault(place - 1, None)
            good[place] = before if before in good else None
        if before is None or found[before].stop != one.stop or not _joined(lines[found[before].line + 1 : one.line]):
            continue
        if max(len(one.digits), len(found[before].digits)) > _LONGEST:
            continue
        step, tight = one.number - found[before].number, one.tight or found[before].tight
        if step == 1 if tight else before in good or found[before].number == 1 or _stands(lines, found[before].line):
            good.setdefault(before, None)
            good[place] = before
    return good


def _lettered(
    lines: list[str],
    cuts: Collection[int],
    numbers: Mapping[int, int],
    items: Callable[[str, Collection[int]], list[int]],
) -> Prepared:
    """Return a text with numbers for the letters of its lists; what Markdown takes for no item stays as it is."""
    text = "\n".join(lines)
    maybe = ((number, _LETTERED.match(line)) for number, line in enumerate(lines))
    runs = list(_runs([Item(number, len(one[1]), *_form(one), one.end()) for number, one in maybe if one]))
    numbered = [line for line in numbers if lines[line][:1].isdigit()]
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
        if number <= before or (len(run) == 1 and before != 1 and number != before + 1):
            return [] if kind in "аА" and before == len(_LETTERS[kind]) else run
        run.append(item)
        before = number
    return run


def _number(label_: str, kind: str) -> int:
    """Return the number that a label is in a kind of numbers; 0 where it is none."""
    if kind in _LETTERS:
        return _LETTERS[kind].find(label_) + 1 if len(label_) == 1 else 0
    if kind == "1":
        return int(label_) if label_.isdigit() else 0
    return next((number for number in range(1, _MOST_ROMAN) if label(number, kind) == label_), 0)
