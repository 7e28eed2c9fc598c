"""Whether a page is simple enough for PDFium, which knows no bounds: it would unpack, draw and loop without end.

What the page paints was counted when it was read; what it is made of is walked through here, and every stream measured.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf

from report.press.check.objects import Scene
from report.press.pdf import streams
from report.press.pdf.objects import BROKEN, word

_READ, _PAINTED = 700_000, 1_200_000
"""Steps that it took to read the page, and to paint it."""
_DASHES, _PIXELS = 200_000, 100_000_000
_OBJECTS, _ENTRIES = 20_000, 50_000
"""Objects of a page, and entries of these, that are walked through."""
_STREAMS = 100_000_000
"""Bytes that all streams of a file but images may unpack to."""
_ELSEWHERE = ("/Parent", "/P", "/Annots", "/StructParent", "/B", "/Thumb", "/PieceInfo", "/Metadata", "/W", "/W2", "/Widths", "/Differences")  # fmt: skip
"""Keys that lead away from what a page paints, or to long lists of numbers."""


@dataclass(slots=True)
class Simplicity:
    """What was found of a file's objects."""

    known: set[tuple[int, int]] = field(default_factory=set)
    """Those that are within bounds."""
    bytes: int = 0
    """What their streams unpack to."""

    def readable(self, page: Any, scene: Scene) -> bool:
        """Say whether PDFium may read a page's text."""
        if scene.unread or scene.hidden or scene.steps > _READ:
            return False
        try:
            return self._modest(page)
        except (*BROKEN, streams.TooMuchError):
            return False

    def _modest(self, page: Any) -> bool:
        """Say whether all that a page is made of stays within bounds."""
        waiting, seen, entries, unpacked = [page], set(), 0, self.bytes
        while waiting:
            node = waiting.pop()
            if node.is_indirect:
                if node.objgen in seen or node.objgen in self.known:
                    continue
                seen.add(node.objgen)
            entries += len(node.keys() if isinstance(node, pikepdf.Stream) else node)
            if isinstance(node, pikepdf.Stream) and word(node.get("/Subtype")) != "Image":
                unpacked += streams.size(node, _STREAMS - unpacked)
            if len(seen) > _OBJECTS or entries > _ENTRIES:
                return False
            inner = list(node) if isinstance(node, pikepdf.Array) else [one for key, one in node.items() if key not in _ELSEWHERE]  # fmt: skip
            waiting += [one for one in inner if isinstance(one, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream)]
        self.known |= seen
        self.bytes = unpacked
        return True


def drawable(scene: Scene, painted: float) -> bool:
    """Say whether PDFium may draw a page whose text it may read; `painted` are the steps that it took to paint it here."""
    return max(painted / _PAINTED, scene.dashes / _DASHES, scene.pixels / _PIXELS) <= 1
