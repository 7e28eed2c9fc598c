"""Every fact of one organisation, frozen, and the way back from a fact to its line."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from report.model.action import Action
from report.model.activity import Activity, Result
from report.model.affiliation import Affiliation
from report.model.base import Source
from report.model.dates import lasts
from report.model.document import Call, DocumentRequest
from report.model.finance import DonationGiven, DonationReceived, ExpenditureLine, Finance, IncomeLine
from report.model.network import Network
from report.model.objective import Objective
from report.model.organisation import Institution, Organisation
from report.model.person import Person
from report.model.programme import Indicator, OwnProgramme
from report.model.project import Project
from report.model.story import Story
from report.model.year import Year
from report.source import SourceFile
from report.values import Location, Money, Problem, Record

LISTS: Mapping[str, tuple[str, ...]] = {
    "affiliations.yaml": ("affiliations",),
    "objectives.yaml": ("objectives",),
    "documents.yaml": ("documents", "calls"),
    "people.yaml": ("people",),
    "programmes.yaml": ("programmes", "indicators"),
    "projects.yaml": ("projects",),
    "actions.yaml": ("actions",),
}
"""The lists of an organisation's data files, which `Dossier` has by the same names."""
LISTS_OF_YEAR: Mapping[str, tuple[str, ...]] = {
    "activities.yaml": ("activities",),
    "results.yaml": ("results",),
    "donations.yaml": ("received", "given"),
    "stories.yaml": ("stories",),
}
"""The lists of a year's data files, which `YearFacts` has by the same names."""


@dataclass(frozen=True, slots=True)
class YearFacts(Record):
    """The facts of one reporting year: the folder data/<organisation>/<number>/."""

    number: int
    year: Year
    activities: tuple[Activity, ...] = ()
    results: tuple[Result, ...] = ()
    finance: Finance | None = None
    received: tuple[DonationReceived, ...] = ()
    given: tuple[DonationGiven, ...] = ()
    stories: tuple[Story, ...] = ()

    @property
    def begins(self) -> datetime.date:
        """Return the first day of the reporting year."""
        return self.year.begins or datetime.date(self.number, 1, 1)

    @property
    def ends(self) -> datetime.date:
        """Return its last day."""
        return self.year.ends or datetime.date(self.number, 12, 31)

    @property
    def currency(self) -> str:
        """Return the currency of all amounts of the year; empty where year.yaml names none, which is an error where there are any."""
        return self.year.currency or ""

    def money(self, amount: Decimal) -> Money:
        """Return an amount of the year in its currency."""
        return Money(amount, self.currency)

    @property
    def income(self) -> Money | None:
        """Return all income of the year; None without a statement."""
        return self._total(self.finance.income) if self.finance else None

    @property
    def expenditure(self) -> Money | None:
        """Return all expenditure of the year; None without a statement."""
        return self._total(self.finance.expenditure) if self.finance else None

    def _total(self, lines: Iterable[IncomeLine | ExpenditureLine]) -> Money:
        return Money.total((line.amount for line in lines), self.currency)


@dataclass(frozen=True)
class Dossier:
    """The facts of one organisation and of what it refers to.

    `files` are the data files by name, for locating a fact; `networks` and `institutions` hold only what the
    organisation's own facts refer to. The pictures and forms that facts name are in the `folder` of that name: its own, or
    that of the base which a table's row was laid over.
    """

    id: str
    folder: str
    organisation: Organisation
    affiliations: tuple[Affiliation, ...]
    objectives: tuple[Objective, ...]
    documents: tuple[DocumentRequest, ...]
    people: tuple[Person, ...]
    programmes: tuple[OwnProgramme, ...]
    indicators: tuple[Indicator, ...]
    projects: tuple[Project, ...]
    years: Mapping[int, YearFacts]
    networks: Mapping[str, Network]
    institutions: Mapping[str, Institution]
    sources: Mapping[str, Source]
    files: Mapping[str, SourceFile]
    actions: tuple[Action, ...] = ()
    calls: tuple[Call, ...] = ()
    unreadable: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """The errors of data files whose facts are missing here; documents that print none of them are made (`report.model.unreadable`)."""

    def network_of(self, affiliation: Affiliation) -> Network:
        return self.networks[affiliation.network]

    def body(self, id_: str) -> Network | Institution:
        """Return the network or institution of that id."""
        return self.networks.get(id_) or self.institutions[id_]

    def going_on(self, request: DocumentRequest) -> Callable[[Person | OwnProgramme | Affiliation | Objective], bool]:
        """Return a test for what goes on in the year of a document, or, where it has none, in that of its date."""
        begins, ends = self.period(request)
        return lambda fact: lasts(fact.since, fact.until, begins, ends)

    def period(self, request: DocumentRequest) -> tuple[datetime.date, datetime.date]:
        """Return the first and the last day of a document's year, or, where it has none, of that of its date until then."""
        year = self.years.get(request.year) if request.year is not None else None
        return (year.begins, year.ends) if year else (datetime.date(request.date.year, 1, 1), request.date)

    def is_plain(self, file: str, steps: tuple[str | int, ...]) -> bool:
        """Say whether a text of a data file is written without its language."""
        value = self.files[file].data
        for step in steps:
            if isinstance(value, dict):
                value = value.get(str(step))
            elif isinstance(value, list):
                value = value[int(step)]
        return isinstance(value, str)

    def locate(self, file: str, *steps: str | int, key: bool = False) -> Location | None:
        """Return where the value at `steps` of a data file stands, or with `key` its name."""
        source = self.files.get(file)
        return source.locate(steps, key=key) if source else None

    def within(self, file: str, steps: Sequence[str | int], text: str, offset: int) -> Location | None:
        """Return where the character at `offset` of a text stands, which is the value at `steps` of a data file."""
        source = self.files.get(file)
        return source.within(steps, text, offset) if source else None
