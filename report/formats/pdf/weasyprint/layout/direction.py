"""What runs from right to left: WeasyPrint 70 sets the text of SVG letter by letter, and lays out the columns of grids from the left.

Its issues 106 (right to left in general, open) and 2909 (text of SVG, closed until text is set otherwise) say so; grids have not been reported.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from weasyprint import svg
from weasyprint.svg.text import text as _TEXT


class _Whole(str):
    """A text that is set as one letter is."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def install() -> None:
    """Set a text of SVG as a whole that has letters from right to left, which would stand in wrong order and unjoined."""
    svg.TAGS.update({name: _text for name, function in svg.TAGS.items() if function is _TEXT})
    svg.text = _text


def _text(drawing: Any, node: Any, font_size: float) -> None:
    if node.text and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in node.text):
        node._etree_node.text = _Whole(node.text)
    _TEXT(drawing, node, font_size)


def mirror_grid(box: Any) -> None:
    """Move the first column of a grid that was laid out to where its direction begins."""
    if box is not None and box.style["direction"] == "rtl":
        ends = 2 * box.content_box_x() + box.width
        for child in box.children:
            if child.is_in_normal_flow():
                child.translate(ends - child.margin_width() - 2 * child.position_x)
