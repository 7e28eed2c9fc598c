"""What a reader gets from a file, whatever its format: words in order, headings, table cells, links, pictures.

Left out on purpose, since each format makes its own: running headers and footers, page numbers, list markers and
the numbers of footnotes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Content:
    """The content of one file. `words` leaves footnotes out; they stand in `notes`, one entry each."""

    words: list[str] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    """What stands where a name inside the file leads to."""

    def destinations(self) -> list[tuple[str, str]]:
        """Return each link's words and where it leads: an address, or the words that stand there."""
        return [(text, self.places.get(to[1:], to) if to.startswith("#") else to) for text, to in self.links]


_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c"))
"""Soft hyphens, places to break a line, and marks of direction."""


def tidy(parts: Iterable[str]) -> str:
    """Join text, fold white space, and drop what is invisible."""
    text = "".join(parts).translate(_INVISIBLE).replace("\u2011", "-")
    return " ".join(text.split())


def first_difference(one: list, other: list) -> str:
    """Say where two lists part, for a failing test."""
    for index, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return f"at {index}: {one[max(0, index - 4) : index + 5]} against {other[max(0, index - 4) : index + 5]}"
    return f"lengths {len(one)} and {len(other)}: {one[len(other) :][:8]} {other[len(one) :][:8]}"
