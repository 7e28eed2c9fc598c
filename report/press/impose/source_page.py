"""The pages of a PDF as they are seen: their boxes, turned and in points, wherever the file keeps them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from report.values import Location, ReportError

if TYPE_CHECKING:
    from pikepdf import Object

    from report.press.pdf.opening import Opened

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in units of the page's own space."""
_LEAST, _LARGEST = 1.0, 1e9
"""Points: no page is narrower, and no side of a box is further away."""
_LARGEST_UNIT = 75_000


@dataclass(frozen=True, slots=True)
class Source:
    """A page of the input: its boxes in its own space (ISO 32000-2 14.11.2), its turn clockwise in degrees, points of its unit.

    `bled` is the BleedBox, or the TrimBox where the page does not say that it has bleed.
    """

    number: int
    media: Box
    trim: Box
    bled: Box
    rotate: int = 0
    unit: float = 1.0

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of the trimmed page in points, as it is seen."""
        width, height = (self.trim[2] - self.trim[0]) * self.unit, (self.trim[3] - self.trim[1]) * self.unit
        return (height, width) if self.rotate % 180 else (width, height)

    @property
    def bleed(self) -> float:
        """Return the most bleed that the page says it has at an edge, in points."""
        return max(abs(b - t) for b, t in zip(self.bled, self.trim, strict=True)) * self.unit

    def painted(self, bleed: float | None) -> Box:
        """Return what is shown: the trim and as much bleed as asked, in points; None takes what the page says it has."""
        if bleed is None:
            return self.bled
        more = bleed / self.unit
        wide = (self.trim[0] - more, self.trim[1] - more, self.trim[2] + more, self.trim[3] + more)
        return _common(wide, self.media)

    def reach(self) -> tuple[float, float, float, float]:
        """Return how far the page is painted beyond its trim, left, bottom, right and top as it is seen, in points."""
        m, t = self.media, self.trim
        edges = [t[0] - m[0], t[1] - m[1], m[2] - t[2], m[3] - t[3]]
        turns = self.rotate // 90
        left, bottom, right, top = (edges[(i + turns) % 4] * self.unit for i in range(4))
        return left, bottom, right, top

    def matrix(self, x: float, y: float, scale: float, rotation: int) -> tuple[float, ...]:
        """Return the matrix (ISO 32000-2 8.3.3) that lays the trim, turned by `rotation` degrees more, with its lower left at (x, y)."""
        turn = (self.rotate + rotation) % 360
        cos, sin = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]
        a, b, c, d = (scale * self.unit * part for part in (cos, -sin, sin, cos))
        corners = [(self.trim[i], self.trim[j]) for i in (0, 2) for j in (1, 3)]
        left = min(a * u + c * v for u, v in corners)
        bottom = min(b * u + d * v for u, v in corners)
        return a, b, c, d, x - left, y - bottom


def sources(opened: Opened) -> tuple[Source, ...]:
    """Return the geometry of every page; raise `ReportError` where a page has no size."""
    return tuple(_source(opened, number, page.obj) for number, page in enumerate(opened.pdf.pages, 1))


def _source(opened: Opened, number: int, page: Object) -> Source:
    from report.press.pdf import objects

    media = _box(objects.inherited(page, "/MediaBox"))
    crop = _common(_box(objects.inherited(page, "/CropBox")) or media, media) if media else None
    trim = _common(_box(page.get("/TrimBox")) or crop, media) if media and crop else None
    if not media or not trim or min(trim[2] - trim[0], trim[3] - trim[1]) < _LEAST:
        raise ReportError.of("pdf.damaged", f"page {number} has no size", Location(opened.path))
    bled = _box(page.get("/BleedBox"))
    around = bled and _common(_around(bled, trim), media)
    unit, turn = objects.number(page.get("/UserUnit"), 1), int(objects.number(objects.inherited(page, "/Rotate")))
    unit = unit if 0 < unit < _LARGEST_UNIT else 1.0
    return Source(number, media, trim, around or trim, turn // 90 * 90 % 360, unit)


def _box(value: object) -> Box | None:
    """Return a rectangle with its corners in order (ISO 32000-2 7.9.5), or None where it is none."""
    from report.press.pdf import objects

    sides = [objects.number(one, math.inf) for one in objects.entries(value, 5)]
    if len(sides) != 4 or any(abs(side) > _LARGEST for side in sides):
        return None
    x0, y0, x1, y1 = sides
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _common(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
