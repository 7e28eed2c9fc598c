"""Problems as text for people and as JSON for programs."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from report.values import Location, Problem, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_WIDTH = 110
MOST_ALIKE = 200
"""So many problems of one code are printed: nobody reads thousands, and those of other codes would be lost among them."""


def show(problems: Iterable[Problem], *, err: bool = True) -> None:
    """Print each problem: where it is, what is wrong, the line with a caret, and what to do; of very many alike the first."""
    counted: Counter[str] = Counter()
    for problem in problems:
        counted[problem.code] += 1
        if counted[problem.code] <= MOST_ALIKE:
            click.echo(text(problem), err=err)
    for code, number in counted.items():
        if number > MOST_ALIKE:
            click.echo(f"and {number - MOST_ALIKE:,} more like these [{code}]: the JSON output lists all", err=err)


def lines(records: Iterable[Mapping[str, Any]]) -> None:
    """Print problems, as `as_json` has them, each as a line of JSON."""
    for problem in records:
        click.echo(json.dumps({"problem": problem}, ensure_ascii=False))


def text(problem: Problem) -> str:
    """Return a problem as lines of text."""
    place = f"{_place(problem.location)}: " if problem.location else ""
    word = click.style(problem.severity.value, fg=_COLOURS[problem.severity], bold=True)
    lines = [f"{click.style(place, bold=True)}{word}: {safe(problem.message)} [{problem.code}]"]
    if problem.location and problem.location.excerpt is not None and problem.location.column:
        lines += _excerpt(problem.location)
    if problem.hint:
        lines.append(f"    hint: {safe(problem.hint)}")
    return "\n".join(lines)


def _place(location: Location) -> str:
    if location.cell:
        return f"{relative(location.path)}:{location.cell}"
    return ":".join(str(part) for part in (relative(location.path), location.line, location.column) if part is not None)


def relative(path: Path) -> str:
    """Return a path as the user would type it here."""
    try:
        short = os.path.relpath(path)
    except ValueError:
        return str(path)
    return short if not short.startswith(os.path.join("..", "..")) else str(path)


def _excerpt(location: Location) -> list[str]:
    """Return the line with a caret below the column, or a cell's text, cut to a terminal's width."""
    if location.cell:
        return [f"    {_printable(location.excerpt or '')[:_WIDTH]}"]
    excerpt, column = location.excerpt or "", (location.column or 1) - 1
    start = max(0, column - _WIDTH // 2) if len(excerpt) > _WIDTH else 0
    shown = _printable(excerpt[start : start + _WIDTH])
    return [f"    {shown}", f"    {' ' * (column - start)}^"]


def safe(text: str) -> str:
    """Return words of the user's files without what a terminal would take for a command, or nobody sees."""
    return "\n".join(_printable(line) for line in text.split("\n"))


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in text.replace("\t", " ").replace("\n", " "))


def count(problems: Sequence[Problem]) -> str:
    """Return how many problems of each weight there are."""
    numbers = {severity: sum(p.severity is severity for p in problems) for severity in Severity}
    return (
        ", ".join(f"{n} {severity.value}{'' if n == 1 else 's'}" for severity, n in numbers.items() if n)
        or "no problems"
    )


def as_json(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems for a program to read."""
    paths: dict[Path, str] = {}

    def path(of: Path) -> str:
        if of not in paths:
            paths[of] = relative(of)
        return paths[of]

    return [
        {
            "severity": p.severity.value,
            "code": p.code,
            "message": p.message,
            "hint": p.hint,
            "path": path(p.location.path) if p.location else None,
            "line": p.location.line if p.location else None,
            "column": p.location.column if p.location else None,
            "key": p.location.key if p.location else None,
            **({"cell": p.location.cell} if p.location and p.location.cell else {}),
        }
        for p in problems
    ]


def dump(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def status(problems: Iterable[Problem], strict: bool = False) -> int:
    """Return the exit status that problems call for."""
    weights = {problem.severity for problem in problems}
    return int(Severity.ERROR in weights or (strict and Severity.WARNING in weights))
