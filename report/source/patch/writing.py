"""How values are written as YAML: the ways of writing each, the best one first. Which of them reads as the value is proved later."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Any

WIDTH = 110
"""Characters of a line before a text is folded."""
_INDENT = 2
_NAME = re.compile(r"[^\W\d_][\w.-]*")
_ODD = re.compile(r"(?i:yes|no|on|off|y|n|null|~|true|false)|<<|=")
"""Words that some programs read as something else than a text. Those for yes and no are left to fields that are no texts."""
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`\x00-\x1f\x7f][^\x00-\x1f\x7f]*|-?\d[^\x00-\x1f\x7f]*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P"}


def texts(value: str, style: str | None, indent: int, room: int, in_flow: bool) -> Iterator[str]:
    """Yield ways to write a text behind its key: `style` is how it was written before (PyYAML's), None for a new one.

    `indent` is that of the line with the key; `room` is how many characters are left in that line.
    """
    single, many = "\n" not in value, "\n" in value
    inline = list(_inline(value, style, in_flow))
    blocks = [] if in_flow else list(_blocks(value, style, indent))
    long = len(value) + 2 > room
    if style in ("|", ">") or many or (single and long and style not in ("'", '"')) or (long and len(value) > WIDTH):
        yield from blocks
        yield from inline
    else:
        yield from inline
        yield from blocks


def _inline(value: str, style: str | None, in_flow: bool) -> Iterator[str]:
    double = '"' + "".join(_escaped(letter) for letter in value) + '"'
    if "\n" in value:
        yield double
        return
    single = "'" + value.replace("'", "''") + "'"
    plain = is_plain(value, in_flow)
    if style == "'":
        yield single
    elif style == '"':
        yield double
    if plain and (style in (None, "") and not _ODD.fullmatch(value) or value in ("true", "false")):
        yield value
    yield double
    yield single


def is_plain(value: str, in_flow: bool) -> bool:
    """Say whether a text may be written without quotes."""
    if not _PLAIN.fullmatch(value) or ": " in value or " #" in value or value.endswith(":"):
        return False
    return not (in_flow and any(sign in value for sign in ",[]{}"))


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable() or letter in "\xa0":
        return letter
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _blocks(value: str, style: str | None, indent: int) -> Iterator[str]:
    """Yield the text as a block below its key: folded, or with its lines as they are."""
    margin = " " * (indent + _INDENT)
    lines = value.split("\n")
    if not value or lines[0] != lines[0].lstrip():
        return
    literal = "|-\n" + "\n".join(margin + line if line.strip() else "" for line in lines)
    foldable = not any(line != line.strip() or "  " in line for line in lines)
    if style == "|":
        yield literal
    if foldable:
        wrap = textwrap.TextWrapper(max(40, WIDTH - len(margin)), break_long_words=False, break_on_hyphens=False)
        parts: list[str] = []
        last = 0
        for number, line in enumerate(lines):
            if line:
                parts += [""] * (number - last)  # an empty line stands for each line end
                parts += [margin + part for part in wrap.wrap(line)]
                last = number
        folded = ">-\n" + "\n".join(parts)
        if style == ">" or "\n" not in value:
            yield folded
            yield literal
        else:
            yield literal
            yield folded
    elif style != "|":
        yield literal


def flow(value: Any) -> str:
    """Return a value on one line, with braces and brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key(name)}: {flow(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return next(_inline(value, None, in_flow=True))


def key(name: str) -> str:
    """Return the name of a field as a key."""
    if _NAME.fullmatch(name) and not _ODD.fullmatch(name) or name.lower() == "no":
        return name
    return '"' + "".join(_escaped(letter) for letter in name) + '"'


def behind_key(value: Any, style: str | None, indent: int, start: int, in_flow: bool) -> Iterator[str]:
    """Yield ways to write any value behind ``key:`` or ``-``, with the space that they need; `start` is the column where they begin."""
    if isinstance(value, str):
        yield from (f" {text}" for text in texts(value, style, indent, WIDTH - start - 1, in_flow))
        return
    line = flow(value)
    fits = start + 1 + len(line) <= WIDTH and "\n" not in line
    if in_flow or not value:
        yield f" {line}"
        return
    block = "\n" + "\n".join(lines(value, indent + _INDENT))
    simple = not isinstance(value, dict) or all(isinstance(one, str) for one in value.values())
    plain_items = not isinstance(value, list) or all(isinstance(one, str) for one in value)
    yield from (f" {line}", block) if fits and simple and plain_items else (block, f" {line}")


def lines(value: dict[str, Any] | list[Any], indent: int) -> list[str]:
    """Return a mapping or a list as lines of their own."""
    margin = " " * indent
    if isinstance(value, dict):
        found = (
            f"{margin}{key(name)}:{_first(one, indent, indent + len(key(name)) + 1)}" for name, one in value.items()
        )
        return "\n".join(found).split("\n")
    return "\n".join(item(one, indent) for one in value).split("\n")


def item(value: Any, indent: int) -> str:
    """Return an item of a list, whose dash stands `indent` columns from the left."""
    margin = " " * indent
    if isinstance(value, dict) and value:
        first, *rest = lines(value, indent + _INDENT)
        return "\n".join([f"{margin}- {first.lstrip()}", *rest])
    return f"{margin}-{_first(value, indent, indent + 1)}"


def _first(value: Any, indent: int, start: int) -> str:
    return next(behind_key(value, None, indent, start, in_flow=False))
