"""How much ink lies where: a page painted as inks, its heaviest place, and what lies under each thing that is painted."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageFilter, ImageMath

from report.press.check import images, shades
from report.press.check.canvas import Canvas, Pixels, flat, kept
from report.press.check.colour import Colour, Press
from report.press.check.geometry import Box, around, corners
from report.press.check.objects import Group, Item, Mask, Picture, Scene, Shade, Text, Vector
from report.values import required

PPI = 100
"""Pixels of an inch: a pixel is a quarter of a millimetre."""
_MOST = 3_000_000
_DISPLAY = 16.0
"""Type from this size on has strokes wide enough to count for the ink of an area; in points."""
_CELL = 16
"""Pixels of a cell, where heavy places are told apart."""
_DEPTH = 6
_PAINTED = 30_000_000_000
"""So many pixels of a page are painted: thirty thousand times all of it."""
_UNPACKED = 1_000_000_000
"""So many pixels of a page's images are unpacked."""


@dataclass(frozen=True, slots=True)
class Heavy:
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
    _total: Image.Image | None = None

    def total(self) -> Image.Image:
        """Return the sum of all inks, 255 for each full one."""
        if self._total is None:
            planes = list(self.canvas.planes.values())
            self._total = planes[0].convert("I")
            for start in range(1, len(planes), 3):
                part = {f"p{i}": plane for i, plane in enumerate(planes[start : start + 3])}
                self._total = ImageMath.lambda_eval(lambda v: sum((v[name] for name in v if name.startswith("p")), v["sum"]), sum=self._total, **part)  # fmt: skip
        return self._total

    def _smoothed(self, least: float) -> tuple[Image.Image, Pixels] | None:
        """Return the sum where some of it is at least so much (255 for a full ink), and which area that is.

        Each pixel is the median of itself and its neighbours: a place is at least two pixels, half a millimetre, wide.
        """
        if sum(plane.getextrema()[1] for plane in self.canvas.planes.values()) < least:  # type: ignore[misc]
            return None
        total = self.total()
        if total.getextrema()[1] < least:  # type: ignore[operator]
            return None
        left, top, right, bottom = _mask(total, least).getbbox() or (0, 0, 0, 0)
        area = (max(left - 1, 0), max(top - 1, 0), min(right + 1, total.width), min(bottom + 1, total.height))
        return total.crop(area).filter(ImageFilter.MedianFilter(3)), area

    def peak(self, worth: float = 0.0) -> Heavy | None:
        """Return the heaviest place, or nothing where none has more than `worth` per cent."""
        least = math.floor(worth * 2.55 + 0.5) + 1
        found = self._smoothed(least)
        if found is None or found[0].getextrema()[1] < least:  # type: ignore[operator]
            return None
        return next(iter(self._heavy(*found, found[0].getextrema()[1])), None)  # type: ignore[arg-type]

    def over(self, limit: float) -> list[Heavy]:
        """Return every place with more ink than `limit` per cent."""
        least = math.floor(limit * 2.55) + 1
        found = self._smoothed(least)
        return self._heavy(*found, least) if found else []

    def _heavy(self, total: Image.Image, area: Pixels, least: float) -> list[Heavy]:
        found = []
        for left, top, right, bottom in _places(_mask(total, least)):
            part = total.crop((left, top, right, bottom))
            most = int(part.getextrema()[1])  # type: ignore[arg-type]
            x, y, _, _ = _mask(part, most).getbbox() or (0, 0, 0, 0)
            x = next((i for i in range(x, part.width) if part.getpixel((i, y)) == most), x)
            at = (area[0] + left + x, area[1] + top + y)
            parts = {name: round(plane.getpixel(at) / 2.55, 1) for name, plane in self.canvas.planes.items()}  # type: ignore[operator] # fmt: skip
            box = self.canvas.place((area[0] + left, area[1] + top, area[0] + right, area[1] + bottom))
            found.append(Heavy(most / 2.55, box, parts))
        return found


def _mask(total: Image.Image, least: float) -> Image.Image:
    """Return where a sum is at least so much, as black and white."""
    found = ImageMath.lambda_eval(lambda v: v["a"] >= v["m"], a=total, m=math.ceil(least))
    return found.convert("L").point([255 if value else 0 for value in range(256)])


def _places(mask: Image.Image) -> list[Pixels]:
    """Return the places that are white; those that are near one another are one."""
    coarse = mask.reduce(_CELL)
    wide, marked = coarse.width, {i for i, value in enumerate(coarse.tobytes()) if value}
    found = []
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
            found.append((left + inner[0], top + inner[1], left + inner[2], top + inner[3]))
    return sorted(found, key=lambda area: (area[1], area[0]))


def coverage(scene: Scene, area: Box, press: Press) -> Coverage:
    """Paint a page's area as inks."""
    scale = PPI / 72
    most = math.sqrt(_MOST / max(area.width * area.height * scale * scale, 1))
    found = Coverage(Canvas(area, scale * min(most, 1)))
    _Painter(found, press).paint(scene.items, found.canvas, 0)
    return found


