"""The nodes of a YAML file become plain values, and what is wrong with them is told."""

from __future__ import annotations

import re
from typing import Any

import yaml

from report.source import invisible, suggest
from report.source.limits import MAX_DEPTH, MAX_NODES
from report.source.sourcefile import SourceFile, Steps
from report.source.text import fault
from report.values import Location, Problem, ReportError, Severity

_CUT = re.compile(r"(?<=[^\s#])[ \t]+#[^\s#!=-]")
"""A comment that follows a value and has no space after its sign: likely part of the text."""
_NO_COMMENT = re.compile(f"[{invisible.SPACES}]#[ \t]")
_DIGITS = re.compile(r"[^\w\s]{0,2}\d[\d.'’ \u00a0\u202f]*")
_REST = re.compile(r"[\d.]+\W*\w{0,5}\W?")
_QUOTED = re.compile("[“”„«‘‚][\\d\\s.,:+/()-]+[”“»’‘]")
"""A number, a date or a time between typographic quotes; words between them may be a name."""
_PLACES = 2
"""Decimals that every number may have: what kind of number it is to be is not known here."""
_LONGEST = 25
"""Signs of the longest number that a fact may be."""
NULL, MERGE = "tag:yaml.org,2002:null", "tag:yaml.org,2002:merge"
_KNOWN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("null", "str", "int", "float", "bool", "timestamp", "seq", "map", "merge", "value")
)


class Walk:
    """One pass over the nodes: plain values, duplicate keys, foreign tags, illegal characters, runaway aliases."""

    def __init__(self, file: SourceFile):
        self.file, self.count = file, 0
        self.problems: list[Problem] = []
        self.empty: list[Steps] = []
        self.clear = "\\" not in file.text and invisible.is_clear(file.text)
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
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, steps)
        return [self.plain(child, (*steps, index)) for index, child in enumerate(node.value)]

    def _scalar(self, node: yaml.ScalarNode) -> str | None:
        if self.cut and not node.style:
            self._look_for_cut(node)
        if node.tag == NULL and not node.style:
            return None
        value: str = node.value
        if not node.style and (no_comment := _NO_COMMENT.search(value)):
            message = "what follows # is part of the text: before it stands a space that YAML treats as a letter"
            where = self.file.inside(node, value, no_comment.start())
            self.problems.append(Problem(Severity.WARNING, "yaml.comment", message, where, "type a plain space"))
        if not node.style and _QUOTED.fullmatch(value):
            where = self._at(node)
            message, hint = "typographic quotes are part of the value", f'write "{value[1:-1]}"'
            self.problems.append(Problem(Severity.WARNING, "yaml.quotes", message, where, hint))
        return self._text(node)

    def _text(self, node: yaml.ScalarNode) -> str:
        """Return what a scalar says without what nobody sees, and tell of that."""
        if self.clear:
            return str(node.value)
        value, signs = invisible.without_invisible(node.value)
        for sign in signs:
            where = self.file.inside(node, node.value, sign.at)
            self.problems.append(Problem(sign.severity, f"yaml.{sign.code}", sign.message, where, sign.hint))
        return value

    def _look_for_cut(self, node: yaml.ScalarNode) -> None:
        """Warn where a text ends before a # that was hardly meant as a comment: small #harbours, #0f3d4c."""
        line = node.end_mark.line
        at = self.cut.get(line, -1)
        if at >= node.end_mark.column and not self.file.lines[line][node.end_mark.column : at].strip():
            del self.cut[line]
            text = self.file.lines[line][node.start_mark.column :].rstrip()
            quoted = text.replace("\\", "\\\\").replace('"', '\\"')
            hint = (
                f'put a space after # if it is a comment; if not, write "{quoted}"'
                if node.start_mark.line == line
                else "put the whole text in quotes"
            )
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
                self._add(
                    "yaml.key",
                    "a key must be one word or text",
                    name,
                    "remove the brackets or the question mark before it",
                )
                continue
            if name.tag == MERGE:
                self._add("yaml.merge", "merge keys (<<) are not used here", name, "write the facts out")
                continue
            name.value = self._text(name)
            if name.value in values:
                self._add(
                    "yaml.duplicate",
                    f"the key '{name.value}' appears twice; one would hide the other",
                    name,
                    "keep one of them",
                )
            told = self.plain(value, (*steps, name.value))
            if told is not None:
                values[name.value] = told
            elif name.end_mark.index < value.start_mark.index:
                self.empty.append((*steps, name.value))
            elif hint := commas.hint(place):  # no colon between them
                message = f"'{name.value}' follows a comma, cut off from the value before it"
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
        while parts and end < len(self._pairs) and _may_be_number(*self._pairs[end]):
            parts.append(self._pairs[end][0].value)
            end += 1
        key = self._pairs[place - 1][0].value if place else ""
        for last in range(end, place, -1):
            if offered := suggest.offers(",".join(parts[: last - place + 1]), places=_PLACES):
                self._end = last
                if any(len(one.read) > _LONGEST for one in offered):
                    return "shorten the number: it is too long"
                rounded = f"  ; rounded to {_PLACES} decimal places" * any(one.is_rounded for one in offered)
                return "write  " + "  , or  ".join(f"{key}: {one.written}" for one in offered) + rounded
        if not isinstance(before, yaml.ScalarNode):
            return f"write  {name.value}: …"
        text = f"{before.value}, {name.value}".replace('"', '\\"')
        return f'if it belongs to the value before it, write  {key}: "{text}"  ; if not, write  {name.value}: …'


def _may_be_number(name: yaml.Node, value: yaml.Node) -> bool:
    """Say whether a key may be the rest of a number, with a sign of a currency, and has no value of its own."""
    return isinstance(name, yaml.ScalarNode) and bool(_REST.fullmatch(name.value)) and not value.value
