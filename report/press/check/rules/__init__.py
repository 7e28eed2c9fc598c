"""What a page is held against: each rule takes a page and yields its faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from report.press.check.rules import bleed, blends, boxes, inks, lines, pictures, type
from report.press.check.rules.page import Fault, Leaf

Rule = Callable[[Leaf], Iterator[Fault]]

RULES: tuple[Rule, ...] = (
    boxes.boxes, boxes.blank, boxes.annotations, boxes.unreadable, bleed.painted,
    inks.foreign, inks.separations, inks.total, inks.marks,
    pictures.resolution, pictures.stored,
    type.embedded, type.sizes, type.inks, type.black,
    lines.hairlines, lines.overprint,
    blends.transparency, blends.screens,
)  # fmt: skip
