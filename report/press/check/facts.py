"""What a file is: gathered page by page for the head of a report."""

from __future__ import annotations

import math
from pathlib import Path

import pikepdf

from report.press.check import fonts
from report.press.check.items import Item, Picture, Shade, Text
from report.press.check.rules import blends, document
from report.press.check.rules.page import Leaf, colours, spaces
from report.press.check.values import At, Facts
from report.press.pdf.geometry import MM, Box


def file(facts: Facts, path: Path, pdf: pikepdf.Pdf) -> None:
    """Note what the file says of itself."""
    facts.pages, facts.bytes = len(pdf.pages), path.stat().st_size
    facts.version, facts.claims = pdf.pdf_version, document.claimed(pdf)
    intent = document.intent(pdf)
    facts.intent = document.condition(intent) if intent is not None else ""


def page(facts: Facts, leaf: Leaf) -> None:
    """Note what is on a page."""
    sheet = leaf.sheet
    size = (round(sheet.trim.width / MM, 1), round(sheet.trim.height / MM, 1))
    facts.sizes[size] = facts.sizes.get(size, 0) + 1
    beyond = min(sheet.trim.left - sheet.bleed.left, sheet.trim.bottom - sheet.bleed.bottom, sheet.bleed.right - sheet.trim.right, sheet.bleed.top - sheet.trim.top) / MM  # fmt: skip
    low, high = facts.bleeds or (beyond, beyond)
    facts.bleeds = (min(low, beyond), max(high, beyond))
    for item in leaf.items:
        for kind, name in spaces(item):
            if kind != "none":
                facts.spaces.setdefault(_what(item), set()).add(name)
        for colour in colours(item):
            for name, _ in colour.spots:
                facts.spots.setdefault(name, sheet.number)
        if isinstance(item, Picture | Shade) and item.space is not None:
            for name in item.space.inks:
                if name not in ("Cyan", "Magenta", "Yellow", "Black", "None", "All"):
                    facts.spots.setdefault(name, sheet.number)
        _measures(facts, leaf, item)
        facts.transparent |= blends.shines(item)
    heavy = leaf.coverage.peak(facts.peak.value if facts.peak else 0.0)
    if heavy is not None:
        facts.peak, facts.peak_parts = _at(leaf, heavy.total, heavy.box), heavy.parts


def _what(item: Item) -> str:
    return {Text: "text", Picture: "images", Shade: "shadings"}.get(type(item), "vectors")


def _at(leaf: Leaf, value: float, box: Box) -> At:
    return At(round(value, 2), leaf.sheet.number, leaf.sheet.place(box))


def _measures(facts: Facts, leaf: Leaf, item: Item) -> None:
    """Note the smallest type, the thinnest line and the coarsest picture."""
    if isinstance(item, Text):
        facts.fonts.setdefault(fonts.plain(item.font.name), item.font.embedded)
        if item.mode != 3 and item.size > 0 and (facts.smallest is None or item.size < facts.smallest.value - 0.01):
            facts.smallest = _at(leaf, item.size, item.box)
    elif isinstance(item, Picture):
        facts.images += 1
        fine = min(item.ppi)
        if math.isfinite(fine) and min(item.pixels) > 4 and (facts.coarsest is None or fine < facts.coarsest.value):
            facts.coarsest = _at(leaf, fine, item.box)
    elif not isinstance(item, Shade) and getattr(item, "stroke", None) is not None:
        width = item.width  # type: ignore[attr-defined]
        if facts.thinnest is None or width < facts.thinnest.value - 0.001:
            facts.thinnest = _at(leaf, width, item.box)
