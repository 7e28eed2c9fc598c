"""Gradients and pictures in their places on a canvas."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PIL import Image

from report.press.check.content.colour import PROCESS, Colour, InkModel
from report.press.check.content.items import Shading
from report.press.check.inks.canvas import Canvas, Pixels, Values
from report.press.pdf.functions import function
from report.press.pdf.geometry import IDENTITY, Matrix, concat, inverse, moved
from report.press.pdf.objects import OddObjectError, entries, matrix, number, numbers

_STEPS = 512
_COLOUR, _PLACED = 6, 0.004
"""Steps that a colour costs, and a pixel that it is put on."""
_PLACES = 48
Placed = Callable[[Image.Image], Image.Image]


def _back(place: Matrix, canvas: Canvas, area: Pixels) -> Matrix | None:
    """Return what takes an area's pixels to the coordinates that `place` comes from."""
    step = 1 / canvas.scale
    left, top = canvas.box.left + area[0] * step, canvas.box.top - area[1] * step
    undone = inverse(place)
    return concat((step, 0.0, 0.0, -step, left, top), undone) if undone else None


def placing(place: Matrix, canvas: Canvas, area: Pixels, size: tuple[int, int]) -> Placed | None:
    """Return what puts an image that fills the unit square, the first row at its top, into an area."""
    back = _back(place, canvas, area)
    if back is None:
        return None
    a, b, c, d, e, f = concat(back, (size[0], 0.0, 0.0, -size[1], 0.0, size[1]))
    extent = (area[2] - area[0], area[3] - area[1])
    if abs(b) + abs(c) < 1e-9 and a > 0 and d > 0:
        box = (max(e, 0.0), max(f, 0.0), min(e + a * extent[0], size[0]), min(f + d * extent[1], size[1]))
        if box[2] - box[0] > 0 and box[3] - box[1] > 0:
            way = Image.Resampling.BOX if a > 1 or d > 1 else Image.Resampling.NEAREST
            return lambda image: image.resize(extent, way, box)
    return lambda image: image.transform(extent, Image.Transform.AFFINE, (a, c, e, b, d, f), Image.Resampling.NEAREST)


def gradient(item: Shading, canvas: Canvas, area: Pixels, model: InkModel) -> tuple[Values, Image.Image | None]:
    """Return a shading's inks in an area, and where it paints; raise `OddObjectError` for one that cannot be evaluated."""
    kind = int(number(item.source.get("/ShadingType")))
    back = _back(item.matrix, canvas, area)
    if kind not in (1, 2, 3) or back is None:
        raise OddObjectError(f"a shading of type {kind} cannot be evaluated")
    colours = function(item.source.get("/Function"), canvas.budget.spend)
    extent = (area[2] - area[0], area[3] - area[1])
    canvas.budget.spend(_STEPS * _COLOUR)
    canvas.spend(area, _PLACED * len(canvas.planes))
    if kind == 1:
        return _by_place(item, colours, back, extent, model)
    coords = numbers(item.source.get("/Coords"), 6)
    if len(coords) < 2 * kind:
        raise OddObjectError("a shading without coordinates")
    domain = numbers(item.source.get("/Domain"), 2)
    low, high = domain if len(domain) == 2 else (0.0, 1.0)
    extends = [one is True for one in entries(item.source.get("/Extend"), 2)] or [False]

    def colour(part: float) -> Colour | None:
        if (part < 0 and not extends[0]) or (part > 1 and not extends[-1]):
            return None
        inside = min(max(part, 0.0), 1.0)
        return model.colour(item.space, colours([low + inside * (high - low)]))

    if kind == 2:
        return _along(coords, colour, back, extent)
    return _around(coords, colour, back, extent)


def _strips(
    colours: Sequence[Colour | None], size: tuple[int, int]
) -> tuple[dict[str, Image.Image], Image.Image | None]:
    """Return colours in a row as strips of inks, and where there are any."""
    inks = [dict((*zip(PROCESS, one.inks, strict=True), *one.spots)) if one else {} for one in colours]
    planes = {}
    for name in dict.fromkeys([*PROCESS, *(name for one in inks for name in one)]):
        planes[name] = Image.frombytes("L", size, bytes(round(255 * one.get(name, 0)) for one in inks))
    mask = Image.frombytes("L", size, bytes(255 if one else 0 for one in colours)) if None in colours else None
    return planes, mask


