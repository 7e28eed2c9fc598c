"""Passages: Markdown's paragraphs, lists, emphasis and links, with the lists that people type otherwise."""

from __future__ import annotations

import bisect
import itertools
import re
import textwrap
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from report.model import numerals
from report.source.unseen import SPACES

PARSER = MarkdownIt("zero", {"html": False, "breaks": False}).enable(["emphasis", "link", "list", "escape", "newline"])
_NUMBERED = re.compile(rf"^(\s*)(\d{{1,9}})([.)])(?=\s)([{SPACES}]?)", re.MULTILINE)
"""A number at the beginning of a line, which Markdown takes for an item of a list."""
_DOTS = "•‣◦·●○■□▪▫◆◇►▶➢➤❖\uf0a7\uf0b7\uf0d8"
"""What people type and Word copies for the items of a list; those of private use are signs of its symbol fonts."""
_DOT = re.compile(rf"^([ \t]*)[{_DOTS}][ \t{SPACES}]+(?=\S)", re.MULTILINE)
_BULLET = re.compile(rf"^([ \t]*)[–—][ \t{SPACES}]+", re.MULTILINE)
_BULLETS = re.compile(
    rf"(?:^[ \t]*[–—][ \t{SPACES}]+\S.*(?:\n|\Z)(?:[ \t]+\S.*(?:\n|\Z))*(?:[ \t]*\n)?){{2,}}", re.MULTILINE
)
"""Two lines or more that begin with a dash; the lines of an item are indented."""
_DASH = re.compile(rf"^([ \t]*[-+*])[{SPACES}]+", re.MULTILINE)
_INDENT = re.compile(rf"^[ \t{SPACES}]+", re.MULTILINE)
_LETTERED = re.compile(r"([ \t]*)(?:(\()(\d{1,3}|[^\W\d_]{1,5})\)|([^\W\d_]{1,5})(\))|([a-zа-я])(\.))\s+")
"""A line that begins with a letter or a Roman number and a bracket, with a number in brackets, or with a small letter and a stop."""
_LIKE = re.compile(
    r"[ \t]*(?:(\d+(?:\.\d+)+[.)]?)|(\(\d{1,3}\)|\d{1,3}[.)])|(\(?[^\W\d_]{1,4}\)|[^\W\d_]\.)"
    r"|([^\w\s\"'“”„«»‘’(\[{*_#>|`~.,;:!?…=<$€£§&@%/\\]))[ \t]+\S"
)
"""A line that looks like an item: 1.1. one, (1) one, a) one, ✓ one."""
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
    """A passage for Markdown: its text, the kinds of lettered lists by their lines, and the lines at which others begin."""

    text: str
    kinds: Mapping[int, str]
    cuts: Collection[int]


class Item(NamedTuple):
    """A line that may begin an item of a lettered list."""

    line: int
    indent: int
    form: str
    label: str
    end: int


def blocks(text: str) -> list[Token]:
    """Return a passage as Markdown's tokens, with those lists that are meant."""
    source, kinds, cuts = prepared(text)
    tokens = _parsed(source, cuts)
    for token in tokens:
        if token.type == "ordered_list_open" and token.map and (kind := kinds.get(token.map[0])):
            token.meta["kind"] = kind
            for name, value in KINDS[kind].items():
                token.attrSet(name, value)
    return tokens


def items(text: str) -> list[int]:
    """Return the lines, from 0, at which the items of a passage's lists begin."""
    source, _, cuts = prepared(text)
    return _items(source, cuts)


def _items(source: str, cuts: Collection[int]) -> list[int]:
    return [token.map[0] for token in _parsed(source, cuts) if token.type == "list_item_open" and token.map]


def _parsed(source: str, cuts: Collection[int]) -> list[Token]:
    """Return the tokens of a text, whose parts between `cuts`, which are lines, are parsed each by itself."""
    if not cuts:
        return PARSER.parse(source)
    lines, tokens = source.split("\n"), list[Token]()
    for begin, end in itertools.pairwise(sorted({0, *cuts, len(lines)})):
        for token in PARSER.parse("\n".join(lines[begin:end])):
            if token.map:
                token.map = [token.map[0] + begin, token.map[1] + begin]
            tokens.append(token)
    return tokens


def run_together(text: str) -> int | None:
    """Return the first of two or more lines that look like a list's and are none, so that they are one paragraph; None where there are none.

    A number below an item that does not count on from it is part of the item's text.
    """
    lines, listed, before = text.split("\n"), frozenset(items(text)), ""
    for number, line in enumerate(lines):
        found = None if number in listed else _LIKE.match(line)
        form = str(found.lastindex) if found else ""
        if form and form == before:
            return number - 1
        if found and found[2] and number - 1 in listed and line[:1].isdecimal():
            return number
        before = form
    return None


