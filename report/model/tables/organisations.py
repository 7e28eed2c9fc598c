"""The organisations of a table, in the order of its rows; each is loaded when it is asked for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from report.model.dossier import Dossier
from report.model.loading.load import Loaded
from report.model.suggestions import nearest
from report.model.tables import ids
from report.model.tables.base import Base, Laid, Value
from report.model.tables.columns import Column, Headings, columns
from report.source.tables import Row, Table, read
from report.values import Location, Problem, ReportError, Severity, UsageError
from report.workspace import RESERVED, Workspace

MAX_ORGANISATIONS = 20_000
"""Most rows of a table, of which each is an organisation: to check so many takes about half a minute."""
MAX_FLAWS = 100_000
"""Most cells of a table that are told to be wrong."""
_LOST_ZERO = (8, 12)
"""A Bulgarian register number (ЕИК) has 9 or 13 digits; so many are left where a spreadsheet took it for a number."""


@dataclass(frozen=True)
class Organisations:
    """What a table and a base come to. There are no ids where the table as a whole is not understood."""

    base: Base
    table: Table
    problems: tuple[Problem, ...]
    """All that is wrong with the table and its cells; what is wrong with the facts is told when they are loaded."""
    _rows: Mapping[str, Row] = field(default_factory=dict)
    _columns: tuple[Column, ...] = ()
    _misnamed: Mapping[int, Problem] = field(default_factory=dict)
    """What is wrong with ids, by their rows' numbers: such a row is checked under the id that is likely meant, and not made."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the organisations in the order of their rows."""
        return tuple(self._rows)

    def row(self, id_: str) -> Laid:
        """Return what a row says, small enough to be sent to another process, where `Base.load` makes the facts of it.

        Raise `UsageError` where there is no such row.
        """
        if id_ not in self._rows:
            hint = nearest(id_, self._rows, "available:")
            name = self.table.grid.path.name
            raise UsageError.of("organisation.unknown", f"there is no organisation '{id_}' in {name}", hint=hint)
        row = self._rows[id_]
        values = tuple(
            Value(column.path, row.cell(column.number), self.table.where(row, column.number))
            for column in self._columns
            if column.path and row.cell(column.number)
        )
        misnamed = [self._misnamed[row.number]] if row.number in self._misnamed else []
        flaws = (*misnamed, *self.table.of_row(row), *_lost_zeros(values, self.base))
        return Laid(id_, values, flaws)

    def load(self, id_: str) -> Loaded:
        """Load an organisation's facts, or all of its mistakes."""
        return self.base.load(self.row(id_))

    def dossier(self, id_: str) -> Dossier | None:
        """Return an organisation's facts, or None where an error stands in their way."""
        return self.load(id_).dossier


def organisations(
    workspace: Workspace, table: Path, base: str, *, sheet: str | None = None, charset: str | None = None
) -> Organisations:
    """Read a table whose rows are laid over the organisation `base`.

    Raise `ReportError` where the file cannot be read, and `UsageError` where there is no such base.
    """
    under = Base(workspace, base)
    headings = Headings(table)
    made = read(table, headings.known, sheet=sheet, charset=charset)
    if len(made.rows) > MAX_ORGANISATIONS:
        message = f"the table has {len(made.rows):,} rows; the most is {MAX_ORGANISATIONS:,}, each an organisation"
        where = made.where(made.rows[MAX_ORGANISATIONS], 0)
        raise ReportError.of("table.rows", message, where, "split it into several tables")
    found, problems = columns(made, headings)
    problems = [*made.problems, *problems, *_years(made, found, under)]
    rows: dict[str, Row] = {}
    named = _Ids(workspace, made, found, under)
    if not any(problem.severity is Severity.ERROR for problem in problems):
        rows = named.rows()
        problems += named.problems
    flaws = list(itertools.islice((p for row in made.rows for p in made.of_row(row)), MAX_FLAWS + 1))
    if len(flaws) > MAX_FLAWS:
        flaws[-1] = _too_many_flaws(table)
        rows = {}
    problems += flaws
    return Organisations(under, made, tuple(dict.fromkeys(problems)), rows, tuple(found), named.misnamed)


def _too_many_flaws(table: Path) -> Problem:
    message = f"more than {MAX_FLAWS:,} cells are wrong: the others are not shown, and no row is checked"
    return Problem(
        Severity.ERROR, "table.flaws", message, Location(table), "is it the right sheet? If so, correct these first"
    )


def _years(table: Table, found: list[Column], base: Base) -> Iterator[Problem]:
    """Yield an error for each column of a reporting year that the base does not have: nothing would read it."""
    for column in found:
        year = column.path.file.rpartition("/")[0] if column.path else ""
        if year and not base.has(f"{year}/year.yaml"):
            message = f"the base {base.name} has no reporting year {year}"
            where = table.where(table.header, column.number)
            yield Problem(Severity.ERROR, "table.year", message, where, f"make a folder {year} in it with a year.yaml")


