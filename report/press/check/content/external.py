"""What a content stream paints from elsewhere: forms, images, shadings, patterns and soft masks."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import islice
from typing import Any

import pikepdf

from report.press.check.content.colour import Colour
from report.press.check.content.interpreter import Interpreter
from report.press.check.content.items import Clip, Group, Item, Mask, Path, Picture, Shading
from report.press.check.content.state import begin
from report.press.pdf import streams
from report.press.pdf.geometry import Box, Matrix, around, concat, corners, inverse
from report.press.pdf.objects import OddObjectError, dictionary, flag, matrix, number, numbers, shortened, word
from report.press.pdf.spaces import Space

_CELLS = 400
"""The most cells of a pattern that are painted."""
_CELL, _IMAGE, _INLINE, _MASK = 30, 40, 150, 100
"""Steps that a cell, an image, one in the content itself, and a soft mask cost."""
_UNIT = (0.0, 0.0, 1.0, 1.0)
_SHORT = {"BPC": "BitsPerComponent", "CS": "ColorSpace", "D": "Decode", "DP": "DecodeParms", "F": "Filter", "H": "Height",
          "IM": "ImageMask", "I": "Interpolate", "W": "Width"}  # fmt: skip
_SPACES = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}


def paint(machine: Interpreter, operands: list[Any]) -> None:
    """Paint an image or a form (``Do``)."""
    xobject = machine.resource("XObject", operands[0])
    if not isinstance(xobject, pikepdf.Stream):
        raise OddObjectError(f"{shortened(operands[0])} is not a stream")
    layer = xobject.get("/OC")
    if layer is not None and not machine.context.shown(layer):
        return
    kind = word(xobject.get("/Subtype"))
    if kind == "Image":
        space = None if flag(xobject.get("/ImageMask")) else xobject.get("/ColorSpace")
        image(machine, xobject, None if space is None else machine.context.spaces.read(space, machine.resources), False)
    elif kind == "Form":
        _form(machine, xobject)


def _form(machine: Interpreter, form: Any) -> None:
    """Paint a form (8.10), as a group of its own where transparency is involved."""
    group = form.get("/Group")
    whole = machine.state.style
    together = word(dictionary(group).get("/S")) == "Transparency"
    if together:
        _blends(machine, group)
    apart = together and not whole.plain
    sink = machine.sink
    with machine.nested(form.get("/Resources"), form.objgen):
        if together:
            machine.state.isolate()
        _enter(machine, form)
        machine.base = machine.state.ctm
        visible = machine.state.clip.box
        if apart:
            machine.sink = []
        try:
            machine.run(machine.context.content(form))
        finally:
            items, machine.sink = machine.sink, sink
    if apart and items and visible.right >= visible.left:
        box = items[0].box
        for item in items[1:]:
            box = box.joined(item.box)
        machine.emit(Group(box, whole, tuple(items)))


def _enter(machine: Interpreter, form: Any) -> None:
    """Take a form's matrix, and clip to its box."""
    now = machine.state
    now.ctm = concat(matrix(form), now.ctm)
    values = numbers(form.get("/BBox"), 5)
    if len(values) == 4:
        points = corners(now.ctm, values)
        box = now.clip.box.cut(around(points)) or Box(0, 0, -1, -1)
        straight = min(abs(now.ctm[1]) + abs(now.ctm[2]), abs(now.ctm[0]) + abs(now.ctm[3])) < 1e-6
        outlines = now.clip.outlines if straight else (*now.clip.outlines, (((*points, points[0]),), False))
        now.clip = Clip(box, outlines[-16:])


def _blends(machine: Interpreter, group: Any) -> None:
    space = group.get("/CS")
    if space is not None:
        machine.scene.blends.add(machine.context.spaces.read(space, machine.resources).name)


