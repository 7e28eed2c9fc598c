"""Passages: Markdown's paragraphs, lists, emphasis and links, with the lists that people type otherwise."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Collection, Iterator

from babel import Locale
from markdown_it import MarkdownIt
from markdown_it.token import Token

from report.model.passages import lettered, lists
from report.source.invisible import SPACES

PARSER = MarkdownIt("zero", {"html": False, "breaks": False}).enable(["emphasis", "link", "list", "escape", "newline"])
_WIDE = 2
"""Digits that have room before an item; Roman numbers are narrower. A list with longer ones, such as years, has more room."""
_WRITTEN = re.compile(r"\s*\(?(\w+)[.)]")
_NARROW = 2
"""Letters of the names of months that are too short to tell."""
_DAY_OR_WORD = re.compile(rf"[ \t{SPACES}]*(?:(\d{{1,2}})\\?\.|([^\W\d_]+))")
_ORDINAL = "bg bs cs da de en et fi fo fr hr hsb hu is it lb lt lv mk nb nn no pl ro ru sk sl sq sr sr-Latn sv tr uk"
"""Languages whose months are known where days may have a stop behind them."""


def blocks(text: str) -> list[Token]:
    """Return a passage as Markdown's tokens, with those lists that are meant, whose items have the numbers that were written.

    An item's ``meta`` has its ``label``, as it is printed before a stop. Items that are all numbered 1 count from there, unless all of them
    are days; the ``meta`` of these has ``day``.
    """
    source, kinds, cuts, numbers = lists.prepared(text, _items)
    tokens, rows = _parsed(source, cuts), source.split("\n")
    for begin, inside in _numbered(tokens):
        kind = kinds.get((begin.map or [-1])[0], "1")
        told = [numbers.get((item.map or [-1])[0], int(item.info)) for item in inside]
        ones = set(told) == {1} and len(told) > 1
        days_ = ones and all(_is_day(rows, item) for item in inside)
        counted = range(1, len(told) + 1) if ones and not days_ else told
        begin.attrs = {**({"start": counted[0]} if counted[0] != 1 else {}), **lettered.KINDS[kind]}
        for item, before, number in zip(inside, [counted[0] - 1, *counted], counted, strict=False):
            item.meta |= {"label": lettered.label(number, kind), "day": days_}
            if number != before + 1:
                item.attrSet("value", number)
        if max(len(item.meta["label"]) for item in inside) > (_WIDE if kind == "1" else 2 * _WIDE):
            begin.attrJoin("class", "wide")
    return tokens


def _is_day(rows: list[str], item: Token) -> bool:
    """Say whether a month follows the number of an item."""
    found = _WRITTEN.match(rows[item.map[0]]) if item.map else None
    return bool(found and _is_month(found.string[found.end() :]))


def _numbered(tokens: list[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """Yield the beginnings of numbered lists, each with those of its items."""
    open_: list[tuple[Token, list[Token]]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            open_.append((token, []))
        elif token.type == "list_item_open":
            open_[-1][1].append(token)
        elif token.type == "ordered_list_close":
            yield open_.pop()
        elif token.type == "bullet_list_close":
            open_.pop()


def items(text: str) -> list[int]:
    """Return the lines, from 0, at which the items of a passage's lists begin."""
    source, _, cuts, _ = lists.prepared(text, _items)
    return _items(source, cuts)


def renumbered(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the items whose numbers are not printed as they are written, or not counted as those of others are.

    Each has its line, from 0, what is written, and what is printed: both are the same for the days among them.
    """
    lines = text.split("\n")
    for token in blocks(text):
        printed, line = token.meta.get("label"), token.map[0] if token.map else 0
        written = _WRITTEN.match(lines[line]) if printed else None
        if printed and written and (written[1] != printed or token.meta["day"]):
            yield line, written[1], printed


def _items(source: str, cuts: Collection[int]) -> list[int]:
    return [token.map[0] for token in _parsed(source, cuts) if token.type == "list_item_open" and token.map]


def _parsed(source: str, cuts: Collection[int]) -> list[Token]:
    """Return the tokens of a text, whose parts between `cuts`, which are lines, are parsed each by itself."""
    if not cuts:
        return PARSER.parse(source)
    rows, tokens = source.split("\n"), list[Token]()
    for begin, end in itertools.pairwise(sorted({0, *cuts, len(rows)})):
        for token in PARSER.parse("\n".join(rows[begin:end])):
            if token.map:
                token.map = [token.map[0] + begin, token.map[1] + begin]
            tokens.append(token)
    return tokens


def _is_month(words: str) -> bool:
    """Say whether words begin with a month, behind a number and a stop that are then its day."""
    found = _DAY_OR_WORD.match(words)
    return bool(found and (found[1] or found[2].lower() in _months()))


@functools.cache
def _months() -> frozenset[str]:
    """Return the whole names of months in small letters; those cut short are words of other languages, such as “set” and “act”."""
    every = (Locale.parse(language, sep="-").months for language in _ORDINAL.split())
    names = (str(name) for months in every for form in months.values() for name in form["wide"].values())
    return frozenset(name.lower() for name in names if len(name) > _NARROW)