@dataclass(slots=True)
class _Painter:
    """Paints things in their order."""

    found: Coverage
    press: Press
    masks: dict[tuple[int, Box], tuple[Mask, Image.Image]] = field(default_factory=dict)
    known: dict[tuple[tuple[int, int], tuple[int, int]], images.Layers] = field(default_factory=dict)
    """Images of this page, each at a size, that were unpacked before."""
    left: list[int] = field(default_factory=lambda: [_PAINTED, _UNPACKED])
    """How many pixels are still painted, and how many of images still unpacked."""

    def paint(self, items: Iterable[Item], canvas: Canvas, depth: int) -> None:
        for item in items:
            area = canvas.pixels(item.box)
            if self.left[0] < 0:
                self.found.unmeasured.append((item.box, "the page paints more than is measured"))
                return
            if area is not None:
                self.left[0] -= (area[2] - area[0]) * (area[3] - area[1])
            if area is None or item.manner.clip.box.right < item.manner.clip.box.left:
                continue
            if isinstance(item, Text):
                self._text(item, canvas, area)
            elif isinstance(item, Vector):
                self._vector(item, canvas, area)
            elif isinstance(item, Picture):
                self._picture(item, canvas, area)
            elif isinstance(item, Shade):
                self._shade(item, canvas, area)
            elif isinstance(item, Group) and depth < _DEPTH:
                self._group(item, canvas, area, depth)

    def _mask(self, item: Item, canvas: Canvas, area: Pixels, mask: Image.Image | None) -> Image.Image | None:
        """Cut a mask by clip and soft mask."""
        mask = canvas.clipped(mask, item.manner.clip, area)
        if item.manner.mask is None:
            return mask
        soft = self._soft(item.manner.mask, canvas).crop(area)
        return soft if mask is None else ImageChops.multiply(mask, soft)

    def _soft(self, mask: Mask, canvas: Canvas) -> Image.Image:
        """Return a soft mask on a sheet: how light its group is, or how much of it there is (ISO 32000-1, 11.5)."""
        known = self.masks.get((id(mask), canvas.box))
        if known is not None:
            return known[1]
        group = canvas.group((0, 0, *canvas.size))
        inner = _Painter(Coverage(group), self.press, left=self.left)
        inner.paint(mask.items, group, _DEPTH - 1)
        made = shape = required(group.shape)
        if mask.luminosity:
            c, m, y, k = (group.planes[name] for name in ("Cyan", "Magenta", "Yellow", "Black"))
            dark = Image.merge("RGB", (c, m, y)).convert("L")
            # what is not painted is black, which masks
            made = ImageChops.multiply(ImageChops.invert(ImageChops.add(dark, k)), shape)
        if len(self.masks) > 8:
            self.masks.clear()
        self.masks[id(mask), canvas.box] = (mask, made)
        return made

    def _flat(self, item: Item, canvas: Canvas, area: Pixels, colour: Colour, mask: Image.Image | None, stroke: bool) -> None:  # fmt: skip
        manner = item.manner
        over = manner.stroke if stroke else manner.fill
        leaves = kept(colour, list(canvas.planes), manner.mode) if over else frozenset()
        mask = self._mask(item, canvas, area, mask)
        canvas.lay(area, flat(colour), mask, manner, leaves, manner.stroke_alpha if stroke else manner.alpha)

    def _vector(self, item: Vector, canvas: Canvas, area: Pixels) -> None:
        if item.stroke is not None or (item.straight and min(item.straight.width, item.straight.height) < 2):
            self.found.under[id(item)] = canvas.under(area)
        if item.fill is not None and item.fill.kind not in ("registration", "none"):
            inside = canvas.pixels(item.straight.cut(item.manner.clip.box) or item.box) if item.straight else area
            if inside is not None:
                mask = None if item.straight else canvas.filled(item.path, item.odd, inside)
                self._flat(item, canvas, inside, item.fill, mask, False)
        if item.stroke is not None and item.stroke.kind not in ("registration", "none") and item.width * canvas.scale >= 1:  # fmt: skip
            self._flat(item, canvas, area, item.stroke, canvas.lined(item.path, item.width, area), True)

    def _text(self, item: Text, canvas: Canvas, area: Pixels) -> None:
        """Note what lies under text; large type is painted where it makes the ground heavier, as its strokes would."""
        self.found.under[id(item)] = canvas.under(area)
        colour = item.fill
        if colour is None or item.mode in (3, 7) or item.size < _DISPLAY or colour.kind == "registration":
            return
        leaves = kept(colour, list(canvas.planes), item.manner.mode) if item.manner.fill else frozenset()
        before = {name: plane.crop(area) for name, plane in canvas.planes.items()}
        values = flat(colour)
        gain = sum(values.get(name, 0) - plane.getextrema()[0] for name, plane in before.items() if name not in leaves)  # type: ignore[operator, misc] # fmt: skip
        if gain > 0 and not any(isinstance(value, Image.Image) for value in values.values()):
            heavier = self._heavier(before, values, leaves, area)
            self._flat(item, canvas, area, colour, heavier, False)

    def _heavier(self, before: dict[str, Image.Image], values: dict, leaves: frozenset[str], area: Pixels) -> Image.Image:  # type: ignore[type-arg] # fmt: skip
        """Return where an area has less ink than these values."""
        total = Image.new("I", (area[2] - area[0], area[3] - area[1]))
        for name, plane in before.items():
            if name not in leaves:
                total = ImageMath.lambda_eval(lambda v: v["t"] + v["p"], t=total, p=plane)
        new = sum(value for name, value in values.items() if name not in leaves)
        mask = ImageMath.lambda_eval(lambda v: v["t"] < v["n"], t=total, n=int(new)).convert("L")
        return mask.point([255 if value else 0 for value in range(256)])

    def _picture(self, item: Picture, canvas: Canvas, area: Pixels) -> None:
        whole = around(corners(item.matrix, (0, 0, 1, 1)))
        wanted = (math.ceil(whole.width * canvas.scale), math.ceil(whole.height * canvas.scale))
        try:
            found = self._layers(item, wanted)
        except images.UnmeasuredError as error:
            self.found.unmeasured.append((item.box, str(error)))
            return
        size = found.mask.size if found.mask and not found.planes else next(iter(found.planes.values())).size
        placed = shades.placing(item.matrix, canvas, area, size)
        if placed is None:
            return
        a, b, c, d = item.matrix[:4]
        upright = abs(b) + abs(c) < 1e-6 or abs(a) + abs(d) < 1e-6
        outline = corners(item.matrix, (0, 0, 1, 1))
        mask = None if upright else canvas.filled(((*outline, outline[0]),), False, area)
        if found.mask is not None:
            shown = placed(found.mask)
            mask = shown if mask is None else ImageChops.multiply(mask, shown)
        if item.space is None:
            if item.stencil is not None and item.stencil.kind != "registration":
                self._flat(item, canvas, area, item.stencil, mask, False)
            return
        values = {name: placed(plane) for name, plane in found.planes.items()}
        leaves = frozenset(canvas.planes) - frozenset(item.space.inks or values) if item.manner.fill and item.space.inks else frozenset()  # fmt: skip
        canvas.lay(area, values, self._mask(item, canvas, area, mask), item.manner, leaves, item.manner.alpha)

    def _layers(self, item: Picture, wanted: tuple[int, int]) -> images.Layers:
        """Return an image's inks; one that comes again at the same size is unpacked once."""
        key = (item.source.objgen, wanted)
        if key in self.known and not item.inline:
            return self.known[key]
        self.left[1] -= item.pixels[0] * item.pixels[1]
        if self.left[1] < 0:
            raise images.UnmeasuredError("the page has more images than are unpacked")
        found = images.layers(item, wanted, self.press)
        if len(self.known) > 8:
            self.known.clear()
        self.known[key] = found
        return found

    def _shade(self, item: Shade, canvas: Canvas, area: Pixels) -> None:
        try:
            values, mask = shades.gradient(item, canvas, area)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            self.found.unmeasured.append((item.box, str(error)))
            return
        if item.outline:
            outline = canvas.filled(item.outline, item.odd, area)
            mask = outline if mask is None else ImageChops.multiply(mask, outline)
        canvas.lay(area, values, self._mask(item, canvas, area, mask), item.manner, frozenset(), item.manner.alpha)

    def _group(self, item: Group, canvas: Canvas, area: Pixels, depth: int) -> None:
        """Paint a group by itself, and lay it on the page as one picture, whose inks already have their share (11.4)."""
        group = canvas.group(area)
        self.paint(item.items, group, depth + 1)
        shape = required(group.shape)
        mask = self._mask(item, canvas, area, None)
        part = Image.new("L", shape.size, round(255 * min(max(item.manner.alpha, 0), 1)))
        part = part if mask is None else ImageChops.multiply(part, mask)
        if item.manner.blend != "Normal":
            canvas.lay(area, dict(group.planes), ImageChops.multiply(shape, part), item.manner, frozenset(), 1.0)
            return
        canvas.note(area)
        rest = ImageChops.invert(ImageChops.multiply(shape, part))
        for name, plane in group.planes.items():
            below = canvas.planes.setdefault(name, Image.new("L", canvas.size))
            laid = ImageChops.add(ImageChops.multiply(below.crop(area), rest), ImageChops.multiply(plane, part))  # fmt: skip
            below.paste(laid, area)
        if canvas.shape is not None:
            canvas.shape.paste(255, area, ImageChops.multiply(shape, part))
