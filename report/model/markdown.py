"""Passages: Markdown's paragraphs, lists, emphasis and links, with the lists that people type otherwise."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from report.model import days, lettered, lists

PARSER = MarkdownIt("zero", {"html": False, "breaks": False}).enable(["emphasis", "link", "list", "escape", "newline"])
_WIDE = 2
"""Digits that have room before an item; Roman numbers are narrower. A list with longer ones, such as years, has more room."""
_WRITTEN = re.compile(r"\s*\(?(\w+)[.)]")


def blocks(text: str) -> list[Token]:
    """Return a passage as Markdown's tokens, with those lists that are meant, whose items have the numbers that were written.

    An item's ``meta`` has its ``label``, as it is printed before a stop; items that are all numbered 1, and are no days, count from there.
    """
    source, kinds, cuts, numbers = lists.prepared(text, _items)
    tokens = _parsed(source, cuts)
    for begin, inside in _numbered(tokens):
        kind = kinds.get((begin.map or [-1])[0], "1")
        told = [numbers.get((item.map or [-1])[0], int(item.info)) for item in inside]
        counted = range(1, len(told) + 1) if set(told) == {1} and not _are_days(source, inside) else told
        begin.attrs = {**({"start": counted[0]} if counted[0] != 1 else {}), **lettered.KINDS[kind]}
        for item, before, number in zip(inside, [counted[0] - 1, *counted], counted, strict=False):
            item.meta["label"] = lettered.label(number, kind)
            if number != before + 1:
                item.attrSet("value", number)
        if max(len(item.meta["label"]) for item in inside) > (_WIDE if kind == "1" else 2 * _WIDE):
            begin.attrJoin("class", "wide")
    return tokens


def _are_days(source: str, items_: list[Token]) -> bool:
    """Say whether the month of a day follows the number of an item."""
    lines = source.split("\n")
    found = (_WRITTEN.match(lines[item.map[0]]) for item in items_ if item.map)
    return any(one and days.is_month(one.string[one.end() :]) for one in found)


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
    """Yield the items whose numbers are not printed as they are written: the line, from 0, what is written, and what is printed."""
    lines = text.split("\n")
    for token in blocks(text):
        printed, line = token.meta.get("label"), token.map[0] if token.map else 0
        if printed and (written := _WRITTEN.match(lines[line])) and written[1] != printed:
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
