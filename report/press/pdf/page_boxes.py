"""A page's boxes in its own space (ISO 32000-2, 14.11.2), as checking, producing and imposing read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from report.press.pdf.geometry import Box
from report.press.pdf.objects import OddObjectError, inherited, rectangle, rotation, user_unit

_LEAST = 0.1
"""Points: what is narrower is no box."""


@dataclass(frozen=True, slots=True)
class PageBoxes:
    """A page's boxes in its own space, their corners in order; None where the page has none, or one without an area.

    `crop` is what of it lies within `media`. `rotation` is clockwise, in degrees; `unit` the points of a unit.
    """

    media: Box
    crop: Box
    trim: Box | None
    art: Box | None
    bleed: Box | None
    rotation: int
    unit: float


def page_boxes(page: Any) -> PageBoxes:
    """Return a page's boxes; raise `OddObjectError` where it has no size."""
    media, crop = _box(inherited(page, "/MediaBox")), _box(inherited(page, "/CropBox"))
    if media is None:
        raise OddObjectError("it has no size")
    trim, art, bleed = (_box(page.get(key)) for key in ("/TrimBox", "/ArtBox", "/BleedBox"))
    return PageBoxes(media, crop and crop.cut(media) or media, trim, art, bleed, rotation(page), user_unit(page))


def _box(value: Any) -> Box | None:
    box = rectangle(value)
    return box if box and box.width > _LEAST and box.height > _LEAST else None
