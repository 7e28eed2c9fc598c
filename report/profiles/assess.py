"""Which facts answer a requirement, and where one that is missing belongs."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from report.model.dates import PartialDate
from report.model.dossier import Dossier, YearFacts
from report.model.text import Text
from report.profiles import facts as walk
from report.profiles.load import Known
from report.profiles.profile import FILTER, Need, Requirement
from report.values import Location, Problem, Severity, required


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

    profile: Known
    year: int | None
    tier: str | None
    answers: tuple[Answer, ...]
    problems: tuple[Problem, ...] = ()


def assess(known: Known, dossier: Dossier, year: int | None = None, tier: str | None = None) -> Assessment:
    """Hold the facts against a profile: those of `year`, or of the latest; of the tier by income, unless it is named.

    A requirement of facts that cannot be read (`unreadable`) is left out: their errors are told, and to call it open would be wrong.
    """
    number = year if year is not None else max(dossier.years, default=None)
    facts = dossier.years.get(number) if number is not None else None
    chosen, problems = (tier, []) if tier else _tier(known, facts, dossier)
    answers = [
        _answer(known, requirement, dossier, facts)
        for requirement in known.profile.requirements
        if (not requirement.tiers or chosen is None or chosen in requirement.tiers)
        and not any(_file(need, facts) in dossier.unreadable for need in requirement.needs)
    ]
    return Assessment(
        known,
        number,
        chosen,
        tuple(answers),
        (*problems, *_open(known, answers), *_late(known, dossier, facts), *_early(known, dossier, facts)),
    )


def unreadable(known: Known, dossier: Dossier, year: int | None = None) -> tuple[Problem, ...]:
    """Return the errors of the data files that requirements of a profile ask for."""
    number = year if year is not None else max(dossier.years, default=None)
    facts = dossier.years.get(number) if number is not None else None
    files = {_file(need, facts) for requirement in known.profile.requirements for need in requirement.needs}
    return tuple(problem for name in sorted(files) for problem in dossier.unreadable.get(name, ()))


def _tier(known: Known, facts: YearFacts | None, dossier: Dossier) -> tuple[str | None, list[Problem]]:
    profile = known.profile
    if not profile.tiers:
        return None, []
    where = dossier.locate(f"{facts.number}/finance.yaml", "income") if facts and facts.finance else None
    hint = f"name the tier: --profile {known.id}:{profile.tiers[0].id}"
    if not (facts and facts.finance):
        message = f"{known.id} has tiers by income, and no income is known: all requirements are checked"
        return None, [Problem(Severity.NOTE, "profile.tier", message, where, hint)]
    if facts.year.currency != profile.currency:
        message = f"{known.id} has tiers in {profile.currency}, the year is in {facts.year.currency}: all requirements are checked"
        return None, [Problem(Severity.NOTE, "profile.tier", message, where, hint)]
    income = required(facts.income).amount
    return next(t.id for t in profile.tiers if t.up_to is None or income <= t.up_to), []


def _answer(known: Known, requirement: Requirement, dossier: Dossier, facts: YearFacts | None) -> Answer:
    found: list[Location] = []
    gaps: list[Gap] = []
    for need in requirement.needs:
        there, missing = _met(need, dossier, facts)
        found += there
        gaps += missing
    if not gaps:
        return Answer(requirement, Status.ANSWERED, tuple(found))
    for entry in facts.year.not_applicable if facts else ():
        if (entry.profile, entry.requirement) == (known.id, requirement.id):
            return Answer(requirement, Status.NOT_APPLICABLE, tuple(found), (), entry.reason)
    return Answer(requirement, Status.OPEN, tuple(found), tuple(gaps))


def _met(need: Need, dossier: Dossier, facts: YearFacts | None) -> tuple[list[Location], list[Gap]]:
    """Return where the facts of a need stand, and what is missing of them."""
    folder = _folder(dossier)
    name, yearly = need.file.rpartition("/")[2], need.file.startswith("year/")
    if yearly and facts is None:
        hint = f"make a folder named for the year, with a year.yaml; in its {name}: {_written(need)}"
        return [], [Gap(folder, hint)]
    path = _file(need, facts)
    file = dossier.files.get(path)
    if file is None:
        place = Location(folder.path / path) if folder else None
        return [], [Gap(place, f"make the file {path}: {_written(need)}")]
    there, missing = walk.found(dossier, facts, path, need.path.split("."))
    if there and not (need.every and missing):
        return [file.locate(steps) for steps in there[:1]], []
    if need.every and there:
        return [], [Gap(file.locate(steps), f"add  {steps[-1]}: …") for steps in missing]
    where = file.locate(missing[0] if missing else ())
    of_whom = (
        f" (of somebody who serves in {facts.number} and may be published)" if facts and name == "people.yaml" else ""
    )
    return [], [Gap(where, f"{path}: {_written(need)}{of_whom}")]


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


def _folder(dossier: Dossier) -> Location | None:
    found = dossier.locate("organisation.yaml")
    return Location(found.path.parent) if found else None


def _open(known: Known, answers: list[Answer]) -> Iterator[Problem]:
    for answer in answers:
        if answer.status is Status.OPEN:
            text = next(iter(answer.requirement.text.by_language.values()))
            clause = next(iter(answer.requirement.clause.by_language.values()))
            unsure = "" if answer.requirement.verified else "; not verified"
            for gap in answer.gaps:
                message = f"{known.id}, {answer.requirement.id} is open: {text} ({clause}{unsure})"
                yield Problem(Severity.WARNING, "requirement.open", message, gap.location, gap.hint)


def _late(known: Known, dossier: Dossier, facts: YearFacts | None) -> Iterator[Problem]:
    """Yield a warning for a report of the year that is dated after its deadline."""
    due = known.profile.deadline
    if not (due and facts):
        return
    last = datetime.date(facts.ends.year + 1, due.month, due.day)
    for index, request in enumerate(dossier.documents):
        if request.year == facts.number and known.id in request.profiles and request.date > last:
            message = f"{known.id}: the report is due by {last}, and this edition is of {request.date}"
            where = dossier.locate("documents.yaml", "documents", index, "date")
            yield Problem(Severity.WARNING, "requirement.late", message, where)


def _early(known: Known, dossier: Dossier, facts: YearFacts | None) -> Iterator[Problem]:
    """Yield a warning where a profile is held against a year that began before it applied."""
    valid = known.profile.valid_from
    if not facts or not PartialDate(facts.begins.year, facts.begins.month, facts.begins.day).before(valid):
        return
    asked = [
        dossier.locate("documents.yaml", "documents", index, "profiles", request.profiles.index(known.id))
        for index, request in enumerate(dossier.documents)
        if request.year == facts.number and known.id in request.profiles
    ]
    message = f"{known.id} applies from {valid}, and the year {facts.number} begins on {facts.begins}"
    hint = "use the profile that applied then, or leave it out"
    for where in asked or [known.file.locate(("valid_from",))]:
        yield Problem(Severity.WARNING, "profile.early", message, where, hint)
