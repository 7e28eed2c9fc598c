"""Which facts answer a requirement, and where one that is missing belongs.

Only what is written in the files counts, not defaults; of people those who serve in the year and may be named.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from report.model.dates import PartialDate, lasts
from report.model.dossier import Dossier, YearFacts
from report.model.person import Person
from report.model.text import Passage, Text
from report.model.walk import Steps, records
from report.profiles.load import Regulator
from report.profiles.profile import FILTER, Need, Requirement
from report.values import Location, Problem, Severity, required

_NOTHING: tuple[Any, ...] = (None, "", (), {})


class Status(StrEnum):
    """What became of a requirement."""

    ANSWERED = "answered"
    OPEN = "open"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact that is missing: where it belongs, and what to write there."""

    location: Location | None
    hint: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A requirement with its status, the facts that answer it, what is missing, and why it does not apply."""

    requirement: Requirement
    status: Status
    facts: tuple[Location, ...] = ()
    gaps: tuple[Gap, ...] = ()
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """A profile against the facts of an organisation. `tier` is the one that was applied."""

    profile: Regulator
    year: int | None
    tier: str | None
    answers: tuple[Answer, ...]
    problems: tuple[Problem, ...] = ()


def assess(regulator: Regulator, dossier: Dossier, year: int | None = None, tier: str | None = None) -> Assessment:
    """Compare the facts with a profile: those of `year`, or of the latest; of the tier by income, unless it is named.

    A requirement of facts that cannot be read (`unreadable`) is left out: their errors are reported, and to call it open would be wrong.
    """
    facts = _facts(dossier, year)
    chosen, problems = (tier, []) if tier else _tier(regulator, facts, dossier)
    answers = [
        _answer(regulator, requirement, dossier, facts)
        for requirement in regulator.profile.requirements
        if (not requirement.tiers or chosen is None or chosen in requirement.tiers)
        and not any(_file(need, facts) in dossier.unreadable for need in requirement.needs)
    ]
    problems += [*_open(regulator, answers), *_late(regulator, dossier, facts), *_early(regulator, dossier, facts)]
    number = year if facts is None else facts.number
    return Assessment(regulator, number, chosen, tuple(answers), tuple(problems))


def _facts(dossier: Dossier, year: int | None) -> YearFacts | None:
    """Return the facts of a year, or of the latest; None where there are none."""
    return dossier.years.get(year if year is not None else max(dossier.years, default=0))


def unreadable(regulator: Regulator, dossier: Dossier, year: int | None = None) -> tuple[Problem, ...]:
    """Return the errors of the data files that requirements of a profile ask for."""
    facts = _facts(dossier, year)
    files = {_file(need, facts) for requirement in regulator.profile.requirements for need in requirement.needs}
    return tuple(problem for name in sorted(files) for problem in dossier.unreadable.get(name, ()))


def _tier(regulator: Regulator, facts: YearFacts | None, dossier: Dossier) -> tuple[str | None, list[Problem]]:
    profile = regulator.profile
    if not profile.tiers:
        return None, []
    where = dossier.locate(f"{facts.number}/finance.yaml", "income") if facts and facts.finance else None
    hint = f"name the tier: --profile {regulator.id}:{profile.tiers[0].id}"
    if not (facts and facts.finance):
        message = f"{regulator.id} has tiers by income, and no income is known: all requirements are checked"
        return None, [Problem(Severity.NOTE, "profile.tier", message, where, hint)]
    if facts.year.currency != profile.currency:
        message = f"{regulator.id} has tiers in {profile.currency}, the year is in {facts.year.currency}: all requirements are checked"
        return None, [Problem(Severity.NOTE, "profile.tier", message, where, hint)]
    income = required(facts.income).amount
    return next(t.id for t in profile.tiers if t.up_to is None or income <= t.up_to), []


def _answer(regulator: Regulator, requirement: Requirement, dossier: Dossier, facts: YearFacts | None) -> Answer:
    met = [_met(need, dossier, facts) for need in requirement.needs]
    locations = tuple(location for there, _ in met for location in there)
    gaps = tuple(gap for _, missing in met for gap in missing)
    if not gaps:
        return Answer(requirement, Status.ANSWERED, locations)
    for entry in facts.year.not_applicable if facts else ():
        if (entry.profile, entry.requirement) == (regulator.id, requirement.id):
            return Answer(requirement, Status.NOT_APPLICABLE, locations, (), entry.reason)
    return Answer(requirement, Status.OPEN, locations, gaps)


def _met(need: Need, dossier: Dossier, facts: YearFacts | None) -> tuple[list[Location], list[Gap]]:
    """Return where the facts of a need stand, and what is missing of them."""
    organisation = dossier.locate("organisation.yaml")
    folder = Location(organisation.path.parent) if organisation else None
    name, path = need.file.rpartition("/")[2], _file(need, facts)
    if need.file.startswith("year/") and facts is None:
        hint = f"make a folder named for the year, with a year.yaml; in its {name}: {_written(need)}"
        return [], [Gap(folder, hint)]
    file = dossier.files.get(path)
    if file is None:
        place = Location(folder.path / path) if folder else None
        return [], [Gap(place, f"make the file {path}: {_written(need)}")]
    there, missing = _walk(_root(dossier, facts, path), need.path.split("."), ())
    if there and not (need.every and missing):
        return [file.locate(steps) for steps in there[:1]], []
    if need.every and there:
        return [], [Gap(file.locate(steps), f"add  {steps[-1]}: …") for steps in missing]
    serves = f" (of somebody who serves in {facts.number} and may be published)" if facts else ""
    hint = f"{path}: {_written(need)}{serves if name == 'people.yaml' else ''}"
    return [], [Gap(file.locate(missing[0] if missing else ()), hint)]


def _file(need: Need, facts: YearFacts | None) -> str:
    """Return by which name an organisation knows the data file of a need."""
    name = need.file.rpartition("/")[2]
    return f"{facts.number}/{name}" if need.file.startswith("year/") and facts else name


def _written(need: Need) -> str:
    """Return what to write: ``add  address: …  to  contact:``, ``give one of  people:  with  body: board  its  name: …``."""
    owner, star, rest = need.path.partition(".*")
    if not star:
        *above, name = need.path.split(".")
        return f"add  {name}: …" + (f"  to  {': '.join(above)}:" if above else "")
    some = FILTER.fullmatch(f"*{rest.partition('.')[0]}")
    kind = f"  with  {some[1]}: {some[2]}" if some else ""
    *above, last = rest.partition(".")[2].replace(".*", "").split(".")
    name = "".join(f"{one}: {{" for one in above) + last
    each = "each" if need.every else "one"
    return f"give {each} of  {owner.replace('.', ': ')}:{kind}" + (
        f"  its  {name}: …{'}' * len(above)}" if name else ""
    )


def _open(regulator: Regulator, answers: list[Answer]) -> Iterator[Problem]:
    for answer in answers:
        if answer.status is Status.OPEN:
            text = next(iter(answer.requirement.text.by_language.values()))
            clause = next(iter(answer.requirement.clause.by_language.values()))
            unsure = "" if answer.requirement.verified else "; not verified"
            for gap in answer.gaps:
                message = f"{regulator.id}, {answer.requirement.id} is open: {text} ({clause}{unsure})"
                yield Problem(Severity.WARNING, "requirement.open", message, gap.location, gap.hint)


def _late(regulator: Regulator, dossier: Dossier, facts: YearFacts | None) -> Iterator[Problem]:
    """Yield a warning for a report of the year that is dated after its deadline."""
    due = regulator.profile.deadline
    if not (due and facts):
        return
    last = datetime.date(facts.ends.year + 1, due.month, due.day)
    for index, request in enumerate(dossier.documents):
        if request.year == facts.number and regulator.id in request.profiles and request.date > last:
            message = f"{regulator.id}: the report is due by {last}, and this edition is of {request.date}"
            where = dossier.locate("documents.yaml", "documents", index, "date")
            yield Problem(Severity.WARNING, "requirement.late", message, where)


def _early(regulator: Regulator, dossier: Dossier, facts: YearFacts | None) -> Iterator[Problem]:
    """Yield a warning where a profile is held against a year that began before it applied."""
    valid = regulator.profile.valid_from
    if not facts or not PartialDate.of(facts.begins).before(valid):
        return
    requests = [
        dossier.locate("documents.yaml", "documents", index, "profiles", request.profiles.index(regulator.id))
        for index, request in enumerate(dossier.documents)
        if request.year == facts.number and regulator.id in request.profiles
    ]
    message = f"{regulator.id} applies from {valid}, and the year {facts.number} begins on {facts.begins}"
    hint = "use the profile that applied then, or leave it out"
    for where in requests or [regulator.file.locate(("valid_from",))]:
        yield Problem(Severity.WARNING, "profile.early", message, where, hint)


def _root(dossier: Dossier, facts: YearFacts | None, file: str) -> Any:
    """Return a data file's record, or its lists by name: records by their place, since some are left out."""
    lists: dict[str | int, dict[str | int, BaseModel]] = {}
    for name, steps, record in records(dossier):
        if name != file or (isinstance(record, Person) and not _serves(record, facts)):
            continue
        if not steps:
            return record
        lists.setdefault(steps[0], {})[steps[1]] = record
    return lists


