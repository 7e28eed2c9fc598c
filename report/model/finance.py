"""The money of a year: income, expenditure, funds and donations: finance.yaml and donations.yaml."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from report.model.base import Fact, Id, Model
from report.model.dates import PartialDate
from report.model.money import Amount
from report.model.text import Passage, Text

IncomeKind = Literal[
    "grants-public",
    "grants-private",
    "donations",
    "fundraising",
    "fees",
    "membership",
    "trading",
    "interest",
    "other",
]
Nature = Literal[
    "staff",
    "programme",
    "fundraising",
    "administration",
    "premises",
    "travel",
    "equipment",
    "grants",
    "other",
]


class IncomeLine(Fact):
    """Income from one source."""

    id: Id
    """A name for the line."""
    label: Text
    """What it is."""
    kind: IncomeKind
    """Where it comes from: one of the kinds."""
    amount: Amount
    """How much."""
    restricted: bool = False
    """Whether the giver said what it is for."""
    funder: Id | None = None
    """The id of the network or institution that gave it."""
    programme: Id | None = None
    """The id of the programme that it is for."""


class ExpenditureLine(Fact):
    """Expenditure of one nature on one programme, or on none."""

    id: Id
    """A name for the line."""
    label: Text
    """What it is."""
    nature: Nature
    """What the money was spent on: one of the kinds."""
    amount: Amount
    """How much."""
    programme: Id | None = None
    """The id of the programme that it was spent on."""
    restricted: bool = False
    """Whether it was paid from restricted income."""


class Funds(Model):
    """What there is at the beginning and at the end of the year."""

    opening: Amount
    """At the beginning."""
    closing: Amount
    """At the end."""


class Totals(Model):
    """What the statement says the lines come to: the check adds them up."""

    income: Amount
    """All income."""
    expenditure: Amount
    """All expenditure."""
    result: Amount
    """Income less expenditure."""


class Finance(Model):
    """The file finance.yaml. Amounts are in the year's currency."""

    income: tuple[IncomeLine, ...] = ()
    """Income by source."""
    expenditure: tuple[ExpenditureLine, ...] = ()
    """Expenditure by nature and programme."""
    totals: Totals | None = None
    """What the lines come to."""
    restricted: Funds | None = None
    """Funds that are bound to a purpose."""
    unrestricted: Funds | None = None
    """Funds that are free."""
    reserves_policy: Passage | None = None
    """How much is held in reserve, and why."""
    audited: bool | None = None
    """Whether the statement was audited."""


class Donor(Model):
    """Who gave."""

    name: Text | None = None
    """The name; left out for givers who want none."""
    kind: Literal["person", "company", "foundation", "public", "association"]
    """What the giver is."""
    publish: bool = Field(default_factory=lambda known: known.get("kind") != "person")
    """Whether the giver may be named in a published document; if left out, no for a person, who must agree to it, yes for others."""


class DonationReceived(Fact):
    """Property received gratuitously (ЗЮЛНЦ art. 40, para 2, items 2 and 3)."""

    id: Id
    """A name for the donation."""
    donor: Donor
    """Who gave."""
    kind: Literal["money", "goods", "services"]
    """What was given."""
    value: Amount
    """Its amount or value."""
    description: Text | None = None
    """What it was, if not money."""
    purpose: Text
    """What it was given for."""
    date: PartialDate | None = None
    """When."""
    income: Id | None = None
    """The id of the line of income in finance.yaml that it is part of: needed for money, where the year has that file."""


class DonationGiven(Fact):
    """Property given away (ЗЮЛНЦ art. 40, para 2, item 3)."""

    id: Id
    """A name for the donation."""
    recipient: Donor
    """Who received it."""
    kind: Literal["money", "goods", "services"]
    """What was given."""
    value: Amount
    """Its amount or value."""
    purpose: Text
    """What it was given for."""
    date: PartialDate | None = None
    """When."""


class Donations(Model):
    """The file donations.yaml."""

    received: tuple[DonationReceived, ...] = ()
    """What was received."""
    given: tuple[DonationGiven, ...] = ()
    """What was given."""
