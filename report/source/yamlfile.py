"""YAML to plain values: every scalar stays the text that was typed, every value knows where it stands.

PyYAML's own typing is not used: it turns ``no`` into False, ``12:30`` into 750 and ``0123456`` into 42798. Types
are the models' business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from report.source import syntax
from report.source.kept import while_unchanged
from report.source.limits import MAX_DEPTH, MAX_NODES
from report.source.text import ILLEGAL, LINE_BREAK, at, fault, read_text
from report.values import Location, Problem, ReportError, Severity

_CUT = re.compile(r"(?<=[^\s#])[ \t]+#[^\s#!=-]")
"""A comment that follows a value and has no space after its sign: likely part of the text."""
_DIGITS = re.compile(r"-?[\d.]+")
_QUOTED = re.compile("[“”„«‘‚][\\d\\s.,:+/()-]+[”“»’‘]")
"""A number, a date or a time between typographic quotes; words between them may be a name."""
_NULL, _MERGE = "tag:yaml.org,2002:null", "tag:yaml.org,2002:merge"
_PLAIN_TAGS = {**dict.fromkeys(("", "~", "null", "Null", "NULL"), _NULL), "<<": _MERGE}
"""What a scalar without quotes is that is no text (YAML 1.1, types null and merge)."""
_KNOWN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("null", "str", "int", "float", "bool", "timestamp", "seq", "map", "merge", "value")
)


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
        node, named = self.node, None
        for step in steps:
            if isinstance(node, yaml.MappingNode) and (pair := self._pairs(node).get(str(step))):
                named, node = pair
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                named, node = None, node.value[step]
        mark = (named if key and named is not None else node).start_mark
        return self.at(mark.line, mark.column, ".".join(str(s) for s in steps) or None)

    def _pairs(self, node: yaml.MappingNode) -> dict[str, Pair]:
        """Return the keys and values of a record by name; of a key that is there twice, the last."""
        if (found := self.keys.get(id(node))) is None:
            pairs = ((name, value) for name, value in node.value if isinstance(name, yaml.ScalarNode))
            found = self.keys[id(node)] = {name.value: (name, value) for name, value in pairs}
        return found

    def at(self, line: int, column: int, key: str | None = None) -> Location:
        """Return the location of a line and column that count from 0."""
        return at(self.path, self.lines, line, column, key)


def read(path: Path) -> SourceFile:
    """Read a YAML file; raise `ReportError` where it cannot be read as one document of plain values.

    Mistakes that leave the rest readable (a duplicate key, a character that no format can carry) are in the
    file's `problems`, so that all of a folder's mistakes can be reported at once.
    """
    text = read_text(path)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except _TooDeep as error:
        raise _too_deep(path, error.args[0]) from None
    except yaml.MarkedYAMLError as error:
        if "nesting" in str(error):  # libyaml reads ahead, and counts itself
            raise _too_deep(path, error.problem_mark) from None
        raise ReportError([syntax.syntax(path, text, error, _Loader)]) from None
    except yaml.reader.ReaderError as error:
        raise ReportError([syntax.unreadable(path, text, error)]) from None
    if node is None:
        raise ReportError.of("yaml.empty", "the file is empty", Location(path, 1, 1), "add facts, or delete the file")
    walk = _Walk(SourceFile(path, text, node, None))
    data = walk.plain(node, ())
    return SourceFile(path, text, node, data, tuple(walk.problems), tuple(walk.empty))


def _too_deep(path: Path, mark: yaml.Mark) -> ReportError:
    message = f"values are nested more than {MAX_DEPTH} deep"
    return ReportError.of("yaml.depth", message, Location(path, mark.line + 1, mark.column + 1))


read_shared = while_unchanged(read)
"""Read a file as `read` does, once per process unless it changes; nothing may change what it returns."""


class _TooDeep(Exception):
    """Nesting so deep that composing it would exhaust the stack."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes nodes, of which scalars are nothing but text or null, and counts how deep they are nested."""

    def __init__(self, stream: Any):
        super().__init__(stream)
        self._depth = 0

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        if kind is yaml.ScalarNode:
            return _PLAIN_TAGS.get(value, self.DEFAULT_SCALAR_TAG) if implicit[0] else self.DEFAULT_SCALAR_TAG
        return self.DEFAULT_SEQUENCE_TAG if kind is yaml.SequenceNode else self.DEFAULT_MAPPING_TAG

    def descend_resolver(self, current_node: yaml.Node | None, current_index: Any) -> None:
        self._depth += 1
        if current_node is not None and self._depth > MAX_DEPTH + 1:
            raise _TooDeep(current_node.start_mark)

    def ascend_resolver(self) -> None:
        self._depth -= 1


