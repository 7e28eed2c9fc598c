"""What a content stream paints from elsewhere: forms, images, shadings, patterns and soft masks."""

from __future__ import annotations

import math
from typing import Any

import pikepdf

from report.press.check import streams
from report.press.check.colour import Colour, Space
from report.press.check.geometry import IDENTITY, Box, Matrix, around, concat, corners, inverse
from report.press.check.interpreter import Interpreter
from report.press.check.objects import Clip, Group, Item, Mask, Path, Picture, Shade
from report.press.check.state import begin

_CELLS = 400
"""So many cells of a pattern are painted."""
_UNIT = (0.0, 0.0, 1.0, 1.0)
_SHORT = {"BPC": "BitsPerComponent", "CS": "ColorSpace", "D": "Decode", "DP": "DecodeParms", "F": "Filter", "H": "Height",
          "IM": "ImageMask", "I": "Interpolate", "W": "Width"}  # fmt: skip
_FILTERS = {"AHx": "ASCIIHexDecode", "A85": "ASCII85Decode", "LZW": "LZWDecode", "Fl": "FlateDecode",
            "RL": "RunLengthDecode", "CCF": "CCITTFaxDecode", "DCT": "DCTDecode"}  # fmt: skip
_SPACES = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}


def matrix(found: Any, key: str = "/Matrix") -> Matrix:
    """Return a dictionary's matrix, or the one that changes nothing."""
    values = found.get(key)
    if not isinstance(values, pikepdf.Array) or len(values) != 6:
        return IDENTITY
    return tuple(float(one) for one in values)  # type: ignore[return-value]


def paint(machine: Interpreter, operands: list[Any]) -> None:
    """Paint an image or a form (``Do``)."""
    found = machine.resource("XObject", operands[0])
    if not isinstance(found, pikepdf.Stream):
        raise ValueError(f"{operands[0]} is no stream")
    if "/OC" in found and not machine.setting.shown(found["/OC"]):
        return
    kind = str(found.get("/Subtype", ""))
    if kind == "/Image":
        image(machine, found, False)
    elif kind == "/Form":
        _form(machine, found)


def _form(machine: Interpreter, found: Any) -> None:
    """Paint a form (8.10), as a group of its own where it shines through or something shines through it."""
    group = found.get("/Group")
    whole = machine.state.manner()
    together = group is not None and str(group.get("/S", "")) == "/Transparency"
    if together:
        _blends(machine, group)
    apart = together and not whole.plain
    sink = machine.sink
    with machine.nested(found.get("/Resources"), found.objgen):
        if together:
            machine.state.isolate()
        _enter(machine, found)
        machine.base = machine.state.ctm
        seen = machine.state.clip.box
        if apart:
            machine.sink = []
        try:
            machine.run(machine.setting.content(found))
        finally:
            items, machine.sink = machine.sink, sink
    if apart and items and seen.right >= seen.left:
        box = items[0].box
        for item in items[1:]:
            box = box.joined(item.box)
        machine.emit(Group(box, whole, tuple(items)))


def _enter(machine: Interpreter, found: Any) -> None:
    """Take a form's matrix, and clip to its box."""
    now = machine.state
    now.ctm = concat(matrix(found), now.ctm)
    values = found.get("/BBox")
    if isinstance(values, pikepdf.Array) and len(values) == 4:
        points = corners(now.ctm, [float(one) for one in values])
        box = now.clip.box.cut(around(points)) or Box(0, 0, -1, -1)
        straight = min(abs(now.ctm[1]) + abs(now.ctm[2]), abs(now.ctm[0]) + abs(now.ctm[3])) < 1e-6
        outlines = now.clip.outlines if straight else (*now.clip.outlines, (((*points, points[0]),), False))
        now.clip = Clip(box, outlines[-16:])


def _blends(machine: Interpreter, group: Any) -> None:
    if "/CS" in group:
        machine.scene.blends.add(machine.setting.spaces.find(group["/CS"], machine.resources).name)


def mask(machine: Interpreter, found: Any) -> Mask | None:
    """Return a soft mask of an ExtGState (11.6.5.2)."""
    if not isinstance(found, pikepdf.Dictionary) or not isinstance(found.get("/G"), pikepdf.Stream):
        return None
    form, luminosity = found["/G"], str(found.get("/S", "")) == "/Luminosity"
    sink, gray = machine.sink, machine.setting.spaces.gray("DeviceGray")
    with machine.nested(form.get("/Resources"), form.objgen):
        ctm, clip = machine.state.ctm, machine.state.clip
        machine.state = begin(Clip(clip.box), gray, ctm)
        _enter(machine, form)
        items: list[Item] = []
        machine.sink = items
        try:
            machine.run(machine.setting.content(form))
        finally:
            machine.sink = sink
    return Mask(luminosity, tuple(items))


def image(machine: Interpreter, found: Any, inline: bool) -> None:
    """Paint an image, or a stencil in the colour of fills (8.9)."""
    now = machine.state
    width, height = int(found["/Width"]), int(found["/Height"])
    if width < 1 or height < 1:
        raise ValueError("an image without pixels")
    seen = machine.visible(around(corners(now.ctm, _UNIT)))
    if seen is None:
        return
    names = tuple(streams.filters(found))
    stencil = None
    if bool(found.get("/ImageMask", False)):
        stencil = now.fill if now.fill.kind != "pattern" else pattern_colour(machine)
        space, bits = None, 1
    else:
        bits = int(found.get("/BitsPerComponent", 8))
        space = machine.setting.spaces.find(found["/ColorSpace"], machine.resources) if "/ColorSpace" in found else None
    a, b, c, d = now.ctm[:4]
    across, down = math.hypot(a, b), math.hypot(c, d)
    ppi = (width / across * 72 if across else math.inf, height / down * 72 if down else math.inf)
    machine.emit(Picture(seen, now.manner(), now.ctm, found, space, (width, height), bits, ppi, names, stencil, inline))


