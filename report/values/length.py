"""Lengths as a type, so that no bare number stands for one.

A `Length` counts English Metric Units (ECMA-376 20.1.2.1: 914,400 to the inch), of which a twip, a point, a CSS pixel and a millimetre are
whole numbers. It is an `int`, so that it compares and hashes as fast as one, and only lengths are added to it.
"""

from __future__ import annotations

_TWIP, _POINT, _PIXEL, _MILLIMETRE = 635, 12_700, 9_525, 36_000
EMU_PER_UNIT = {"pt": _POINT, "mm": _MILLIMETRE, "cm": 360_000, "in": 914_400, "px": _PIXEL}
"""The units of CSS that a length may be written in."""


class Length(int):
    """A length in EMU; as text it is in points, so that one that is written without a unit is seen."""

    __slots__ = ()

    def __add__(self, other: int, /) -> Length:
        return Length(int.__add__(self, other))

    __radd__ = __add__

    def __sub__(self, other: int, /) -> Length:
        return Length(int.__sub__(self, other))

    def __neg__(self) -> Length:
        return Length(int.__neg__(self))

    def __abs__(self) -> Length:
        return Length(int.__abs__(self))

    def __floordiv__(self, divisor: int, /) -> Length:
        return Length(int.__floordiv__(self, divisor))

    def __str__(self) -> str:
        return f"{self.points:g}pt"

    @property
    def emu(self) -> int:
        return int(self)

    @property
    def twips(self) -> int:
        """Return the length in twentieths of a point."""
        return round(self / _TWIP)

    @property
    def eighths(self) -> int:
        """Return the length in eighths of a point, which Word counts the width of lines in."""
        return round(self * 8 / _POINT)

    @property
    def half_points(self) -> int:
        return round(self * 2 / _POINT)

    @property
    def points(self) -> float:
        return self / _POINT

    @property
    def millimetres(self) -> float:
        return self / _MILLIMETRE


ZERO = Length()


def emu(number: float) -> Length:
    return Length(round(number))


def twips(number: float) -> Length:
    """Return a length of so many whole twips: the number is rounded."""
    return Length(round(number) * _TWIP)


def eighths(number: int) -> Length:
    """Return a length of so many eighths of a point."""
    return Length(round(number * _POINT / 8))


def half_points(number: int) -> Length:
    return Length(number * _POINT // 2)


def points(number: float) -> Length:
    return Length(round(number * _POINT))


def pixels(number: float) -> Length:
    return Length(round(number * _PIXEL))


def millimetres(number: float) -> Length:
    return Length(round(number * _MILLIMETRE))
