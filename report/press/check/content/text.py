"""Operators of text (ISO 32000-1, 9.4): each string becomes a run with its box, its size on the page and its colour."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pikepdf

from report.press.check.content import external
from report.press.check.content.fonts import Font
from report.press.check.content.interpreter import Interpreter, Operator
from report.press.check.content.items import Text
from report.press.pdf.geometry import IDENTITY, Matrix, around, concat, corners, scale
from report.press.pdf.geometry import matrix as as_matrix

_DEPTH = 4
"""How deeply glyphs may be nested in forms and glyphs."""
_PART, _LETTER = 4, 1.5
"""Steps that a string costs, and each of its bytes."""
_GAP = 1_500.0
"""A move wider than this, in thousandths of the type's size, parts a run in two."""


def _begin(machine: Interpreter, _operands: list[Any]) -> None:
    machine.matrix = machine.line = IDENTITY


def _move(machine: Interpreter, operands: list[Any]) -> None:
    x, y = float(operands[0]), float(operands[1])
    machine.matrix = machine.line = concat((1.0, 0.0, 0.0, 1.0, x, y), machine.line)


def _move_set(machine: Interpreter, operands: list[Any]) -> None:
    _set(machine, leading=-float(operands[1]))
    _move(machine, operands)


def _next(machine: Interpreter, _operands: list[Any]) -> None:
    _move(machine, [0.0, -machine.state.text.leading])


def _matrix(machine: Interpreter, operands: list[Any]) -> None:
    machine.matrix = machine.line = as_matrix(operands[:6])


def _set(machine: Interpreter, **changes: Any) -> None:
    machine.state.text = replace(machine.state.text, **changes)


def _font(machine: Interpreter, operands: list[Any]) -> None:
    _set(machine, size=float(operands[1]))
    _set(machine, font=machine.context.font(machine.resource("Font", operands[0])))


def _sets(key: str, by: float = 1.0) -> Operator:
    return lambda machine, operands: _set(machine, **{key: float(operands[0]) * by})


def _show_next(machine: Interpreter, operands: list[Any]) -> None:
    _next(machine, [])
    _shown(machine, operands[-1:])


def _show_spaced(machine: Interpreter, operands: list[Any]) -> None:
    _set(machine, word_spacing=float(operands[0]), character_spacing=float(operands[1]))
    _show_next(machine, operands)


def _shown(machine: Interpreter, parts: list[Any]) -> None:
    """Paint a line's strings, and move the text matrix to its end."""
    text, start = machine.state.text, None
    font, spacing, words = text.font, text.character_spacing / (text.size or 1), text.word_spacing / (text.size or 1)
    widths, otherwise = ({}, -1.0) if font.upright else (font.widths, font.default)
    blank = 32 if font.size == 1 else -1
    position = end = 0.0
    for part in parts:
        if isinstance(part, bytes):
            machine.context.budget.spend(_PART + _LETTER * len(part))
            for code in font.codes(part):
                width = widths.get(code, otherwise)
                if code == blank:
                    position += words
                else:
                    start = position if start is None else start
                    end = position + width
                    if font.glyphs:
                        _drawn(machine, font, code, position)
                position += width + spacing
        elif isinstance(part, float):
            if part < -_GAP and start is not None:
                _run(machine, start, end)
                start = None
            position -= part / 1000
    if start is not None:
        _run(machine, start, end)
    step = position * text.size
    along = (0.0, step) if font.upright else (step * text.scaling, 0.0)
    machine.matrix = concat((1.0, 0.0, 0.0, 1.0, *along), machine.matrix)


def _trm(machine: Interpreter) -> Matrix:
    """Return what takes a character of size 1 to the page (9.4.4)."""
    text = machine.state.text
    return concat(
        concat((text.size * text.scaling, 0.0, 0.0, text.size, 0.0, text.rise), machine.matrix), machine.state.ctm
    )


def _run(machine: Interpreter, start: float, end: float) -> None:
    now, text = machine.state, machine.state.text
    whole = _trm(machine)
    font = text.font
    extent = (-0.5, min(start, end), 0.5, max(start, end)) if font.upright else (start, font.bottom, end, font.top)
    visible = machine.visible(around(corners(whole, extent)))
    if visible is None:
        return
    fill = now.fill.colour if text.mode in (0, 2, 4, 6) else None
    stroke = now.stroke.colour if text.mode in (1, 2, 5, 6) else None
    if fill is not None and fill.kind == "pattern":
        fill = external.pattern_colour(machine)
    if stroke is not None and stroke.kind == "pattern":
        stroke = None
    size = math.hypot(whole[2], whole[3]) if not font.upright else scale(whole)
    machine.emit(Text(visible, now.style, font, size, fill, stroke, text.mode))


def _drawn(machine: Interpreter, font: Font, code: int, position: float) -> None:
    """Paint a letter of a Type 3 font, which has a procedure for it."""
    procedures, encoding, matrix, resources = font.glyphs
    procedure = procedures.get(encoding.get(code, "/")) if isinstance(procedures, pikepdf.Dictionary) else None
    if not isinstance(procedure, pikepdf.Stream) or machine.depth > _DEPTH:
        return
    place = concat(matrix, concat((1.0, 0.0, 0.0, 1.0, position, 0.0), _trm(machine)))
    external.glyph(machine, procedure, resources, place)


TABLE: dict[str, Operator] = {
    "BT": _begin, "Td": _move, "TD": _move_set, "T*": _next, "Tm": _matrix, "Tf": _font, "Tc": _sets("character_spacing"),
    "Tw": _sets("word_spacing"), "Tz": _sets("scaling", 0.01), "TL": _sets("leading"), "Ts": _sets("rise"),
    "Tr": lambda machine, operands: _set(machine, mode=int(operands[0])),
    "Tj": lambda machine, operands: _shown(machine, operands[:1]),
    "TJ": lambda machine, operands: _shown(machine, operands[0]),
    "'": _show_next, '"': _show_spaced,
}  # fmt: skip
"""Operators of text."""
