"""Where the characters of a YAML scalar stand in its file: plain, quoted with escapes, literal and folded ones."""

from __future__ import annotations

import re

_WHITE = " \t\r\n"
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
"""Escapes of double quotes (YAML 1.1, 5.6) that do not stand for themselves."""


def place(text: str, start: int, end: int, style: str | None, value: str, offset: int) -> int:
    """Return where in a file's `text` the character at `offset` of a scalar's value stands.

    The scalar reaches from `start` to `end` and is written in the `style` that PyYAML tells. `value` may lack what the scalar
    has more than it, such as spaces around it and characters that were left out.
    """
    at = _content(text, start, end, style)
    found = at
    for c in value[: offset + 1]:
        found, at = _next(text, at, end, style, c)
    return min(found, max(start, end - 1))


def _content(text: str, start: int, end: int, style: str | None) -> int:
    """Return where a scalar's content begins: behind its quote, or below the line of its | or >."""
    if style in ("|", ">"):
        line = re.compile("\r\n|\r|\n").search(text, start, end)
        return line.end() if line else end
    return start + 1 if style in ("'", '"') else start


def _next(text: str, at: int, end: int, style: str | None, c: str) -> tuple[int, int]:
    """Return where the character `c` of a value stands, at `at` or after it, and where to go on."""
    begin = at
    while at < end:
        if style == '"' and text[at] == "\\":
            made, after = _escaped(text, at)
            if made == c:
                return at, after
            at = after
        elif text[at] == c:
            return at, at + (2 if style == "'" and c == "'" else 1)
        elif c in " \n" and text[at] not in _WHITE:
            return begin, begin + (begin < at)  # a line break that was folded
        else:
            at += 1
    return begin, begin


def _escaped(text: str, at: int) -> tuple[str, int]:
    """Return the character that an escape stands for, and where it ends; before a line break it stands for none."""
    found = _ESCAPE.match(text, at)
    if found is None:
        return "", at + 1
    code = found[1] or found[2] or found[3]
    if code:
        return chr(int(code, 16)), found.end()
    return ("" if found[4] in "\r\n" else _ESCAPED.get(found[4], found[4])), found.end()
