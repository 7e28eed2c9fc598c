"""What is below a picture: the flat colour that was painted there last, where that is known.

PDF/X-1a has no transparency, so a picture that fades out is laid on its ground. Followed are paths, pictures and forms of one
content stream by the boxes that enclose them; text is taken to stand beside pictures.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Rgb = tuple[int, int, int]
_ALL: Box = (-math.inf, -math.inf, math.inf, math.inf)
_UNIT = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
_FILLS = frozenset(["f", "F", "f*"])
_PAINTS = _FILLS | frozenset("B B* b b* S s n".split())
_POINTS = frozenset("m l c v y".split())
_NEAR = 0.1


@dataclass(frozen=True, slots=True)
class _State:
    """Where user space lies, and the box that painting is cut to; `exact` says that it is cut to nothing smaller."""

    matrix: tuple[float, ...] = (1, 0, 0, 1, 0, 0)
    clip: Box = _ALL
    exact: bool = True


class Backdrop:
    """Follows what a content stream paints."""

    def __init__(self) -> None:
        self._state = _State()
        self._saved: list[_State] = []
        self._points: list[tuple[float, float]] = []
        self._plain = self._clips = False
        self._painted: list[tuple[Box, Rgb | None]] = []

    def follow(self, operator: str, operands: list[Any], fill: Rgb | None) -> None:
        """Follow one operator; `fill` is the colour that paths are filled with, where it is flat."""
        if operator == "q":
            self._saved.append(self._state)
        elif operator == "Q" and self._saved:
            self._state = self._saved.pop()
        elif operator == "cm":
            matrix = product(tuple(float(each) for each in operands), self._state.matrix)
            self._state = _State(matrix, self._state.clip, self._state.exact)
        elif operator == "re":
            x, y, width, height = (float(each) for each in operands)
            self._plain = not self._points and self._upright
            self._add([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
        elif operator in _POINTS:
            numbers = [float(each) for each in operands]
            self._plain = False
            self._add(zip(numbers[::2], numbers[1::2], strict=True))
        elif operator in ("W", "W*"):
            self._clips = True
        elif operator in _PAINTS:
            self._end(operator, fill)
        elif operator == "sh":
            self._paint(_ALL, None)

    def covered(self, corners: Iterable[tuple[float, float]] = _UNIT) -> None:
        """Note that a picture, or a form with these corners, was painted."""
        self._paint(_box(self._moved(corners)), None)

    def below(self) -> Rgb | None:
        """Return the flat colour on which a picture lies that is painted now; None where it is paper, or not known."""
        over = _box(self._moved(_UNIT))
        for box, colour in reversed(self._painted):
            if _meet(box, over):
                return colour if _within(over, box) else None
        return None

    @property
    def _upright(self) -> bool:
        a, b, c, d, _, _ = self._state.matrix
        return (b == 0 and c == 0) or (a == 0 and d == 0)

    def _add(self, points: Iterable[tuple[float, float]]) -> None:
        self._points += self._moved(points)

    def _moved(self, points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        a, b, c, d, e, f = self._state.matrix
        return [(a * x + c * y + e, b * x + d * y + f) for x, y in points]

    def _end(self, operator: str, fill: Rgb | None) -> None:
        if self._points and operator != "n":
            self._paint(_box(self._points), fill if self._plain and operator in _FILLS else None)
        if self._clips and self._points:
            state = self._state
            self._state = _State(state.matrix, _common(state.clip, _box(self._points)), state.exact and self._plain)
        self._points, self._plain, self._clips = [], False, False

    def _paint(self, box: Box, colour: Rgb | None) -> None:
        box = _common(box, self._state.clip)
        if box[0] < box[2] and box[1] < box[3]:
            self._painted.append((box, colour if self._state.exact else None))


def product(one: tuple[float, ...], two: tuple[float, ...]) -> tuple[float, ...]:
    """Return the matrix that does `one`, then `two` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _box(points: list[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _common(one: Box, two: Box) -> Box:
    return max(one[0], two[0]), max(one[1], two[1]), min(one[2], two[2]), min(one[3], two[3])


def _meet(one: Box, two: Box) -> bool:
    left, bottom, right, top = _common(one, two)
    return left < right - _NEAR and bottom < top - _NEAR


def _within(inner: Box, outer: Box) -> bool:
    return all(a >= b - _NEAR for a, b in zip(inner[:2], outer[:2], strict=True)) and all(
        a <= b + _NEAR for a, b in zip(inner[2:], outer[2:], strict=True)
    )