class _Walk:
    """One pass over the nodes: plain values, duplicate keys, foreign tags, illegal characters, runaway aliases."""

    def __init__(self, file: SourceFile):
        self.file, self.problems, self.count = file, [], 0
        self.empty: list[Steps] = []
        cut = _CUT.search(file.text)
        lines = enumerate(file.lines) if cut else ()
        self.cut = {number: found.start() for number, line in lines if (found := _CUT.search(line))}

    def plain(self, node: yaml.Node, steps: Steps) -> Any:
        self.count += 1
        if self.count > MAX_NODES:
            raise ReportError.of(
                "yaml.bomb",
                f"the file expands to more than {MAX_NODES:,} values",
                self._at(node),
                "write out the anchors (&) and aliases (*)",
            )
        if len(steps) > MAX_DEPTH:
            raise ReportError.of(
                "yaml.depth",
                f"values are nested more than {MAX_DEPTH} deep",
                self._at(node),
                "is an alias inside itself?",
            )
        if node.tag not in _KNOWN_TAGS:
            self._add(
                "yaml.tag",
                f"the tag {node.tag.replace('tag:yaml.org,2002:', '!!')} is not known here",
                node,
                "remove it",
            )
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(child, (*steps, index)) for index, child in enumerate(node.value)]
        return self._mapping(node, steps)

    def _scalar(self, node: yaml.ScalarNode) -> str | None:
        if self.cut and not node.style:
            self._look_for_cut(node)
        if node.tag == _NULL and not node.style:
            return None
        value: str = node.value
        if not node.style and _QUOTED.fullmatch(value):
            where = self._at(node)
            message, hint = "typographic quotes are part of the value", f'use straight ones: "{value[1:-1]}"'
            self.problems.append(Problem(Severity.WARNING, "yaml.quotes", message, where, hint))
        if not value.isprintable() and (found := ILLEGAL.search(value)):
            self._add(
                "yaml.character", f"the character U+{ord(found.group()):04X} cannot be printed", node, "delete it"
            )
        return value

    def _look_for_cut(self, node: yaml.ScalarNode) -> None:
        """Warn where a text ends before a # that was hardly meant as a comment: small #harbours, #0f3d4c."""
        line = node.end_mark.line
        at = self.cut.get(line, -1)
        if at >= node.end_mark.column and not self.file.lines[line][node.end_mark.column : at].strip():
            del self.cut[line]
            hint = 'put the whole text in quotes: "… #…"'
            where = self.file.at(line, self.file.lines[line].index("#", at))
            self.problems.append(
                Problem(Severity.WARNING, "yaml.comment", "what follows # is a comment and is left out", where, hint)
            )

    def _mapping(self, node: yaml.MappingNode, steps: Steps) -> dict[str, Any]:
        """Return the mapping; a key without a value counts as left out."""
        values: dict[str, Any] = {}
        commas = _Commas(node)
        for place, (name, value) in enumerate(node.value):
            if not isinstance(name, yaml.ScalarNode):
                self._add("yaml.key", "a key must be one word or text", name, "write  name: value")
                continue
            if name.tag == _MERGE:
                self._add("yaml.merge", "merge keys (<<) are not used here", name, "write the facts out")
                continue
            if name.value in values:
                self._add(
                    "yaml.duplicate",
                    f"the key '{name.value}' is there twice; one would hide the other",
                    name,
                    "keep one of them",
                )
            told = self.plain(value, (*steps, name.value))
            if told is not None:
                values[name.value] = told
            elif name.end_mark.index < value.start_mark.index:
                self.empty.append((*steps, name.value))
            elif hint := commas.hint(place):  # no colon between them
                message = f"'{name.value}' stands behind a comma, cut off from the value before it"
                self._add("yaml.comma", message, name, hint)
        return values

    def _at(self, node: yaml.Node) -> Location:
        return self.file.at(node.start_mark.line, node.start_mark.column)

    def _add(self, code: str, message: str, node: yaml.Node, hint: str) -> None:
        self.problems.append(fault(code, message, self._at(node), hint))


class _Commas:
    """What commas cut off inside braces, where it begins other keys: {amount: 12,400,000}."""

    def __init__(self, node: yaml.MappingNode):
        self._pairs = node.value
        self._end = 0
        """Where the number ends that was looked at last: it is told of at its first comma."""

    def hint(self, place: int) -> str | None:
        """Return what to do about the key at `place`, which has no colon; None where it is part of a number told of."""
        if place < self._end:
            return None
        name, before = self._pairs[place][0], self._pairs[place - 1][1] if place else None
        parts = [before.value] if isinstance(before, yaml.ScalarNode) and _DIGITS.fullmatch(before.value) else []
        end = place
        while parts and end < len(self._pairs) and _is_digits(*self._pairs[end]):
            parts.append(self._pairs[end][0].value)
            end += 1
        if len(parts) < 2:
            return f"put a text that has a comma in quotes; or write  {name.value}: value"
        self._end = end
        comma = "." if len(parts) == 2 and len(parts[1]) < 3 else ""  # 12,50 has cents, 12,500 has thousands
        return f"a number is written without commas or spaces: {comma.join(parts)}"


def _is_digits(name: yaml.Node, value: yaml.Node) -> bool:
    """Say whether a key is digits, and has no value of its own."""
    return isinstance(name, yaml.ScalarNode) and bool(_DIGITS.fullmatch(name.value)) and not value.value
