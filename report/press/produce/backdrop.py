"""What is below a picture: the flat colour that was painted there last, where that is known.

PDF/X-1a has no transparency, so a picture that fades out is laid on its ground. Followed are paths, pictures and forms of one
content stream by the boxes that enclose them; text is taken to stand beside pictures.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from report.press.pdf.geometry import IDENTITY, Box, Matrix, Point, around, concat, matrix, moved

Rgb = tuple[int, int, int]
_ALL = Box(-math.inf, -math.inf, math.inf, math.inf)
_UNIT = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
_FILLS = frozenset(["f", "F", "f*"])
_PAINTS = _FILLS | frozenset("B B* b b* S s n".split())
_POINTS = frozenset("m l c v y".split())
_NEAR = 0.1


@dataclass(frozen=True, slots=True)
class _State:
    """Where user space lies, and the box that painting is cut to; `exact` says that it is cut to nothing smaller."""

    matrix: Matrix = IDENTITY
    clip: Box = _ALL
    exact: bool = True


class Backdrop:
    """Follows what a content stream paints."""

    def __init__(self) -> None:
        self._state = _State()
        self._saved: list[_State] = []
        self._points: list[Point] = []
        self._plain = self._clips = False
        self._painted: list[tuple[Box, Rgb | None]] = []

    def follow(self, operator: str, operands: list[Any], fill: Rgb | None) -> None:
        """Follow one operator; `fill` is the colour that paths are filled with, where it is flat."""
        if operator == "q":
            self._saved.append(self._state)
        elif operator == "Q" and self._saved:
            self._state = self._saved.pop()
        elif operator == "cm":
            self._state = replace(self._state, matrix=concat(matrix(operands), self._state.matrix))
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

    def covered(self, corners: Iterable[Point] = _UNIT) -> None:
        """Note that a picture, or a form with these corners, was painted."""
        self._paint(around(self._moved(corners)), None)

    def below(self) -> Rgb | None:
        """Return the flat colour on which a picture lies that is painted now; None where it is paper, or not known."""
        over = around(self._moved(_UNIT))
        for box, colour in reversed(self._painted):
            if _overlap(box, over):
                return colour if over.within(box, _NEAR) else None
        return None

    @property
    def _upright(self) -> bool:
        a, b, c, d, _, _ = self._state.matrix
        return (b == 0 and c == 0) or (a == 0 and d == 0)

    def _add(self, points: Iterable[Point]) -> None:
        self._points += self._moved(points)

    def _moved(self, points: Iterable[Point]) -> list[Point]:
        return [moved(self._state.matrix, x, y) for x, y in points]

    def _end(self, operator: str, fill: Rgb | None) -> None:
        if self._points and operator != "n":
            self._paint(around(self._points), fill if self._plain and operator in _FILLS else None)
        if self._clips and self._points:
            clip, exact = _cut(self._state.clip, around(self._points)), self._state.exact and self._plain
            self._state = replace(self._state, clip=clip, exact=exact)
        self._points, self._plain, self._clips = [], False, False

    def _paint(self, box: Box, colour: Rgb | None) -> None:
        box = _cut(box, self._state.clip)
        if box.width > 0 and box.height > 0:
            self._painted.append((box, colour if self._state.exact else None))


def _cut(one: Box, other: Box) -> Box:
    """Return what two boxes have in common; an empty box where that is nothing."""
    return one.cut(other) or Box(0.0, 0.0, 0.0, 0.0)


def _overlap(one: Box, other: Box) -> bool:
    common = one.cut(other)
    return common is not None and common.width > _NEAR and common.height > _NEAR
