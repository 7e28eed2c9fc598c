"""Marks as SVG: flat areas in the colours that their rules lay down, sharp at every size."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from report.formats.charts.style import Style
from report.values import Area, Mark

_PIXELS = 96 / 25.4
_CAPITALS = 0.698
"""How high the digits of the type stand, times its size."""


def size(mark: Mark) -> tuple[float, float]:
    """Return a mark's height and width in CSS pixels, at its least size."""
    wide, high = mark.span
    return mark.least * _PIXELS * high / wide, mark.least * _PIXELS


def svg(mark: Mark, style: Style) -> str:
    """Return a mark as SVG."""
    high, wide = size(mark)
    shapes = "".join(map(_area, mark.areas))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.3f}" height="{high:.3f}" '
        f'viewBox="0 0 {mark.span[0]:g} {mark.span[1]:g}">{shapes}{_numeral(mark, style)}</svg>'
    )


def _area(area: Area) -> str:
    """Return an area; the edges of squares are not blurred, those of stars are."""
    sharp = "" if "L" in area.path else ' shape-rendering="crispEdges"'
    return f'<path d="{area.path}" fill="{area.fill}"{sharp}/>'


def _numeral(mark: Mark, style: Style) -> str:
    if mark.numeral is None:
        return ""
    one = mark.numeral
    x, y = mark.span[0] / 2, mark.span[1] / 2 + one.size * _CAPITALS / 2
    return (
        f'<text x="{x:g}" y="{y:.3f}" font-family={quoteattr(style.font)} font-weight="700" font-size="{one.size:g}" '
        f'fill="{one.fill}" text-anchor="middle">{escape(one.text)}</text>'
    )
