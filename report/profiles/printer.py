"""A printer's profile: data/profiles/<name>.yaml with `kind: printer`. What a print shop takes: boxes, colours, ink, resolution.

Lengths are millimetres, type and lines points, ink and tints per cent, resolution pixels per inch.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from report.model.base import ONCE, Model, Url
from report.profiles.profile import ProfileFile

Standard = Literal["PDF/X-4", "PDF/X-1a"]
"""ISO 15930-7 (PDF/X-4:2010) and ISO 15930-4 (PDF/X-1a:2003)."""
Millimetres = Annotated[Decimal, Field(ge=0, le=50)]
Points = Annotated[Decimal, Field(ge=0, le=72)]
Resolution = Annotated[int, Field(ge=1, le=4800)]


class Condition(Model):
    """How the press prints: the characterised printing condition that a file's output intent names (ISO 15930-7, 6.2.2)."""

    name: str
    """Its name in the registry: FOGRA39."""
    registry: Url = "http://www.color.org"
    """The registry's address."""
    profile: str
    """The ICC profile that stands for it: a file of data/profiles/icc/."""


class Ink(Model):
    """How much ink the paper takes: the sum of all four, in per cent."""

    most: Annotated[Decimal, Field(gt=0, le=400)]
    """On coated paper."""
    uncoated: Annotated[Decimal, Field(gt=0, le=400)] | None = None
    """On uncoated paper, where the condition is for that."""


class Images(Model):
    """How fine pictures are at the size they are printed in, in pixels per inch."""

    wanted: Resolution = 300
    """Fewer are a warning."""
    least: Resolution = 150
    """Fewer are an error."""
    line_art: Resolution = 1200
    """For pictures of black and white alone; fewer are a warning."""


class Smallest(Model):
    """The smallest size, in points, of what is printed in one dark ink, and of what is left out of a dark ground."""

    black: Points
    """In one ink."""
    reversed: Points
    """Light on dark, or in several inks."""


class Printer(ProfileFile):
    """What a print shop takes."""

    kind: Literal["printer"]
    """What kind of profile it is."""
    verified: bool
    """Whether its figures were read in the sources; what is common knowledge of the trade is not."""
    standards: Annotated[tuple[Standard, ...], Field(min_length=1), ONCE]
    """The standards that it takes, the one it wants first."""
    condition: Condition
    """How it prints."""
    bleed: Millimetres
    """How far what reaches the edge goes beyond it."""
    safe: Millimetres
    """How far text stands from the edge and from folds."""
    marks: Literal["none", "outside-bleed"] = "none"
    """Whether it wants crop marks: many want none."""
    delivery: Literal["single-pages", "spreads"] = "single-pages"
    """Whether pages come one by one in their order, or side by side."""
    ink: Ink
    """How much ink its paper takes."""
    images: Images = Images()
    """How fine pictures are."""
    type: Smallest = Smallest(black=Decimal(6), reversed=Decimal(7))
    """The smallest type."""
    lines: Smallest = Smallest(black=Decimal("0.25"), reversed=Decimal("0.4"))
    """The thinnest line."""
    spots: Annotated[int, Field(ge=0, le=8)] = 0
    """How many inks besides the four it prints."""
    megabytes: Annotated[Decimal, Field(gt=0)] | None = None
    """At most so many megabytes of 1,000,000 bytes."""
