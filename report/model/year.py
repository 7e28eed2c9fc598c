"""What is said of one reporting year as a whole: the file year.yaml in data/<organisation>/<year>/."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from report.model.base import Fact, Id, Model, Url
from report.model.dates import Day, PartialDate
from report.model.money import Amount, Currency
from report.model.numbers import WHOLE
from report.model.text import Passage, Text

Count = Annotated[int, Field(ge=0, le=10**9), WHOLE]
"""How many."""


class Picture(Model):
    """A picture of the year."""

    file: str
    """The picture's path inside the organisation's folder."""
    alt: Text
    """What it shows, for readers who cannot see it."""
    caption: Text | None = None
    """What stands below it."""
    credit: Text | None = None
    """Who made it."""
    programme: Id | None = None
    """The id of the programme that it belongs to."""
    shows_people: bool = False
    """Whether people can be recognised in it; a redacted edition leaves it out."""


class Letter(Model):
    """The letter that opens the report."""

    person: Id
    """The id of the person who signs it."""
    text: Passage
    """What it says."""


class Risk(Model):
    """A risk, and what is done about it."""

    risk: Text
    """What may happen."""
    answer: Text
    """What is done about it."""


class Lesson(Fact):
    """Something that did not work."""

    title: Text
    """What it was."""
    text: Passage
    """What happened, and what was learned."""


class Plan(Fact):
    """Something planned for the year after."""

    title: Text
    """What is planned."""
    text: Passage | None = None
    """More on it."""
    programme: Id | None = None
    """The id of the programme that it belongs to."""


class Publication(Fact):
    """Something published in the year."""

    title: Text
    """Its title."""
    date: PartialDate | None = None
    """When it was published."""
    url: Url | None = None
    """Its address."""


class Volunteers(Fact):
    """The people who gave their time."""

    people: Count
    """How many they were."""
    hours: Count | None = None
    """How many hours they gave."""
    value: Amount | None = None
    """What their hours would have cost, as the organisation reckons it; no part of the statement."""
    text: Passage | None = None
    """What they did, and how they are found and supported."""


class NotApplicable(Model):
    """A requirement of a profile that the year has nothing to say to."""

    profile: Id
    """The profile's name, such as bg-zyulnts-art40."""
    requirement: Id
    """The requirement's id there, such as donations-given."""
    reason: Text
    """Why; printed in the index of requirements."""


class Year(Model):
    """The file year.yaml."""

    begins: Day | None = None
    """The first day of the reporting year, which may be in the year before; 1 January if left out."""
    ends: Day | None = None
    """Its last day, in the year that its folder is named for; 31 December if left out."""
    currency: Currency | None = None
    """The currency of all amounts of the year: the official one at its end. Needed where there is an amount."""
    letter: Letter | None = None
    """The letter that opens the report."""
    summary: Passage | None = None
    """The year in a few sentences."""
    volunteers: Volunteers | None = None
    """The people who gave their time."""
    lessons: tuple[Lesson, ...] = ()
    """What did not work."""
    risks: tuple[Risk, ...] = ()
    """Risks, and what is done about them."""
    plans: tuple[Plan, ...] = ()
    """What is planned for the year after."""
    publications: tuple[Publication, ...] = ()
    """What was published."""
    pictures: tuple[Picture, ...] = ()
    """Pictures of the year."""
    impact: Passage | None = None
    """What difference the work made, for whom, and how that is known."""
    public_benefit: Passage | None = None
    """How the work benefits the public."""
    governance: Passage | None = None
    """What the bodies of the organisation decided in the year, how often they met, who joined and who left."""
    fundraising: Passage | None = None
    """How money was raised, and what rules that followed."""
    finances: Passage | None = None
    """The statement in words: what came in and went out, and why."""
    going_concern: Passage | None = None
    """Whether the organisation can go on for another year, and how that is known."""
    custodian: Passage | None = None
    """Funds held for others, or that there are none."""
    thanks: Passage | None = None
    """Words of thanks."""
    other_amounts: tuple[Amount, ...] = ()
    """Amounts that texts of the year name and no file has, such as a price: the check does not take them for slips."""
    not_applicable: tuple[NotApplicable, ...] = ()
    """Requirements that the year has nothing to say to, each with its reason."""
