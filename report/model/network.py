"""Networks and alliances that organisations are affiliated to: data/networks.yaml."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from report.model.base import AFTER, Dated, Fact, Id, Ids, Languages, Model, Source, Url
from report.model.codes import Country
from report.model.dates import PartialDate
from report.model.numbers import NO_THOUSANDS, WHOLE
from report.model.organisation import Institution
from report.model.text import Passage, Text

Scope = Literal["local", "national", "european", "international"]
Number = Annotated[
    Decimal, Field(ge=-(10**15), le=10**15, max_digits=25), WithJsonSchema({"type": "number"}), NO_THOUSANDS
]


class Event(Fact):
    """Something that happened at a date."""

    date: PartialDate | None = None
    """When: 2003, 2003-05 or 2003-05-31. Without a date it is in no timeline."""
    text: Text
    """What happened."""


class Figure(Dated):
    """A number about a network, such as how many members it has."""

    id: Id
    """A name for the figure."""
    value: Number
    """The number."""
    label: Text
    """What is counted."""


class Programme(Dated):
    """A programme that a network runs or takes part in."""

    id: Id
    """The name that affiliations refer to."""
    name: Text
    """The programme's name."""
    since: PartialDate | None = None
    """When it began."""
    until: PartialDate | None = None
    """When it ended."""
    summary: Passage | None = None
    """What it does, and the network's part in it."""
    funders: Ids = ()
    """Ids of the networks or institutions that pay for it."""


class EarlierNetwork(Model):
    """What was said of the network before it changed: documents of that time print it."""

    valid_from: PartialDate | None = None
    """From when it was so."""
    valid_to: Annotated[PartialDate, AFTER]
    """Until when it was so."""
    name: Text | None = None
    """The full name it had."""
    acronym: Text | None = None
    """The short name it had."""
    summary: Passage | None = None
    """What it was."""
    members: Text | None = None
    """Who its members were."""
    working_groups: Annotated[int, Field(ge=1), WHOLE] | None = None
    """How many working groups it had."""


class Network(Fact):
    """A network, alliance or federation."""

    id: Id
    """The name that affiliations refer to."""
    name: Text
    """The full name."""
    acronym: Text | None = None
    """The short name."""
    scope: Scope | None = None
    """How far it reaches, if that is known."""
    country: Country | None = None
    """The country it is in."""
    website: Url | None = None
    """Address of its website."""
    summary: Passage | None = None
    """What it is."""
    members: Text | None = None
    """Who its members are."""
    working_groups: Annotated[int, Field(ge=1), WHOLE] | None = None
    """How many working groups it has."""
    figures: tuple[Figure, ...] = ()
    """Numbers about it."""
    history: tuple[Event, ...] = ()
    """Its history, for the timeline."""
    programmes: tuple[Programme, ...] = ()
    """Its programmes."""
    earlier: tuple[EarlierNetwork, ...] = ()
    """What was said of it before it changed: its former names and summaries."""

    @property
    def short_name(self) -> Text:
        return self.acronym or self.name


class Networks(Model):
    """The file data/networks.yaml: what several organisations refer to."""

    languages: Languages = ("en",)
    """The languages of the file; plain texts are in the first."""
    networks: tuple[Network, ...] = ()
    """Networks and alliances."""
    institutions: tuple[Institution, ...] = ()
    """Other bodies that facts refer to."""
    sources: tuple[Source, ...] = ()
    """The texts that these facts come from."""
