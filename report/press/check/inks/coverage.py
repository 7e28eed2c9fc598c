"""A page painted as inks: its heaviest places, and what lies under each thing that was painted."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageFilter, ImageMath

from report.press.check.inks.canvas import Canvas, Pixels, extrema, pixel_value
from report.press.pdf.geometry import Box

_CELL = 16
"""Pixels of a cell; heavy places in neighbouring cells are one."""
_FAST, _SUMMED, _SMOOTHED = 0.001, 0.011, 0.045
"""Steps that a pixel costs: of a mean, of a sum of inks and of a median."""


@dataclass(frozen=True, slots=True)
class HeavyArea:
    """A place where much ink lies, in per cent, with its parts."""

    total: float
    box: Box
    parts: dict[str, float]


@dataclass(slots=True)
class Coverage:
    """A page's inks. `under` are those below a text or a thin line before it was painted, by its identity."""

    canvas: Canvas
    under: dict[int, dict[str, float]] = field(default_factory=dict)
    unmeasured: list[tuple[Box, str]] = field(default_factory=list)
    unread: bool = False
    """Whether there is more on the page than was painted."""
    _means: tuple[Image.Image, int, float] | None = None

    def total(self, area: Pixels) -> Image.Image:
        """Return the sum of all inks in an area, 255 for each full one."""
        planes = [plane.crop(area) for plane in self.canvas.planes.values()]
        self.canvas.spend(area, _SUMMED * len(planes))
        total = planes[0].convert("I")
        for start in range(1, len(planes), 3):
            part = {f"p{i}": plane for i, plane in enumerate(planes[start : start + 3])}
            total = ImageMath.lambda_eval(lambda v: sum((v[name] for name in v if name.startswith("p")), v["sum"]), sum=total, **part)  # fmt: skip
        return total

    def _mean(self) -> tuple[Image.Image, int, float]:
        """Return the mean of all inks, of how many it is, and by how much it may be too low: each halving loses a half."""
        if self._means is None:
            planes, halved = list(self.canvas.planes.values()), 0
            count = 1 << (len(planes) - 1).bit_length()
            self.canvas.spend((0, 0, *self.canvas.size), _FAST * len(planes))
            while len(planes) > 1:
                planes += [Image.new("L", self.canvas.size)] * (len(planes) % 2)
                planes = [ImageChops.add(a, b, 2) for a, b in zip(planes[::2], planes[1::2], strict=True)]
                halved += 1
            self._means = planes[0], count, halved / 2
        return self._means

    def _smoothed(self, least: float) -> tuple[Image.Image, Pixels] | None:
        """Return the sum where some of it is at least so much (255 for a full ink), and which area that is.

        Each pixel is the median of itself and its neighbours: a place is at least two pixels, half a millimetre, wide.
        """
        if sum(extrema(plane)[1] for plane in self.canvas.planes.values()) < least:
            return None
        mean, count, error = self._mean()
        low = math.ceil(least / count - error)
        if extrema(mean)[1] < low:
            return None
        whole = mean.point([255 if value >= low else 0 for value in range(256)]).getbbox() or (0, 0, 1, 1)
        total = self.total(whole)
        if extrema(total)[1] < least:
            return None
        left, top, right, bottom = _mask(total, least).getbbox() or (0, 0, 0, 0)
        left, top, right, bottom = left + whole[0], top + whole[1], right + whole[0], bottom + whole[1]
        area = (max(left - 1, 0), max(top - 1, 0), min(right + 1, mean.width), min(bottom + 1, mean.height))
        self.canvas.spend(area, _SMOOTHED)
        return self.total(area).filter(ImageFilter.MedianFilter(3)), area

    def peak(self, least_total: float = 0.0) -> HeavyArea | None:
        """Return the heaviest place, or nothing where none has more than `least_total` per cent."""
        least = math.floor(least_total * 2.55 + 0.5) + 1
        smoothed = self._smoothed(least)
        if smoothed is None or extrema(smoothed[0])[1] < least:
            return None
        return next(iter(self._heavy(*smoothed, extrema(smoothed[0])[1])), None)

    def over(self, limit: float) -> list[HeavyArea]:
        """Return every place with more ink than `limit` per cent."""
        least = math.floor(limit * 2.55) + 1
        smoothed = self._smoothed(least)
        return self._heavy(*smoothed, least) if smoothed else []

    def _heavy(self, total: Image.Image, area: Pixels, least: float) -> list[HeavyArea]:
        places = []
        for left, top, right, bottom in _places(_mask(total, least)):
            part = total.crop((left, top, right, bottom))
            most = int(extrema(part)[1])
            x, y, _, _ = _mask(part, most).getbbox() or (0, 0, 0, 0)
            x = next((i for i in range(x, part.width) if part.getpixel((i, y)) == most), x)
            at = (area[0] + left + x, area[1] + top + y)
            parts = {name: round(pixel_value(plane, at) / 2.55, 1) for name, plane in self.canvas.planes.items()}  # fmt: skip
            box = self.canvas.place((area[0] + left, area[1] + top, area[0] + right, area[1] + bottom))
            places.append(HeavyArea(most / 2.55, box, parts))
        return places


def _mask(total: Image.Image, least: float) -> Image.Image:
    """Return where a sum is at least so much, as black and white."""
    mask: Image.Image = ImageMath.lambda_eval(lambda v: v["a"] >= v["m"], a=total, m=math.ceil(least))
    return mask.convert("L").point([255 if value else 0 for value in range(256)])


def _places(mask: Image.Image) -> list[Pixels]:
    """Return the places that are white; those that are near one another are one."""
    coarse = mask.reduce(_CELL)
    wide, marked = coarse.width, {i for i, value in enumerate(coarse.tobytes()) if value}
    places = []
    while marked:
        todo, cells = [marked.pop()], []
        while todo:
            cell = todo.pop()
            cells.append(divmod(cell, wide))
            steps = {cell + down * wide + across for down in (-1, 0, 1) for across in (-1, 0, 1) if 0 <= cell % wide + across < wide}  # fmt: skip
            near = marked & steps
            marked -= near
            todo += near
        rows, columns = [row for row, _ in cells], [column for _, column in cells]
        left, top = min(columns) * _CELL, min(rows) * _CELL
        inner = mask.crop((left, top, min((max(columns) + 1) * _CELL, mask.width), min((max(rows) + 1) * _CELL, mask.height))).getbbox()  # fmt: skip
        if inner:
            places.append((left + inner[0], top + inner[1], left + inner[2], top + inner[3]))
    return sorted(places, key=lambda area: (area[1], area[0]))
