"""The characters of a page as PDFium reads them, with the boxes of their glyphs."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

from report.press.pdf.geometry import Box


def characters(text: Any, most: int | None = None) -> Iterator[tuple[int, str, Box | None]]:
    """Yield the characters of a PDFium text page, at most `most`: index, character and box, which white space and the like have not."""
    import pypdfium2.raw as pdfium

    sides = [ctypes.c_double() for _ in range(4)]
    count = text.count_chars()
    for index in range(count if most is None else min(count, most)):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        box = None
        if not character.isspace() and pdfium.FPDFText_GetCharBox(text, index, *(ctypes.byref(side) for side in sides)):
            left, right, bottom, top = (side.value for side in sides)
            box = Box(left, bottom, right, top)
        yield index, character, box


def font_size(text: Any, index: int) -> float:
    """Return the size of a character as it is shown, in points."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(text, index))
    return (
        size * math.hypot(matrix.b, matrix.d) if pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)) else size
    )
