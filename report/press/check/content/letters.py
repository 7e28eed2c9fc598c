"""The letters of a page as PDFium reads them: the box of what is seen, and its words. Read only where a breach was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from report.press.check.content.budget import Budget, SpentError
from report.press.pdf.characters import characters
from report.press.pdf.geometry import Box, Matrix, around, corners, inverse

_MOST = 60_000
_SAMPLE = 40
_ROW = 12.0
"""Points of a row that letters are looked for in."""
_OPENED, _LETTER, _QUOTED, _NEAR = 800, 5, 120, 0.5
"""Steps that a page's text costs, each of its letters, a quotation, and a letter that may be near."""


@dataclass(slots=True)
class Letters:
    """A file's letters, page by page; where PDFium cannot read it, or may not, there are none."""

    path: Path
    budget: Budget
    readable: set[int] = field(default_factory=set)
    """Pages that PDFium may read."""
    _document: Any = None
    _page: int = 0
    _text: Any = None
    _rows: dict[int, list[Box]] = field(default_factory=dict)

    def close(self) -> None:
        if self._document:
            self._document.close()
            self._document = None

    def _opened(self, page: int) -> Any:
        """Return a page's text, or nothing where it cannot be had."""
        import pypdfium2

        if page not in self.readable:
            return None
        if self._page != page:
            self._page, self._text, self._rows = page, None, {}
            self.budget.spend(_OPENED)
            try:
                if self._document is None:
                    self._document = pypdfium2.PdfDocument(self.path)
                self._text = self._document[page - 1].get_textpage()
            except (pypdfium2.PdfiumError, OSError, IndexError):
                self._text = None
        return self._text

    def words(self, page: int, base: Matrix, box: Box) -> str:
        """Return the first words that stand in a box; none where there is too much on the page."""
        back = inverse(base)
        try:
            text = self._opened(page)
            if text is None or back is None:
                return ""
            self.budget.spend(_QUOTED)
        except SpentError:
            return ""
        own = around(corners(back, box.grown(0.5)))
        words = " ".join(text.get_text_bounded(*own)[: 8 * _SAMPLE].split())
        words = "".join(letter for letter in words if letter.isprintable())
        return words if len(words) <= _SAMPLE else words[: _SAMPLE - 1].rstrip() + "…"

    def tight(self, page: int, base: Matrix, box: Box) -> Box:
        """Return the box around the letters within a run's; its own where there are none."""
        text = self._opened(page)
        if text is None:
            return box
        if not self._rows:
            self.budget.spend(_LETTER * min(text.count_chars(), _MOST))
            for _, _, glyph in characters(text, _MOST):
                if glyph is None:
                    continue
                one = around(corners(base, glyph))
                self._rows.setdefault(_row((one.bottom + one.top) / 2), []).append(one)
            self._rows.setdefault(0, [])
        low, high = _row(box.bottom - 0.5), _row(box.top + 0.5)
        few = high - low < len(self._rows)
        rows = range(low, high + 1) if few else [row for row in self._rows if low <= row <= high]
        near = [one for row in rows for one in self._rows.get(row, ())]
        self.budget.spend(len(rows) + _NEAR * len(near))
        inside = [
            one
            for one in near
            if box.left - 0.5 <= (one.left + one.right) / 2 <= box.right + 0.5
            and box.bottom - 0.5 <= (one.bottom + one.top) / 2 <= box.top + 0.5
        ]
        tight = inside[0] if inside else box
        for one in inside[1:]:
            tight = tight.joined(one)
        return tight


def _row(height: float) -> int:
    return int(height // _ROW)
