"""Marks for the press, outside the bleed and in every ink: where to cut, where to fold, whether the plates fit.

They are drawn in the colorant All (ISO 32000-1, 8.6.6.4), which prints on every plate.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from report.press.pdf.geometry import MM
from report.press.produce.boxes import Frame

SPACE = "/Registration"
"""What the marks' colour space is called in a page's resources."""
_LINE = 0.25
_AWAY = 1 * MM
_LONG = 5 * MM
_CROSS = 2.5 * MM
_RADIUS = 1.5 * MM
_PLACES = (1 / 2, 1 / 3, 2 / 3, 1 / 4, 3 / 4, 1 / 5)
_ROUND = 4 / 3 * (math.sqrt(2) - 1)
"""How far the handles of a quarter circle reach, in radii."""


def drawn(frame: Frame, folds: Iterable[float]) -> bytes:
    """Return the marks round a page as content; `folds` are points from the left edge of the trim."""
    folds = tuple(folds)
    parts = [f"q {SPACE} CS 1 SCN {_LINE} w 0 J [] 0 d"]
    parts += [_line(*ends) for ends in _crops(frame)]
    parts += [part for x, y in _registers(frame, folds) for part in _register(x, y)]
    if folds:
        parts.append("[1.5 1.5] 0 d")
        parts += [_line(*ends) for ends in _folds(frame, folds)]
    return "\n".join([*parts, "Q"]).encode()


def _crops(frame: Frame) -> Iterator[tuple[float, float, float, float]]:
    """Yield two lines for each corner, which point to where the cuts cross."""
    start = frame.bleed + _AWAY
    xs, ys = (frame.edge, frame.edge + frame.width), (frame.edge, frame.edge + frame.height)
    for x in xs:
        yield x, ys[0] - start, x, ys[0] - start - _LONG
        yield x, ys[1] + start, x, ys[1] + start + _LONG
    for y in ys:
        yield xs[0] - start, y, xs[0] - start - _LONG, y
        yield xs[1] + start, y, xs[1] + start + _LONG, y


def _folds(frame: Frame, folds: Iterable[float]) -> Iterator[tuple[float, float, float, float]]:
    start = frame.bleed + _AWAY
    for fold in folds:
        x, low, high = frame.edge + fold, frame.edge - start, frame.edge + frame.height + start
        yield x, low, x, low - _LONG
        yield x, high, x, high + _LONG


def _registers(frame: Frame, folds: tuple[float, ...]) -> Iterator[tuple[float, float]]:
    """Yield the middles of the four registration marks: in the middle of each side, or beside a fold."""
    out = frame.bleed + _AWAY + _CROSS
    place = next((p for p in _PLACES if all(abs(p * frame.width - fold) > 2 * _CROSS for fold in folds)), 1 / 6)
    x, y = frame.edge + place * frame.width, frame.edge + frame.height / 2
    yield x, frame.edge - out
    yield x, frame.edge + frame.height + out
    yield frame.edge - out, y
    yield frame.edge + frame.width + out, y


def _register(x: float, y: float) -> Iterator[str]:
    """Yield a cross in a circle."""
    yield _line(x - _CROSS, y, x + _CROSS, y)
    yield _line(x, y - _CROSS, x, y + _CROSS)
    r, h = _RADIUS, _RADIUS * _ROUND
    yield f"{_at(x + r, y)} m"
    for a, b, end in (
        ((x + r, y + h), (x + h, y + r), (x, y + r)),
        ((x - h, y + r), (x - r, y + h), (x - r, y)),
        ((x - r, y - h), (x - h, y - r), (x, y - r)),
        ((x + h, y - r), (x + r, y - h), (x + r, y)),
    ):
        yield f"{_at(*a)} {_at(*b)} {_at(*end)} c"
    yield "s"


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{_at(x, y)} m {_at(to_x, to_y)} l S"


def _at(x: float, y: float) -> str:
    return f"{x:.4f} {y:.4f}"
