"""Projects that others paid for: what funders ask to see of an applicant's experience: projects.yaml."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from report.model.base import ONCE, Fact, Id, Model, Url
from report.model.codes import Country
from report.model.dates import PartialDate
from report.model.money import Amount, Currency, Rate
from report.model.text import Passage, Text
from report.values import Money

Role = Literal["COO", "BEN", "AE", "OTHER"]
"""The roles of an EU grant: coordinator, beneficiary, affiliated entity, another one."""
SectorCode = Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
"""A purpose code of the OECD's Development Assistance Committee."""


class Contribution(Model):
    """What one more giver paid for a project."""

    funder: Id | None = None
    """The id of the institution or network that gave it, from networks.yaml."""
    name: Text | None = None
    """The giver's name, where networks.yaml does not have it."""
    amount: Amount
    """How much it gave, in the project's currency."""


class Project(Fact):
    """A project with a beginning, an end and a budget of its own."""

    id: Id
    """A name for the project."""
    title: Text
    """The project's title."""
    programme: Text | None = None
    """The funder's programme, such as a call or a fund."""
    reference: str | None = None
    """The funder's number of the project, as text."""
    funder: Id | None = None
    """The id of the institution or network that is its main funder, from networks.yaml."""
    funder_name: Text | None = None
    """The main funder's name, where networks.yaml does not have it."""
    other_donors: tuple[Contribution, ...] = ()
    """Who else paid for it, and how much."""
    since: PartialDate | None = None
    """When it began, if that is known."""
    until: PartialDate | None = None
    """When it ended or will end; left out while that is open."""
    role: Role | None = None
    """The organisation's role, if that is known: COO coordinator, BEN beneficiary, AE affiliated entity, OTHER."""
    sector: Text | None = None
    """The field it worked in."""
    sector_code: SectorCode | None = None
    """The purpose code of that field (OECD DAC), five digits in quotes."""
    countries: Annotated[tuple[Country, ...], ONCE] = ()
    """The countries in which it took place."""
    place: Text | None = None
    """Where in them."""
    currency: Currency | None = None
    """The currency of the project's amounts. Needed where there is an amount."""
    rate: Rate | None = None
    """What one euro was worth in that currency, where amounts are to be compared in euro."""
    cost: Annotated[Amount, Field(gt=0)] | None = None
    """What the whole project cost, if that is known."""
    granted: Amount | None = None
    """What the main funder gave to the whole project, where others received a part of it."""
    received: Amount | None = None
    """What the organisation itself received from the main funder, if that is known."""
    summary: Passage | None = None
    """What the project wanted to reach, and how."""
    results: Passage | None = None
    """What came of it."""
    website: Url | None = None
    """Its address."""
    partners: tuple[Text, ...] = ()
    """With whom it was carried out."""

    @property
    def contributed(self) -> Decimal | None:
        """Return what the main funder gave to the whole project, or None where that is not known."""
        return self.received if self.granted is None else self.granted

    def money(self, amount: Decimal | None) -> Money | None:
        """Return an amount of the project in its currency; None where the amount or the currency is not known."""
        return None if amount is None or self.currency is None else Money(amount, self.currency)

    @property
    def funders(self) -> tuple[str, ...]:
        """Return the ids of all givers that networks.yaml has."""
        return tuple(id_ for id_ in (self.funder, *(other.funder for other in self.other_donors)) if id_)


class Projects(Model):
    """The file projects.yaml."""

    projects: tuple[Project, ...] = ()
    """The projects; annexes print them newest first."""
