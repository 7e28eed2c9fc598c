"""How large each picture of a file is printed: what is finer than a press can show only makes the file heavy."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name

from report.press.pdf.geometry import IDENTITY, Matrix, concat
from report.press.pdf.geometry import matrix as as_matrix
from report.press.pdf.objects import OddObjectError, matrix

_DEEP = 40
_STREAMS = 20_000
"""The most forms and patterns that are interpreted."""


def resolutions(pdf: pikepdf.Pdf) -> dict[tuple[int, int], float]:
    """Return for each picture, by the number of its object, its pixels per inch where it is printed largest."""
    finest: dict[tuple[int, int], float] = {}
    left = [_STREAMS]
    for page in pdf.pages:
        for image, place in _pictures(page.obj, page.resources, IDENTITY, IDENTITY, 0, left):
            across, up = math.hypot(place[0], place[1]), math.hypot(place[2], place[3])
            if across and up:
                fineness = min(int(image.Width) / across, int(image.Height) / up) * 72
                finest[image.objgen] = min(fineness, finest.get(image.objgen, math.inf))
    return finest


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
    place = at
    saved: list[Matrix] = []
    for instruction in pikepdf.parse_content_stream(stream, "q Q cm Do scn SCN"):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "q":
                saved.append(place)
            case "Q" if saved:
                place = saved.pop()
            case "cm":
                place = concat(as_matrix(operands), place)
            case "Do":
                xobject = resources["/XObject"][str(operands[0])]
                if xobject.get(Name.Subtype) == Name.Image:
                    yield xobject, place
                else:
                    inner = concat(matrix(xobject), place)
                    yield from _pictures(xobject, xobject.get(Name.Resources, resources), inner, inner, deep + 1, left)
            case "scn" | "SCN" if operands and isinstance(operands[-1], Name):
                xobject = resources["/Pattern"][str(operands[-1])]
                if int(xobject.PatternType) == 1:
                    inner = concat(matrix(xobject), base)
                    yield from _pictures(xobject, xobject.get(Name.Resources, resources), inner, inner, deep + 1, left)
