"""A ring of shares, and beside it a list in the same order: numbers tie the two, not colour."""

from __future__ import annotations

from typing import Any

from report.formats.charts.layers import ANGLE, AS_IS, Datum, Layer, field, layer, scale, texts, value
from report.formats.charts.measure import apart, width
from report.formats.charts.style import Style, on
from report.values import Chart

SIZE, RING, SMALLEST = 170, 42, 0.045
"""Pixels of the ring and of its breadth; the least share that has room for its number."""
_TURN = 6.283185307
"""Radians of a whole turn, as drawings have always had them."""
_LEFT = SIZE + 50
"""Where the list begins."""


def donut(chart: Chart, style: Style) -> dict[str, Any]:
    """Shares of a whole, clockwise from the top."""
    series = chart.series[0]
    longest = max((width(label, style.bold, style.text) for label in series.labels), default=0)
    room = style.width - 4 - _LEFT - 34 - longest - 16
    lines = apart(chart.categories, style.regular, style.text, room, 2)
    heights = [max(22.0, len(each) * 15 + 7.0) for each in lines]
    height = max(SIZE + 4.0, sum(heights))
    fills = [style.fills[n % 6] for n in range(len(series.values))]
    rows: list[Datum] = []
    names: list[Datum] = []
    top = (height - sum(heights)) / 2
    for number, (shown, fill, name, high) in enumerate(zip(series.labels, fills, lines, heights, strict=True), 1):
        middle = top + high / 2
        rows.append({"y": middle, "key": str(number), "shown": shown, "fill": fill, "on": on(fill, style)})
        names += [{"y": middle + (n - (len(name) - 1) / 2) * 14, "name": line} for n, line in enumerate(name)]
        top += high
    slices = _slices([float(share or 0) for share in series.values], fills, style)
    layers = [*_ring(slices, height, style), *_list(rows, names, height, style)]
    return {"width": style.width, "height": height, "layer": layers}


def _slices(values: list[float], fills: list[str], style: Style) -> list[Datum]:
    """Return the slices from `a` to `b`, in radians, each with its number where that has room."""
    whole, at = sum(values) or 1, 0.0
    slices: list[Datum] = []
    for number, (share, fill) in enumerate(zip(values, fills, strict=True), 1):
        turn = share / whole * _TURN
        key = str(number) if share / whole >= SMALLEST else ""
        slices.append({"a": at, "b": at + turn, "fill": fill, "middle": at + turn / 2, "key": key, "on": on(fill, style)})  # fmt: skip
        at += turn
    return slices


def _ring(slices: list[Datum], height: float, style: Style) -> list[Layer]:
    middle = {"x": value(SIZE / 2 + 2), "y": value(height / 2)}
    arc = {"innerRadius": SIZE / 2 - RING, "outerRadius": SIZE / 2, "stroke": style.paper, "strokeWidth": 1.5}
    ends = {"theta": field("a", ANGLE), "theta2": field("b")}
    key = {"radius": SIZE / 2 - RING / 2, "fontWeight": 700, "baseline": "middle"}
    shown = {"theta": field("middle", ANGLE), "text": field("key"), "color": field("on", AS_IS)}
    return [
        layer("arc", slices, arc, **middle, **ends, color=field("fill", AS_IS)),
        layer("text", slices, key, **middle, **shown),
    ]


def _list(rows: list[Datum], names: list[Datum], height: float, style: Style) -> list[Layer]:
    y = field("y", scale(0, height))
    square = {"x": value(_LEFT + 9), "y": y}
    return [
        layer("square", rows, {"size": 300, "opacity": 1}, **square, fill=field("fill", AS_IS)),
        texts(rows, **square, text="key", colour="on", fontWeight=700),
        texts(names, value(_LEFT + 28), y, "name", align="left"),
        texts(rows, value(style.width - 4), y, "shown", align="right", fontWeight=700),
    ]
