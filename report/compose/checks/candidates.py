"""The facts that a document may print, by kind, and what explains that it leaves some out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

from report.compose.checks.printed import Excerpt, Printed, excerpts, texts_of
from report.model.affiliation import Affiliation
from report.model.dates import PartialDate
from report.model.document import DocumentRequest
from report.model.dossier import Dossier, YearFacts
from report.model.objective import Objective
from report.model.person import Person
from report.model.programme import OwnProgramme
from report.model.text import Passage, Text
from report.model.validity import at, is_valid

Changing = TypeVar("Changing", Person, Affiliation, Objective, OwnProgramme)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that a document may print: how it is called, where it stands, by which texts or
    files it is known, and why it may be left out.

    What has a text in `common` with others is known by it as well, unless others are there by texts of their own (`others`) and it
    is not. What is `outdated` is there by a text of its own alone.
    """

    name: str
    file: str
    steps: tuple[str | int, ...]
    texts: tuple[Excerpt, ...]
    reason: str = ""
    files: tuple[str, ...] = ()
    common: tuple[Excerpt, ...] = ()
    others: tuple[Excerpt, ...] = ()
    outdated: bool = False

    def is_in(self, printed: Printed) -> bool:
        """Say whether a document printed the fact; one without any text of its own is not looked for."""
        if any(map(printed.has, self.texts)) or any(file in printed.pictures for file in self.files):
            return True
        if self.common:
            return any(map(printed.has, self.common)) and not (self.texts and any(map(printed.has, self.others)))
        return not (self.texts or self.files or self.outdated)


@dataclass(frozen=True, slots=True)
class Scope:
    """For which document, in which language, facts are gathered, and of which years."""

    dossier: Dossier
    request: DocumentRequest
    language: str
    years: tuple[YearFacts, ...]

    @classmethod
    def of(cls, dossier: Dossier, request: DocumentRequest, language: str, *, every_year: bool = False) -> Scope:
        """Return the scope of a document: its own year, or `every_year`."""
        own = dossier.years.get(request.year) if request.year is not None else None
        return cls(dossier, request, language, tuple(dossier.years.values()) if every_year else (own,) if own else ())

    def excerpts(self, *texts: Text | Passage | None) -> tuple[Excerpt, ...]:
        return excerpts(*texts, language=self.language, fallback=self.request.fallback)

    def outside(self, fact: Person | Affiliation | Objective | OwnProgramme) -> str:
        """Return the reason to leave out a fact whose dates are outside the document's time, or nothing."""
        valid = is_valid(fact, *self.dossier.period(self.request)) and self.dossier.going_on(self.request)(fact)
        return "" if valid else f"their dates are outside {self.request.year or 'its year'}"

    def current(self, values: Sequence[Changing]) -> Iterator[tuple[int, Changing]]:
        """Yield facts with their places, without what is said of them at other times."""
        period = self.dossier.period(self.request)
        valid = {one.id for one in values if is_valid(one, *period)}
        for index, one in enumerate(values):
            if is_valid(one, *period) or one.id not in valid:
                yield index, one


def _affiliations(scope: Scope) -> Iterator[Fact]:
    networks = at(scope.dossier, *scope.dossier.period(scope.request)).networks
    ties = list(scope.current(scope.dossier.affiliations))
    for index, one in ties:
        network, reason = networks[one.network], scope.outside(one)
        others = (tie for _, tie in ties if tie.network == one.network and tie is not one and not scope.outside(tie))
        yield Fact(
            one.id,
            "affiliations.yaml",
            ("affiliations", index),
            scope.excerpts(*_own_texts(one)),
            reason,
            common=() if reason else scope.excerpts(network.name, network.acronym),
            others=scope.excerpts(*(text for tie in others for text in _own_texts(tie))),
            outdated=bool(reason),
        )


def _own_texts(tie: Affiliation) -> tuple[Text | Passage | None, ...]:
    """Return the texts that are of a tie alone, not of its network."""
    return (tie.role, *(tie.working_groups.names if tie.working_groups else ()))