def _serves(person: Person, facts: YearFacts | None) -> bool:
    """Say whether somebody may be named, and serves in the year."""
    return person.publish and (facts is None or lasts(person.since, person.until, facts.begins, facts.ends))


def _walk(value: Any, path: list[str], steps: Steps) -> tuple[list[Steps], list[Steps]]:
    """Return the steps to the values at a path, and to those that are missing."""
    if not path:
        return ([], [steps]) if value in _NOTHING else ([steps], [])
    name, rest = path[0], path[1:]
    if not name.startswith("*"):
        inner = _field(value, name)
        return ([], [(*steps, name)]) if inner in _NOTHING else _walk(inner, rest, (*steps, name))
    wanted = FILTER.fullmatch(name)
    there: list[Steps] = []
    missing: list[Steps] = []
    items = value.items() if isinstance(value, Mapping) else enumerate(value if isinstance(value, tuple) else ())
    for place, item in items:
        if wanted and _as_written(getattr(item, wanted[1], None)) != wanted[2]:
            continue
        one, other = _walk(item, rest, (*steps, place))
        there += one
        missing += other
    return there, missing


def _field(value: Any, name: str) -> Any:
    """Return what a record says itself: a default was not written by anybody."""
    if isinstance(value, BaseModel):
        return getattr(value, name) if name in value.model_fields_set else None
    if isinstance(value, Passage):
        return value.variants.get(name) or value.longest.by_language.get(name)
    if isinstance(value, Text):
        return value.by_language.get(name)
    return value.get(name) if isinstance(value, Mapping) else None


def _as_written(value: Any) -> str:
    """Return a value as profiles write it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
