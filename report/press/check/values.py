"""What a check finds: faults with their places, facts about the file, and what was expected of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from report.values import Severity


class Place(NamedTuple):
    """A place on a page, in millimetres from the trim's top left corner, to the right and down."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault: of the file, of a page, or of a place on a page."""

    code: str
    severity: Severity
    page: int | None
    box_mm: Place | None
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file should be. What is not known is not checked.

    `trim` is width and height in millimetres, `multiple` what the number of pages is a multiple of. `folds` are, for each side in
    turn, the folds' distances from the trim's left edge in millimetres; where only a front's are given, a back's mirror them.
    """

    trim: tuple[float, float] | None = None
    pages: int | None = None
    multiple: int = 1
    folds: tuple[tuple[float, ...], ...] = ()

    def folds_of(self, page: int, width: float) -> tuple[float, ...]:
        """Return the folds of a page whose trim is so wide, in millimetres."""
        if not self.folds:
            return ()
        if len(self.folds) == 1:
            front = self.folds[0]
            return front if page % 2 else tuple(sorted(width - one for one in front))
        return self.folds[(page - 1) % len(self.folds)]


@dataclass(frozen=True, slots=True)
class At:
    """A measure with where it was taken."""

    value: float
    page: int
    place: Place
    said: str = ""


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
    coarsest: At | None = None
    smallest: At | None = None
    thinnest: At | None = None
    peak: At | None = None
    peak_parts: dict[str, float] = field(default_factory=dict)
    transparent: bool = False
    drawable: set[int] = field(default_factory=set)
    """Pages that are simple enough to be drawn."""


@dataclass(frozen=True, slots=True)
class Report:
    """A checked file: what it is, and what is wrong with it."""

    facts: Facts
    findings: tuple[Finding, ...]

    @property
    def worst(self) -> Severity | None:
        """Return the weight of the heaviest finding."""
        weights = {finding.severity for finding in self.findings}
        return next((one for one in Severity if one in weights), None)