def _along(coords: list[float], colour: Callable[[float], Colour | None], back: Matrix, extent: tuple[int, int]) -> tuple[Values, Image.Image | None]:  # fmt: skip
    """Evaluate an axial shading (ISO 32000-1, 8.7.4.5.3): its part is linear across the page, so a strip is stretched over it."""
    x0, y0, x1, y1 = coords[:4]
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    if not length:
        raise OddObjectError("a shading without an axis")
    a, b, c, d, e, f = back
    across, down = (a * dx + b * dy) / length, (c * dx + d * dy) / length
    start = ((e - x0) * dx + (f - y0) * dy) / length
    ends = [start + across * x + down * y for x in (0, extent[0]) for y in (0, extent[1])]
    low, high = min(ends), max(ends)
    span = max(high - low, 1e-9)
    planes, mask = _strips([colour(low + span * (i + 0.5) / _STEPS) for i in range(_STEPS)], (1, _STEPS))
    k = _STEPS / span
    data = (0.0, 0.0, 0.5, across * k, down * k, (start - low) * k)

    def put(strip: Image.Image) -> Image.Image:
        return strip.transform(extent, Image.Transform.AFFINE, data, Image.Resampling.NEAREST)

    return {name: put(plane) for name, plane in planes.items()}, put(mask) if mask else None


def _around(coords: list[float], colour: Callable[[float], Colour | None], back: Matrix, extent: tuple[int, int]) -> tuple[Values, Image.Image | None]:  # fmt: skip
    """Evaluate a radial shading as rings about the larger circle's middle; the offset of two middles is ignored."""
    x0, y0, r0, x1, y1, r1 = coords[:6]
    x, y = (x1, y1) if r1 >= r0 else (x0, y0)
    if r0 == r1:
        raise OddObjectError("a radial shading between equal circles cannot be evaluated")
    far = max(math.dist(moved(back, *corner), (x, y)) for corner in ((0, 0), (extent[0], 0), (0, extent[1]), extent))
    far = max(far, r0, r1, 1e-9)
    rows = [colour((value / 255 * far - r0) / (r1 - r0)) for value in range(256)]
    k = 128 / far  # Pillow's gradient reaches 255 at 128 pixels from its middle
    a, b, c, d, e, f = back
    data = (a * k, c * k, (e - x) * k + 128, b * k, d * k, (f - y) * k + 128)
    rings = Image.radial_gradient("L").transform(extent, Image.Transform.AFFINE, data, Image.Resampling.NEAREST, fillcolor=255)  # fmt: skip
    planes, mask = _strips(rows, (256, 1))
    shown = rings.point(list(mask.tobytes())) if mask else None
    return {name: rings.point(list(plane.tobytes())) for name, plane in planes.items()}, shown


def _by_place(item: Shading, colours: Callable[[Sequence[float]], list[float]], back: Matrix, extent: tuple[int, int], model: InkModel) -> tuple[Values, Image.Image | None]:  # fmt: skip
    """Evaluate a shading by a function of the place (8.7.4.5.2), at so many places across and down."""
    domain = numbers(item.source.get("/Domain"), 4)
    domain = domain if len(domain) == 4 else [0.0, 1.0, 0.0, 1.0]
    whole = concat(back, inverse(matrix(item.source)) or IDENTITY)
    places: list[Colour | None] = []
    for row in range(_PLACES):
        for column in range(_PLACES):
            x, y = moved(whole, (column + 0.5) * extent[0] / _PLACES, (row + 0.5) * extent[1] / _PLACES)
            inside = domain[0] <= x <= domain[1] and domain[2] <= y <= domain[3]
            places.append(model.colour(item.space, colours([x, y])) if inside else None)
    planes, mask = _strips(places, (_PLACES, _PLACES))
    return {name: plane.resize(extent) for name, plane in planes.items()}, mask.resize(extent) if mask else None
