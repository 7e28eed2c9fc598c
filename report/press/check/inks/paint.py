"""Paint a page as inks."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageMath

from report.press.check.content.budget import PAINT, Budget, SpentError
from report.press.check.content.colour import Colour, InkModel
from report.press.check.content.items import Group, Item, Mask, Picture, Scene, Shading, Text, Vector
from report.press.check.inks import gradients, images
from report.press.check.inks.canvas import Canvas, Pixels, TooManyInksError, extrema, flat, untouched
from report.press.check.inks.coverage import Coverage
from report.press.pdf.geometry import Box, around, corners
from report.press.pdf.objects import BROKEN, OddObjectError
from report.values import required

PPI = 100
"""Pixels of an inch: a pixel is a quarter of a millimetre."""
_MOST = 3_000_000
_DISPLAY = 16.0
"""Type from this size on has strokes wide enough to count for the ink of an area; in points."""
_DEPTH = 6
_SHARE = 0.6
_ITEM, _GROUP, _PLACED, _SOURCE, _CROPPED, _COMPARED = 15, 0.0035, 0.004, 0.001, 0.001, 0.011
"""Steps that an item costs, and a pixel: of a group, of an image in its place and before, looked at, and compared with those below."""
_SEVERAL = 16
"""The most images that are kept, to be painted again."""
_KEPT = 30_000_000
"""Pixels of all the images that are kept."""


def coverage(scene: Scene, area: Box, model: InkModel, budget: Budget) -> Coverage:
    """Paint a page's area as inks, within the budget."""
    scale = PPI / 72
    most = math.sqrt(_MOST / max(area.width * area.height * scale * scale, 1))
    budget.begin(PAINT, _SHARE)
    painted = Coverage(Canvas(area, scale * min(most, 1), budget))
    try:
        _Painter(painted, model).paint(scene.items, painted.canvas, 0)
    except SpentError:
        painted.unread = True
    return painted


