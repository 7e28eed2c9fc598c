"""Spaces that YAML does not take for spaces, where it needs one: after a colon, after a dash, as indentation, as an empty line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from report.source.invisible import NO_WIDTH, SPACES, named

_S = f"[{SPACES}{NO_WIDTH}]"
_LINE_ENDS = re.compile("[\x85\u2028\u2029]|(?<=\n)\ufeff+")
_FORMS = (  # patterns, compiled where a file has such a space
    (rf"^[ \t]*({_S}(?:{_S}|[ \t])*)$", "in an empty line"),
    (rf"^[ \t]*([{SPACES}](?:[{SPACES}]|[ \t])*)", "as indentation"),
    (rf"^[ \t]*(?:-[ \t]+)*-({_S}+)", "after the dash"),
    (rf"[{{,\[][ \t]*([{SPACES}]+)(?=[\w.-]+:)", "before the key"),
    (rf"(?:^[ \t]*(?:-[ \t]+)*|[{{,][ \t]*)[\w.-]+({_S}+):(?=[ \t]|$)", "before the colon"),
    (rf"(?:^[ \t]*(?:-[ \t]+)*|[{{,][ \t]*)[\w.-]+:({_S}+)", "after the colon"),
)
_BLOCK = rf"^((?:[ \t]|{_S})*(?:-[ \t]+)*)(\S.*:(?:[ \t]|{_S})+)?[|>][-+0-9]*[ \t]*(?:#.*)?$"
"""A line that begins a block of text: what stands before its key, and its key."""
_INDENT = f"(?:[ \t]|{_S})*"
_ODD_VALUE = rf"-{_S}|[\w.-]+{_S}*:{_S}"


class Space(NamedTuple):
    """A space that is told of: its line and column, from 0, and what is said."""

    line: int
    column: int
    message: str


def joined(text: str) -> tuple[str, list[Space]]:
    """Return a text as editors show its lines, and what is told of it.

    A space stands for each character that ends a line in YAML and in no editor; a byte order mark that begins a line is left out.
    """
    if text.isascii() or not (re.search("[\x85\u2028\u2029]", text) or "\n\ufeff" in text):
        return text, []
    found = [_of_line(text, one) for one in _LINE_ENDS.finditer(text)]
    return _LINE_ENDS.sub(lambda one: "" if one[0] == "\ufeff" else " ", text), found


def _of_line(text: str, one: re.Match[str]) -> Space:
    line, column = text.count("\n", 0, one.start()), one.start() - text.rfind("\n", 0, one.start()) - 1
    if one[0] == "\ufeff":
        return Space(line, column, f"a {named(one[0])} before the line is left out")
    return Space(line, column, f"U+{ord(one[0]):04X}, which ends a line in YAML and in no editor, is read as a space")


def maybe(text: str) -> bool:
    """Say whether a text has any such space, wherever it stands."""
    return not text.isascii() and re.search(_S, text) is not None


def misread(node: yaml.Node) -> bool:
    """Say whether a key or a plain text was likely made by a space that is none."""
    left, seen = [node], {id(node)}
    while left:
        one = left.pop()
        if isinstance(one, yaml.MappingNode):
            for name, value in one.value:
                if isinstance(name, yaml.ScalarNode) and not name.style and _is_odd_key(name.value):
                    return True
                left += [inner for inner in (name, value) if id(inner) not in seen]
                seen |= {id(name), id(value)}
        elif isinstance(one, yaml.SequenceNode):
            left += [inner for inner in one.value if id(inner) not in seen]
            seen |= {id(inner) for inner in one.value}
        elif isinstance(one, yaml.ScalarNode) and not one.style and re.match(_ODD_VALUE, one.value):
            return True
    return False


def _is_odd_key(name: str) -> bool:
    return not name.isascii() and bool(
        re.match(f"[{SPACES}]|[\\w.-]+{_S}*:{_S}|-{_S}", name) or re.search(f"[{SPACES}]$", name)
    )


def mended(text: str) -> tuple[str, list[Space]]:
    """Return a file's text with plain spaces where YAML needs them, and those that were none; what is in blocks of text stays."""
    if not maybe(text):
        return text, []
    found: list[Space] = []
    lines = text.split("\n")
    for number in list(_outside_blocks(lines)):
        lines[number] = _line(lines[number], number, found)
    return "\n".join(lines), found


def _outside_blocks(lines: list[str]) -> Iterator[int]:
    block: int | None = None
    for number, line in enumerate(lines):
        indent = len(re.match(_INDENT, line)[0])  # type: ignore[index]
        if block is not None and (indent > block or indent == len(line.rstrip("\r"))):
            continue
        begun = re.match(_BLOCK, line.rstrip("\r"))
        block = len(begun[1]) - (not begun[2]) if begun else None
        yield number


def _line(line: str, number: int, found: list[Space]) -> str:
    bare = line.rstrip("\r")
    if bare.lstrip().startswith("#"):
        return line
    for form, where in _FORMS:
        while one := re.search(form, bare):
            odd = re.search(_S, one[1])
            at = one.start(1) + (odd.start() if odd else 0)
            found.append(Space(number, at, f"a {named(bare[at])} {where}, which YAML treats as a letter"))
            bare = bare[: one.start(1)] + " " * len(one[1]) + bare[one.end(1) :]
    return bare + line[len(bare) :]
