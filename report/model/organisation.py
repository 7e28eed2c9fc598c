"""The organisation whose report it is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from report.model.base import AFTER, Dated, Fact, Id, Languages, Model, Source, Url
from report.model.codes import Country
from report.model.dates import PartialDate
from report.model.text import Passage, Text


class Contact(Model):
    """How to reach the organisation; printed in the imprint."""

    address: Text | None = None
    """Street, postcode and town."""
    phone: str | None = None
    """Telephone number with country code."""
    email: str | None = Field(default=None, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    """E-mail address."""
    website: Url | None = None
    """Address of the website, with https://."""


class Registration(Dated):
    """An entry in a public register."""

    registry: Text
    """The registry’s name."""
    number: str | None = None
    """The number, as text, if it is known: leading zeros count."""
    date: PartialDate | None = None
    """When the entry was made."""


class Logo(Model):
    """The organisation's logo."""

    file: str
    """The picture's path inside the organisation's folder."""
    alt: Text
    """What the picture shows, for readers who cannot see it."""


PolicySubject = Literal[
    "child-protection", "personal-data", "conflicts-of-interest", "volunteers", "reserves", "complaints", "other"
]


class Policy(Dated):
    """A written rule of the organisation."""

    name: Text
    """What it is called."""
    subject: PolicySubject | None = None
    """What it is about: an activity report names the policy on child protection."""
    adopted: PartialDate | None = None
    """When it was adopted."""
    summary: Text | None = None
    """What it says, in a sentence."""
    url: Url | None = None
    """Where it can be read."""


class EarlierOrganisation(Model):
    """What was said of the organisation before it changed: documents of that time print it."""

    valid_from: PartialDate | None = None
    """From when it was so."""
    valid_to: Annotated[PartialDate, AFTER]
    """Until when it was so."""
    name: Text | None = None
    """The full name it had."""
    acronym: Text | None = None
    """The short name it had."""
    legal_form: Text | None = None
    """The legal form it had."""
    mission: Passage | None = None
    """What it was there for."""
    vision: Passage | None = None
    """What it wanted the world to be."""
    about: Passage | None = None
    """Who it was and what it did."""
    governance: Passage | None = None
    """How it was governed."""
    beneficiaries: Passage | None = None
    """Whom it worked for."""
    contact: Contact | None = None
    """How it was reached."""


class Organisation(Fact):
    """The organisation itself: organisation.yaml."""

    name: Text
    """The full name."""
    acronym: Text | None = None
    """The short name by which the text calls it; the full name where there is none."""
    legal_form: Text | None = None
    """The legal form, such as association or foundation."""
    country: Country
    languages: Languages
    """The languages it writes in; plain texts are in the first."""
    imprint_note: Text | None = None
    """A sentence for the imprint, such as that all of it is invented."""
    founded: PartialDate | None = None
    """When it was founded."""
    mission: Passage | None = None
    """What it is there for."""
    vision: Passage | None = None
    """What it wants the world to be."""
    about: Passage | None = None
    """Who it is and what it does."""
    fields_of_work: tuple[Text, ...] = ()
    """What it works on, a few words each."""
    governance: Passage | None = None
    """How it is governed: its bodies, how people come into them, and who decides what."""
    beneficiaries: Passage | None = None
    """Whom it works for."""
    policies: tuple[Policy, ...] = ()
    """Its written rules."""
    registrations: tuple[Registration, ...] = ()
    """Where it is registered."""
    contact: Contact | None = None
    """How to reach it."""
    logo: Logo | None = None
    """Its logo."""
    earlier: tuple[EarlierOrganisation, ...] = ()
    """What was said of it before it changed: its former names, missions, addresses."""
    sources: tuple[Source, ...] = ()
    """The texts that its facts come from."""

    @property
    def short_name(self) -> Text:
        return self.acronym or self.name


class Institution(Model):
    """A body that facts refer to and that is not a network: an agency, a ministry, a committee."""

    id: Id
    """The name that facts refer to."""
    name: Text
    """Its full name."""
    acronym: Text | None = None
    """Its short name."""
    country: Country | None = None
    """The country it is in."""
    website: Url | None = None
    """Address of its website."""