@dataclass(slots=True)
class _Painter:
    """Paints things in their order."""

    coverage: Coverage
    model: InkModel
    masks: dict[tuple[int, Box], tuple[Mask, Image.Image]] = field(default_factory=dict)
    cache: dict[tuple[tuple[int, int], tuple[int, int]], images.Layers] = field(default_factory=dict)
    """Images of this page, each at a size, that were unpacked before."""
    unmeasured: dict[tuple[int, int], str] = field(default_factory=dict)
    """Those that could not be, and why."""

    def paint(self, items: Iterable[Item], canvas: Canvas, depth: int) -> None:
        for item in items:
            canvas.budget.spend(_ITEM)
            area = canvas.pixels(item.box)
            if area is None or item.style.clip.box.right < item.style.clip.box.left:
                continue
            try:
                self._item(item, canvas, area, depth)
            except OddObjectError as error:
                self.coverage.unmeasured.append((item.box, str(error)))
            except SpentError:
                self.coverage.unread = True  # what comes after may be less
            except TooManyInksError:
                self.coverage.unmeasured.append((item.box, "it has more inks than are painted"))
            except BROKEN:
                self.coverage.unmeasured.append((item.box, "it is malformed"))

    def _item(self, item: Item, canvas: Canvas, area: Pixels, depth: int) -> None:
        if isinstance(item, Text):
            self._text(item, canvas, area)
        elif isinstance(item, Vector):
            self._vector(item, canvas, area)
        elif isinstance(item, Picture):
            self._picture(item, canvas, area)
        elif isinstance(item, Shading):
            self._shade(item, canvas, area)
        elif isinstance(item, Group) and depth < _DEPTH:
            self._group(item, canvas, area, depth)

    def _mask(self, item: Item, canvas: Canvas, area: Pixels, mask: Image.Image | None) -> Image.Image | None:
        """Cut a mask by clip and soft mask."""
        mask = canvas.clipped(mask, item.style.clip, area)
        if item.style.mask is None:
            return mask
        soft = self._soft(item.style.mask, canvas).crop(area)
        return soft if mask is None else ImageChops.multiply(mask, soft)

    def _soft(self, mask: Mask, canvas: Canvas) -> Image.Image:
        """Return a soft mask on a sheet: how light its group is, or how much of it there is (ISO 32000-1, 11.5)."""
        known = self.masks.get((id(mask), canvas.box))
        if known is not None:
            return known[1]
        group = canvas.group((0, 0, *canvas.size))
        canvas.spend((0, 0, *canvas.size), _GROUP)
        inner = _Painter(Coverage(group), self.model)
        inner.paint(mask.items, group, _DEPTH - 1)
        mask_image = shape = required(group.shape)
        if mask.luminosity:
            c, m, y, k = (group.planes[name] for name in ("Cyan", "Magenta", "Yellow", "Black"))
            dark = Image.merge("RGB", (c, m, y)).convert("L")
            # what is not painted is black, which masks
            mask_image = ImageChops.multiply(ImageChops.invert(ImageChops.add(dark, k)), shape)
        if len(self.masks) > 8:
            self.masks.clear()
        self.masks[id(mask), canvas.box] = (mask, mask_image)
        return mask_image

    def _flat(self, item: Item, canvas: Canvas, area: Pixels, colour: Colour, mask: Image.Image | None, stroke: bool) -> None:  # fmt: skip
        style = item.style
        over = style.stroke if stroke else style.fill
        leaves = untouched(colour, list(canvas.planes), style.mode) if over else frozenset()
        mask = self._mask(item, canvas, area, mask)
        canvas.lay(area, flat(colour), mask, style, leaves, style.stroke_alpha if stroke else style.alpha)

    def _vector(self, item: Vector, canvas: Canvas, area: Pixels) -> None:
        if item.stroke is not None or (item.straight and min(item.straight.width, item.straight.height) < 2):
            self.coverage.under[id(item)] = canvas.under(area)
        if item.fill is not None and item.fill.kind not in ("registration", "none"):
            inside = canvas.pixels(item.straight.cut(item.style.clip.box) or item.box) if item.straight else area
            if inside is not None:
                mask = None if item.straight else canvas.filled(item.path, item.odd, inside)
                self._flat(item, canvas, inside, item.fill, mask, False)
        if item.stroke is not None and item.stroke.kind not in ("registration", "none") and item.width * canvas.scale >= 1:  # fmt: skip
            self._flat(item, canvas, area, item.stroke, canvas.lined(item.path, item.width, area), True)

    def _text(self, item: Text, canvas: Canvas, area: Pixels) -> None:
        """Note what lies under text; large type is painted where it makes the ground heavier, as its strokes would."""
        self.coverage.under[id(item)] = canvas.under(area)
        colour = item.fill
        if colour is None or item.mode in (3, 7) or item.size < _DISPLAY or colour.kind == "registration":
            return
        leaves = untouched(colour, list(canvas.planes), item.style.mode) if item.style.fill else frozenset()
        canvas.spend(area, _CROPPED * len(canvas.planes))
        before = {name: plane.crop(area) for name, plane in canvas.planes.items()}
        values = flat(colour)
        gain = sum(values.get(name, 0) - extrema(plane)[0] for name, plane in before.items() if name not in leaves)  # fmt: skip
        if gain > 0:
            heavier = self._heavier(before, values, leaves, area)
            self._flat(item, canvas, area, colour, heavier, False)

    def _heavier(self, before: dict[str, Image.Image], values: dict[str, int], leaves: frozenset[str], area: Pixels) -> Image.Image:  # fmt: skip
        """Return where an area has less ink than these values."""
        self.coverage.canvas.spend(area, _COMPARED * len(before))
        total = Image.new("I", (area[2] - area[0], area[3] - area[1]))
        for name, plane in before.items():
            if name not in leaves:
                total = ImageMath.lambda_eval(lambda v: v["t"] + v["p"], t=total, p=plane)
        new = sum(value for name, value in values.items() if name not in leaves)
        mask: Image.Image = ImageMath.lambda_eval(lambda v: v["t"] < v["n"], t=total, n=new).convert("L")
        return mask.point([255 if value else 0 for value in range(256)])

    def _picture(self, item: Picture, canvas: Canvas, area: Pixels) -> None:
        whole = around(corners(item.matrix, (0, 0, 1, 1)))
        wanted = (math.ceil(whole.width * canvas.scale), math.ceil(whole.height * canvas.scale))
        layers = self._layers(item, wanted)
        size = layers.mask.size if layers.mask and not layers.planes else next(iter(layers.planes.values())).size
        placed = gradients.placing(item.matrix, canvas, area, size)
        if placed is None:
            return
        canvas.spend(area, _PLACED * (len(layers.planes) + 1))
        canvas.budget.spend(size[0] * size[1] * _SOURCE * (len(layers.planes) + 1))
        a, b, c, d = item.matrix[:4]
        upright = abs(b) + abs(c) < 1e-6 or abs(a) + abs(d) < 1e-6
        outline = corners(item.matrix, (0, 0, 1, 1))
        mask = None if upright else canvas.filled(((*outline, outline[0]),), False, area)
        if layers.mask is not None:
            shown = placed(layers.mask)
            mask = shown if mask is None else ImageChops.multiply(mask, shown)
        if item.space is None:
            if item.stencil is not None and item.stencil.kind != "registration":
                self._flat(item, canvas, area, item.stencil, mask, False)
            return
        values = {name: placed(plane) for name, plane in layers.planes.items()}
        leaves = frozenset(canvas.planes) - frozenset(item.space.inks or values) if item.style.fill and item.space.inks else frozenset()  # fmt: skip
        canvas.lay(area, values, self._mask(item, canvas, area, mask), item.style, leaves, item.style.alpha)

    def _layers(self, item: Picture, wanted: tuple[int, int]) -> images.Layers:
        """Return an image's inks; one that comes again at the same size is unpacked once."""
        key = (item.source.objgen, wanted)
        if item.source.objgen in self.unmeasured and not item.inline:
            raise OddObjectError(self.unmeasured[item.source.objgen])
        if key in self.cache and not item.inline:
            return self.cache[key]
        try:
            layers = images.layers(item, wanted, self.model)
        except OddObjectError as error:
            self.unmeasured[item.source.objgen] = str(error)
            raise
        if not item.inline:
            if len(self.cache) >= _SEVERAL or _pixels(layers) + sum(map(_pixels, self.cache.values())) > _KEPT:
                self.cache.clear()
            self.cache[key] = layers
        return layers

    def _shade(self, item: Shading, canvas: Canvas, area: Pixels) -> None:
        values, mask = gradients.gradient(item, canvas, area, self.model)
        if item.outline:
            outline = canvas.filled(item.outline, item.odd, area)
            mask = outline if mask is None else ImageChops.multiply(mask, outline)
        canvas.lay(area, values, self._mask(item, canvas, area, mask), item.style, frozenset(), item.style.alpha)

    def _group(self, item: Group, canvas: Canvas, area: Pixels, depth: int) -> None:
        """Paint a group by itself, and lay it on the page as one picture, whose inks already have their share (11.4)."""
        canvas.spend(area, _GROUP * len(canvas.planes))
        group = canvas.group(area)
        self.paint(item.items, group, depth + 1)
        shape = required(group.shape)
        mask = self._mask(item, canvas, area, None)
        part = Image.new("L", shape.size, round(255 * min(max(item.style.alpha, 0), 1)))
        part = part if mask is None else ImageChops.multiply(part, mask)
        if item.style.blend != "Normal":
            canvas.lay(area, dict(group.planes), ImageChops.multiply(shape, part), item.style, frozenset(), 1.0)
            return
        canvas.note(area)
        rest = ImageChops.invert(ImageChops.multiply(shape, part))
        for name, plane in group.planes.items():
            below = canvas.plane(name)
            laid = ImageChops.add(ImageChops.multiply(below.crop(area), rest), ImageChops.multiply(plane, part))  # fmt: skip
            below.paste(laid, area)
        if canvas.shape is not None:
            canvas.shape.paste(255, area, ImageChops.multiply(shape, part))


def _pixels(layers: images.Layers) -> int:
    planes = [*layers.planes.values(), *([layers.mask] if layers.mask else [])]
    return sum(plane.width * plane.height for plane in planes)
