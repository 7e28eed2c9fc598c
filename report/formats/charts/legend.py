"""What the fills of a chart mean: their names above it, in columns, broken to the room that there is."""

from __future__ import annotations

from report.formats.charts.layers import AS_IS, PIXELS, Datum, Layer, field, layer, texts
from report.formats.charts.measure import apart, width
from report.formats.charts.style import Style, total
from report.values import Chart

SWATCH, GAP, APART, BELOW = 11, 6, 16, 12
"""Pixels: of a square, behind it, between columns, and below the whole."""
LINES = 3
"""So many lines a name has at the most."""


def legend(chart: Chart, style: Style) -> tuple[list[Layer], float]:
    """Return the layers of a legend and its height: none for a single series."""
    names = [series.name for series in chart.series]
    if len(names) < 2:
        return [], 0.0
    around, line = SWATCH + GAP + APART, style.text * 1.25
    widest = max(width(name, style.regular, style.text) for name in names) + 1
    columns = max(1, min(len(names), int((total(chart, style) + APART) / (widest + around))))
    room = (total(chart, style) + APART) / columns - around
    step = min(room, widest) + around
    squares: list[Datum] = []
    words: list[Datum] = []
    top = 0.0
    broken = apart(names, style.regular, style.text, room, LINES)
    for first in range(0, len(names), columns):
        row = range(first, min(first + columns, len(names)))
        for place in row:
            left, middle = (place - first) * step + 0.5, top + line / 2
            squares.append({"x": left, "x2": left + SWATCH, "y": middle - SWATCH / 2, "y2": middle + SWATCH / 2,
                            "fill": style.fills[place % 6]})  # fmt: skip
            words += [
                {"x": left + SWATCH + GAP, "y": top + (n + 0.5) * line, "text": text}
                for n, text in enumerate(broken[place])
            ]
        top += max(len(broken[place]) for place in row) * line + 4
    x, y = field("x", PIXELS), field("y", PIXELS)
    edge = {"stroke": style.primary, "strokeWidth": 0.8}
    fill = field("fill", AS_IS)
    return [
        layer("rect", squares, edge, x=x, y=y, x2=field("x2"), y2=field("y2"), fill=fill),
        texts(words, x, y, align="left"),
    ], top - 4 + BELOW
