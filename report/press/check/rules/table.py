"""The table of rules: each takes a page and yields its breaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from report.press.check.rules import bleed, blends, boxes, inks, lines, pictures, type
from report.press.check.rules.page import Breach, CheckedPage

Rule = Callable[[CheckedPage], Iterator[Breach]]

RULES: tuple[Rule, ...] = (
    boxes.boxes, boxes.blank, boxes.annotation_objects, boxes.unreadable, bleed.painted,
    inks.foreign, inks.separations, inks.total, inks.marks,
    pictures.resolution, pictures.stored,
    type.embedded, type.sizes, type.inks, type.black,
    lines.hairlines, lines.overprint,
    blends.transparency, blends.screens,
)  # fmt: skip
