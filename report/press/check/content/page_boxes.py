"""A page's boxes (ISO 32000-1, 14.11.2), as it is shown: turned, in points of 1/72 inch, from the lower left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from report.press.pdf import objects
from report.press.pdf.geometry import MM, Box, Matrix, around, concat, corners
from report.press.pdf.objects import OddObjectError, inherited
from report.values import PageArea

_BASES = {
    0: lambda b: (1.0, 0.0, 0.0, 1.0, -b.left, -b.bottom),
    90: lambda b: (0.0, -1.0, 1.0, 0.0, -b.bottom, b.right),
    180: lambda b: (-1.0, 0.0, 0.0, -1.0, b.right, b.top),
    270: lambda b: (0.0, 1.0, -1.0, 0.0, b.top, -b.left),
}
"""What turns a page clockwise and puts its corner at nothing."""


@dataclass(frozen=True, slots=True)
class PageBoxes:
    """A page's boxes. `trim` is the crop box where none is given (`trimmed` is false then), and so is `bleed`."""

    number: int
    media: Box
    crop: Box
    trim: Box
    bleed: Box
    trimmed: bool
    turn: int
    unit: float
    base: Matrix

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


def page_boxes(page: Any, number: int) -> PageBoxes:
    """Read a page's boxes; raise `OddObjectError` where it has no size."""
    media = _box(inherited(page, "/MediaBox"))
    if media is None:
        raise OddObjectError("it has no size")
    crop = _box(inherited(page, "/CropBox")) or media
    crop = crop.cut(media) or media
    turn, unit = objects.rotation(page), objects.user_unit(page)
    base = concat(_BASES[turn](crop), (unit, 0.0, 0.0, unit, 0.0, 0.0))
    trim, bleed = _box(page.get("/TrimBox")) or _box(page.get("/ArtBox")), _box(page.get("/BleedBox"))

    def shown(box: Box) -> Box:
        return around(corners(base, box))

    return PageBoxes(number, shown(media), shown(crop), shown(trim or crop), shown(bleed or crop), trim is not None, turn, unit, base)  # fmt: skip


def _box(value: Any) -> Box | None:
    box = objects.rectangle(value)
    return box if box and box.width > 0.1 and box.height > 0.1 else None