def inline(machine: Interpreter, operands: list[Any]) -> None:
    """Paint an image that stands in the content itself (8.9.7)."""
    keys, data = operands
    stream = pikepdf.Stream(machine.setting.scratch, data)
    for short, value in keys.items():
        key = _SHORT.get(short, short)
        if key == "ColorSpace" and not isinstance(value, list):
            name = _SPACES.get(value, value)
            custom = machine.resources.get("/ColorSpace") if machine.resources is not None else None
            if custom is not None and f"/{name}" in custom:
                made = custom[f"/{name}"]
                stream["/ColorSpace"] = machine.setting.scratch.copy_foreign(made) if made.is_indirect else made
                continue
        stream[f"/{key}"] = _object(value, key)
    image(machine, stream, True)


def _object(value: Any, key: str) -> Any:
    """Return an inline image's value as an object of a PDF, with its names written out."""
    if isinstance(value, str):
        return pikepdf.Name(f"/{_FILTERS.get(value, _SPACES.get(value, value))}")
    if isinstance(value, list):
        return pikepdf.Array([_object(one, key) for one in value])
    if isinstance(value, dict):
        return pikepdf.Dictionary({f"/{k}": _object(v, k) for k, v in value.items()})
    if isinstance(value, bytes):
        return pikepdf.String(value)
    if isinstance(value, float):
        return int(value) if value == int(value) else round(value, 6)
    return value


def shading(machine: Interpreter, operands: list[Any]) -> None:
    """Paint a shading over all of the clip (``sh``)."""
    found = machine.resource("Shading", operands[0])
    box = machine.state.clip.box
    if "/BBox" in found:
        cut = box.cut(around(corners(machine.state.ctm, [float(one) for one in found["/BBox"]])))
        if cut is None:
            return
        box = cut
    space = machine.setting.spaces.find(found["/ColorSpace"], machine.resources)
    machine.emit(Shade(box, machine.state.manner(), machine.state.ctm, found, space))


def pattern(machine: Interpreter, path: Path, odd: bool) -> None:
    """Fill a path with a pattern (8.7): a shading, or cells."""
    found = machine.state.fill_pattern
    box = machine.visible(around(point for sub in path for point in sub))
    if found is None or box is None:
        return
    place = concat(matrix(found), machine.base)
    if int(found.get("/PatternType", 1)) == 2:
        inner = found["/Shading"]
        space = machine.setting.spaces.find(inner["/ColorSpace"], machine.resources)
        machine.emit(Shade(box, machine.state.manner(), place, inner, space, path, odd))
        return
    clip = machine.state.clip
    with machine.nested(found.get("/Resources"), found.objgen):
        machine.state.clip = Clip(box, (*clip.outlines, (path, odd))[-16:])
        _cells(machine, found, place, box)


def _cells(machine: Interpreter, found: Any, place: Matrix, box: Box) -> None:
    """Paint a pattern's cells over a box; of more than can be, the first ones."""
    uncoloured, colour = int(found.get("/PaintType", 1)) == 2, machine.state.pattern_colour
    cell = [float(one) for one in found["/BBox"]]
    across, down = abs(float(found.get("/XStep", 0))), abs(float(found.get("/YStep", 0)))
    back = inverse(place)
    if back is None or not across or not down:
        raise ValueError("a pattern without an extent")
    area = around(corners(back, box))
    columns = range(math.floor((area.left - cell[2]) / across), math.ceil((area.right - cell[0]) / across) + 1)
    rows = range(math.floor((area.bottom - cell[3]) / down), math.ceil((area.top - cell[1]) / down) + 1)
    data = streams.unpacked(found, streams.CONTENT)
    state, painted = machine.state, machine.painted
    for count, (row, column) in enumerate((r, c) for r in rows for c in columns):
        if count >= _CELLS:
            break
        machine.state = state.copy()
        machine.state.ctm = concat((1.0, 0.0, 0.0, 1.0, column * across, row * down), place)
        if uncoloured and colour is not None:
            machine.state.fill = machine.state.stroke = colour
            machine.painted = False
        machine.state.clip = Clip(state.clip.box, state.clip.outlines)
        inside = state.clip.box.cut(around(corners(machine.state.ctm, cell)))
        if inside is not None:
            machine.state.clip = Clip(inside, state.clip.outlines)
            machine.run(data)
        machine.painted, machine.stack, machine.path = painted, [], []
    machine.state = state


def pattern_colour(machine: Interpreter) -> Colour | None:
    """Return a colour that stands for a pattern where text or a stencil is painted in one."""
    found = machine.state.fill_pattern
    if machine.state.pattern_colour is not None:
        return machine.state.pattern_colour
    try:
        space: Space = machine.setting.spaces.find(found["/Shading"]["/ColorSpace"], machine.resources)
    except (KeyError, TypeError, ValueError):
        return None
    return Colour(space.kind, space.name) if space.kind in ("rgb", "lab") else None


def painted_line(machine: Interpreter, found: Any) -> None:
    """Note what a line's pattern blends in: what it paints lies within what a fill would."""
    if found is not None and "/Shading" in found:
        machine.setting.spaces.find(found["/Shading"]["/ColorSpace"], machine.resources)


def glyph(machine: Interpreter, procedure: Any, resources: Any, place: Matrix) -> None:
    """Paint a letter of a Type 3 font at its place."""
    with machine.nested(resources, procedure.objgen):
        machine.state.ctm = place
        machine.run(machine.setting.content(procedure))
