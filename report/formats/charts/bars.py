"""Bars that lie: their labels stand before them and their numbers after them, so that no axis is needed."""

from __future__ import annotations

from typing import Any

from report.formats.charts.measure import width, wrap
from report.formats.charts.style import Style, on, total
from report.values import Chart

LABELS = 0.34
"""The greatest share of the width that the labels have."""
_BAR, _ROW, _GROUP = 14, 20, 6


def bar(chart: Chart, style: Style) -> dict[str, Any]:
    """One bar for each category, or one for each series in it."""
    rows, top = [], 0.0
    labels = [_label(c, chart, style) for c in chart.categories]
    for index, lines in enumerate(labels):
        height = max((_BAR + 3) * len(chart.series), len(lines) * style.text * 1.25) + _GROUP
        for place, series in enumerate(chart.series):
            value = series.values[index]
            middle = top + height / 2 + (place - (len(chart.series) - 1) / 2) * (_BAR + 3)
            rows.append({"y": middle - _BAR / 2, "y2": middle + _BAR / 2, "middle": middle, "value": _number(value),
                         "shown": series.labels[index], "series": series.name, "fill": style.fills[place % 6]})  # fmt: skip
        top += height
    return _layers(chart, style, rows, labels, top, _names(chart))


def stacked(chart: Chart, style: Style) -> dict[str, Any]:
    """One bar for each category, with the series one after the other and the total at its end."""
    rows, top, ends = [], 0.0, []
    labels = [_label(c, chart, style) for c in chart.categories]
    most = max((_sum(chart, index) for index in range(len(chart.categories))), default=1) or 1
    room = _room(chart, style)
    for index, lines in enumerate(labels):
        height = max(_ROW, len(lines) * style.text * 1.25) + _GROUP
        at, middle = 0.0, top + height / 2
        for place, series in enumerate(chart.series):
            value, fill = _number(series.values[index]), style.fills[place % 6]
            if value:
                fits = width(series.labels[index], style.regular, style.small) + 8 <= value / most * room
                rows.append({"x": at, "x2": at + value, "y": middle - _BAR * 0.7, "y2": middle + _BAR * 0.7,
                             "middle": middle, "fill": fill, "series": series.name, "centre": at + value / 2,
                             "shown": series.labels[index] if fits else "", "on": on(fill, style)})  # fmt: skip
            at += value
        ends.append({"value": at, "middle": middle, "shown": chart.totals[index] if chart.totals else ""})
        top += height
    return _layers(chart, style, rows, labels, top, _names(chart), ends)


def _layers(
    chart: Chart,
    style: Style,
    rows: list[dict[str, Any]],
    labels: list[list[str]],
    height: float,
    legend: list[str],
    ends: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    stack = ends is not None
    most = max((r["x2"] if stack else r["value"] for r in rows), default=1) or 1
    x = {"field": "x" if stack else "zero", "type": "quantitative", "axis": None,
         "scale": {"domain": [0, most], "nice": False, "range": [_left(chart, style), _left(chart, style) + _room(chart, style)]}}  # fmt: skip
    y = {"type": "quantitative", "axis": None, "scale": {"domain": [0, height], "range": [0, height], "nice": False}}
    fill = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": legend, "range": [style.fills[n % 6] for n in range(len(legend))]},
        "legend": {"symbolStrokeWidth": 0.8, "offset": 10, "direction": "horizontal", "columns": _columns(legend, total(chart), style)} if len(legend) > 1 else None,
    }  # fmt: skip
    data = [{**row, "zero": 0} for row in rows]
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": data},
            "mark": {"type": "rect", "stroke": style.paper if stack else None, "strokeWidth": 1},
            "encoding": {
                "x": x,
                "x2": {"field": "x2" if stack else "value"},
                "y": {**y, "field": "y"},
                "y2": {"field": "y2"},
                "fill": fill,
            },
        },
        {
            "data": {"values": ends if ends is not None else data},
            "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "fontWeight": 700},
            "encoding": {"x": {**x, "field": "value"}, "y": {**y, "field": "middle"}, "text": {"field": "shown"}},
        },
        {
            "data": {"values": _placed(labels, height, rows if not stack else None, ends)},
            "mark": {"type": "text", "align": "right", "baseline": "middle"},
            "encoding": {
                "x": {"value": _left(chart, style) - 10},
                "y": {**y, "field": "middle"},
                "text": {"field": "label"},
            },
        },
    ]
    if stack:
        layers.insert(1, {
            "data": {"values": [r for r in data if r["shown"]]},
            "mark": {"type": "text", "baseline": "middle", "fontSize": style.small},
            "encoding": {"x": {**x, "field": "centre"}, "y": {**y, "field": "middle"}, "text": {"field": "shown"},
                         "color": {"field": "on", "type": "nominal", "scale": None}},
        })  # fmt: skip
    return {"width": total(chart), "height": height, "layer": layers}


def _placed(
    labels: list[list[str]], height: float, rows: list[dict[str, Any]] | None, ends: list[dict[str, Any]] | None
) -> list[dict[str, Any]]:
    """Return the lines of the labels, each where it stands: Vega sets the lines of one text from the top."""
    if ends is not None:
        middles = [end["middle"] for end in ends]
    else:
        each = len(rows or ()) // max(1, len(labels))
        middles = [sum(r["middle"] for r in (rows or [])[n * each : (n + 1) * each]) / each for n in range(len(labels))]
    return [
        {"label": line, "middle": middle + (place - (len(lines) - 1) / 2) * 14}
        for lines, middle in zip(labels, middles, strict=True)
        for place, line in enumerate(lines)
    ]


def _label(text: str, chart: Chart, style: Style) -> list[str]:
    return wrap(text, style.regular, style.text, _left(chart, style) - 12)


def _left(chart: Chart, style: Style) -> float:
    """Return the room of the labels and of the gap behind them: no more than the longest needs."""
    longest = max((width(c, style.regular, style.text) for c in chart.categories), default=0)
    return min(longest + 14, total(chart) * LABELS)


def _room(chart: Chart, style: Style) -> float:
    """Return how long the longest bar is: what labels and numbers leave."""
    shown = [label for series in chart.series for label in series.labels] if chart.kind == "bar" else chart.totals
    longest = max((width(label, style.bold, style.text) for label in shown), default=0)
    return total(chart) - _left(chart, style) - longest - 12


def _columns(names: list[str], room: float, style: Style) -> int:
    """Return in how many columns a legend fits."""
    widest = max(width(name, style.regular, style.text) for name in names) + 40
    return max(1, min(len(names), int(room / widest)))


def _names(chart: Chart) -> list[str]:
    return [series.name for series in chart.series]


def _sum(chart: Chart, index: int) -> float:
    return sum(_number(series.values[index]) for series in chart.series)


def _number(value: Any) -> float:
    return float(value or 0)
