"""Grids of what runs from right to left: WeasyPrint 70 lays their columns out from left to right whatever the direction."""

from __future__ import annotations

from typing import Any


def turn(made: Any) -> None:
    """Let the first column of a grid that was laid out stand where its direction begins."""
    if made is not None and made.style["direction"] == "rtl":
        ends = 2 * made.content_box_x() + made.width
        for child in made.children:
            if child.is_in_normal_flow():
                child.translate(ends - child.margin_width() - 2 * child.position_x)
