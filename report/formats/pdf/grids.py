"""Grids of what runs from right to left: WeasyPrint 70 lays their columns out from left to right whatever the direction."""

from __future__ import annotations

from typing import Any

from weasyprint.layout import grid

from report.formats.pdf.patch import patch

_LAYS_OUT = grid.grid_layout


def install() -> None:
    """Let the first column of a grid stand where its direction begins."""
    patch("grid_layout", _LAYS_OUT, _laid_out)


def _laid_out(context: Any, box: Any, *arguments: Any) -> Any:
    """Do what `weasyprint.layout.grid.grid_layout` does, then mirror where the items stand."""
    made, *rest = _LAYS_OUT(context, box, *arguments)
    if made is not None and made.style["direction"] == "rtl":
        ends = 2 * made.content_box_x() + made.width
        for child in made.children:
            if child.is_in_normal_flow():
                child.translate(ends - child.margin_width() - 2 * child.position_x)
    return made, *rest