def mask(machine: Interpreter, source: Any) -> Mask | None:
    """Return a soft mask of an ExtGState (11.6.5.2)."""
    if not isinstance(source, pikepdf.Dictionary) or not isinstance(source.get("/G"), pikepdf.Stream):
        return None
    form, luminosity = source["/G"], word(source.get("/S")) == "Luminosity"
    machine.context.budget.spend(_MASK)
    sink = machine.sink
    with machine.nested(form.get("/Resources"), form.objgen):
        ctm, clip = machine.state.ctm, machine.state.clip
        machine.state = begin(Clip(clip.box), ctm)
        _enter(machine, form)
        items: list[Item] = []
        machine.sink = items
        try:
            machine.run(machine.context.content(form))
        finally:
            machine.sink = sink
    return Mask(luminosity, tuple(items))


def image(machine: Interpreter, source: Any, space: Space | None, inline: bool) -> None:
    """Paint an image, or a stencil in the colour of fills (8.9)."""
    now = machine.state
    width, height = int(number(source.get("/Width"))), int(number(source.get("/Height")))
    if width < 1 or height < 1:
        raise OddObjectError("an image without pixels")
    machine.context.budget.spend(_IMAGE)
    for mask in (dictionary(source.get(key)) for key in ("/SMask", "/Mask")):
        machine.scene.pixels += number(mask.get("/Width")) * number(mask.get("/Height"))
    machine.scene.pixels += width * height
    visible = machine.visible(around(corners(now.ctm, _UNIT)))
    if visible is None:
        return
    names = tuple(streams.filters(source))
    stencil, bits = None, int(number(source.get("/BitsPerComponent"), 8))
    if flag(source.get("/ImageMask")):
        stencil = now.fill.colour if now.fill.colour.kind != "pattern" else pattern_colour(machine)
        space, bits = None, 1
    a, b, c, d = now.ctm[:4]
    across, down = math.hypot(a, b), math.hypot(c, d)
    ppi = (width / across * 72 if across else math.inf, height / down * 72 if down else math.inf)
    machine.emit(
        Picture(visible, now.style, now.ctm, source, space, (width, height), bits, ppi, names, stencil, inline)
    )


def inline(machine: Interpreter, operands: list[Any]) -> None:
    """Paint an image that stands in the content itself (8.9.7); a colour space of the resources stays where it is."""
    keys, data = operands
    machine.context.budget.spend(_INLINE)
    stream = pikepdf.Stream(machine.context.scratch, data)
    space = None
    for short, value in keys.items():
        key = _SHORT.get(short, short)
        if key == "ColorSpace" and isinstance(value, str):
            space = machine.context.spaces.read(pikepdf.Name(f"/{_own(machine, value)}"), machine.resources)
        elif key == "ColorSpace":
            space = machine.context.spaces.read(_object(value), machine.resources)
        elif key:
            stream[f"/{key}"] = _object(value)
    image(machine, stream, space, True)


def _own(machine: Interpreter, name: str) -> str:
    """Return an inline image's colour space as it is named in full, unless the resources have one of that name."""
    known = dictionary(machine.resources).get("/ColorSpace")
    full = _SPACES.get(name, name)
    return name if dictionary(known).get(f"/{name}") is not None else full


def _object(value: Any) -> Any:
    """Return an inline image's value as an object of a PDF, with its names written out."""
    if isinstance(value, str):
        return pikepdf.Name(f"/{streams.ABBREVIATED.get(value, _SPACES.get(value, value))}")
    if isinstance(value, list):
        return pikepdf.Array([_object(one) for one in value])
    if isinstance(value, dict):
        return pikepdf.Dictionary({f"/{k}": _object(v) for k, v in value.items() if k})
    if isinstance(value, bytes):
        return pikepdf.String(value)
    if isinstance(value, float):
        return int(value) if value == int(value) else round(value, 6)
    return value


