"""The letters of a page as PDFium reads them: the box of what is seen, and its words. Asked only where something was found."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from report.press.check.geometry import Box, Matrix, around, corners

_MOST = 60_000
_SAMPLE = 40


@dataclass(slots=True)
class Letters:
    """A file's letters, page by page; where PDFium cannot read it, there are none."""

    path: Path
    _document: Any = None
    _page: int = 0
    _found: list[tuple[Box, str]] = field(default_factory=list)

    def close(self) -> None:
        if self._document:
            self._document.close()
            self._document = None

    def _of(self, page: int, base: Matrix) -> list[tuple[Box, str]]:
        if self._page != page:
            self._page, self._found = page, []
            import pypdfium2

            try:
                if self._document is None:
                    self._document = pypdfium2.PdfDocument(self.path)
                self._found = _letters(self._document[page - 1], base)
            except (pypdfium2.PdfiumError, OSError, IndexError):
                self._found = []
        return self._found

    def within(self, page: int, base: Matrix, box: Box) -> tuple[Box, str]:
        """Return the box around the letters within a run's, and the first of them; the run's own where there are none."""
        inside = [
            (one, letter)
            for one, letter in self._of(page, base)
            if box.left - 0.5 <= (one.left + one.right) / 2 <= box.right + 0.5
            and box.bottom - 0.5 <= (one.bottom + one.top) / 2 <= box.top + 0.5
        ]
        seen = [one for one, letter in inside if not letter.isspace()]
        if not seen:
            return box, ""
        found = seen[0]
        for one in seen[1:]:
            found = found.joined(one)
        said = " ".join("".join(letter for _, letter in inside[: 4 * _SAMPLE]).split())
        return found, said if len(said) <= _SAMPLE else said[: _SAMPLE - 1].rstrip() + "…"


def _letters(page: Any, base: Matrix) -> list[tuple[Box, str]]:
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    sides = [ctypes.c_double() for _ in range(4)]
    found = []
    for index in range(min(text.count_chars(), _MOST)):
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        if not (letter.isprintable() or letter.isspace()):
            continue
        if pdfium.FPDFText_GetCharBox(text, index, *(ctypes.byref(side) for side in sides)):
            left, right, bottom, top = (side.value for side in sides)
            found.append((around(corners(base, (left, bottom, right, top))), letter))
    text.close()
    return found
