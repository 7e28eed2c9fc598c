"""A requirement profile: data/profiles/<name>.yaml. What is asked for, where that is written, which facts answer it."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field

from report.model.base import Id, Languages, Model, Url
from report.model.dates import PartialDate
from report.model.money import Amount, Currency
from report.model.text import Text

FILTER = re.compile(r"\*\[([a-z_]+)=([a-z-]+)\]")
"""The part of a path that chooses some of a list: ``*[kind=member]``."""


class Reference(Model):
    """Where a profile was read."""

    title: Text
    """The text's title."""
    url: Url | None = None
    """Its address."""
    accessed: PartialDate | None = None
    """When it was read."""


class ProfileFile(Model):
    """What the profiles of all kinds say of themselves."""

    kind: str
    """What kind of profile it is."""
    name: Text
    """What it is called."""
    version: str
    """Its version."""
    valid_from: PartialDate
    """From when it applies."""
    languages: Languages = ("en",)
    """The languages of the file; plain texts are in the first."""
    sources: tuple[Reference, ...]
    """Where it was read."""


class Need(Model):
    """Facts that must be there."""

    file: Annotated[str, Field(pattern=r"^(year/)?[a-z]+\.yaml$")]
    """The data file; ``year/`` stands for the folder of the reporting year."""
    path: Annotated[str, Field(pattern=r"^[a-z_]+(\.([a-z_]+|\*(\[[a-z_]+=[a-z-]+\])?))*$")]
    """The way to the fact: keys with points between them, ``*`` for each of a list, ``*[kind=member]`` for some."""
    every: bool = False
    """Whether each of the list must have it; otherwise one is enough."""


class Requirement(Model):
    """One thing that the report must say."""

    id: Id
    """A name for it."""
    text: Text
    """What must be said, in our words."""
    clause: Text
    """Where that is written: article, paragraph, disclosure."""
    verified: bool
    """Whether it was read in the source; what is common knowledge of the field is not."""
    tiers: tuple[Id, ...] = ()
    """The tiers that it applies to; all if left out."""
    needs: Annotated[tuple[Need, ...], Field(min_length=1)]
    """The facts that answer it: all of them."""
    sections: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The sections of the annual report that print them; `report list` names them."""


class Tier(Model):
    """A class of organisations by their income."""

    id: Id
    """The name by which requirements refer to it."""
    name: Text
    """What it is called."""
    up_to: Amount | None = None
    """The greatest income of a year, in the profile's currency; none for the last tier."""


class Deadline(Model):
    """By when the report is due in the year after the reporting year."""

    month: Annotated[int, Field(ge=1, le=12)]
    """The month."""
    day: Annotated[int, Field(ge=1, le=31)]
    """The day: one that the month has in every year."""
    clause: Text
    """Where that is written."""
    verified: bool
    """Whether it was read in the source."""


class Profile(ProfileFile):
    """A profile: what a regulator or a standard asks an annual report to say."""

    kind: Literal["regulator"]
    """What kind of profile it is: `regulator`; a `funder` has a profile of another form."""
    version: str
    """Its version, or the law's."""
    currency: Currency | None = None
    """The currency of the tiers."""
    tiers: tuple[Tier, ...] = ()
    """Its tiers, the smallest first; all but the last have an `up_to`."""
    deadline: Deadline | None = None
    """By when the report is due."""
    requirements: Annotated[tuple[Requirement, ...], Field(min_length=1)]
    """What it asks for, in its order."""
