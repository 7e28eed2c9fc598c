"""A data file: its plain values, and where each of them stands."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from report.source import scalar_positions
from report.source.text import LINE_BREAK, at
from report.values import Location, Problem

_SHORT = 80
"""Most characters of a text that a hint shows as a whole."""
_BARE = re.compile(r"[^\W_](?:[^,\[\]{}:#\"\n\t]*[^\s,\[\]{}:#\"])?")
"""What needs no quotes inside braces."""


def in_flow(text: str) -> str:
    """Return a text as it is written inside braces: in quotes where YAML needs them."""
    if _BARE.fullmatch(text) and text.lower() not in ("null", "~"):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


Steps = tuple[str | int, ...]
Pair = tuple[yaml.ScalarNode, yaml.Node]


@dataclass(frozen=True)
class SourceFile:
    """A data file: its plain values, and the way back from a value's path to a line and column.

    `empty` are the steps to the keys that have no value, which `data` leaves out. `memo` is for what is made of the file,
    `keys` for the places of the keys of its records, by name: a record may have a hundred thousand.
    """

    path: Path
    text: str
    node: yaml.Node
    data: Any
    problems: tuple[Problem, ...] = field(default=())
    empty: tuple[Steps, ...] = field(default=())
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    keys: dict[int, dict[str, Pair]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def lines(self) -> list[str]:
        return LINE_BREAK.split(self.text)

    def locate(self, steps: Sequence[str | int], *, key: bool = False) -> Location:
        """Return where the value at `steps` stands, or with `key` its name.

        Steps that lead nowhere (a missing key, a model's own step) are passed over, so the nearest value that
        encloses the place is found.
        """
        named, node = self._found(steps)
        mark = (named if key and named is not None else node).start_mark
        return self.at(mark.line, mark.column, ".".join(str(s) for s in steps) or None)

    def within(self, steps: Sequence[str | int], text: str, offset: int) -> Location:
        """Return where the character at `offset` of `text` stands, which is the value at `steps` or what a model made of it."""
        node, where = self._found(steps)[1], self.locate(steps)
        if not isinstance(node, yaml.ScalarNode):
            return where
        return dataclasses.replace(self.inside(node, text, offset), key=where.key)

    def inside(self, node: yaml.ScalarNode, text: str, offset: int) -> Location:
        """Return where the character at `offset` of `text`, which is a node's, stands."""
        start, end = node.start_mark, node.end_mark
        found = scalar_positions.place(self.text, start.index, end.index, node.style, text, offset)
        breaks = [one.end() for one in LINE_BREAK.finditer(self.text, start.index, found)]
        column = found - breaks[-1] if breaks else start.column + found - start.index
        return self.at(start.line + len(breaks), column)

    def to_translate(self, steps: Sequence[str | int], spoken: str, language: str) -> str:
        """Return what to write so that the text at `steps`, which is in the language `spoken`, is there in another one, too."""
        named, node = self._found(steps)
        if not isinstance(node, yaml.ScalarNode):
            return f"add  {language}: …"
        key = f"{named.value}: " if named else ""
        if len(node.value) <= _SHORT and "\n" not in node.value.strip():
            return f"write  {key}{{{spoken}: {in_flow(node.value.strip())}, {language}: …}}"
        where = f"  below  {key.strip()}" if key else ""
        return f"put the text into a line of its own  {spoken}: …{where}  , and  {language}: …  into the next"

    def folded(self, steps: Sequence[str | int]) -> list[str]:
        """Return the lines in which the text at `steps` is written, where YAML joins them; none where it does not."""
        node = self._found(steps)[1]
        if not isinstance(node, yaml.ScalarNode) or node.style == "|" or node.start_mark.line == node.end_mark.line:
            return []
        lines = LINE_BREAK.split(self.text[node.start_mark.index : node.end_mark.index])
        return ["", *lines[1:]] if node.style == ">" else lines

    def line_of(self, steps: Sequence[str | int], number: int) -> Location:
        """Return where a line of the text at `steps` begins: 0 is the one in which the text itself does."""
        start = self._found(steps)[1].start_mark
        line = self.lines[start.line + number]
        column = len(line) - len(line.lstrip()) if number else start.column
        return self.at(start.line + number, column, ".".join(str(step) for step in steps))

    def _found(self, steps: Sequence[str | int]) -> tuple[yaml.ScalarNode | None, yaml.Node]:
        """Return the value at `steps`, or the nearest that encloses its place, and its name where it has one."""
        named, node = None, self.node
        for step in steps:
            if isinstance(node, yaml.MappingNode) and (pair := self._pairs(node).get(str(step))):
                named, node = pair
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                named, node = None, node.value[step]
        return named, node

    def _pairs(self, node: yaml.MappingNode) -> dict[str, Pair]:
        """Return the keys and values of a record by name; of a key that is there twice, the last."""
        if (found := self.keys.get(id(node))) is None:
            pairs = ((name, value) for name, value in node.value if isinstance(name, yaml.ScalarNode))
            found = self.keys[id(node)] = {name.value: (name, value) for name, value in pairs}
        return found

    def at(self, line: int, column: int, key: str | None = None) -> Location:
        """Return the location of a line and column that count from 0."""
        return at(self.path, self.lines, line, column, key)
