"""What is painted on a page, in its order: text, vectors, pictures, shadings and groups of these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from report.press.check.content.colour import Colour
from report.press.check.content.fonts import Font
from report.press.pdf.geometry import Box, Matrix, Point
from report.press.pdf.spaces import Space

Path = tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Clip:
    """What of a page may be painted on: a box, and outlines within it, each with its rule (true: even-odd)."""

    box: Box
    outlines: tuple[tuple[Path, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Mask:
    """A soft mask: the luminosity of what is painted in it, or how much of it there is."""

    luminosity: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class PaintStyle:
    """How a thing is painted. `fill` and `stroke` say whether it overprints, `alpha` how much of it shows."""

    clip: Clip
    fill: bool = False
    stroke: bool = False
    mode: int = 0
    alpha: float = 1.0
    stroke_alpha: float = 1.0
    blend: str = "Normal"
    mask: Mask | None = None

    @property
    def plain(self) -> bool:
        """Say whether it is opaque and blends normally."""
        return self.alpha >= 0.999 and self.stroke_alpha >= 0.999 and self.blend == "Normal" and self.mask is None


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A painted thing; its box is what the clip leaves of it."""

    box: Box
    style: PaintStyle


@dataclass(frozen=True, slots=True, eq=False)
class Text(Item):
    """A run of text. `size` is in points on the page; `mode` is the rendering mode (3: invisible)."""

    font: Font
    size: float
    fill: Colour | None
    stroke: Colour | None
    mode: int = 0

    @property
    def colour(self) -> Colour | None:
        return self.fill or self.stroke


@dataclass(frozen=True, slots=True, eq=False)
class Vector(Item):
    """A path, filled, stroked or both. `width` is that of its line in points on the page; `straight` is the box that it is."""

    path: Path
    fill: Colour | None
    stroke: Colour | None
    width: float = 0.0
    odd: bool = False
    straight: Box | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Picture(Item):
    """An image. `matrix` takes the unit square to the page; `ppi` is how fine it is there, across and down."""

    matrix: Matrix
    source: Any
    space: Space | None
    pixels: tuple[int, int]
    bits: int
    ppi: tuple[float, float]
    filters: tuple[str, ...] = ()
    stencil: Colour | None = None
    """The colour that a stencil is painted in."""
    inline: bool = False

    @property
    def masked(self) -> bool:
        """Say whether it has a soft mask."""
        return self.source is not None and "/SMask" in self.source


@dataclass(frozen=True, slots=True, eq=False)
class Shading(Item):
    """A shading. `matrix` takes its own coordinates to the page; `outline` is what it fills, if not its clip."""

    matrix: Matrix
    source: Any
    space: Space
    outline: Path = ()
    odd: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Group(Item):
    """What is painted together before it is laid on the page (ISO 32000-1, 11.6.6)."""

    items: tuple[Item, ...]


@dataclass(slots=True)
class Scene:
    """Everything that a page paints. `problems` say what could not be read; `halftones` and `spaces` what else was met."""

    items: list[Item] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    transfers: set[str] = field(default_factory=set)
    blends: set[str] = field(default_factory=set)
    """Colour spaces that transparency is reckoned in."""
    unread: bool = False
    """Whether there is more on the page than was read."""
    steps: float = 0.0
    """Steps that reading it cost."""
    dashes: float = 0.0
    """How many dashes its lines have."""
    pixels: float = 0.0
    """How many pixels its images have, each time that they are painted."""

    def note_problem(self, problem: str) -> None:
        """Note once what could not be read."""
        if problem not in self.problems and len(self.problems) < 20:
            self.problems.append(problem)

    def all(self) -> Iterator[Item]:
        """Yield every painted thing, groups before what is in them."""
        yield from _within(self.items)


def _within(items: Any) -> Iterator[Item]:
    for item in items:
        yield item
        if isinstance(item, Group):
            yield from _within(item.items)
