"""YAML to plain values: every scalar stays the text that was typed, every value knows where it stands.

PyYAML's own typing is not used: it turns ``no`` into False, ``12:30`` into 750 and ``0123456`` into 42798. Types
are the models' business.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import yaml

from report.source import invisible, spaces, syntax
from report.source.caching import cached_while_unchanged
from report.source.limits import MAX_DEPTH
from report.source.plain import MERGE, NULL, Walk
from report.source.sourcefile import SourceFile
from report.source.text import LINE_BREAK, at, fault, read_text
from report.values import Location, Problem, ReportError, Severity

_ENDS = "delete it; type a new line where one is meant"
_MOST_CONTROLS = 20
"""So many control characters of one file are told."""
_PLAIN_TAGS = {**dict.fromkeys(("", "~", "null", "Null", "NULL"), NULL), "<<": MERGE}
"""What a scalar without quotes is that is no text (YAML 1.1, types null and merge)."""


def read(path: Path) -> SourceFile:
    """Read a YAML file; raise `ReportError` where it cannot be read as one document of plain values.

    Mistakes that leave the rest readable (a duplicate key, a character that no format can carry) are in the
    file's `problems`, so that all of a folder's mistakes can be reported at once.
    """
    return parse(path, read_text(path))


def parse(path: Path, text: str) -> SourceFile:
    """Read the text of a YAML file, which need not be saved yet, as `read` does."""
    text, broken = spaces.joined(text)
    lines = LINE_BREAK.split(text)
    ends = [Problem(Severity.WARNING, "yaml.line", one.message, at(path, lines, *one[:2]), _ENDS) for one in broken]
    text, node, odd = _composed(path, text)
    if node is None:
        raise ReportError.of("yaml.empty", "the file is empty", Location(path, 1, 1), "add facts, or delete the file")
    walk = Walk(SourceFile(path, text, node, None))
    data = walk.plain(node, ())
    problems = (*ends, *odd, *walk.problems)
    return SourceFile(path, text, node, data, problems, tuple(walk.empty))


def _composed(path: Path, text: str) -> tuple[str, yaml.Node | None, list[Problem]]:
    """Return a file's text and its root; where YAML needs spaces that are none, with plain ones, and what is told of them."""
    if controls := list(itertools.islice(invisible.CONTROL.finditer(text), _MOST_CONTROLS)):
        raise ReportError(syntax.character(path, text, found.start()) for found in controls)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except _TooDeep as error:
        raise _too_deep(path, error.args[0]) from None
    except yaml.YAMLError as error:
        mended, odd = spaces.mended(text)
        if not odd:
            raise _unreadable(path, text, error) from None
    else:
        if node is None or not spaces.maybe(text) or not spaces.misread(node):
            return text, node, []
        mended, odd = spaces.mended(text)
    lines = LINE_BREAK.split(text)
    told = [fault("yaml.space", one.message, at(path, lines, *one[:2]), "type a plain space") for one in odd]
    try:
        return mended, yaml.compose(mended, Loader=_Loader), told
    except _TooDeep as error:
        raise _too_deep(path, error.args[0]) from None
    except yaml.YAMLError as error:
        raise ReportError([*told, *_unreadable(path, mended, error).problems]) from None


def _unreadable(path: Path, text: str, error: yaml.YAMLError) -> ReportError:
    """Return why a text cannot be read as YAML."""
    if isinstance(error, yaml.reader.ReaderError):
        return ReportError([syntax.unreadable(path, text, error)])
    if not isinstance(error, yaml.MarkedYAMLError):
        raise error
    if "nesting" in str(error):  # libyaml reads ahead, and counts itself
        return _too_deep(path, error.problem_mark)
    return ReportError([syntax.syntax(path, text, error, _Loader)])


def _too_deep(path: Path, mark: yaml.Mark | None) -> ReportError:
    message = f"values are nested more than {MAX_DEPTH} deep"
    return ReportError.of(
        "yaml.depth", message, Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
    )


read_shared = cached_while_unchanged(read)
"""Read a file as `read` does, once per process unless it changes; nothing may change what it returns."""


_STR, _SEQ, _MAP = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))


class _TooDeep(Exception):
    """Nesting so deep that composing it would exhaust the stack."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes nodes, of which scalars are nothing but text or null, and counts how deep they are nested."""

    def __init__(self, stream: Any):
        super().__init__(stream)
        self._depth = 0

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        if kind is yaml.ScalarNode:
            return _PLAIN_TAGS.get(value, _STR) if implicit[0] else _STR
        return _SEQ if kind is yaml.SequenceNode else _MAP

    def descend_resolver(self, current_node: yaml.Node | None, current_index: Any) -> None:
        self._depth += 1
        if current_node is not None and self._depth > MAX_DEPTH + 1:
            raise _TooDeep(current_node.start_mark)

    def ascend_resolver(self) -> None:
        self._depth -= 1
