"""How large each picture of a file is printed: what is finer than a press can show only makes the file heavy."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name

from report.press.pdf.objects import OddObjectError
from report.press.produce.backdrop import product

_DEEP = 40
_STREAMS = 20_000
"""So many forms and patterns are gone through."""
_START = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Matrix = tuple[float, ...]


def resolutions(pdf: pikepdf.Pdf) -> dict[tuple[int, int], float]:
    """Return for each picture, by the number of its object, its pixels per inch where it is printed largest."""
    found: dict[tuple[int, int], float] = {}
    left = [_STREAMS]
    for page in pdf.pages:
        for image, matrix in _pictures(page.obj, page.resources, _START, _START, 0, left):
            across, up = math.hypot(matrix[0], matrix[1]), math.hypot(matrix[2], matrix[3])
            if across and up:
                fineness = min(int(image.Width) / across, int(image.Height) / up) * 72
                found[image.objgen] = min(fineness, found.get(image.objgen, math.inf))
    return found


def _pictures(
    stream: Any, resources: Any, at: Matrix, base: Matrix, deep: int, left: list[int]
) -> Iterator[tuple[Any, Matrix]]:
    """Yield the pictures of a stream with their matrices; `base` is the space of its patterns (ISO 32000-1, 8.7.3.1).

    `left` says how many streams may still be gone through.
    """
    left[0] -= 1
    if left[0] < 0:
        raise OddObjectError("forms and patterns are nested too deeply")
    if deep > _DEEP:
        return
    matrix, saved = at, []
    for operands, operator in pikepdf.parse_content_stream(stream, "q Q cm Do scn SCN"):
        match str(operator):
            case "q":
                saved.append(matrix)
            case "Q" if saved:
                matrix = saved.pop()
            case "cm":
                matrix = product(tuple(float(each) for each in operands), matrix)
            case "Do":
                told = resources["/XObject"][str(operands[0])]
                if told.get(Name.Subtype) == Name.Image:
                    yield told, matrix
                else:
                    inner = product(_matrix(told), matrix)
                    yield from _pictures(told, told.get(Name.Resources, resources), inner, inner, deep + 1, left)
            case "scn" | "SCN" if operands and isinstance(operands[-1], Name):
                told = resources["/Pattern"][str(operands[-1])]
                if int(told.PatternType) == 1:
                    inner = product(_matrix(told), base)
                    yield from _pictures(told, told.get(Name.Resources, resources), inner, inner, deep + 1, left)


def _matrix(told: Any) -> Matrix:
    return tuple(float(part) for part in told.get(Name.Matrix, _START))
