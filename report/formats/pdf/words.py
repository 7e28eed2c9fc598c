"""Words in drawings: WeasyPrint 70 sets the text of SVG letter by letter, where letters that run from right to left would stand the
wrong way round, and those that are joined apart.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from weasyprint import svg
from weasyprint.svg.text import text as _sets

_TURNED = frozenset({"R", "AL"})


class _Whole(str):
    """A text that is set as one letter is."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def install() -> None:
    """Let a text with letters that run from right to left be set as a whole."""
    svg.TAGS.update({name: _set for name, function in svg.TAGS.items() if function is _sets})
    svg.text = _set


def _set(drawing: Any, node: Any, font_size: float) -> None:
    """Do what `weasyprint.svg.text.text` does."""
    if node.text and any(unicodedata.bidirectional(c) in _TURNED for c in node.text):
        node._etree_node.text = _Whole(node.text)
    _sets(drawing, node, font_size)
