"""Objects of a PDF as plain values: what is of another kind than it should be is as if it were not there."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf

from report.press.pdf.geometry import IDENTITY, Box, Matrix, around
from report.press.pdf.geometry import matrix as as_matrix

BROKEN = (
    ArithmeticError, AttributeError, LookupError, NotImplementedError, OSError, RecursionError, RuntimeError, TypeError,
    ValueError, pikepdf.PikepdfError,
)  # fmt: skip
"""What Python and pikepdf raise where an object is not what it should be. Their words are for programmers: never show them."""
_LEVELS = 64
_LARGEST_UNIT = 75_000
_FARTHEST = 1e9
"""No side of a box is further away, in points."""


class OddObjectError(ValueError):
    """An object is not what it should be; says how, in words for readers."""


def shortened(value: object, most: int = 60) -> str:
    """Return a name as it may stand in a message: without what cannot be seen, and not endless."""
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in str(value)[: most + 1])
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def word(value: Any, most: int = 100) -> str:
    """Return a name without its slash, or a string; of anything else nothing."""
    if isinstance(value, pikepdf.Name):
        return str(value)[1 : most + 1]
    return str(value)[:most] if isinstance(value, pikepdf.String) else ""


def number(value: Any, otherwise: float = 0.0) -> float:
    """Return a finite number, or another."""
    if isinstance(value, pikepdf.Object | bool):
        return otherwise
    try:
        result = float(value)
    except (TypeError, ValueError, OverflowError):
        return otherwise
    return result if math.isfinite(result) else otherwise


def flag(value: Any) -> bool:
    """Say whether a value is the boolean true."""
    return value is True


def entries(value: Any, most: int) -> list[Any]:
    """Return the first entries of an array, never more than `most`."""
    return [value[i] for i in range(min(len(value), most))] if isinstance(value, pikepdf.Array) else []


def numbers(value: Any, most: int = 64) -> list[float]:
    """Return the first entries of an array as numbers."""
    return [number(one) for one in entries(value, most)]


def dictionary(value: Any) -> Any:
    """Return a dictionary or a stream, whose keys can be asked for; an empty one for anything else."""
    return value if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else pikepdf.Dictionary()


def inherited(page: Any, key: str) -> Any:
    """Return what a page or a node above it says (ISO 32000-2, 7.7.3.4)."""
    for _ in range(_LEVELS):
        if not isinstance(page, pikepdf.Dictionary):
            return None
        value = page.get(key)
        if value is not None:
            return value
        page = page.get("/Parent")
    return None


def rotation(page: Any) -> int:
    """Return by how much a page is turned clockwise when it is shown: 0, 90, 180 or 270 degrees (7.7.3.3)."""
    return int(number(inherited(page, "/Rotate"))) % 360 // 90 * 90


def user_unit(page: Any) -> float:
    """Return the points of a page's unit, 1 where what it says is impossible (7.7.3.3)."""
    unit = number(page.get("/UserUnit"), 1)
    return unit if 0 < unit < _LARGEST_UNIT else 1.0


def rectangle(value: Any) -> Box | None:
    """Return a rectangle with its corners in order (ISO 32000-2 7.9.5), or None where it is none."""
    sides = [number(one, math.inf) for one in entries(value, 5)]
    if len(sides) != 4 or any(abs(side) > _FARTHEST for side in sides):
        return None
    return around([(sides[0], sides[1]), (sides[2], sides[3])])


def matrix(source: Any) -> Matrix:
    """Return a dictionary's matrix, or the one that changes nothing."""
    values = numbers(source.get("/Matrix"), 7)
    return as_matrix(values) if len(values) == 6 else IDENTITY


def linked(first: Any, keys: tuple[str, ...], most: int = sys.maxsize) -> Iterator[Any]:
    """Yield the dictionaries that lead to one another by these keys, or by arrays of theirs: each once, so that a loop ends."""
    waiting, count = [first], 0
    seen: set[tuple[int, int]] = set()
    while waiting and count < most:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        count += 1
        yield node
        for value in (node.get(key) for key in keys):
            waiting += entries(value, most) if isinstance(value, pikepdf.Array) else [value]