def _objectives(scope: Scope) -> Iterator[Fact]:
    for index, one in scope.current(scope.dossier.objectives):
        yield Fact(one.id, "objectives.yaml", ("objectives", index), scope.excerpts(one.text), scope.outside(one))


def _programmes(scope: Scope) -> Iterator[Fact]:
    for index, one in scope.current(scope.dossier.programmes):
        yield Fact(one.id, "programmes.yaml", ("programmes", index), scope.excerpts(one.name), scope.outside(one))


def _people(scope: Scope) -> Iterator[Fact]:
    for index, one in scope.current(scope.dossier.people):
        reason = scope.outside(one) if one.publish else "they asked not to be named"
        yield Fact(one.id, "people.yaml", ("people", index), scope.excerpts(one.name, one.role), reason)


def _projects(scope: Scope) -> Iterator[Fact]:
    day = PartialDate.of(scope.request.date)
    for index, one in enumerate(scope.dossier.projects):
        if one.since and day.before(one.since):
            reason = "they begin after its date"
        else:
            reason = "they ended before the time that it counts" if one.until else ""
        yield Fact(one.id, "projects.yaml", ("projects", index), scope.excerpts(one.title), reason)


def _indicators(scope: Scope) -> Iterator[Fact]:
    for year in scope.years:
        measured = {result.indicator for result in year.results}
        for index, one in enumerate(scope.dossier.indicators):
            reason = "" if one.id in measured else f"{year.number}/results.yaml has no result of them"
            yield Fact(one.id, "programmes.yaml", ("indicators", index), scope.excerpts(one.name), reason)


def _pictures(scope: Scope) -> Iterator[Fact]:
    for year in scope.years:
        for index, one in enumerate(year.year.pictures):
            yield Fact(one.file, f"{year.number}/year.yaml", ("pictures", index), (), files=(one.file,))


def _of_year(scope: Scope, *lists: tuple[str, str, Callable[[YearFacts], Any]]) -> Iterator[Fact]:
    """Yield the facts in lists of a year's files: the file, the list's key, and what returns it."""
    for year in scope.years:
        for file, key, values in lists:
            for index, one in enumerate(values(year)):
                name = str(getattr(one, "id", None) or f"number {index + 1}")
                yield Fact(name, f"{year.number}/{file}", (key, index), scope.excerpts(*texts_of(one)))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: its word in the singular and the plural, the names by which templates go through such facts, and
    what yields them."""

    one: str
    many: str
    names: frozenset[str]
    facts: Callable[[Scope], Iterator[Fact]]


def _listed(file: str, *keys: str, within: str = "") -> Callable[[Scope], Iterator[Fact]]:
    return lambda scope: _of_year(scope, *((file, key, attrgetter(within + key)) for key in keys))


_ROWS: tuple[tuple[str, str, str, Callable[[Scope], Iterator[Fact]]], ...] = (
    ("programme", "programmes", "year.programmes programmes", _programmes),
    ("activity", "activities", ".activities", _listed("activities.yaml", "activities")),
    ("story", "stories", ".stories", _listed("stories.yaml", "stories")),
    ("indicator", "indicators", "year.scores", _indicators),
    ("person", "people", "people", _people),
    ("project", "projects", "projects", _projects),
    ("donation", "donations", "year.received year.given", _listed("donations.yaml", "received", "given")),
    ("picture", "pictures", ".pictures", _pictures),
    ("lesson", "lessons", ".lessons", _listed("year.yaml", "lessons", within="year.")),
    ("risk", "risks", ".risks", _listed("year.yaml", "risks", within="year.")),
    ("plan", "plans", ".plans", _listed("year.yaml", "plans", within="year.")),
    ("publication", "publications", ".publications", _listed("year.yaml", "publications", within="year.")),
    ("affiliation", "affiliations", "affiliations networks", _affiliations),
    ("objective", "objectives", "objectives", _objectives),
)
KINDS = {many: Kind(one, many, frozenset(names.split()), facts) for one, many, names, facts in _ROWS}
