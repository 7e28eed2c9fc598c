"""An action that is applied for: actions.yaml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from report.model.affiliation import Mandate, StructuralLink
from report.model.base import Fact, Id, Model
from report.model.budget import Budget
from report.model.codes import Country, Numbered
from report.model.dates import PartialDate
from report.model.logframe import Logframe
from report.model.money import Currency
from report.model.text import Passage, Text

EuropeAidId = Annotated[str, Numbered(r"[A-Z]{2}-\d{4}-[A-Z]{3}-\d{10}", "BG-2014-ABC-0123456789")]


class CoApplicant(Fact):
    """An organisation that takes part in the action: one of the affiliations, or one described here."""

    affiliation: Id | None = None
    """The id of the affiliation, whose name, country, role, mandate and link count where they are not given here."""
    role: Literal["co-applicant", "affiliated-entity"] | None = None
    """Its role; needed without `affiliation`."""
    name: Text | None = None
    """Its name; needed without `affiliation`."""
    europeaid_id: EuropeAidId | None = None
    """Its EuropeAid ID (PADOR), `BG-2014-ABC-0123456789`."""
    nationality: Country | None = None
    """The country it is established in."""
    established: PartialDate | None = None
    """When it was established."""
    legal_status: Text | None = None
    """Its legal status."""
    relation: Text | None = None
    """Its relation with the applicant, or with a co-applicant."""
    mandate: Mandate | None = None
    """The mandate that makes it a co-applicant."""
    structural_link: StructuralLink | None = None
    """The link that makes it an affiliated entity."""


class Action(Fact):
    """A project that is applied for."""

    id: Id
    """The name that documents refer to."""
    title: Text
    """Its title."""
    acronym: Text | None = None
    """Its short name."""
    summary: Passage | None = None
    """What it is, in several lengths."""
    location: Text | None = None
    """Where it takes place."""
    duration: Annotated[int, Field(ge=1, le=120)] | None = None
    """How many months it lasts."""
    starts: PartialDate | None = None
    """When it begins."""
    currency: Currency = "EUR"
    """The currency of its amounts."""
    co_applicants: tuple[CoApplicant, ...] = ()
    """Its co-applicants and affiliated entities."""
    logframe: Logframe | None = None
    """Its logical framework."""
    budget: Budget | None = None
    """Its budget."""


class Actions(Model):
    """The file actions.yaml."""

    actions: tuple[Action, ...] = ()
    """The actions."""
