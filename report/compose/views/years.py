"""What templates see of a reporting year: results beside last year's, money by line, each programme with its own."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from report.model import changes
from report.model.activity import Activity, Result
from report.model.changes import Change
from report.model.dates import lasts
from report.model.document import DocumentRequest
from report.model.dossier import Dossier, YearFacts
from report.model.finance import DonationGiven, DonationReceived, ExpenditureLine, Finance, Funds, IncomeLine
from report.model.money import can_convert, convert
from report.model.objective import Objective
from report.model.person import Person
from report.model.programme import Indicator, OwnProgramme
from report.model.story import Story
from report.model.text import Text
from report.model.unreadable import or_unreadable
from report.model.year import Picture, Year
from report.values import required


@dataclass(frozen=True, slots=True)
class Score:
    """An indicator with its result, and what it came to the year before."""

    indicator: Indicator
    result: Result
    last: Decimal | None

    @property
    def reached(self) -> bool | None:
        """Return whether the target was reached, or None without one."""
        target, actual = self.result.target, self.result.actual
        if target is None or actual is None:
            return None
        return actual >= target if self.indicator.better == "more" else actual <= target


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the statement, and the same line of the year before in the same currency."""

    label: Text
    amount: Decimal
    last: Decimal | None
    restricted: bool = False
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """A line that only the statement of the year before has, in this year's currency."""

    label: Text
    last: Decimal
    restricted: bool = False
    amount: None = None
    source: None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """The money of the year, and of the year before in this year's currency.

    `income_gone` and `expenditure_gone` are what only the year before had: without them its column would not add up.
    """

    income: tuple[Line, ...]
    expenditure: tuple[Line, ...]
    income_gone: tuple[Gone, ...]
    expenditure_gone: tuple[Gone, ...]
    total_income: Decimal
    total_expenditure: Decimal
    last_income: Decimal | None
    last_expenditure: Decimal | None
    restricted: Funds | None
    unrestricted: Funds | None
    facts: Finance

    @property
    def result(self) -> Decimal:
        """Return income less expenditure."""
        return self.total_income - self.total_expenditure

    @property
    def last_result(self) -> Decimal | None:
        """Return that of the year before."""
        if self.last_income is None or self.last_expenditure is None:
            return None
        return self.last_income - self.last_expenditure


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme with what was done in the year, what it cost and what came of it."""

    programme: OwnProgramme
    activities: tuple[Activity, ...]
    scores: tuple[Score, ...]
    spent: Decimal | None
    objectives: tuple[Objective, ...] = ()
    pictures: tuple[Picture, ...] = ()
    going_on: bool = True
    """Whether its dates, if it has any, cover a part of the year."""

    @property
    def shown(self) -> bool:
        """Return whether it is of the year: its dates cover it, or something was done, spent, measured or shown of it."""
        return bool(self.going_on or self.activities or self.scores or self.spent or self.pictures)

    @property
    def active(self) -> bool:
        """Return whether something was done or spent, beyond what was measured."""
        return bool(self.activities or self.spent)

    @property
    def weight(self) -> tuple[Decimal, int]:
        """Return what ranks it where not all programmes find room: what it cost, then how much was done."""
        return self.spent or Decimal(), len(self.activities)


@dataclass(frozen=True, slots=True)
class YearView:
    """A reporting year. `converted` says that the statement gives last year's amounts, in leva then, in euro."""

    number: int
    begins: datetime.date
    ends: datetime.date
    currency: str
    facts: Year
    converted: bool
    signs: Person | None
    scores: tuple[Score, ...]
    programmes: tuple[ProgrammeView, ...]
    statement: Statement | None
    received: tuple[DonationReceived, ...]
    given: tuple[DonationGiven, ...]
    stories: tuple[Story, ...]
    changes: tuple[Change, ...]


def view(dossier: Dossier, number: int | None) -> YearView | None:
    """Join the facts of a reporting year with those of the year before."""
    year = dossier.years.get(number) if number is not None else None
    if year is None:
        return None
    before = dossier.years.get(year.number - 1)
    scores = or_unreadable(_scores, dossier, year, before)
    statement = or_unreadable(_statement, year, before)
    return YearView(
        number=year.number,
        begins=year.begins,
        ends=year.ends,
        currency=year.year.currency or "",
        facts=year.year,
        converted=or_unreadable(_is_converted, year, before, statement),
        signs=or_unreadable(_signs, dossier, year),
        scores=scores,
        programmes=or_unreadable(_programmes, dossier, year, scores),
        statement=statement,
        received=year.received,
        given=year.given,
        stories=year.stories,
        changes=or_unreadable(_changes, dossier, before, year),
    )


