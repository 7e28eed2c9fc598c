"""The pages of a PDF as they are seen: their boxes, turned and in points, wherever the file keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from report.press.pdf.geometry import Box
from report.press.pdf.objects import OddObjectError
from report.press.pdf.opening import OpenPdf
from report.press.pdf.page_boxes import page_boxes
from report.values import Location, ReportError

_LEAST = 1.0
"""Points: no page is narrower."""


@dataclass(frozen=True, slots=True)
class SourcePage:
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
        width, height = self.trim.width * self.unit, self.trim.height * self.unit
        return (height, width) if self.rotate % 180 else (width, height)

    @property
    def bleed(self) -> float:
        """Return the most bleed that the page says it has at an edge, in points."""
        return max(abs(b - t) for b, t in zip(self.bled, self.trim, strict=True)) * self.unit

    def painted(self, bleed: float | None) -> Box:
        """Return what is shown: the trim and as much bleed as asked, in points; None takes what the page says it has."""
        if bleed is None:
            return self.bled
        return self.trim.grown(bleed / self.unit).cut(self.media) or self.trim

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


def sources(opened: OpenPdf) -> tuple[SourcePage, ...]:
    """Return the geometry of every page; raise `ReportError` where a page has no size."""
    return tuple(_source(opened, number, page.obj) for number, page in enumerate(opened.pdf.pages, 1))


def _source(opened: OpenPdf, number: int, page: Any) -> SourcePage:
    """Return a page that is cut at its TrimBox, or else shown whole: the ArtBox is round what matters, not where a page is cut."""
    try:
        boxes = page_boxes(page)
        trim = (boxes.trim or boxes.crop).cut(boxes.media)
        if trim is None or min(trim.width, trim.height) < _LEAST:
            raise OddObjectError
    except OddObjectError:
        raise ReportError.of("pdf.damaged", f"page {number} has no size", Location(opened.path)) from None
    bled = boxes.bleed.joined(trim).cut(boxes.media) if boxes.bleed else None
    return SourcePage(number, boxes.media, trim, bled or trim, boxes.rotation, boxes.unit)
