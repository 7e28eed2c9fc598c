"""What was done in a year, and what came of it: activities.yaml and results.yaml."""

from __future__ import annotations

from pydantic import Field

from report.model.base import Fact, Id, Model
from report.model.dates import PartialDate
from report.model.money import Amount
from report.model.programme import Value
from report.model.text import Passage, Text
from report.model.year import Count


class Activity(Fact):
    """Something the organisation did in the year."""

    id: Id
    """A name for the activity."""
    programme: Id
    """The id of the programme that it belongs to."""
    title: Text
    """What it was."""
    begins: PartialDate | None = None
    """When it began, or the one day it was, if that is known."""
    ends: PartialDate | None = None
    """When it ended."""
    place: Text | None = None
    """Where it was."""
    participants: Count | None = None
    """How many took part."""
    cost: Amount | None = None
    """What it cost, out of the programme's expenditure."""
    result: Passage | None = None
    """What came of it."""
    milestone: bool = False
    """Whether it stands in the year's timeline."""


class Activities(Model):
    """The file activities.yaml."""

    activities: tuple[Activity, ...] = ()
    """The activities, in the order in which they are printed."""


class Part(Model):
    """One part of a whole: girls, boys."""

    label: Text
    """Who or what."""
    value: Value
    """How many."""


class Breakdown(Model):
    """A result told apart: by sex, by age, by place."""

    by: Text
    """By what."""
    parts: tuple[Part, ...] = Field(min_length=2)
    """The parts; together they are the whole, unless the indicator is in per cent."""


class Result(Fact):
    """What an indicator came to in the year. `source` says where the number is from."""

    indicator: Id
    """The id of the indicator."""
    target: Value | None = None
    """What was to be reached."""
    actual: Value | None = None
    """What was reached."""
    source: Id | None = None
    """The id of the list, count or survey that says so, from the `sources` of organisation.yaml: needed with `actual`."""
    comment: Passage | None = None
    """Why it differs from the target."""
    breakdowns: tuple[Breakdown, ...] = ()
    """The number told apart."""


class Results(Model):
    """The file results.yaml."""

    results: tuple[Result, ...] = ()
    """The results, one for each indicator."""
