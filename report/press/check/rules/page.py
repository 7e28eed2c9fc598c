"""A page as the rules see it, and a breach of a rule on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from report.press.check.content.colour import PROCESS, Colour
from report.press.check.content.items import Group, Item, Picture, Scene, Shading, Text, Vector
from report.press.check.content.shown_boxes import ShownBoxes
from report.press.check.inks.coverage import Coverage
from report.press.check.rules.expected import Expected
from report.press.pdf.geometry import MM, Box
from report.profiles.printer import Printer
from report.values import Severity

_MARK_WIDTH, _MARK_LENGTH = 3.0, 20 * MM


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach of a rule; breaches that are alike and near one another become one problem.

    `box` is in points; without one it concerns the whole page, or the file. `severity` differs from that of its code where it is given;
    `quote` asks for the words that stand there.
    """

    code: str
    message: str
    box: Box | None = None
    severity: Severity | None = None
    quote: bool = False


@dataclass
class CheckedPage:
    """A page with what is painted on it, and what it is checked against."""

    boxes: ShownBoxes
    source: Any
    scene: Scene
    coverage: Coverage
    printer: Printer
    standard: str
    expected: Expected
    bleed: float
    """The shop's, in points."""
    tight: Callable[[Box], Box]
    """Returns the box of the letters themselves, within that of a run of text."""

    @cached_property
    def area(self) -> Box:
        """What is printed: the trim with the bleed."""
        return self.boxes.trim.grown(self.bleed)

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
        marks = []
        inside = self.boxes.trim.grown(-1.0)  # a line along the trim is half inside
        if not self.boxes.trimmed:
            return []
        for item in self.scene.all():
            if isinstance(item, Vector) and not item.box.grown(0.01).meets(inside):
                narrow = min(item.box.width, item.box.height) <= _MARK_WIDTH
                thin = item.fill is None or (narrow and item.straight is not None)  # not what is left of a curve
                short = max(item.box.width, item.box.height) <= _MARK_LENGTH
                kinds = {one.kind for one in colours(item)}
                # WeasyPrint fills the crosses of its marks, in RGB
                if "registration" in kinds or (short and (thin or "rgb" in kinds)):
                    marks.append(item)
        return marks

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
    """Return the colours that a thing is painted in; those of a picture or a shading are not listed."""
    if isinstance(item, Text | Vector):
        return [one for one in (item.fill, item.stroke) if one is not None]
    if isinstance(item, Picture):
        return [item.stencil] if item.stencil is not None else []
    return []


_NAMES = {"text": "text", "image": "an image", "shading": "a shading", "vector": "a shape"}


def kind(item: Item) -> str:
    """Return what a thing is: ``text``, ``image``, ``shading`` or ``vector``."""
    return {Text: "text", Picture: "image", Shading: "shading"}.get(type(item), "vector")


def named(item: Item) -> str:
    """Return what a thing is called in a message."""
    return "an inline image" if isinstance(item, Picture) and item.inline else _NAMES[kind(item)]


def spots(item: Item) -> list[str]:
    """Return the names of the spot colours that a thing is painted in."""
    names = {name for one in colours(item) for name, _ in one.spots}
    if isinstance(item, Picture | Shading) and item.space is not None:
        names |= set(item.space.inks) - {*PROCESS, "None", "All"}
    return sorted(names)


def spaces(item: Item) -> list[tuple[str, str]]:
    """Return the kinds of colour that a thing is painted in, each with the PDF's word for it."""
    if isinstance(item, Picture | Shading) and item.space is not None:
        space = item.space
        return [(space.base.kind if space.base else space.kind, space.name)]
    return [(one.kind, one.space) for one in colours(item)]


def count(colour: Colour) -> int:
    """Return how many inks a colour has."""
    return sum(part > 0.02 for part in (*colour.inks, *(part for _, part in colour.spots)))
