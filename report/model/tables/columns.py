"""Which column holds what: headings are paths of facts, or what a file beside the table says they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report.model.suggestions import Hinter
from report.model.tables import paths
from report.model.tables.paths import ID, FactPath, UnknownPath
from report.source import SourceFile
from report.source import read as read_yaml
from report.source.tables import Table
from report.values import Location, Problem, ReportError, Severity, required

IGNORED = "ignored"
"""What a heading stands for whose column is not read."""
_SUCH = f"write the path of a fact, such as organisation.name.bg, or {IGNORED}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table and the fact it holds; no path, where it holds the ids."""

    number: int
    heading: str
    path: FactPath | None


class Headings:
    """The secretariat's own headings, from the file beside the table: ``members.columns.yaml``."""

    def __init__(self, table: Path):
        self.file: SourceFile | None = None
        self.problems: list[Problem] = []
        self.told: dict[str, tuple[str, str]] = {}
        path = table.with_name(f"{table.stem}.columns.yaml")
        if path.exists() or path.is_symlink():
            try:
                self.file = read_yaml(path)
            except ReportError as error:
                self.problems += error.problems
            else:
                self.problems += self.file.problems
                self._take(self.file)

    def _take(self, file: SourceFile) -> None:
        columns = file.data.get("columns") if isinstance(file.data, dict) else None
        if not isinstance(columns, Mapping):
            hint = "write  columns:  and below it lines of  Heading: organisation.name.bg"
            self._add("columns.form", "a record 'columns' is needed here", (), hint)
            return
        for other in (key for key in file.data if key != "columns"):
            self._add("data.unknown", f"'{other}' is not known here", (other,), "the only record is columns", key=True)
        hinter = Hinter()
        for heading, path in columns.items():
            if not isinstance(path, str):
                self._add(
                    "data.string_type", "a path is needed here", ("columns", heading), "such as organisation.name.bg"
                )
            elif _plain(path) not in (ID, IGNORED) and (fault := _unknown(path)):
                self._add("table.heading", str(fault), ("columns", heading), fault.hint(hinter) or _SUCH)
            else:
                self.told[_plain(heading)] = heading, path

    def _add(self, code: str, message: str, steps: tuple[str, ...], hint: str | None, *, key: bool = False) -> None:
        where = required(self.file).locate(steps, key=key)
        self.problems.append(Problem(Severity.ERROR, code, message, where, hint))

    def known(self, heading: str) -> bool:
        """Say whether a text is a heading."""
        return _plain(heading) in self.told or paths.known(heading)

    def path(self, heading: str) -> str:
        """Return the path that a heading stands for: itself, if nothing else is said."""
        return self.told.get(_plain(heading), (heading, heading))[1]

    def unused(self, table: Table) -> Iterator[Problem]:
        """Yield a warning for every heading that the table does not have."""
        there = {_plain(text): text for _, text in table.headings()}
        hinter, known = Hinter(), tuple(there.values())
        for plain, (heading, _) in self.told.items():
            if plain not in there and self.file:
                message = f"the table has no column '{heading}'"
                hint = hinter.nearest(heading, known, "it has")
                where = self.file.locate(("columns", heading), key=True)
                yield Problem(Severity.WARNING, "table.column", message, where, hint)


def columns(table: Table, headings: Headings) -> tuple[list[Column], list[Problem]]:
    """Return the columns that hold facts, and what is wrong with the headings."""
    found: list[Column] = []
    problems = [*headings.problems, *headings.unused(table)]
    ignored: list[str] = []
    given, hinter = _Given(), Hinter()

    def add(number: int, message: str, hint: str | None) -> None:
        where = table.where(table.header, number)
        problems.append(Problem(Severity.ERROR, "table.heading", message, where, hint))

    for number, heading in table.headings():
        told = headings.path(heading)
        if _plain(told) == IGNORED:
            ignored.append(heading)
            continue
        try:
            column = Column(number, heading, None if _plain(told) == ID else paths.fact_path(told))
        except UnknownPath as error:
            beside = f"{table.grid.path.stem}.columns.yaml"
            add(
                number, str(error), error.hint(hinter) or f"say in {beside} what it stands for, or that it is {IGNORED}"
            )
            continue
        if clash := given.clash(column):
            at = _cell(table.where(table.header, clash.number))
            same = clash.path == column.path
            message = f"'{heading}' appears twice" if same else f"'{heading}' and '{clash.heading}' give the same fact"
            add(number, f"{message}; the first is in {at}", "remove one of them")
            continue
        found.append(column)
    if ignored:
        message = f"not read, as {table.grid.path.stem}.columns.yaml says: {', '.join(ignored)}"
        problems.append(Problem(Severity.NOTE, "table.ignored", message, Location(table.grid.path)))
    return found, problems


class _Given:
    """The facts that columns give, to find two that give the same, or one a part of the other's."""

    def __init__(self) -> None:
        self._whole: dict[tuple[Any, ...], Column] = {}
        self._around: dict[tuple[Any, ...], Column] = {}
        """The columns by what encloses their facts."""

    def clash(self, column: Column) -> Column | None:
        """Return the first column that gives the same, if there is one; else remember what this one gives."""
        steps = _steps(column)
        around = [steps[:length] for length in range(1, len(steps))]
        found = [self._whole.get(each) for each in (*around, steps)] + [self._around.get(steps)]
        if others := [one for one in found if one]:
            return min(others, key=lambda one: one.number)
        self._whole[steps] = column
        for each in around:
            self._around.setdefault(each, column)
        return None


def _steps(column: Column) -> tuple[Any, ...]:
    return (column.path.file, *column.path.steps) if column.path else ("",)


def _cell(where: Location) -> str:
    return where.cell.rpartition("!")[2] if where.cell else f"line {where.line}, column {where.column}"


def _unknown(path: str) -> UnknownPath | None:
    try:
        paths.fact_path(path)
    except UnknownPath as error:
        return error
    return None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
