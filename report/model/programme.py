"""What an organisation runs: its programmes, and the indicators by which it measures them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from report.model.base import ONCE, Dated, Id, Ids, Model
from report.model.dates import PartialDate
from report.model.numbers import NO_THOUSANDS
from report.model.text import Passage, Text

Value = Annotated[
    Decimal, Field(ge=-(10**12), le=10**12, max_digits=18), WithJsonSchema({"type": "number"}), NO_THOUSANDS
]
"""A measured number."""


class OwnProgramme(Dated):
    """A programme that the organisation runs itself."""

    id: Id
    """The name that activities, indicators, finance and stories refer to."""
    name: Text
    """The programme's name."""
    summary: Passage | None = None
    """What it does, and for whom."""
    objectives: Ids = ()
    """Ids of the objectives that it serves."""
    affiliations: Ids = ()
    """Ids of the affiliations through which it works with others."""
    funders: Ids = ()
    """Ids of the institutions or networks that pay for it."""
    since: PartialDate | None = None
    """When it began."""
    until: PartialDate | None = None
    """When it ended or will end."""
    sdgs: Annotated[tuple[Annotated[int, Field(ge=1, le=17)], ...], ONCE] = ()
    """The Sustainable Development Goals that it serves, by number."""


class Baseline(Model):
    """Where an indicator stood before."""

    value: Value
    """The number."""
    year: Annotated[int, Field(ge=1900, le=2200)]
    """The year it was measured in."""


class Indicator(Dated):
    """What is measured, year after year."""

    id: Id
    """The name that results refer to."""
    name: Text
    """What is measured."""
    programme: Id | None = None
    """The id of the programme that it measures."""
    objectives: Ids = ()
    """Ids of the objectives that it measures."""
    unit: Literal["number", "percent"] = "number"
    """In what it is measured: a number, or per cent."""
    better: Literal["more", "less"] = "more"
    """Whether more or less of it is better."""
    baseline: Baseline | None = None
    """Where it stood before."""


class Programmes(Model):
    """The file programmes.yaml."""

    programmes: tuple[OwnProgramme, ...] = ()
    """The programmes, in the order in which they are printed."""
    indicators: tuple[Indicator, ...] = ()
    """The indicators, in the order in which they are printed."""
