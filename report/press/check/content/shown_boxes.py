"""A page's boxes (ISO 32000-1, 14.11.2), as it is shown: turned, in points of 1/72 inch, from the lower left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from report.press.pdf.geometry import MM, Box, Matrix, around, concat, corners
from report.press.pdf.page_boxes import page_boxes
from report.values import PageArea

_BASES = {
    0: lambda b: (1.0, 0.0, 0.0, 1.0, -b.left, -b.bottom),
    90: lambda b: (0.0, -1.0, 1.0, 0.0, -b.bottom, b.right),
    180: lambda b: (-1.0, 0.0, 0.0, -1.0, b.right, b.top),
    270: lambda b: (0.0, 1.0, -1.0, 0.0, b.top, -b.left),
}
"""What turns a page clockwise and puts its corner at nothing."""


@dataclass(frozen=True, slots=True)
class ShownBoxes:
    """A page's boxes. `trim` is the TrimBox, else the ArtBox, else the crop box (`trimmed` is false then); `bleed` the BleedBox or the crop box.

    `base` is what takes the page's own points here.
    """

    number: int
    media: Box
    crop: Box
    trim: Box
    bleed: Box
    trimmed: bool
    rotation: int
    unit: float
    base: Matrix

    @property
    def narrowest_bleed(self) -> float:
        """Return the least that the bleed box reaches beyond the trim."""
        (a, b, c, d), (left, bottom, right, top) = self.bleed, self.trim
        return min(left - a, bottom - b, c - right, d - top)

    def area(self, bleed: float) -> Box:
        """Return what is printed: the trim and so many millimetres around it, as far as the page goes."""
        return self.trim.grown(bleed * MM).cut(self.media) or self.media

    def page_area(self, box: Box) -> PageArea:
        """Return where a box in points is, in millimetres from the trim's top left corner."""
        left, top = self.trim.left, self.trim.top
        sides = (box.left - left, top - box.top, box.right - left, top - box.bottom)
        return PageArea(*(round(side / MM, 1) + 0.0 for side in sides))

    def moved(self, values: Sequence[float]) -> Box:
        """Return a box of the page's own points as the page is shown."""
        return around(corners(self.base, values))


def shown_boxes(page: Any, number: int) -> ShownBoxes:
    """Return a page's boxes; raise `OddObjectError` where it has no size."""
    own = page_boxes(page)
    base = concat(_BASES[own.rotation](own.crop), (own.unit, 0.0, 0.0, own.unit, 0.0, 0.0))
    trim = own.trim or own.art
    media, crop, trimmed, bleed = (
        around(corners(base, box)) for box in (own.media, own.crop, trim or own.crop, own.bleed or own.crop)
    )
    return ShownBoxes(number, media, crop, trimmed, bleed, trim is not None, own.rotation, own.unit, base)
