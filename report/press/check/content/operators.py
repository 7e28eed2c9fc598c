"""Operators of the graphics state, of paths and of colours (ISO 32000-1, Table 51)."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

from report.press.check.content import external, state, text
from report.press.check.content.interpreter import Interpreter, Operator
from report.press.check.content.items import Clip, Vector
from report.press.check.content.state import Paint
from report.press.pdf.geometry import CURVE, around, concat, curve, moved, rectangle, scale
from report.press.pdf.geometry import matrix as as_matrix
from report.press.pdf.objects import OddObjectError, entries, number, word
from report.press.pdf.spaces import Kind, Space

Side = Literal["fill", "stroke"]
_MARKED = 10_000
_STATE = 30
"""Steps that an ExtGState costs."""


def _cm(machine: Interpreter, operands: list[Any]) -> None:
    machine.state.ctm = concat(as_matrix(operands[:6]), machine.state.ctm)


def _width(machine: Interpreter, operands: list[Any]) -> None:
    machine.state.width = abs(float(operands[0]))


def _gs(machine: Interpreter, operands: list[Any]) -> None:
    """Set what an ExtGState says (Table 58)."""
    source = machine.resource("ExtGState", operands[0])
    machine.context.budget.spend(_STATE)
    state.apply(machine.state, source)
    font = entries(source.get("/Font"), 2)
    if len(font) == 2:
        machine.state.text = replace(machine.state.text, font=machine.context.font(font[0]), size=number(font[1]))
    dash, mask = entries(source.get("/D"), 2), source.get("/SMask")
    if dash:
        _dash(machine, [entries(dash[0], 64)])
    if mask is not None:
        machine.state.style = replace(machine.state.style, mask=external.mask(machine, mask))
    for key, name in (("/TR", "transfer function"), ("/TR2", "transfer function"), ("/HT", "halftone")):
        value = source.get(key)
        if value is not None and word(value) not in ("Identity", "Default"):
            machine.scene.transfers.add(name)


def _dash(machine: Interpreter, operands: list[Any]) -> None:
    """Note how many dashes of a line there are to a unit of its length."""
    lengths = [abs(float(one)) for one in operands[0] if isinstance(one, int | float | Decimal)]
    machine.state.dashes = len(lengths) / max(sum(lengths), 1e-9)


def _move(machine: Interpreter, operands: list[Any]) -> None:
    machine.add_points(1)
    machine.path.append([moved(machine.state.ctm, operands[0], operands[1])])


def _line(machine: Interpreter, operands: list[Any]) -> None:
    machine.add_points(1)
    machine.path[-1].append(moved(machine.state.ctm, operands[0], operands[1]))


def _curve(kind: str) -> Operator:
    def operator(machine: Interpreter, operands: list[Any]) -> None:
        machine.add_points(CURVE)
        ctm, sub = machine.state.ctm, machine.path[-1]
        points = [moved(ctm, operands[i], operands[i + 1]) for i in range(0, min(len(operands), 6) - 1, 2)]
        first = sub[-1]
        points = [first, *points] if kind == "v" else [*points[:2], points[1]] if kind == "y" else points
        sub += curve(first, *points[:3])

    return operator


def _close(machine: Interpreter, _operands: list[Any]) -> None:
    if machine.path and machine.path[-1]:
        machine.add_points(1)
        first = machine.path[-1][0]
        machine.path[-1].append(first)


def _rectangle(machine: Interpreter, operands: list[Any]) -> None:
    x, y, w, h = operands[:4]
    machine.add_points(5)
    ctm = machine.state.ctm
    points = [moved(ctm, *corner) for corner in ((x, y), (x + w, y), (x + w, y + h), (x, y + h))]
    machine.path.append([*points, points[0]])


def _clips(kind: str) -> Operator:
    def operator(machine: Interpreter, _operands: list[Any]) -> None:
        machine.clipping = kind

    return operator


def _paint(fills: bool = False, strokes: bool = False, odd: bool = False, close: bool = False) -> Operator:
    def operator(machine: Interpreter, operands: list[Any]) -> None:
        if close:
            _close(machine, operands)
        path = tuple(tuple(sub) for sub in machine.path if sub)
        machine.path = []
        clipping, machine.clipping = machine.clipping, ""
        try:
            if path and (fills or strokes):
                _painted(machine, path, fills, strokes, odd)
        finally:
            if clipping:
                _clipped(machine, path, clipping == "W*")

    return operator


def _painted(machine: Interpreter, path: Any, fills: bool, strokes: bool, odd: bool) -> None:
    now = machine.state
    fill = now.fill.colour if fills else None
    if fill is not None and fill.kind == "pattern":
        external.pattern(machine, path, odd)
        fill = None
    stroke = now.stroke.colour if strokes else None
    if stroke is not None and stroke.kind == "pattern":
        external.painted_line(machine, now.stroke.pattern)
        stroke = None
    if fill is None and stroke is None:
        return
    width = now.width * scale(now.ctm) if stroke else 0.0
    box = around(point for sub in path for point in sub)
    visible = machine.visible(box.grown(width / 2))
    if visible is not None:
        straight = rectangle(path[0]) if len(path) == 1 else None
        if stroke is not None and now.dashes:
            machine.scene.dashes += _length(path) / max(scale(now.ctm), 1e-9) * now.dashes
        machine.emit(Vector(visible, now.style, path, fill, stroke, width, odd, straight))


def _length(path: Any) -> float:
    return sum(math.dist(a, b) for sub in path for a, b in zip(sub, sub[1:], strict=False))


def _clipped(machine: Interpreter, path: Any, odd: bool) -> None:
    """Narrow the clip to a path; one without an area hides everything."""
    clip = machine.state.clip
    points = [point for sub in path for point in sub]
    if not points:
        return
    box = around(points)
    cut = clip.box.cut(box)
    if cut is None:
        machine.state.clip = Clip(box._replace(right=box.left - 1), ())
        return
    straight = len(path) == 1 and rectangle(path[0]) is not None
    outlines = clip.outlines if straight else (*clip.outlines, (path, odd))
    machine.state.clip = Clip(cut, outlines[-16:])


def _set(machine: Interpreter, side: Side, paint: Paint) -> None:
    if machine.painted:  # an uncoloured pattern has the colour that it is painted with (8.7.3.3)
        setattr(machine.state, side, paint)


def _space(side: Side) -> Operator:
    def operator(machine: Interpreter, operands: list[Any]) -> None:
        space = machine.context.spaces.read(operands[0], machine.resources)
        _set(machine, side, Paint(space, machine.context.ink_model.colour(space, space.initial)))

    return operator


def _device(kind: Kind, side: Side) -> Operator:
    def operator(machine: Interpreter, operands: list[Any]) -> None:
        space = machine.context.spaces.device(kind, machine.resources)
        _set(machine, side, Paint(space, machine.context.ink_model.colour(space, operands)))

    return operator


def _colour(side: Side) -> Operator:
    def operator(machine: Interpreter, operands: list[Any]) -> None:
        space: Space = getattr(machine.state, side).space
        model = machine.context.ink_model
        if space.kind != "pattern":
            _set(machine, side, Paint(space, model.colour(space, operands)))
            return
        pattern = machine.resource("Pattern", operands[-1] if operands and isinstance(operands[-1], str) else "")
        if machine.painted:
            machine.state.pattern_colour = model.colour(space.base, operands[:-1]) if space.base else None
            _set(machine, side, Paint(space, model.colour(space, []), pattern))

    return operator


def _begin_marked(machine: Interpreter, operands: list[Any]) -> None:
    hides = False
    if len(operands) > 1 and operands[0] == "OC" and isinstance(operands[1], str):
        try:
            hides = not machine.context.shown(machine.resource("Properties", operands[1]))
        except OddObjectError:
            hides = False
    if len(machine.marked) < _MARKED:
        machine.marked.append(hides)
        machine.hiding += hides


def _end_marked(machine: Interpreter, _operands: list[Any]) -> None:
    if machine.marked:
        machine.hiding -= machine.marked.pop()


TABLE: dict[str, Operator] = {
    "d": _dash, "q": lambda machine, _: machine.push(), "Q": lambda machine, _: machine.pop(), "cm": _cm, "w": _width, "gs": _gs,
    "m": _move, "l": _line, "c": _curve("c"), "v": _curve("v"), "y": _curve("y"), "h": _close, "re": _rectangle,
    "W": _clips("W"), "W*": _clips("W*"), "n": _paint(),
    "f": _paint(fills=True), "F": _paint(fills=True), "f*": _paint(fills=True, odd=True),
    "S": _paint(strokes=True), "s": _paint(strokes=True, close=True),
    "B": _paint(fills=True, strokes=True), "B*": _paint(fills=True, strokes=True, odd=True),
    "b": _paint(fills=True, strokes=True, close=True), "b*": _paint(fills=True, strokes=True, odd=True, close=True),
    "cs": _space("fill"), "CS": _space("stroke"), "sc": _colour("fill"), "scn": _colour("fill"),
    "SC": _colour("stroke"), "SCN": _colour("stroke"),
    "g": _device("gray", "fill"), "G": _device("gray", "stroke"), "rg": _device("rgb", "fill"), "RG": _device("rgb", "stroke"),
    "k": _device("cmyk", "fill"), "K": _device("cmyk", "stroke"),
    "BMC": _begin_marked, "BDC": _begin_marked, "EMC": _end_marked,
    "Do": external.paint, "BI": external.inline, "sh": external.shading,
    **text.TABLE,
}  # fmt: skip
"""Every operator that changes what is painted."""