def _lost_zeros(values: tuple[Value, ...], base: Base) -> Iterator[Problem]:
    """Yield a warning for each Bulgarian register number that is a digit short: a spreadsheet drops leading zeros."""
    told = {value.path.name: value.text for value in values}
    if told.get("organisation.country", base.country()) != "BG":
        return
    for value in values:
        number = re.fullmatch(r"organisation\.registrations\[\d+\]\.number", value.path.name)
        if number and value.text.isdigit() and len(value.text) in _LOST_ZERO:
            message = f"{value.text} has {len(value.text)} digits; an ЕИК has 9 or 13: was a leading zero lost?"
            hint = f"if so, format the cell as text and write 0{value.text}"
            yield Problem(Severity.WARNING, "table.zero", message, value.where, hint)


class _Ids:
    """The id of each row: that of the column `id`, or one made of the name."""

    def __init__(self, workspace: Workspace, table: Table, found: list[Column], base: Base):
        self.table, self.problems = table, list[Problem]()
        self.misnamed: dict[int, Problem] = {}
        self.column = next((column for column in found if column.path is None), None)
        self.names = self._names(found, base)
        self.folders = set(workspace.organisations()) - {base.name}

    @staticmethod
    def _names(found: list[Column], base: Base) -> list[Column]:
        """Return the columns that give the name, English first, since its letters are those of ids."""

        def order(column: Column) -> int:
            last = column.path.steps[-1] if column.path else ""
            return 0 if last == "en" else 1 if last in (base.language(), "name") else 2

        named = [c for c in found if c.path and c.path.file == "organisation.yaml" and c.path.steps[0] == "name"]
        return sorted((c for c in named if c.path and c.path.steps[-1] != "original"), key=order)

    def rows(self) -> dict[str, Row]:
        """Return the rows by their ids; those of one id, or without one, are told of and left out."""
        if not (self.column or self.names):
            message, hint = (
                "the table has neither a column 'id' nor one of names",
                "add a column id, or organisation.name.en",
            )
            self._add("table.id", message, self.table.where(self.table.header, 0), hint)
            return {}
        first: dict[str, tuple[Row, int]] = {}
        twice: set[str] = set()
        for row in self.table.rows:
            self._total(row)
            id_, column = self._id(row)
            if not id_:
                continue
            where = self.table.where(row, column)
            if id_ in first:
                twice.add(id_)
                before = self.table.where(*first[id_])
                self._twice(id_, where, before)
                self._twice(id_, before, where)
                continue
            first[id_] = row, column
            if id_ in self.folders:
                message = f"data/ has an organisation '{id_}' too: their documents would replace each other"
                self.problems.append(Problem(Severity.WARNING, "table.folder", message, where, "give one another id"))
        self.problems = list(dict.fromkeys(self.problems))
        return {id_: row for id_, (row, _) in first.items() if id_ not in twice}

    def _id(self, row: Row) -> tuple[str, int]:
        """Return a row's id, an empty text where it has none, and the column that it comes from."""
        if self.column:
            number, told = self.column.number, row.cell(self.column.number)
            if ids.FORM.fullmatch(told) and len(told) <= ids.MOST and not RESERVED.fullmatch(told):
                return told, number
            if self._spoilt(row, number):
                return "", number
            made = ids.made_of(told)
            message = "an id is made of small Latin letters, digits and hyphens" if told else "the row has no id"
            if RESERVED.fullmatch(told):
                message, made = (
                    f"Windows reserves the name '{told}' for a device, and the id is a folder's name",
                    f"{told.lower()}-1",
                )
            hint = f"write {made}" if made else "write small Latin letters, digits and hyphens: harbour-lights"
            self._add("table.id", message, self.table.where(row, number), hint)
            self.misnamed[row.number] = self.problems[-1]
            return made, number
        column = next((c.number for c in self.names if row.cell(c.number)), self.names[0].number)
        made = ids.made_of(row.cell(column))
        if not made and not self._spoilt(row, column):
            message = (
                "no id can be made of the name"
                if row.cell(column)
                else "the row has no name, so no id can be made of it"
            )
            self._add("table.id", message, self.table.where(row, column), "add a column id")
        return made, column

    def _spoilt(self, row: Row, column: int) -> bool:
        """Say whether an error of the cell is told already."""
        flaw = self.table.grid.flaw(row, column)
        return flaw is not None and flaw.severity is Severity.ERROR

    def _total(self, row: Row) -> None:
        """Warn of a row that adds up the others: it would become an organisation."""
        columns = [self.column] if self.column else []
        for column in (*columns, *self.names):
            said = row.cell(column.number)
            if ids.is_total(said):
                message = f"a row of totals? '{said}' would become an organisation"
                where = self.table.where(row, column.number)
                self.problems.append(Problem(Severity.WARNING, "table.total", message, where, "if so, delete the row"))
                return

    def _twice(self, id_: str, where: Location, other: Location) -> None:
        made = "" if self.column else ", made of the name,"
        at = other.cell.rpartition("!")[2] if other.cell else f"line {other.line}"
        hint = "give one of them another id" if self.column else "add a column id"
        self._add("id.duplicate", f"the id '{id_}'{made} appears twice; the other is in {at}", where, hint)

    def _add(self, code: str, message: str, where: Location, hint: str) -> None:
        self.problems.append(Problem(Severity.ERROR, code, message, where, hint))
