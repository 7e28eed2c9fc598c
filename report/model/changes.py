"""What changed from one reporting year to another: ties, objectives, people, programmes, results and amounts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from report.model.affiliation import Affiliation
from report.model.dates import PartialDate
from report.model.dossier import Dossier, YearFacts
from report.model.finance import ExpenditureLine, IncomeLine
from report.model.money import can_convert, convert
from report.model.objective import Objective
from report.model.person import Person
from report.model.programme import OwnProgramme
from report.model.text import Text

Subject = Literal[
    "affiliation", "objective", "person", "programme", "indicator", "income", "expenditure", "total", "volunteers"
]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed. Without `before` it began or was added, without `after` it ended or is gone.

    `unit` is a currency, ``percent`` or nothing; `converted` says that `before` was in leva and is given in euro. `label`
    is the msgid of what no fact names, such as the sum of all income; the catalogues of labels translate it. `kind` is a
    tie's kind.
    """

    subject: Subject
    id: str
    name: Text
    before: Decimal | None = None
    after: Decimal | None = None
    unit: str = ""
    date: PartialDate | None = None
    converted: bool = False
    label: str = ""
    kind: str = ""


def between(dossier: Dossier, one: YearFacts, other: YearFacts, *, unpublished: bool = False) -> Iterator[Change]:
    """Yield what changed from the end of `one` to the end of `other`, in the order of the report.

    Those who asked not to be published are there only where the office itself looks: `unpublished`.
    """
    people = tuple(person for person in dossier.people if person.publish or unpublished)
    yield from _terms(dossier, people, one.ends, other.ends)
    actual = {r.indicator: r.actual for r in one.results}, {r.indicator: r.actual for r in other.results}
    for indicator in dossier.indicators:
        before, after = (values.get(indicator.id) for values in actual)
        if before != after:
            unit = "percent" if indicator.unit == "percent" else ""
            yield Change("indicator", indicator.id, indicator.name, before, after, unit)
    yield from _volunteers(one, other)
    yield from _money(one, other)


def _terms(dossier: Dossier, people: tuple[Person, ...], start: datetime.date, end: datetime.date) -> Iterator[Change]:
    """Yield ties, people and programmes that began or ended after `start` and until `end`."""
    first, last = PartialDate.of(start), PartialDate.of(end)
    named: list[tuple[Subject, str, Text, Affiliation | Objective | Person | OwnProgramme]] = [
        ("affiliation", a.id, dossier.network_of(a).name, a) for a in dossier.affiliations
    ]
    named += [("objective", o.id, o.text.shortest, o) for o in dossier.objectives]
    named += [("person", p.id, name, p) for p in people if (name := p.name or p.role)]
    named += [("programme", p.id, p.name, p) for p in dossier.programmes]
    for subject, id_, name, fact in named:
        kind = (fact.kind or "") if isinstance(fact, Affiliation) else ""
        since, until = fact.since, fact.until
        if since and first.before(since) and not last.before(since):
            yield Change(subject, id_, name, after=Decimal(1), date=since, kind=kind)
        if until and first.before(until) and not last.before(until):
            yield Change(subject, id_, name, before=Decimal(1), date=until, kind=kind)


def _volunteers(one: YearFacts, other: YearFacts) -> Iterator[Change]:
    before, after = one.year.volunteers, other.year.volunteers
    for field, label in (("people", "volunteers"), ("hours", "hours of voluntary work")):
        values = [getattr(side, field) if side else None for side in (before, after)]
        if values[0] != values[1]:
            was, now = (Decimal(value) if value is not None else None for value in values)
            yield Change("volunteers", field, _unnamed(label), was, now, label=label)


def _unnamed(label: str) -> Text:
    """Return the English words for what no fact names, for those who have no catalogue."""
    return Text({"en": label}, "en")


def incomparable(one: YearFacts, other: YearFacts) -> str | None:
    """Say why the amounts of two years cannot be compared, or nothing where they can."""
    for year in (one, other):
        if year.finance is None:
            return f"{year.number} has no finance.yaml"
    from_, to = one.year.currency, other.year.currency
    if not can_convert(from_, to):
        return f"{one.number} is in {from_} and {other.number} in {to}, which have no fixed rate"
    return None


def _money(one: YearFacts, other: YearFacts) -> Iterator[Change]:
    """Yield the lines and totals that differ, in the later year's currency; nothing where there is no fixed rate."""
    if incomparable(one, other):
        return
    from_, to = one.year.currency or "", other.year.currency or ""

    def converted(amount: Decimal) -> Decimal:
        return convert(one.money(amount), to).amount

    sides: tuple[Literal["income", "expenditure"], ...] = ("income", "expenditure")
    for side in sides:
        old, new = (_lines(year, side) for year in (one, other))
        for id_ in dict.fromkeys([*old, *new]):
            before = converted(old[id_].amount) if id_ in old else None
            after = new[id_].amount if id_ in new else None
            if before != after:
                yield Change(side, id_, (old | new)[id_].label, before, after, to, converted=from_ != to)
        before, after = converted(_sum(old.values())), _sum(new.values())
        if before != after:
            label = f"total {side}"
            yield Change("total", side, _unnamed(label), before, after, to, converted=from_ != to, label=label)


def _lines(year: YearFacts, side: str) -> dict[str, IncomeLine | ExpenditureLine]:
    return {line.id: line for line in getattr(year.finance, side)}


def _sum(lines: Iterable[IncomeLine | ExpenditureLine]) -> Decimal:
    return sum((line.amount for line in lines), Decimal())
