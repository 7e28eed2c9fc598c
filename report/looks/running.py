"""What stands above and below every page fits on one line: names are shortened to it by measure."""

from __future__ import annotations

from dataclasses import dataclass

from report.language import fallback
from report.looks import glyphs
from report.looks.theme import points
from report.values import Look

_PAGE = "210mm"
_SPARE = 0.97
"""Word spaces text by a hair otherwise than our measure; so much of a line is filled."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of small text as wide as the page's text. Templates have its two methods."""

    look: Look

    def fits(self, text: str, beside: str = "") -> bool:
        """Return whether `text` fits on one line with what stands `beside` it."""
        return self._width(text) + self._width(beside) <= self._room()

    def cut(self, text: str, beside: str = "") -> str:
        """Return `text`, or as many of its words as fit on one line with what stands `beside` it."""
        if self.fits(text, beside):
            return text
        words = text.split()
        while len(words) > 1 and not self.fits(" ".join(words) + "…", beside):
            words.pop()
        return " ".join(words).rstrip(",;:–- ") + "…"

    def _width(self, text: str) -> float:
        faces = [face for face in self.look.fonts if face.weight == 400 and not face.italic]
        paths = [face.path for face in faces if face.role == "text" or face.script]
        return glyphs.width(fallback.plain(text), paths) * points(self.look.tokens["size-small"])

    def _room(self) -> float:
        margins = points(self.look.tokens["page-margin-left"]) + points(self.look.tokens["page-margin-right"])
        return (points(_PAGE) - margins) * _SPARE
