"""A page as inks: one plane of bytes for each, painted over one another as the press will have it.

Flat colours, pictures and gradients knock out or overprint what is below (ISO 32000-1, 11.7.4), show through by their alpha and
blend mode, and end at their clip. Nothing is smoothed: where two areas meet, no pixel has the inks of both.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from PIL import Image, ImageChops, ImageDraw

from report.press.check.content.budget import Budget
from report.press.check.content.colour import PROCESS, Colour
from report.press.check.content.items import Clip, PaintStyle, Path
from report.press.pdf.geometry import Box, Point, around

Pixels = tuple[int, int, int, int]
"""Left, top, right and bottom of an area, in pixels."""
Values = Mapping[str, "int | Image.Image"]
Blend = Callable[[Image.Image, Image.Image], Image.Image]


def _inverted(operation: Blend) -> Blend:
    """Return what a mode of light does to inks."""
    return lambda below, above: ImageChops.invert(operation(ImageChops.invert(below), ImageChops.invert(above)))


BLENDS: dict[str, Blend] = {
    "Multiply": ImageChops.screen,
    "Screen": ImageChops.multiply,
    "Darken": ImageChops.lighter,
    "Lighten": ImageChops.darker,
    "Overlay": _inverted(ImageChops.overlay),
    "HardLight": _inverted(ImageChops.hard_light),
    "SoftLight": _inverted(ImageChops.soft_light),
}
"""What a blend mode does to inks, which are the opposite of light (11.3.5.2). Others paint as Normal."""


PLANES = 40
"""The most inks that are painted; an item with others is not measured."""
_PASS, _FILLED, _BLENDED, _CUT = 0.0008, 0.0001, 0.003, 0.0013
"""Steps that a pixel costs: laid through a mask, laid as it is, blended, cut by a clip."""
_LOOKED, _POINT, _CROSSED, _STROKED, _ALONG = 1.0, 2.0, 0.25, 5.0, 0.6
"""Steps that a point costs before and when a shape is filled, a row that its edge goes over, a point of a line, and a pixel of its width or its length."""
_LAID, _PLANE = 10, 4
"""Steps that a layer costs by itself, and each of its planes."""


class TooManyInksError(Exception):
    """There are more inks than are painted."""


@dataclass(slots=True)
class Canvas:
    """A sheet of `box`, at `scale` pixels a point. A group's has a `shape`: how much of each pixel it covers."""

    box: Box
    scale: float
    budget: Budget
    shape: Image.Image | None = None
    planes: dict[str, Image.Image] = field(default_factory=dict)
    inked: list[Pixels] = field(default_factory=list)
    """Where ink may lie."""
    _clips: dict[int, tuple[object, Image.Image]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.spend((0, 0, *self.size), 6 * _FILLED)
        self.planes = {name: Image.new("L", self.size) for name in PROCESS}

    @property
    def size(self) -> tuple[int, int]:
        return max(1, round(self.box.width * self.scale)), max(1, round(self.box.height * self.scale))

    def spend(self, area: Pixels, steps: float) -> None:
        """Spend so many steps for each pixel of an area."""
        self.budget.spend(_LAID + (area[2] - area[0]) * (area[3] - area[1]) * steps)

    def group(self, area: Pixels) -> Canvas:
        """Return a sheet, as large as an area, for what is painted together."""
        canvas = Canvas(self.place(area), self.scale, self.budget)
        canvas.shape = Image.new("L", canvas.size)
        return canvas

    def pixels(self, box: Box) -> Pixels | None:
        """Return an area of the page in pixels, at least one, or nothing where it lies beyond the sheet."""
        width, height = self.size
        left = round((box.left - self.box.left) * self.scale)
        top = round((self.box.top - box.top) * self.scale)
        right = max(round((box.right - self.box.left) * self.scale), left + 1)
        bottom = max(round((self.box.top - box.bottom) * self.scale), top + 1)
        left, top, right, bottom = max(left, 0), max(top, 0), min(right, width), min(bottom, height)
        return (left, top, right, bottom) if left < right and top < bottom else None

    def place(self, area: Pixels) -> Box:
        """Return an area of pixels on the page."""
        left, top, right, bottom = (value / self.scale for value in area)
        return Box(self.box.left + left, self.box.top - bottom, self.box.left + right, self.box.top - top)

    def points(self, sub: tuple[Point, ...], area: Pixels) -> list[Point]:
        """Return a path's points in pixels of an area."""
        scale, left, top = self.scale, self.box.left, self.box.top
        x0, y0 = area[0] + 0.5, area[1] + 0.5  # a pixel is painted where its middle is inside
        return [((x - left) * scale - x0, (top - y) * scale - y0) for x, y in sub]

    def filled(self, path: Path, odd: bool, area: Pixels) -> Image.Image:
        """Return where a path fills an area, by either rule (8.5.3.3)."""
        self.budget.spend(_LOOKED * sum(map(len, path)))
        self.spend(area, _FILLED)
        size = (area[2] - area[0], area[3] - area[1])
        shapes = [self.points(sub, area) for sub in path if len(sub) > 2]
        if len(shapes) == 1:
            mask = Image.new("L", size)
            self._polygon(mask, shapes[0], 255)
            return mask
        wound = Image.new("L", size, 0 if odd else 128)
        for points in shapes:
            part = _around(points, size)
            if part is not None:
                self._wind(wound, points, part, odd)
        return wound if odd else wound.point([0 if value == 128 else 255 for value in range(256)])

    def _wind(self, wound: Image.Image, points: list[Point], part: Pixels, odd: bool) -> None:
        """Turn a part over where a shape covers it, or count how often it goes round: up or down by its direction."""
        self.spend(part, _CUT)
        one = Image.new("L", (part[2] - part[0], part[3] - part[1]))
        self._polygon(one, [(x - part[0], y - part[1]) for x, y in points], 255 if odd else 1)
        way = ImageChops.difference if odd else ImageChops.add if _turns(points) else ImageChops.subtract
        wound.paste(way(wound.crop(part), one), part)

    def _polygon(self, mask: Image.Image, points: list[Point], value: int) -> None:
        height = mask.height
        rows = [min(max(y, 0.0), height) for _, y in points]
        crossed = sum(abs(a - b) for a, b in zip(rows, [*rows[1:], rows[0]], strict=True))
        self.budget.spend(len(points) * _POINT + crossed * _CROSSED * (1 + len(points) / 100_000))
        ImageDraw.Draw(mask).polygon(points, fill=value)

    def lined(self, path: Path, width: float, area: Pixels) -> Image.Image:
        """Return where a line goes in an area."""
        self.budget.spend(_LOOKED * sum(map(len, path)))
        self.spend(area, _FILLED)
        mask = Image.new("L", (area[2] - area[0], area[3] - area[1]))
        draw = ImageDraw.Draw(mask)
        thick = max(1, round(min(width * self.scale, 4 * max(self.size))))
        for sub in path:
            if len(sub) > 1:
                points = self.points(sub, area)
                far = sum(math.dist(a, b) for a, b in zip(points, points[1:], strict=False)) if thick == 1 else 0.0
                self.budget.spend(len(points) * (_STROKED + _ALONG * thick) + far * _ALONG / 100)
                draw.line(points, fill=255, width=thick, joint="curve")
        return mask

    def clipped(self, mask: Image.Image | None, clip: Clip, area: Pixels) -> Image.Image | None:
        """Cut a mask by the outlines of a clip."""
        for outline in clip.outlines:
            known = self._clips.get(id(outline))
            if known is None:
                if len(self._clips) > 16:
                    self._clips.clear()
                whole = self.filled(*outline, (0, 0, *self.size))
                known = self._clips[id(outline)] = (outline, whole)
            self.spend(area, _CUT)
            mask = _and(mask, known[1].crop(area))
        return mask

    def lay(self, area: Pixels, values: Values, mask: Image.Image | None, style: PaintStyle, leaves: frozenset[str], alpha: float) -> None:  # fmt: skip
        """Lay inks on an area where a mask lets them; `leaves` are the inks below that stay."""
        if alpha < 0.999:
            mask = _scaled(mask or Image.new("L", (area[2] - area[0], area[3] - area[1]), 255), alpha)
        for name in values:
            self.plane(name)
        blend = BLENDS.get(style.blend)
        each = _BLENDED if blend is not None else _FILLED if mask is None else _PASS
        self.budget.spend(_PLANE * len(self.planes))
        self.spend(area, each * (len(self.planes) + (self.shape is not None)))
        if any(values.values()):
            self.note(area)
        for name, plane in self.planes.items():
            if name in leaves:
                continue
            value = values.get(name, 0)
            if blend is not None:
                above = value if isinstance(value, Image.Image) else Image.new("L", (area[2] - area[0], area[3] - area[1]), value)  # fmt: skip
                value = blend(plane.crop(area), above)
            plane.paste(value, area, mask) if mask is not None else plane.paste(value, area)
        if self.shape is not None:
            self.shape.paste(255, area, mask) if mask is not None else self.shape.paste(255, area)

    def plane(self, name: str) -> Image.Image:
        """Return an ink's plane, a new one where it had none; raise `TooManyInksError`."""
        if name not in self.planes:
            if len(self.planes) >= PLANES:
                raise TooManyInksError
            self.planes[name] = Image.new("L", self.size)
        return self.planes[name]

    def note(self, area: Pixels) -> None:
        """Note where ink may lie; many places are one that holds them all."""
        self.inked.append(area)
        if len(self.inked) > 48:
            lefts, tops, rights, bottoms = zip(*self.inked, strict=True)
            self.inked = [(min(lefts), min(tops), max(rights), max(bottoms))]

    def under(self, area: Pixels) -> dict[str, float]:
        """Return how much of each ink there is in an area, on average, in per cent."""
        left, top, right, bottom = area
        if not any(a < right and left < c and b < bottom and top < d for a, b, c, d in self.inked):
            return {}
        self.budget.spend(_PLANE * len(self.planes))
        self.spend(area, _PASS * len(self.planes))
        shares = {}
        for name, plane in self.planes.items():
            part = plane.crop(area)
            low, high = extrema(part)
            shares[name] = low / 2.55 if low == high else pixel_value(part.resize((1, 1), Image.Resampling.BOX)) / 2.55  # fmt: skip
        return shares


def extrema(plane: Image.Image) -> tuple[int, int]:
    """Return the lowest and the highest value of a plane, which has one band."""
    return cast(tuple[int, int], plane.getextrema())


def pixel_value(plane: Image.Image, point: tuple[int, int] = (0, 0)) -> int:
    """Return the value of a plane's pixel."""
    return cast(int, plane.getpixel(point))


def flat(colour: Colour) -> dict[str, int]:
    """Return a colour's inks as values of pixels."""
    inks = {name: round(255 * part) for name, part in zip(PROCESS, colour.inks, strict=True)}
    return {**inks, **{name: round(255 * part) for name, part in colour.spots}}


def untouched(colour: Colour, names: list[str], mode: int) -> frozenset[str]:
    """Return the inks below that an overprinting colour leaves."""
    return frozenset(name for name in names if colour.leaves(name, mode))


def _around(points: list[Point], size: tuple[int, int]) -> Pixels | None:
    """Return the pixels of an area that a shape may cover, or nothing where it lies beyond."""
    box = around(points)
    left, top = max(math.floor(box.left), 0), max(math.floor(box.bottom), 0)
    right, bottom = min(math.ceil(box.right) + 1, size[0]), min(math.ceil(box.top) + 1, size[1])
    return (left, top, right, bottom) if left < right and top < bottom else None


def _and(first: Image.Image | None, second: Image.Image) -> Image.Image:
    return second if first is None else ImageChops.multiply(first, second)


def _scaled(mask: Image.Image, by: float) -> Image.Image:
    part = min(max(by, 0.0), 1.0)
    return mask.point([round(value * part) for value in range(256)])


def _turns(points: list[Point]) -> bool:
    """Say whether a closed path turns clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True)) > 0