def shading(machine: Interpreter, operands: list[Any]) -> None:
    """Paint a shading over all of the clip (``sh``)."""
    source = machine.resource("Shading", operands[0])
    box = machine.state.clip.box
    extent = numbers(source.get("/BBox"), 5)
    if len(extent) == 4:
        cut = box.cut(around(corners(machine.state.ctm, extent)))
        if cut is None:
            return
        box = cut
    space = machine.context.spaces.read(source.get("/ColorSpace"), machine.resources)
    machine.emit(Shading(box, machine.state.style, machine.state.ctm, source, space))


def pattern(machine: Interpreter, path: Path, odd: bool) -> None:
    """Fill a path with a pattern (8.7): a shading, or cells."""
    source = machine.state.fill.pattern
    box = machine.visible(around(point for sub in path for point in sub))
    if source is None or box is None:
        return
    place = concat(matrix(source), machine.base)
    if number(source.get("/PatternType"), 1) == 2:
        inner = dictionary(source.get("/Shading"))
        space = machine.context.spaces.read(inner.get("/ColorSpace"), machine.resources)
        machine.emit(Shading(box, machine.state.style, place, inner, space, path, odd))
        return
    clip = machine.state.clip
    with machine.nested(source.get("/Resources"), source.objgen):
        machine.state.clip = Clip(box, (*clip.outlines, (path, odd))[-16:])
        _cells(machine, source, place, box)


def _cells(machine: Interpreter, source: Any, place: Matrix, box: Box) -> None:
    """Paint a pattern's cells over a box; of more than can be, the first ones."""
    uncoloured, colour = number(source.get("/PaintType"), 1) == 2, machine.state.pattern_colour
    cell = numbers(source.get("/BBox"), 4)
    across, down = abs(number(source.get("/XStep"))), abs(number(source.get("/YStep")))
    back = inverse(place)
    if back is None or len(cell) < 4 or not across or not down:
        raise OddObjectError("a pattern without an extent")
    area = around(corners(back, box))
    columns = range(math.floor((area.left - cell[2]) / across), math.ceil((area.right - cell[0]) / across) + 1)
    rows = range(math.floor((area.bottom - cell[3]) / down), math.ceil((area.top - cell[1]) / down) + 1)
    data = machine.context.content(source)
    state, painted, hiding = machine.state, machine.painted, machine.hiding
    for row, column in islice(((row, column) for row in rows for column in columns), _CELLS):
        machine.context.budget.spend(_CELL)
        machine.state = state.copy()
        machine.state.ctm = concat((1.0, 0.0, 0.0, 1.0, column * across, row * down), place)
        if uncoloured and colour is not None:
            machine.state.fill = replace(state.fill, colour=colour)
            machine.state.stroke = replace(state.stroke, colour=colour)
            machine.painted = False
        inside = state.clip.box.cut(around(corners(machine.state.ctm, cell)))
        if inside is not None:
            machine.state.clip = Clip(inside, state.clip.outlines)
            machine.run(data)
        machine.painted, machine.stack, machine.path, machine.marked, machine.hiding = painted, [], [], [], hiding
    machine.state = state


def pattern_colour(machine: Interpreter) -> Colour | None:
    """Return a colour that stands for a pattern where text or a stencil is painted in one."""
    source = machine.state.fill.pattern
    if machine.state.pattern_colour is not None:
        return machine.state.pattern_colour
    try:
        shade = dictionary(dictionary(source).get("/Shading"))
        space: Space = machine.context.spaces.read(shade.get("/ColorSpace"), machine.resources)
    except OddObjectError:
        return None
    return Colour(space.kind, space.name) if space.kind in ("rgb", "lab") else None


def painted_line(machine: Interpreter, source: Any) -> None:
    """Note what a line's pattern blends in: what it paints lies within what a fill would."""
    shade = dictionary(source).get("/Shading")
    if shade is not None:
        machine.context.spaces.read(dictionary(shade).get("/ColorSpace"), machine.resources)


def glyph(machine: Interpreter, procedure: Any, resources: Any, place: Matrix) -> None:
    """Paint a letter of a Type 3 font at its place."""
    with machine.nested(resources, procedure.objgen):
        machine.state.ctm = place
        machine.run(machine.context.content(procedure))
