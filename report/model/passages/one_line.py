"""A passage where there are no blocks: in a line, with its emphasis and links or as plain words, and as lines of plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from markdown_it.token import Token

from report.model.passages import markdown

_BEHIND = r"\s\"'”“»’)\]"
_PART = re.compile(rf"<[^<>]*>|&(?:quot|gt|#\d+);|\{{lang=[^{{}}]*\}}|[{_BEHIND}]+|([^<&{{{_BEHIND}]+|[<&{{])")
"""A part of a sentence: what may stand behind its last word or sign, or, as a group, anything else."""
_STOPS = ".!?…:;,–—"
_NO_WORDS = frozenset({"list_item_close", "ordered_list_open", "bullet_list_open"})
"""What follows the mark of an item that has no words of its own, whose number is printed nevertheless."""


class Piece(NamedTuple):
    """A paragraph, or an item's first: the item's mark (``3)`` or ``-``), how deep its list is, whether it is the list's first."""

    words: list[Token]
    mark: str = ""
    depth: int = 0
    first: bool = False


def in_line(text: str, write: Callable[[list[Token]], str]) -> str:
    """Return a passage in a line; `write` writes the words of each block.

    Items follow one another with semicolons and keep their numbers, words before a list end with a colon, and what follows a block
    begins a new sentence; where the text has signs of its own, these stand alone.
    """
    made, depth = list[str](), 0
    for piece in _pieces(text):
        piece, depth = piece._replace(first=piece.first and piece.depth > depth), piece.depth  # noqa: PLW2901
        said = write(piece.words).strip()
        if piece.mark not in ("", "-"):
            said = f"{piece.mark} {said}".strip()
        if said:
            made += [_between(made[-1], piece), said] if made else [said]
    return "".join(made)


def _between(before: str, piece: Piece) -> str:
    """Return what stands between a block and the one that follows it."""
    last = ""
    for part in _PART.finditer(before):
        last = part[1] or last
    if last[-1:] in _STOPS:
        return " "
    return ". " if not piece.mark else ": " if piece.first else "; "


def plain(text: str) -> str:
    """Return a passage in a line, as words without any mark but those of another language."""
    return in_line(text, _words)


def in_lines(text: str) -> str:
    """Return a passage as plain text: a line for each item, an empty one between paragraphs; links have their addresses behind them."""
    made = list[str]()
    for piece in _pieces(text):
        said = _words(piece.words, addresses=True)
        if piece.mark:
            said = f"{'  ' * (piece.depth - 1)}{piece.mark} {said}".rstrip()
        made += ["\n" if piece.mark else "\n\n", said]
    return "".join(made[1:])


def _pieces(text: str) -> Iterator[Piece]:
    """Yield the blocks of a passage."""
    mark, depth, first = "", 0, False
    for token in markdown.blocks(text):
        if mark not in ("", "-") and token.type in _NO_WORDS:
            yield Piece([], mark, depth, first)
            mark, first = "", False
        if token.type in ("ordered_list_open", "bullet_list_open"):
            depth, first = depth + 1, True
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            depth -= 1
        elif token.type == "list_item_open":
            mark = f"{token.meta['label']}{token.markup}" if "label" in token.meta else "-"
        elif token.type == "inline":
            yield Piece(token.children or [], mark, depth, first)
            mark, first = "", False


def _words(tokens: list[Token], addresses: bool = False) -> str:
    """Return the words of a block; with `addresses` those that links lead to stand behind them."""
    made, begun = "", list[tuple[int, str]]()
    for token in tokens:
        if token.type == "softbreak":
            made += " "
        elif token.type == "hardbreak":
            made += "\n" if addresses else " " if made[-1:] in _STOPS else ", "
        elif token.type == "link_open":
            begun.append((len(made), str(token.attrGet("href") or "")))
        elif token.type == "link_close" and begun:
            at, target = begun.pop()
            shown = re.sub(r"\A(?:mailto:|tel:)", "", target)
            if addresses and made[at:].strip() not in (target, shown, re.sub(r"\Ahttps?://(?:www\.)?", "", target)):
                made += f" ({shown})"
        else:
            made += token.content
    return made
