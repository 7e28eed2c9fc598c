"""PDF functions (ISO 32000-1, 7.10): their values, and the same function with its colours in inks."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from report.press.produce.targets import Colour

Turn = Callable[[Colour], Colour]
"""Turns a colour of the source into one of the print."""
_SAMPLES = 256


class Unknown(ValueError):
    """A function that is not understood."""


def values(function: Any, at: float) -> Colour:
    """Return what a function of one number comes to; raise `Unknown` for one of another kind."""
    if isinstance(function, Array):
        return tuple(value for each in function for value in values(each, at))
    low, high = (float(end) for end in function.Domain)
    at = min(high, max(low, at))
    kind = int(function.FunctionType)
    if kind == 2:
        first, last = _ends(function)
        part = at ** float(function.N) if at or function.N else 1.0
        return tuple(a + part * (b - a) for a, b in zip(first, last, strict=True))
    if kind == 3:
        bounds = [low, *(float(bound) for bound in function.Bounds), high]
        index = next((i for i in range(len(bounds) - 2) if at < bounds[i + 1]), len(bounds) - 2)
        start, end = float(function.Encode[2 * index]), float(function.Encode[2 * index + 1])
        width = bounds[index + 1] - bounds[index]
        return values(function.Functions[index], start + (at - bounds[index]) * (end - start) / (width or 1))
    if kind == 0:
        return _sampled(function, at)
    raise Unknown(f"a function of type {kind}")


def turned(pdf: pikepdf.Pdf, function: Any, turn: Turn, size: int) -> Any:
    """Return a function whose colours are turned, with `size` components.

    What goes straight from one colour to another goes straight in inks too; anything else is sampled anew.
    """
    if isinstance(function, Array) and len(function) == 1:
        function = function[0]
    if not isinstance(function, Array):
        kind = int(function.FunctionType)
        if kind == 2 and _unit(function):
            first, last = (Array(turn(end)) for end in _ends(function))
            return Dictionary(FunctionType=2, Domain=function.Domain, N=float(function.N), C0=first, C1=last)
        if kind == 3:
            parts = Array([turned(pdf, part, turn, size) for part in function.Functions])
            kept = {key: Array([float(x) for x in function[key]]) for key in ("/Domain", "/Bounds", "/Encode")}
            return Dictionary({"/FunctionType": 3, "/Functions": parts, **kept})
    return _anew(pdf, function, turn, size)


def _anew(pdf: pikepdf.Pdf, function: Any, turn: Turn, size: int) -> Any:
    first = function[0] if isinstance(function, Array) else function
    low, high = (float(end) for end in first.Domain)
    points = (low + (high - low) * step / (_SAMPLES - 1) for step in range(_SAMPLES))
    data = bytes(round(part * 255) for point in points for part in turn(values(function, point)))
    made = pikepdf.Stream(pdf, data)
    made.FunctionType, made.Domain, made.Range = 0, Array([low, high]), Array([0, 1] * size)
    made.Size, made.BitsPerSample = Array([_SAMPLES]), 8
    return pdf.make_indirect(made)


def _ends(function: Any) -> tuple[Colour, Colour]:
    first = tuple(float(x) for x in function.get(Name.C0, Array([0])))
    last = tuple(float(x) for x in function.get(Name.C1, Array([1])))
    return first, last


def _unit(function: Any) -> bool:
    return all(0 <= float(end) <= 1 for end in function.Domain)


def _sampled(function: Any, at: float) -> Colour:
    if len(function.Size) != 1 or int(function.BitsPerSample) not in (8, 16):
        raise Unknown("a function of several numbers, or of odd samples")
    count, wide = int(function.Size[0]), int(function.BitsPerSample) // 8
    low, high = (float(end) for end in function.Domain)
    encode = [float(x) for x in function.get(Name.Encode, Array([0, count - 1]))]
    place = encode[0] + (at - low) * (encode[1] - encode[0]) / ((high - low) or 1)
    place = min(count - 1.0, max(0.0, place))
    span = [float(x) for x in function.Range]
    decode = [float(x) for x in function.get(Name.Decode, Array(span))]
    outs, data = len(span) // 2, function.read_bytes()

    def sample(index: int, out: int) -> float:
        start = (index * outs + out) * wide
        return int.from_bytes(data[start : start + wide], "big") / (256**wide - 1)

    before, after = math.floor(place), math.ceil(place)
    found = []
    for out in range(outs):
        part = sample(before, out) + (place - before) * (sample(after, out) - sample(before, out))
        found.append(decode[2 * out] + part * (decode[2 * out + 1] - decode[2 * out]))
    return tuple(found)
