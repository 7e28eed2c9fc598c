"""Points, boxes and matrices of a page: in points, from the lower left corner of the page as it is shown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

MM = 72 / 25.4
"""Points of a millimetre."""
Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
CURVE = 8
"""Points that a curve becomes."""
_FAR = 1e7


class Box(NamedTuple):
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def meets(self, other: Box) -> bool:
        """Say whether both have an area in common."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def within(self, other: Box, slack: float = 0.0) -> bool:
        """Say whether this one lies inside the other, or at most `slack` points beyond it."""
        return (
            self.left >= other.left - slack
            and self.bottom >= other.bottom - slack
            and self.right <= other.right + slack
            and self.top <= other.top + slack
        )

    def cut(self, other: Box) -> Box | None:
        """Return what both have in common; a line without width has an extent, too."""
        left, right = max(self.left, other.left), min(self.right, other.right)
        bottom, top = max(self.bottom, other.bottom), min(self.top, other.top)
        return Box(left, bottom, right, top) if left <= right and bottom <= top else None

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def joined(self, other: Box) -> Box:
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )


def matrix(values: Iterable[Any]) -> Matrix:
    """Return six numbers as a matrix; raise `ValueError` or `TypeError` for anything else."""
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def concat(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does `first` and after it `then` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def moved(matrix: Matrix, x: float, y: float) -> Point:
    """Return where a point goes; coordinates are limited to a very large square."""
    a, b, c, d, e, f = matrix
    return _limited(a * x + c * y + e), _limited(b * x + d * y + f)


def _limited(value: float) -> float:
    if value != value:  # not a number
        return 0.0
    return min(max(value, -_FAR), _FAR)


def inverse(matrix: Matrix) -> Matrix | None:
    """Return the matrix that undoes another, or nothing where it flattens the plane."""
    a, b, c, d, e, f = matrix
    size = a * d - b * c
    if not math.isfinite(size) or abs(size) < 1e-12:
        return None
    return (d / size, -b / size, -c / size, a / size, (c * f - d * e) / size, (b * e - a * f) / size)


def scale(matrix: Matrix) -> float:
    """Return by how much a matrix lengthens, as the root of what it does to an area."""
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))


def around(points: Iterable[Point]) -> Box:
    """Return the box around points, of which there is at least one."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def corners(matrix: Matrix, box: Sequence[float]) -> list[Point]:
    """Return where the four corners of a box go, in turn."""
    left, bottom, right, top = box
    return [moved(matrix, *corner) for corner in ((left, bottom), (right, bottom), (right, top), (left, top))]


def rectangle(points: Sequence[Point], slack: float = 0.01) -> Box | None:
    """Return the box that a closed path is, where it is one that stands straight."""
    if len(points) == 5 and math.dist(points[0], points[4]) <= slack:
        points = points[:4]
    if len(points) != 4:
        return None
    box = around(points)
    if any(min(abs(x - box.left), abs(x - box.right)) > slack for x, _ in points):
        return None
    if any(min(abs(y - box.bottom), abs(y - box.top)) > slack for _, y in points):
        return None
    turns = zip(points, [*points[1:], points[0]], strict=True)
    if any(abs(x - p) > slack and abs(y - q) > slack for (x, y), (p, q) in turns):
        return None  # its corners come crosswise
    return box


def curve(a: Point, b: Point, c: Point, d: Point) -> list[Point]:
    """Return points along a Bézier curve, without its first."""
    points = []
    for step in range(1, CURVE + 1):
        t = step / CURVE
        s = 1 - t
        m, n, o, p = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        points.append((m * a[0] + n * b[0] + o * c[0] + p * d[0], m * a[1] + n * b[1] + o * c[1] + p * d[1]))
    return points
