"""What a layout says without writing pages: where its ids are, how full its pages are, which numbers have no room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """What a layout says to a format without pages: the page number of every id, and numbers that have no room."""

    anchors: Mapping[str, int]
    too_wide: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a laid-out page: how many characters, and how far down its text reaches, in millimetres.

    `name` is that of its rule in the style sheet: a panel's pages bear the panel's id.
    """

    characters: int
    height: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Extent:
    """The pages of a layout, and on which of them each id is."""

    pages: tuple[Page, ...]
    anchors: Mapping[str, int]

    def count(self, id_: str) -> int:
        """Return how many pages a panel takes: those of its own, and none of what flows behind it."""
        first = self.anchors[id_] - 1
        return next((n for n, page in enumerate(self.pages[first:]) if page.name != id_), len(self.pages) - first)
