"""The result of a check: facts about the file, and its problems."""

from __future__ import annotations

from dataclasses import dataclass, field

from report.values import PageArea, Problem


@dataclass(frozen=True, slots=True)
class Measurement:
    """A value with where it was measured."""

    value: float
    page: int
    area: PageArea


@dataclass(slots=True)
class Facts:
    """What a file is. Sizes are in millimetres, type and lines in points, ink in per cent."""

    pages: int = 0
    checked: int = 0
    bytes: int = 0
    version: str = ""
    claims: str = ""
    intent: str = ""
    sizes: dict[tuple[float, float], int] = field(default_factory=dict)
    """How many pages have a trim of which size."""
    bleeds: tuple[float, float] | None = None
    """The narrowest and the widest bleed box, beyond the trim."""
    spaces: dict[str, set[str]] = field(default_factory=dict)
    """What text, vectors, images and shadings are painted in."""
    spots: dict[str, int] = field(default_factory=dict)
    fonts: dict[str, bool] = field(default_factory=dict)
    """Each font, and whether it is embedded."""
    images: int = 0
    coarsest: Measurement | None = None
    smallest: Measurement | None = None
    thinnest: Measurement | None = None
    peak: Measurement | None = None
    peak_parts: dict[str, float] = field(default_factory=dict)
    transparent: bool = False
    drawable: set[int] = field(default_factory=set)
    """Pages that are simple enough to be drawn."""


@dataclass(frozen=True, slots=True)
class Preflight:
    """A checked file: what it is, and what is wrong with it."""

    facts: Facts
    problems: tuple[Problem, ...]
