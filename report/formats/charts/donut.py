"""A ring of shares, and beside it a list in the same order: numbers tie the two, not colour."""

from __future__ import annotations

from typing import Any

from report.formats.charts.measure import apart, width
from report.formats.charts.style import Style, on
from report.values import Chart

SIZE, RING, SMALLEST = 170, 42, 0.045
"""Pixels of the ring and of its breadth; the least share that has room for its number."""


def donut(chart: Chart, style: Style) -> dict[str, Any]:
    """Shares of a whole, clockwise from the top."""
    values = [float(v or 0) for v in chart.series[0].values]
    whole = sum(values) or 1
    left, at = SIZE + 50, 0.0
    end = style.width - 4
    longest = max((width(label, style.bold, style.text) for label in chart.series[0].labels), default=0)
    room = end - left - 34 - longest - 16
    lines = apart(chart.categories, style.regular, style.text, room, 2)
    heights = [max(22.0, len(one) * 15 + 7.0) for one in lines]
    height = max(SIZE + 4.0, sum(heights))
    top = (height - sum(heights)) / 2
    slices, rows, names = [], [], []
    for number, (value, shown) in enumerate(zip(values, chart.series[0].labels, strict=True), 1):
        fill = style.fills[(number - 1) % 6]
        turn = value / whole * 6.283185307
        slices.append({"a": at, "b": at + turn, "fill": fill, "middle": at + turn / 2,
                       "key": str(number) if value / whole >= SMALLEST else "", "on": on(fill, style)})  # fmt: skip
        middle = top + heights[number - 1] / 2
        rows.append({"y": middle, "key": str(number), "shown": shown, "fill": fill, "on": on(fill, style)})
        names += [
            {"y": middle + (place - (len(lines[number - 1]) - 1) / 2) * 14, "name": line}
            for place, line in enumerate(lines[number - 1])
        ]
        at += turn
        top += heights[number - 1]
    plain = {"type": "nominal", "scale": None}
    angle = {"type": "quantitative", "scale": None}
    y = {"type": "quantitative", "axis": None, "field": "y", "scale": {"domain": [0, height], "range": [0, height], "nice": False}}  # fmt: skip
    middle = {"x": {"value": SIZE / 2 + 2}, "y": {"value": height / 2}}
    return {
        "width": style.width,
        "height": height,
        "layer": [
            {
                "data": {"values": slices},
                "mark": {"type": "arc", "innerRadius": SIZE / 2 - RING, "outerRadius": SIZE / 2, "stroke": style.paper, "strokeWidth": 1.5},
                "encoding": {**middle, "theta": {**angle, "field": "a"}, "theta2": {"field": "b"}, "color": {**plain, "field": "fill"}},
            },
            {
                "data": {"values": slices},
                "mark": {"type": "text", "radius": SIZE / 2 - RING / 2, "fontWeight": 700, "baseline": "middle"},
                "encoding": {**middle, "theta": {**angle, "field": "middle"}, "text": {"field": "key"}, "color": {**plain, "field": "on"}},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "square", "size": 300, "opacity": 1},
                "encoding": {"x": {"value": left + 9}, "y": y, "fill": {**plain, "field": "fill"}},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "text", "fontWeight": 700, "baseline": "middle"},
                "encoding": {"x": {"value": left + 9}, "y": y, "text": {"field": "key"}, "color": {**plain, "field": "on"}},
            },
            {
                "data": {"values": names},
                "mark": {"type": "text", "align": "left", "baseline": "middle"},
                "encoding": {"x": {"value": left + 28}, "y": y, "text": {"field": "name"}},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "text", "align": "right", "baseline": "middle", "fontWeight": 700},
                "encoding": {"x": {"value": end}, "y": y, "text": {"field": "shown"}},
            },
        ],
    }  # fmt: skip
