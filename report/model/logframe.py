"""The logical framework of an action, as PRAG Annex C lays it out: results chain, indicators, assumptions, activities."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from report.model.base import Model
from report.model.codes import Numbered
from report.model.dates import PartialDate
from report.model.money import Amount
from report.model.programme import Value
from report.model.text import Text

OutcomeCode = Annotated[str, Numbered(r"Oc [1-9]\d?", "Oc 1")]
OutputCode = Annotated[str, Numbered(r"Op [1-9]\d?\.[1-9]\d?", "Op 1.1")]
ActivityCode = Annotated[str, Numbered(r"A [1-9]\d?\.[1-9]\d?\.[1-9]\d?", "A 1.1.1")]
_Year = Annotated[int, Field(ge=1900, le=2200)]


class Measured(Model):
    """A number, and how much of it is of each sex."""

    value: Value
    """The number."""
    female: Value | None = None
    """How much of it is of women and girls."""
    male: Value | None = None
    """How much of it is of men and boys."""


class Starting(Measured):
    """Where an indicator stands before the action."""

    year: _Year
    """The year it was measured in."""


class Current(Measured):
    """Where an indicator stands now."""

    date: PartialDate
    """When it was measured."""


class Target(Measured):
    """Where an indicator shall stand."""

    year: _Year
    """The year by which it shall stand there."""


class LogframeIndicator(Model):
    """What shows that a result is reached."""

    name: Text
    """What is measured."""
    unit: Literal["number", "percent"] = "number"
    """In what it is measured: a number, or per cent."""
    baseline: Starting | None = None
    """Where it stands before the action."""
    current: Current | None = None
    """Where it stands now."""
    target: Target | None = None
    """Where it shall stand."""
    sources: Text | None = None
    """The sources and means of verification."""


class Impact(Model):
    """The change to which the action contributes: the overall objective."""

    text: Text
    """What it is."""
    indicators: tuple[LogframeIndicator, ...] = ()
    """What shows it."""
    assumptions: Text | None = None
    """What must hold beyond the action."""


class Outcome(Impact):
    """A change that the action brings about: a specific objective."""

    code: OutcomeCode
    """Its number, `Oc 1`."""


class Output(Impact):
    """What the action delivers."""

    code: OutputCode
    """Its number, `Op 1.1`."""
    outcome: OutcomeCode
    """The number of the outcome that it leads to."""


class LogframeActivity(Model):
    """What is done to deliver an output."""

    code: ActivityCode
    """Its number, `A 1.1.1`."""
    output: OutputCode
    """The number of the output that it delivers."""
    text: Text
    """What is done."""
    means: Text
    """With what: people, equipment, supplies, premises."""
    costs: Amount | None = Field(default=None, ge=0)
    """What it costs, as part of the direct costs of the budget."""


class Logframe(Model):
    """The logical framework."""

    impact: Impact
    """The overall objective."""
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    """The specific objectives."""
    outputs: tuple[Output, ...] = ()
    """What is delivered, each for one outcome."""
    activities: tuple[LogframeActivity, ...] = ()
    """What is done, each for one output."""