def label(number: int, kind: str) -> str:
    """Return what stands before an item of a list: 3, c, iii, в."""
    if kind in _LETTERS and number <= len(_LETTERS[kind]):
        return _LETTERS[kind][number - 1]
    if kind in ("i", "I"):
        tens, ones = divmod(number, 10)
        roman = "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
        return roman if kind == "i" else roman.upper()
    return str(number)


def prepared(text: str) -> Prepared:
    """Return a passage so that Markdown finds those lists that are meant.

    A text of one line has none: “24. December is our day.” Numbers are a list's only where they are printed as they are typed
    (`report.model.numerals`). Items that begin with “•” or a dash are as good as those with Markdown's own signs; letters and numbers
    in brackets count from the first.
    """
    if "\n" not in text:
        return Prepared(_NUMBERED.sub(r"\1\2\\\3\4", re.sub(r"^(\s*)([-+*])(?=\s)", r"\1\\\2", text)), {}, ())
    if not text.isascii():
        text = _DASH.sub(r"\1 ", _indented(text))
    text, cuts = numerals.kept(text)
    if len(_DOT.findall(text)) > 1:
        text = _DOT.sub(r"\1- ", text)
    return _lettered(_BULLETS.sub(lambda lines: _BULLET.sub(r"\1- ", lines[0]), text), cuts)


def _indented(text: str) -> str:
    """Return a text with plain spaces for others that indent its lines, which go where they indent all lines but the first."""
    if not any(re.search(f"[{SPACES}]", found[0]) for found in _INDENT.finditer(text)):
        return text
    first, _, rest = _INDENT.sub(lambda found: re.sub(f"[{SPACES}]", " ", found[0]), text).partition("\n")
    return f"{first}\n{textwrap.dedent(rest)}"


def _lettered(text: str, cuts: Collection[int]) -> Prepared:
    """Return a text with numbers for the letters of its lists; what Markdown takes for no item stays as it is."""
    lines = text.split("\n")
    maybe = ((number, _LETTERED.match(line)) for number, line in enumerate(lines))
    runs = list(_runs([Item(number, len(one[1]), *_form(one), one.end()) for number, one in maybe if one]))
    numbered = [number for number, line in enumerate(lines) if line[:1].isdigit() and _NUMBERED.match(line)]
    for _ in range(_TRIES if runs else 0):
        made = list(lines)
        for _, run in runs:
            for number, item in enumerate(run, 1):
                stop = "." if item.form == "." else ")"
                made[item.line] = f"{' ' * item.indent}{number}{stop} {lines[item.line][item.end :]}"
        own = {*cuts, *(line for _, run in runs if not run[0].indent for line in _around(numbered, run))}
        there = set(_items("\n".join(made), own))
        good = [(kind, run) for kind, run in runs if all(item.line in there for item in run)]
        if len(good) == len(runs):
            return Prepared("\n".join(made), {item.line: kind for kind, run in runs for item in run}, own)
        runs = good
    return Prepared(text, {}, cuts)


def _around(numbered: list[int], run: list[Item]) -> list[int]:
    """Return the line that a list begins at, and the first `numbered` one behind it, which Markdown would take for more of the same."""
    behind = bisect.bisect(numbered, run[-1].line)
    return [run[0].line, *numbered[behind : behind + 1]]


def _form(one: re.Match[str]) -> tuple[str, str]:
    return (one[2] or "") + (")" if one[2] else one[5] or one[7]), one[3] or one[4] or one[6]


def _runs(found: list[Item]) -> Iterator[tuple[str, list[Item]]]:
    """Yield the lists among lines that may be items: those that count from the first on, with their kinds."""
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
    """Return the items that count from the first on in a kind of numbers; none where more follow than it has letters."""
    run: list[Item] = []
    for index in range(place, len(found)):
        item = found[index]
        if run and item.indent > run[0].indent:
            continue
        if run and (item.indent < run[0].indent or item.form != run[0].form):
            break
        if _number(item.label, kind) != len(run) + 1:
            return [] if kind in "аА" and len(run) == len(_LETTERS[kind]) else run
        run.append(item)
    return run


def _number(label_: str, kind: str) -> int:
    """Return the number that a label is in a kind of numbers; 0 where it is none."""
    if kind in _LETTERS:
        return _LETTERS[kind].find(label_) + 1 if len(label_) == 1 else 0
    if kind == "1":
        return int(label_) if label_.isdigit() else 0
    return next((number for number in range(1, _MOST_ROMAN) if label(number, kind) == label_), 0)
