"""YAML to plain values: every scalar stays the text that was typed, every value knows where it stands.

PyYAML's own typing is not used: it turns ``no`` into False, ``12:30`` into 750 and ``0123456`` into 42798. Types
are the models' business.
"""

from __future__ import annotations

import contextlib
import itertools
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

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NESTED = re.compile(rf"(?:[-?:][ \t]+){{{MAX_DEPTH}}}")
_CUT = re.compile(r"(?<=[^\s#])[ \t]+#[^\s#!=-]")
"""A comment that follows a value and has no space after its sign: likely part of the text."""
_DIGITS = re.compile(r"-?[\d.]+")
_QUOTED = re.compile("[“”„«‘‚][\\d\\s.,:+/()-]+[”“»’‘]")
"""A number, a date or a time between typographic quotes; words between them may be a name."""
_NULL = "tag:yaml.org,2002:null"
_KNOWN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("null", "str", "int", "float", "bool", "timestamp", "seq", "map", "merge", "value")
)


Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class SourceFile:
    """A data file: its plain values, and the way back from a value's path to a line and column.

    `empty` are the steps to the keys that have no value, which `data` leaves out. `memo` is for what is made of the file.
    """

    path: Path
    text: str
    node: yaml.Node
    data: Any
    problems: tuple[Problem, ...] = field(default=())
    empty: tuple[Steps, ...] = field(default=())
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

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
            found = _child(node, step)
            if found is not None:
                named, node = found
        mark = (named if key and named is not None else node).start_mark
        return self.at(mark.line, mark.column, ".".join(str(s) for s in steps) or None)

    def at(self, line: int, column: int, key: str | None = None) -> Location:
        """Return the location of a line and column that count from 0."""
        return at(self.path, self.lines, line, column, key)


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in reversed(node.value):
            if name.value == step or str(name.value) == str(step):
                return name, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def read(path: Path) -> SourceFile:
    """Read a YAML file; raise `ReportError` where it cannot be read as one document of plain values.

    Mistakes that leave the rest readable (a duplicate key, a character that no format can carry) are in the
    file's `problems`, so that all of a folder's mistakes can be reported at once.
    """
    text = read_text(path)
    _refuse_depth(path, text)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise ReportError([syntax.syntax(path, text, error, _Loader)]) from None
    except yaml.reader.ReaderError as error:
        raise ReportError([syntax.unreadable(path, text, error)]) from None
    if node is None:
        raise ReportError.of("yaml.empty", "the file is empty", Location(path, 1, 1), "add facts, or delete the file")
    walk = _Walk(SourceFile(path, text, node, None))
    data = walk.plain(node, ())
    return SourceFile(path, text, node, data, tuple(walk.problems), tuple(walk.empty))


read_shared = while_unchanged(read)
"""Read a file as `read` does, once per process unless it changes; nothing may change what it returns."""


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
        for name, value in node.value:
            if not isinstance(name, yaml.ScalarNode):
                self._add("yaml.key", "a key must be one word or text", name, "write  name: value")
                continue
            if name.tag == "tag:yaml.org,2002:merge":
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
            else:  # no colon between them
                self._cut_off(node, name)
        return values

    def _cut_off(self, node: yaml.MappingNode, name: yaml.ScalarNode) -> None:
        """Tell of what a comma cuts off inside braces, where it begins another key: {amount: 12,400}."""
        place = next(n for n, (key, _) in enumerate(node.value) if key is name)
        hint = f"put a text that has a comma in quotes; or write  {name.value}: value"
        if number := _number(node, place):
            first, whole = number
            if first < place:  # told of at the number's first comma
                return
            hint = f"a number is written without commas or spaces: {whole}"
        message = f"'{name.value}' stands behind a comma, cut off from the value before it"
        self._add("yaml.comma", message, name, hint)

    def _at(self, node: yaml.Node) -> Location:
        return self.file.at(node.start_mark.line, node.start_mark.column)

    def _add(self, code: str, message: str, node: yaml.Node, hint: str) -> None:
        self.problems.append(fault(code, message, self._at(node), hint))


def _number(node: yaml.MappingNode, place: int) -> tuple[int, str] | None:
    """Return the number that commas cut into a value and the keys after it, and the first of those keys, if it is one."""
    first = place
    while first and not node.value[first - 1][1].value:
        first -= 1
    parts = [node.value[first - 1][1].value] if first else []
    parts += [key.value for key, _ in node.value[first : place + 1]]
    parts += [key.value for key, value in itertools.takewhile(lambda pair: not pair[1].value, node.value[place + 1 :])]
    parts = list(itertools.takewhile(lambda part: isinstance(part, str) and _DIGITS.fullmatch(part), parts))
    comma = "." if len(parts) == 2 and len(parts[1]) < 3 else ""  # 12,50 has cents, 12,500 has thousands
    return (first, comma.join(parts)) if first and len(parts) > place - first + 1 else None


def _refuse_depth(path: Path, text: str) -> None:
    """Refuse nesting so deep that composing it would exhaust the stack; the events of a file are flat and safe."""
    brackets = text.count("[") + text.count("{")
    if brackets < MAX_DEPTH * 4 and not _NESTED.search(text) and " " * MAX_DEPTH not in text:
        return
    try:
        _count_depth(path, text, _Loader)
    except yaml.YAMLError as error:
        if "nesting" in str(error):  # a C library that counts itself, and does not say where it becomes too deep
            with contextlib.suppress(yaml.YAMLError):
                _count_depth(path, text, yaml.SafeLoader)


def _count_depth(path: Path, text: str, loader: Any) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            depth += 1
            if depth > MAX_DEPTH:
                mark = event.start_mark
                raise ReportError.of(
                    "yaml.depth",
                    f"values are nested more than {MAX_DEPTH} deep",
                    Location(path, mark.line + 1, mark.column + 1),
                )
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            depth -= 1
