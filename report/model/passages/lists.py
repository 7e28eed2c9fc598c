"""Which lines of a passage are items of a list, and with what numbers: Markdown's notation, and the lists that people type otherwise."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from report.model.passages import lettered
from report.source.invisible import SPACES

_YEARS, _LONGEST = 1000, 4
"""Numbers from here on may be years; numbers of more digits are no item's."""
_DOTS = "•‣◦·●○■□▪▫◆◇►▶➢➤❖\uf0a7\uf0b7\uf0d8"
"""What people type and Word copies for the items of a list; those of private use are signs of its symbol fonts."""
_GAP = rf"[ \t{SPACES}]"
_NUMBER = re.compile(rf"([ \t]*)([0-9]{{1,9}})([.)])(?:({_GAP}+)(?=\S)|\s*$|(?=[^\W\d_]))")
_SIGN = re.compile(rf"([ \t]*)(?:([-+*{_DOTS}–—])({_GAP}+)(?=\S)|([-–—{_DOTS}])(?=[^\W\d_])|(\*)(?=[^\W\d_][^*]*$))")
"""A line that begins with the sign of an item, with a space behind it or, before a letter, without."""
_DASH = re.compile(rf"^([ \t]*[-+*])[{SPACES}]+", re.MULTILINE)
_INDENT = re.compile(rf"^[ \t{SPACES}]+", re.MULTILINE)
_ITEM = re.compile(
    rf"( *)(?:[-+*–—{_DOTS}]|[0-9]{{1,4}}[.)]|\(?(?:[^\W_]{{1,5}}|[ivxIVX]{{6,7}})\)|[a-zа-я]\.) +(?=\S)"
)
_INNER = re.compile(r"( *(?:[-+*]|[0-9]{1,9}[.)]) +)([0-9]{1,9})(?=[.)](?: |$))")
_CALLED = re.compile(rf"^([ \t]*(?:(?:[-+*{_DOTS}–—]|[0-9]{{1,9}}[.)]|\(?[^\W_]{{1,5}}\)){_GAP}+)*)\+(?={_GAP}+[0-9])")
"""A plus before a number, as telephones have it: + 359 2 111 222."""
_DEEPEST = 9
"""Levels of lists in Word; what is deeper stands on the last."""
_ENDS = (".", ":", ";", ",", "!", "?", "…")


class Number(NamedTuple):
    """A line that begins with a number and a stop or a bracket; a `tight` one has no space behind it."""

    line: int
    indent: str
    number: int
    digits: str
    stop: str
    tight: bool
    rest: str


def prepared(text: str, items: Callable[[str, Collection[int]], list[int]]) -> lettered.Prepared:
    """Return a passage so that Markdown finds those lists that are meant; `items` says at which lines it finds some.

    A text of one line has none: “24. December is our day.” A number is an item's where another follows or goes before it: the
    next one, the same again, or any that stands like it at the beginning of a paragraph or behind the end of a sentence, years among
    them. Items that begin with “•” or a dash are as good as those with Markdown's own signs.
    """
    if "\n" not in text:
        one = _NUMBER.match(text)
        if one and (one[4] is not None or one.end() == len(text)):
            text = f"{one[1]}{one[2]}\\{text[one.end(2) :]}"
        return lettered.Prepared(re.sub(r"^(\s*)([-+*])(?=\s|\Z)", r"\1\\\2", text), {}, (), {})
    if not text.isascii():
        text = _DASH.sub(r"\1 ", _indented(text))
    lines = [_CALLED.sub(r"\1\\+", line, count=1) if "+" in line else line for line in text.split("\n")]
    _nest(lines)
    _bullets(lines)
    cuts, numbers = _numbered(lines)
    _within(lines, numbers)
    return lettered.numbered(lines, cuts, numbers, items)


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
        line = _INDENT.sub(lambda spaces: spaces[0].expandtabs(4), line)
        found = _ITEM.match(line)
        indent = len(line) - len(line.lstrip(" "))
        if found is None and line.strip() and not indent and place and not lines[place - 1].strip():
            around.clear()
        if found is None:
            continue
        while around and indent < around[-1][0] + 2:
            around.pop()
        del around[_DEEPEST - 1 :]
        wanted = around[-1][1] if around else indent
        shift = wanted - indent if indent < wanted or len(around) == _DEEPEST - 1 else 0
        lines[place] = f"{' ' * (indent + shift)}{line[indent:]}"
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
        Number(line, m[1], int(m[2]), m[2], m[3], m[4] is None and m.end() < len(text), text[m.end() :])
        for line, text in enumerate(lines)
        if (m := _NUMBER.match(text))
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


def _within(lines: list[str], numbers: Mapping[int, int]) -> None:
    """Escape numbers behind the sign of an item, “- 12. May”, unless the next one stands below it in a line of its own."""
    for place, line in enumerate(lines):
        inner = _INNER.match(line)
        if inner is None:
            continue
        below = _NUMBER.match(lines[place + 1]) if place + 1 < len(lines) else None
        follows = below is not None and numbers.get(place + 1, int(below[2])) == int(inner[2]) + 1
        if below is None or not follows or len(below[1]) < len(inner[1]) - 1:
            lines[place] = f"{inner[1]}{inner[2]}\\{line[inner.end(2) :]}"


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
        joined = before is not None and _joined(lines[found[before].line + 1 : one.line])
        near = place and abs(found[place - 1].number - one.number) <= 1 and one.number < _YEARS
        if near and not (one.tight or found[place - 1].tight):
            good.setdefault(place - 1, None)
            good[place] = before if joined and before in good else None
        if before is None or not joined or found[before].stop != one.stop:
            continue
        if max(len(one.digits), len(found[before].digits)) > _LONGEST:
            continue
        step, tight = one.number - found[before].number, one.tight or found[before].tight
        if step == 1 if tight else before in good or found[before].number == 1 or _stands(lines, found[before].line):
            good.setdefault(before, None)
            good[place] = before
    return good