def _is_converted(year: YearFacts, before: YearFacts | None, statement: Statement | None) -> bool:
    if before is None or before.year.currency == year.year.currency:
        return False
    return statement is not None and statement.last_income is not None


def _signs(dossier: Dossier, year: YearFacts) -> Person | None:
    letter = year.year.letter
    return next((person for person in dossier.people if person.id == letter.person), None) if letter else None


def _changes(dossier: Dossier, before: YearFacts | None, year: YearFacts) -> tuple[Change, ...]:
    return tuple(changes.between(dossier, before, year)) if before else ()


def _programmes(dossier: Dossier, year: YearFacts, scores: tuple[Score, ...]) -> tuple[ProgrammeView, ...]:
    return tuple(_programme(dossier, programme, year, scores) for programme in dossier.programmes)


def undated_programmes(dossier: Dossier, request: DocumentRequest) -> tuple[ProgrammeView, ...]:
    """Return the programmes for a document that is of no year: what they are, and not what was done."""
    going_on = dossier.going_on(request)
    return tuple(
        ProgrammeView(
            programme,
            activities=(),
            scores=(),
            spent=None,
            objectives=or_unreadable(
                lambda own=programme.objectives: tuple(o for o in dossier.objectives if o.id in own)
            ),
            going_on=going_on(programme),
        )
        for programme in dossier.programmes
    )


def _scores(dossier: Dossier, year: YearFacts, before: YearFacts | None) -> tuple[Score, ...]:
    results = {result.indicator: result for result in year.results}
    earlier = {result.indicator: result.actual for result in before.results} if before else {}
    return tuple(Score(one, results[one.id], earlier.get(one.id)) for one in dossier.indicators if one.id in results)


def _programme(dossier: Dossier, programme: OwnProgramme, year: YearFacts, scores: tuple[Score, ...]) -> ProgrammeView:
    return ProgrammeView(
        programme,
        or_unreadable(lambda: tuple(a for a in year.activities if a.programme == programme.id)),
        or_unreadable(lambda: tuple(s for s in scores if s.indicator.programme == programme.id)),
        or_unreadable(_spent, year, programme),
        or_unreadable(lambda: tuple(o for o in dossier.objectives if o.id in programme.objectives)),
        tuple(p for p in year.year.pictures if p.programme == programme.id),
        lasts(programme.since, programme.until, year.begins, year.ends),
    )


def _spent(year: YearFacts, programme: OwnProgramme) -> Decimal | None:
    spent = [e.amount for e in year.finance.expenditure if e.programme == programme.id] if year.finance else []
    return sum(spent, Decimal()) if spent else None


def _statement(year: YearFacts, before: YearFacts | None) -> Statement | None:
    """Set a year's lines, where it has a statement, beside those of the year before, where that has one in a currency to compare with.

    Every amount is converted by itself, so that each is what a reader finds who converts the one in last year's
    report; a sum may then differ from its lines by cents, and the report says so.
    """
    if not (finance := year.finance):
        return None
    then = before.finance if before else None
    if before and not can_convert(before.year.currency, year.year.currency):
        then = None

    def converted(amount: Decimal) -> Decimal:
        return convert(required(before).money(amount), year.currency).amount

    income, income_gone = _side(finance.income, then.income if then else (), converted)
    expenditure, expenditure_gone = _side(finance.expenditure, then.expenditure if then else (), converted)
    return Statement(
        income=income,
        expenditure=expenditure,
        income_gone=income_gone,
        expenditure_gone=expenditure_gone,
        total_income=_total(finance.income),
        total_expenditure=_total(finance.expenditure),
        last_income=converted(_total(then.income)) if then else None,
        last_expenditure=converted(_total(then.expenditure)) if then else None,
        restricted=finance.restricted,
        unrestricted=finance.unrestricted,
        facts=year.finance,
    )


Lines = Sequence[IncomeLine | ExpenditureLine]


def _side(
    now: Lines, then: Lines, converted: Callable[[Decimal], Decimal]
) -> tuple[tuple[Line, ...], tuple[Gone, ...]]:
    """Return the lines of one side with their last year's amounts, and those that only the year before had."""
    earlier = {line.id: converted(line.amount) for line in then}
    kept = {line.id for line in now}
    return (
        tuple(Line(line.label, line.amount, earlier.get(line.id), line.restricted, line.source) for line in now),
        tuple(Gone(line.label, earlier[line.id], line.restricted) for line in then if line.id not in kept),
    )


def _total(lines: Lines) -> Decimal:
    return sum((line.amount for line in lines), Decimal())
