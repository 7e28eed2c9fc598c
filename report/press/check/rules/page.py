"""A page as the rules see it, and a fault that one of them finds on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from report.press.check.colour import Colour
from report.press.check.coverage import Coverage
from report.press.check.items import Group, Item, Picture, Scene, Shade, Text, Vector
from report.press.check.page_boxes import Sheet
from report.press.check.values import Expected
from report.press.pdf.geometry import MM, Box
from report.profiles.printer import Printer
from report.values import Severity

_MARK_WIDTH, _MARK_LENGTH = 3.0, 20 * MM


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule finds. Without a box it is the page's; `quote` asks for the words that stand there."""

    code: str
    message: str
    box: Box | None = None
    severity: Severity | None = None
    quote: bool = False


@dataclass
class Leaf:
    """A page with what is painted on it, and what it is held against."""

    sheet: Sheet
    page: Any
    scene: Scene
    coverage: Coverage
    shop: Printer
    standard: str
    expected: Expected
    bleed: float
    """The shop's, in points."""

    @cached_property
    def area(self) -> Box:
        """What is printed: the trim with the bleed."""
        return self.sheet.trim.grown(self.bleed)

    @cached_property
    def items(self) -> list[Item]:
        """Everything painted within the bleed that is no mark."""
        marks = {id(mark) for mark in self.marks}
        return [
            item
            for item in self.scene.all()
            if id(item) not in marks and not isinstance(item, Group) and item.box.grown(0.01).meets(self.area)
        ]

    @cached_property
    def marks(self) -> list[Vector]:
        """Crop and registration marks: thin lines and outlines beside the trim, and whatever is there in every ink."""
        found = []
        inside = self.sheet.trim.grown(-1.0)  # a line along the trim is half inside
        if not self.sheet.trimmed:
            return []
        for item in self.scene.all():
            if isinstance(item, Vector) and not item.box.grown(0.01).meets(inside):
                narrow = min(item.box.width, item.box.height) <= _MARK_WIDTH
                thin = item.fill is None or (narrow and item.straight is not None)  # not what is left of a curve
                short = max(item.box.width, item.box.height) <= _MARK_LENGTH
                kinds = {one.kind for one in colours(item)}
                # WeasyPrint fills the crosses of its marks, in RGB
                if "registration" in kinds or (short and (thin or "rgb" in kinds)):
                    found.append(item)
        return found

    def texts(self) -> Iterator[Text]:
        """Yield text that is seen."""
        for item in self.items:
            if isinstance(item, Text) and item.mode != 3 and item.colour is not None:
                yield item

    def vectors(self) -> Iterator[Vector]:
        for item in self.items:
            if isinstance(item, Vector):
                yield item

    def pictures(self) -> Iterator[Picture]:
        for item in self.items:
            if isinstance(item, Picture):
                yield item

    def under(self, item: Item) -> dict[str, float]:
        """Return the inks below a text or a thin line, in per cent."""
        return self.coverage.under.get(id(item), {})


def colours(item: Item) -> list[Colour]:
    """Return the colours that a thing is painted in; a picture's and a shading's are not told one by one."""
    if isinstance(item, Text | Vector):
        return [one for one in (item.fill, item.stroke) if one is not None]
    if isinstance(item, Picture):
        return [item.stencil] if item.stencil is not None else []
    return []


def spaces(item: Item) -> list[tuple[str, str]]:
    """Return the kinds of colour that a thing is painted in, each with the PDF's word for it."""
    if isinstance(item, Picture | Shade) and item.space is not None:
        space = item.space
        return [(space.base.kind if space.base else space.kind, space.name)]
    return [(one.kind, one.space) for one in colours(item)]


def count(colour: Colour) -> int:
    """Return how many inks a colour has."""
    return sum(part > 0.02 for part in (*colour.inks, *(part for _, part in colour.spots)))
