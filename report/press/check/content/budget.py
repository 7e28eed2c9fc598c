"""How much work may be spent on a file: counted in steps, each about a microsecond's, so that every machine stops at the same place.

A page is read, painted and looked at; each of these has a share of the page's steps, so that what was read is still painted and looked
at where reading stopped early. Pages share the file's steps, and a file whose steps are used up is not read on: who allows more seconds
for the reading of files allows more steps.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from report.isolation.limits import Limits

A_SECOND = 300_000
"""Steps of a file for each second that its reading may take: a machine may be three times as slow."""
READ, PAINT, LOOK = 1_800_000, 1_500_000, 800_000
"""Steps of a page for reading its content, for painting it as inks, and for looking for faults."""
LEAST = 400_000
"""Steps that must be left to begin another page."""
PAGE = 4_000
"""Steps that a page costs at least."""
ITEMS = 120_000
"""The most items of a page."""
POINTS = 1_000_000
"""The most points of a page's paths."""
DEPTH = 24
"""How deeply forms may be nested."""


class SpentError(Exception):
    """Something costs more steps than are left."""


@dataclass(slots=True)
class Budget:
    """What is left of a file's steps, and of those of the part of a page that is under way."""

    file: float = field(default_factory=lambda: A_SECOND * Limits.from_environment().seconds)
    left: float = 0

    def begin(self, steps: float, share: float = 1.0) -> None:
        """Begin a part of a page, which may take so many steps, and no more than a share of what is left of the file's."""
        self.left = min(steps, self.file * share)

    def spend(self, steps: float) -> None:
        """Take steps; raise `SpentError`, and take none, where fewer are left: what they are for is not done."""
        if steps > self.left:
            raise SpentError
        self.left -= steps
        self.file -= steps

    @property
    def spent(self) -> bool:
        """Say whether no further page can be read."""
        return self.file < LEAST
