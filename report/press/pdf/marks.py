"""Printers' marks as content: the colour of every plate, lines, and registration marks (ISO 32000-1, 8.6.6.4, 14.11.3)."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name

COLOUR = "/Registration"
"""The name of the colour space in a page's resources."""
WEIGHT = 0.25
"""The width of a line, in points."""
_ROUND = 4 / 3 * (math.sqrt(2) - 1)
"""How far the handles of a quarter circle reach, in radii."""


def registration() -> pikepdf.Array:
    """Return the colour space that prints on every plate, at full tint."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return pikepdf.Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


def line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{_point(x, y)} m {_point(to_x, to_y)} l S"


def cross(x: float, y: float, arm: float, radius: float) -> Iterator[str]:
    """Yield a registration mark: a cross in a circle."""
    yield line(x - arm, y, x + arm, y)
    yield line(x, y - arm, x, y + arm)
    r, h = radius, radius * _ROUND
    yield f"{_point(x + r, y)} m"
    for a, b, end in (
        ((x + r, y + h), (x + h, y + r), (x, y + r)),
        ((x - h, y + r), (x - r, y + h), (x - r, y)),
        ((x - r, y - h), (x - h, y - r), (x, y - r)),
        ((x + h, y - r), (x + r, y - h), (x + r, y)),
    ):
        yield f"{_point(*a)} {_point(*b)} {_point(*end)} c"
    yield "s"


def _point(x: float, y: float) -> str:
    return f"{x:.4f} {y:.4f}"
