"""Whether a page is simple enough for PDFium, which has no limits of its own: it could unpack, loop and draw endlessly.

All that the page is made of is walked through and its streams are measured; and its content is weighed: how many bytes are gone through
where forms paint forms, each as often as it is painted.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from report.press.pdf import streams
from report.press.pdf.objects import BROKEN, dictionary, inherited, word

_OBJECTS, _ENTRIES = 20_000, 50_000
"""Objects of a page, and entries of these, that are walked through."""
_STREAMS = 100_000_000
"""Bytes that all streams of a file but images may unpack to."""
_CONTENT, _WEIGHT, _WEIGHTS = 16_000_000, 20_000_000, 200_000_000
"""Bytes of one content, and that a page, and all pages, may go through."""
_DEPTH = 40
"""How deeply PDFium follows nested forms."""
_PIECES = 1_000
_ELSEWHERE = ("/Parent", "/P", "/Annots", "/StructParent", "/B", "/Thumb", "/PieceInfo", "/Metadata", "/W", "/W2", "/Widths", "/Differences")  # fmt: skip
"""Keys that lead away from what a page paints, or to long lists of numbers."""
_PAINTED = re.compile(rb"/([^\0\s()<>\[\]{}/%]{1,2000})(?:[\0\s]|%[^\r\n]*[\r\n])+Do\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(slots=True)
class Complexity:
    """The complexity of a file, summed up page by page."""

    known: set[tuple[int, int]] = field(default_factory=set)
    """Objects that are within bounds."""
    unpacked: int = 0
    """Bytes that their streams unpack to."""
    weights: dict[Any, int] = field(default_factory=dict)
    """How many bytes a form goes through, with the forms that its names stand for."""
    weight: int = 0

    def readable(self, page: Any) -> bool:
        """Say whether PDFium may read a page's text."""
        try:
            return self._modest(page) and self._light(page)
        except (*BROKEN, streams.TooMuchError):
            return False

    def _modest(self, page: Any) -> bool:
        """Say whether all that a page is made of stays within bounds."""
        waiting, seen, count, unpacked = [page, dictionary(inherited(page, "/Resources"))], set(), 0, self.unpacked
        while waiting:
            node = waiting.pop()
            if node.is_indirect:
                if node.objgen in seen or node.objgen in self.known:
                    continue
                seen.add(node.objgen)
            count += len(node.keys() if isinstance(node, pikepdf.Stream) else node)
            if isinstance(node, pikepdf.Stream) and word(node.get("/Subtype")) != "Image":
                unpacked += streams.size(node, _STREAMS - unpacked)
            if len(seen) > _OBJECTS or count > _ENTRIES:
                return False
            inner = list(node) if isinstance(node, pikepdf.Array) else [one for key, one in node.items() if key not in _ELSEWHERE]  # fmt: skip
            waiting += [one for one in inner if isinstance(one, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream)]
        self.known |= seen
        self.unpacked = unpacked
        return True

    def _light(self, page: Any) -> bool:
        """Say whether a page goes through few bytes."""
        pieces = streams.pieces(page.get("/Contents"), _PIECES + 1)
        if len(pieces) > _PIECES:
            return False
        data = b"\n".join(streams.unpacked(piece, _CONTENT) for piece in pieces)
        weight = self._weigh(data, inherited(page, "/Resources"), 0)
        self.weight += weight
        return weight <= _WEIGHT and self.weight <= _WEIGHTS

    def _weighed(self, stream: Any, resources: Any, depth: int) -> int:
        """Return how many bytes a content goes through, with those of the forms that it paints, each time; a loop ends where it began."""
        own = dictionary(stream.get("/Resources")) if "/Resources" in stream else dictionary(resources)
        named = dictionary(own.get("/XObject"))
        key = stream.objgen, tuple(sorted((name, form.objgen) for name, form in named.items() if isinstance(form, pikepdf.Stream)))  # fmt: skip
        if key in self.weights or depth > _DEPTH:
            return self.weights.get(key, 0)
        self.weights[key] = 0
        self.weights[key] = self._weigh(streams.unpacked(stream, _CONTENT), own, depth)
        return self.weights[key]

    def _weigh(self, data: bytes, resources: Any, depth: int) -> int:
        forms = dictionary(dictionary(resources).get("/XObject"))
        weight = len(data)
        for name, times in Counter(_PAINTED.findall(data)).items():
            plain = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), name).decode("utf-8", "replace")
            form = forms.get(f"/{plain}")
            if isinstance(form, pikepdf.Stream) and word(form.get("/Subtype")) == "Form":
                weight += times * self._weighed(form, resources, depth + 1)
        return weight
