"""Why a file is not YAML, at the line that a person would mend: where a quote opens, where a colon is missing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from report.source.invisible import unprintable
from report.source.text import LINE_BREAK, at, fault
from report.values import Problem

_COLON = "write a colon and a space between a name and its value"
_HINTS = (
    ("found character '\\t'", "indent with spaces, not with tabs"),
    ("mapping values are not allowed", "put the text in quotes if it contains ': '; or check the indentation"),
    ("did not find expected ',' or ']'", "close the bracket ]"),
    ("did not find expected ',' or '}'", "close the bracket }"),
    ("could not find expected ':'", _COLON),
    ("expected <block end>", "check that the line is indented like its neighbours"),
    ("did not find expected key", "check that the line is indented like its neighbours, and that quotes are closed"),
    ("did not find expected '-'", "check that the line is indented like its neighbours"),
    ("found unexpected end of stream", "close the quotes"),
    ("found undefined alias", "a text that begins with * must be in quotes"),
    ("did not find expected alphabetic or numeric character", "a text that begins with * or & must be in quotes"),
    ("found unknown escape character", "use single quotes around text with a backslash"),
    ("cannot start any token", "put the text in quotes"),
    ("found another document", "put a second document into a file of its own; remove the line ---"),
)


_NAMED = re.compile(r"[ \t]*(?:- +)*([A-Za-z_][\w-]*)(?:[ \t]*[:=][ \t]*|[ \t]+)(\S[^:#]*?)[ \t\r]*")
_VALUE = re.compile(r"[ \t]*(?:- +)*([A-Za-z_][\w-]*):[ \t]+([^\s\"'|>&*!%@`{\[][^\"\\]*?)[ \t\r]*")
_KEY = re.compile(r"[ \t]*(?:- +)?[\w.-]+:(?:[ \t]|$)")
"""The beginning of a line that is hardly meant as the middle of a quoted text."""


def syntax(path: Path, text: str, error: yaml.MarkedYAMLError, loader: Any) -> Problem:
    """Return what is wrong with a text that `loader` could not compose."""
    lines = LINE_BREAK.split(text)
    if opened := _open_quote(text, lines, loader):
        message = f"this is not YAML: the quotes that open here are closed only in line {opened[2] + 1}"
        return fault("yaml.syntax", message, at(path, lines, *opened[:2]), "close the quotes")
    what = str(error.problem or error.context or "this is not YAML")
    line, column = _place(error, what)
    while line > 0 and (line >= len(lines) or not lines[line].strip()):
        line -= 1
        column = len(lines[line])
    if "mapping values are not allowed" in what and (before := _without_colon(lines, line, column)) is not None:
        column = len(lines[before]) - len(lines[before].lstrip(" -"))
        hint = _with_colon(lines[before]) or _COLON
        return fault("yaml.syntax", "this is not YAML: the line has no colon", at(path, lines, before, column), hint)
    hint = next(
        (hint for sign, hint in _HINTS if sign in what), "check the indentation, the colons and the quotes of this line"
    )
    if hint is _COLON and line < len(lines):
        hint = _with_colon(lines[line]) or hint
    elif "mapping values are not allowed" in what and (found := _VALUE.fullmatch(lines[line])):
        hint = f'write  {found[1]}: "{found[2]}"'
    near = lines[max(0, line - 1) : line + 1]
    if any("\t" in text[: len(text) - len(text.lstrip())] for text in near):
        hint = "indent with spaces, not with tabs"
    elif any("\u00a0" in text[: len(text) - len(text.lstrip())] for text in near):
        hint = "this line or the one above begins with non-breaking spaces, as Word makes them; type plain ones"
    context = f" ({error.context})" if error.context and error.problem else ""
    return fault("yaml.syntax", f"this is not YAML: {what}{context}", at(path, lines, line, column), hint)


def _with_colon(line: str) -> str | None:
    """Return a hint with the name and the value of a line that has no colon, or none with a space behind it."""
    found = _NAMED.fullmatch(line)
    return f"write  {found[1]}: {found[2]}" if found else None


def _place(error: yaml.MarkedYAMLError, what: str) -> tuple[int, int]:
    """Return the line and column to point at: of a text that never ends, and of a key without a colon, the beginning."""
    mark = error.problem_mark or error.context_mark
    if error.context_mark and ("end of stream" in what or "could not find expected ':'" in what):
        mark = error.context_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _without_colon(lines: list[str], line: int, column: int) -> int | None:
    """Return the line above, where it lacks the colon that the first key of `line` is taken to be a second one of."""
    before = next((n for n in range(line - 1, -1, -1) if lines[n].strip()), None)
    if before is None or ":" in lines[before] or not _KEY.match(lines[line]) or ":" in lines[line][:column]:
        return None
    indents = [len(lines[n]) - len(lines[n].lstrip(" -")) for n in (before, line)]
    return before if indents[0] == indents[1] and not lines[before].lstrip().startswith("#") else None


def _open_quote(text: str, lines: list[str], loader: Any) -> tuple[int, int, int] | None:
    """Return where the last quoted text begins that runs over lines which look like keys, and the line of its end."""
    found = None
    try:
        for token in yaml.scan(text, Loader=loader):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                start, end = token.start_mark, token.end_mark
                if any(_KEY.match(line) for line in lines[start.line + 1 : end.line + 1]):
                    found = start.line, start.column, end.line
    except yaml.YAMLError:
        pass
    return found


def unreadable(path: Path, text: str, error: yaml.reader.ReaderError) -> Problem:
    """Return the character that YAML does not allow."""
    return character(path, text, min(int(error.position), len(text)))


def character(path: Path, text: str, position: int) -> Problem:
    """Return what is said of a character that cannot be printed, by its place in a file's text."""
    line = len(LINE_BREAK.findall(text, 0, position))
    column = position - max((one.end() for one in LINE_BREAK.finditer(text, 0, position)), default=0)
    said = unprintable(text[position]) if position < len(text) else ("a character cannot be printed", "delete it")
    return fault("yaml.character", said[0], at(path, LINE_BREAK.split(text), line, column), said[1])
