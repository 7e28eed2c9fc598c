"""What annexes tell of an organisation's experience and capacity: projects, the money of several years, who works there."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from report.model.dates import PartialDate, lasts
from report.model.document import DocumentRequest
from report.model.dossier import Dossier, YearFacts
from report.model.money import convert, in_euro
from report.model.project import Project
from report.model.text import Text
from report.values import required

BUDGETS = 3
"""So many years of income and expenditure funders ask for."""
_RATED = frozenset({"EUR", "BGN"})
"""Currencies with a fixed rate to the euro."""


@dataclass(frozen=True, slots=True)
class Gift:
    """What one giver paid for a project, in the project's currency; None where that is not known."""

    name: Text | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project with its givers by name, and its amounts in euro, where they are known and there is a rate."""

    project: Project
    gifts: tuple[Gift, ...]
    euro: Decimal | None
    cost_euro: Decimal | None
    ended_within: int
    """Within how many years before the day they are counted from it ended: 1, 2, 3 …; 0 if it had not ended then."""

    @property
    def converted(self) -> bool:
        """Return whether the amounts in euro are converted from leva at the fixed rate."""
        return self.project.currency == "BGN" and self.project.rate is None

    @property
    def compared(self) -> bool:
        """Return whether its amounts are known and in no currency that cannot be converted."""
        return self.euro is not None or self.project.received is None

    @property
    def weight(self) -> tuple[bool, Decimal]:
        """Return what ranks it by size: what it cost in euro, and after all those whatever cannot be compared with them."""
        return self.cost_euro is not None, self.cost_euro or Decimal()


@dataclass(frozen=True, slots=True)
class Budget:
    """Income and expenditure of a year; `converted` says that they were stated in leva and are in euro here."""

    number: int
    currency: str
    converted: bool
    income: Decimal
    expenditure: Decimal

    @property
    def result(self) -> Decimal:
        """Return income less expenditure."""
        return self.income - self.expenditure


def projects(dossier: Dossier, request: DocumentRequest) -> tuple[ProjectView, ...]:
    """Return the projects that had begun by the document's date, the newest first."""
    begun = [project for project in dossier.projects if not project.since or _first(project.since) <= request.date]
    begun.sort(key=lambda project: (_last(project.until), _first(project.since)), reverse=True)
    today = counted_from(dossier, request)
    return tuple(_project(dossier, project, today) for project in begun)


def counted_from(dossier: Dossier, request: DocumentRequest) -> datetime.date:
    """Return the day from which the last years are counted: the deadline of the document's call, or else its own date.

    Of several calls it is the earliest, so that nothing is left out that one of them asks for.
    """
    return min((call.deadline for call in dossier.calls if request.id in call.documents), default=request.date)


def _project(dossier: Dossier, project: Project, today: datetime.date) -> ProjectView:
    givers = [(project.funder, project.funder_name, project.contributed)]
    givers += [(other.funder, other.name, other.amount) for other in project.other_donors]

    def euro(amount: Decimal | None) -> Decimal | None:
        money = project.money(amount)
        converted = in_euro(money, project.rate) if money else None
        return converted.amount if converted else None

    return ProjectView(
        project=project,
        gifts=tuple(Gift(name or (dossier.body(id_).name if id_ else None), amount) for id_, name, amount in givers),
        euro=euro(project.received),
        cost_euro=euro(project.cost),
        ended_within=_ended_within(_last(project.until), today),
    )


def _ended_within(end: datetime.date, today: datetime.date) -> int:
    years = 0
    while end < _earlier(today, years):
        years += 1
    return years


def _earlier(day: datetime.date, years: int) -> datetime.date:
    """Return the same day so many years before; 29 February becomes 28."""
    year = day.year - years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def _first(date: PartialDate | None) -> datetime.date:
    """Return the first day that a date may mean; of two projects that end alike the one whose beginning is known stands first."""
    if date is None:
        return datetime.date.min
    return datetime.date(date.year, date.month or 1, date.day or 1)


def _last(date: PartialDate | None) -> datetime.date:
    """Return the last day that a date may mean; what has no end goes on."""
    if date is None:
        return datetime.date.max
    month = date.month or 12
    return datetime.date(date.year, month, date.day or calendar.monthrange(date.year, month)[1])


def budgets(dossier: Dossier, request: DocumentRequest) -> tuple[Budget, ...]:
    """Return the money of the last years with a statement, the newest first.

    They are in one currency where there are only leva and euro among them, to be compared; else each in its own.
    """

    def is_over(year: YearFacts) -> bool:
        return year.number <= request.year if request.year is not None else year.ends <= request.date

    years = [year for year in dossier.years.values() if is_over(year) and year.finance][-BUDGETS:]
    used = {year.year.currency for year in years}
    return tuple(_budget(year, turned=used == _RATED) for year in reversed(years))


def _budget(year: YearFacts, turned: bool) -> Budget:
    income, expenditure = required(year.income), required(year.expenditure)
    converted = turned and income.currency == "BGN"
    if converted:
        income, expenditure = convert(income, "EUR"), convert(expenditure, "EUR")
    return Budget(year.number, income.currency, converted, income.amount, expenditure.amount)


def head_counts(dossier: Dossier, request: DocumentRequest) -> Mapping[str, int]:
    """Return how many people each body has at the end of the document's year, or, where it has none, on its date.

    Those who asked not to be named count too.
    """
    year = dossier.years.get(request.year) if request.year is not None else None
    day = year.ends if year else request.date
    bodies = [person.body for person in dossier.people if lasts(person.since, person.until, day, day)]
    return MappingProxyType({body: bodies.count(body) for body in dict.fromkeys(bodies)})
