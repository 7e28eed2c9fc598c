"""What a document says that is made for a print shop."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from report.values.problems import Location


@dataclass(frozen=True, slots=True)
class Panel:
    """A page of its own that its text must fit: `id` is the section's. Its size is in millimetres."""

    id: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Printing:
    """How a document is printed: the size of its pages, where they are no panels. Lengths are millimetres.

    `panels` come in the order in which they are read, and `sides` name those that stand side by side on the sides of a
    sheet that is folded; where there are none, every page is a sheet of its own. Pages come in multiples of `multiple`: what is
    missing is put in before the last one. `bleed` is how far the ground goes beyond the trim. `press` says that a print shop
    gets it: its photographs keep the profiles of their colours.
    """

    width: float
    height: float
    panels: tuple[Panel, ...] = ()
    sides: tuple[tuple[str, ...], ...] = ()
    multiple: int = 1
    bleed: float = 0
    press: bool = False

    @property
    def folds(self) -> tuple[tuple[float, ...], ...]:
        """Return where each side is folded, from the left edge of its trim."""
        width = {panel.id: panel.width for panel in self.panels}
        return tuple(tuple(itertools.accumulate(width[name] for name in side[:-1])) for side in self.sides)


@dataclass(frozen=True, slots=True)
class FittedText:
    """A text that must fit its panel: the fact's place, and its variants (``short``, ``medium``, ``full``) in the document's language."""

    panel: str
    location: Location | None
    variants: Mapping[str, str]

    def at(self, length: str) -> str:
        """Return the variant of that length, or else the next shorter one, or the shortest there is."""
        steps = ("full", "medium", "short")
        wanted = steps[steps.index(length) :]
        found = next((self.variants[step] for step in wanted if step in self.variants), None)
        return (
            found
            if found is not None
            else next(self.variants[step] for step in reversed(steps) if step in self.variants)
        )
