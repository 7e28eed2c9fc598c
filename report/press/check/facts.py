"""What a file is: gathered page by page for the head of a report."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

from report.press.check.content import fonts
from report.press.check.content.items import Item, Picture, Text, Vector
from report.press.check.rules import document, overprint
from report.press.check.rules.page import CheckedPage, kind, spaces, spots
from report.press.pdf.geometry import MM, Box
from report.values import PageArea


@dataclass(frozen=True, slots=True)
class Measurement:
    """A value with where it was measured."""

    value: float
    page: int
    area: PageArea


@dataclass(slots=True)
class Facts:
    """What a file is. Sizes are in millimetres, type and lines in points, ink in per cent."""

    pages: int = 0
    checked: int = 0
    bytes: int = 0
    version: str = ""
    claims: str = ""
    intent: str = ""
    sizes: dict[tuple[float, float], int] = field(default_factory=dict)
    """How many pages have a trim of which size."""
    bleeds: tuple[float, float] | None = None
    """The narrowest and the widest bleed box, beyond the trim."""
    spaces: dict[str, set[str]] = field(default_factory=dict)
    """What text, vectors, images and shadings are painted in."""
    spots: dict[str, int] = field(default_factory=dict)
    fonts: dict[str, bool] = field(default_factory=dict)
    """Each font, and whether it is embedded."""
    images: int = 0
    coarsest: Measurement | None = None
    smallest: Measurement | None = None
    thinnest: Measurement | None = None
    peak: Measurement | None = None
    peak_parts: dict[str, float] = field(default_factory=dict)
    transparent: bool = False
    drawable: set[int] = field(default_factory=set)
    """Pages that are simple enough to be drawn."""


def file(facts: Facts, path: Path, pdf: pikepdf.Pdf) -> None:
    """Note what the file says of itself."""
    facts.pages, facts.bytes = len(pdf.pages), path.stat().st_size
    facts.version, facts.claims = pdf.pdf_version, document.claimed(pdf)
    intent = document.intent(pdf)
    facts.intent = document.condition(intent) if intent is not None else ""


def page(facts: Facts, page: CheckedPage) -> None:
    """Note what is on a page."""
    sheet = page.boxes
    size = (round(sheet.trim.width / MM, 1), round(sheet.trim.height / MM, 1))
    facts.sizes[size] = facts.sizes.get(size, 0) + 1
    beyond = sheet.narrowest_bleed / MM
    low, high = facts.bleeds or (beyond, beyond)
    facts.bleeds = (min(low, beyond), max(high, beyond))
    for item in page.items:
        what = kind(item)
        for model, name in spaces(item):
            if model != "none":
                facts.spaces.setdefault(what if what == "text" else f"{what}s", set()).add(name)
        for name in spots(item):
            facts.spots.setdefault(name, sheet.number)
        _measures(facts, page, item)
        facts.transparent |= overprint.transparent(item)
    heavy = page.coverage.peak(facts.peak.value if facts.peak else 0.0)
    if heavy is not None:
        facts.peak, facts.peak_parts = _measurement(page, heavy.total, heavy.box), heavy.parts


def _measurement(page: CheckedPage, value: float, box: Box) -> Measurement:
    return Measurement(round(value, 2), page.boxes.number, page.boxes.page_area(box))


def _measures(facts: Facts, page: CheckedPage, item: Item) -> None:
    """Note the smallest type, the thinnest line and the coarsest picture."""
    if isinstance(item, Text):
        facts.fonts.setdefault(fonts.plain(item.font.name), item.font.embedded)
        if item.mode != 3 and item.size > 0 and (facts.smallest is None or item.size < facts.smallest.value - 0.01):
            facts.smallest = _measurement(page, item.size, item.box)
    elif isinstance(item, Picture):
        facts.images += 1
        fine = min(item.ppi)
        if math.isfinite(fine) and min(item.pixels) > 4 and (facts.coarsest is None or fine < facts.coarsest.value):
            facts.coarsest = _measurement(page, fine, item.box)
    elif (
        isinstance(item, Vector)
        and item.stroke is not None
        and (facts.thinnest is None or item.width < facts.thinnest.value - 0.001)
    ):
        facts.thinnest = _measurement(page, item.width, item.box)
