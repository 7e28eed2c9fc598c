"""The boxes of a page (ISO 32000-1, 14.11.2; ISO 15930-7, 6.9): trim inside bleed inside media, from 0, 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pikepdf import Array

from report.press.pdf.geometry import MM
from report.press.pdf.page_boxes import page_boxes
from report.press.produce.conversion import Problems
from report.press.produce.order import PrintOrder
from report.profiles.printer import Printer

SLUG = 8.0
"""Millimetres of paper beyond the bleed, where marks stand."""
_NEAR = 0.02
"""Points: closer than a hundredth of a millimetre is the same."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's boxes in points, from the lower left corner of its media.

    `left` and `bottom` are where the trim begins in the source, `width` and `height` its size, `bleed` and `slug` what is
    round it: the bleed, and beyond that the room for marks.
    """

    left: float
    bottom: float
    width: float
    height: float
    bleed: float
    slug: float

    @property
    def edge(self) -> float:
        """Return how far the trim is from the edge of the media."""
        return self.bleed + self.slug

    def box(self, beyond: float) -> Array:
        """Return the box that reaches so far beyond the trim."""
        low = self.edge - beyond
        return _numbers(low, low, low + self.width + 2 * beyond, low + self.height + 2 * beyond)

    @property
    def source(self) -> Array:
        """Return the bleed box in the coordinates of the source."""
        return _numbers(
            self.left - self.bleed,
            self.bottom - self.bleed,
            self.left + self.width + self.bleed,
            self.bottom + self.height + self.bleed,
        )

    @property
    def shift(self) -> tuple[float, float]:
        """Return how far the source's page is moved."""
        return round(self.edge - self.left, 4), round(self.edge - self.bottom, 4)


def frame(page: Any, order: PrintOrder, printer: Printer, problems: Problems) -> Frame | None:
    """Return the boxes of a page; None, with the reason noted, where it has less bleed than the printer asks for."""
    own = page_boxes(page.obj)
    if own.rotation or own.unit != 1:
        problems.error("print.page", "is turned or scaled", "lay it out as it is to be printed")
        return None
    has, wants = order.bleed * MM, float(printer.bleed) * MM
    if has < wants - _NEAR:
        message = f"has {order.bleed:g} mm of bleed; the printer asks for {printer.bleed:g} mm"
        problems.error("print.bleed", message, f"lay it out with  bleed: {printer.bleed:g}mm")
        return None
    trim = own.media.grown(-has)
    declared = own.trim or own.art or trim
    if (
        trim.width <= 0
        or trim.height <= 0
        or max(abs(a - b) for a, b in zip(declared, trim, strict=True)) > 2.5 * _NEAR
    ):
        message = f"does not end {order.bleed:g} mm beyond its trim on every side"
        problems.error("print.bleed", message, "lay it out with the same  bleed  all round, and without marks")
        return None
    slug = SLUG * MM if printer.marks == "outside-bleed" else 0.0
    return Frame(trim.left, trim.bottom, trim.width, trim.height, wants, slug)


def _numbers(*sides: float) -> Array:
    return Array([round(side, 4) for side in sides])
