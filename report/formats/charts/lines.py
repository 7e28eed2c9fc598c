"""Lines over the years: told apart by dashes and points, each named at its end, where no two names overlap."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from report.formats.charts.measure import apart, width, wrap
from report.formats.charts.style import PIXELS, Style
from report.values import Chart

HEIGHT, GAP, TOP = 135, 5, 8
"""Pixels: of the plot, at the least, between the names at the lines' ends, and above the plot for half a number."""
_DASHES = ([1, 0], [7, 3], [2, 2.5], [9, 3, 2, 3], [4, 2], [1, 3])
_POINTS = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")


def line(chart: Chart, style: Style) -> dict[str, Any]:
    """One line for each series; the last number stands at its end, with the series' name."""
    ticks = ticks_of(chart)
    strokes = [style.fills[n] for n in (0, 4, 2)]
    room = 0.36 * style.width
    high, ends = _ends(chart, style, (ticks[0], ticks[-1]), room)
    places = decimals(ticks)
    left = max(width(_tick(t, places, chart), style.regular, style.text) for t in ticks) + 16
    right = style.width - room
    step = (right - left - 40) / max(1, len(chart.categories) - 1)
    names = [
        {"x": left + 20 + n * step, "y": TOP + high + 10 + row * style.text * 1.25, "name": text}
        for n, category in enumerate(chart.categories)
        for row, text in enumerate(wrap(category, style.bold, style.text, min(step - 6, 2 * left + 30, 70), 2))
    ]
    points = [
        {"x": left + 20 + index * step, "y": float(value), "series": number}
        for number, series in enumerate(chart.series)
        for index, value in enumerate(series.values)
        if value is not None
    ]
    y = {
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [ticks[0], ticks[-1]], "range": [TOP + high, TOP], "nice": False},
    }
    x = {
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, style.width], "range": [0, style.width], "nice": False},
    }
    numbers = list(range(len(chart.series)))
    colour = {"field": "series", "type": "nominal", "legend": None,
              "scale": {"domain": numbers, "range": [strokes[n % 3] for n in numbers]}}  # fmt: skip
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": [{"y": t, "x": left, "x2": right, "stroke": style.line if t or not ticks[0] else style.muted} for t in ticks]},
            "mark": {"type": "rule", "strokeWidth": 0.7},
            "encoding": {"x": {**x, "field": "x"}, "x2": {"field": "x2"}, "y": {**y, "field": "y"},
                         "stroke": {"field": "stroke", "type": "nominal", "scale": None}},
        },
        {
            "data": {"values": [{"y": t, "shown": _tick(t, places, chart)} for t in ticks]},
            "mark": {"type": "text", "align": "right", "baseline": "middle", "fill": style.muted},
            "encoding": {"x": {"value": left - 8}, "y": {**y, "field": "y"}, "text": {"field": "shown"}},
        },
        {
            "data": {"values": names},
            "mark": {"type": "text", "baseline": "top", "fontWeight": 700},
            "encoding": {"x": {**x, "field": "x"}, "y": {**PIXELS, "field": "y"}, "text": {"field": "name"}},
        },
        {
            "data": {"values": points},
            "mark": {"type": "line", "strokeWidth": 2},
            "encoding": {
                "x": {**x, "field": "x"}, "y": {**y, "field": "y"}, "color": colour,
                "strokeDash": {"field": "series", "type": "nominal", "legend": None,
                               "scale": {"domain": numbers, "range": [_DASHES[n % 6] for n in numbers]}},
            },
        },
        {
            "data": {"values": points},
            "mark": {"type": "point", "filled": True, "size": 55, "opacity": 1},
            "encoding": {
                "x": {**x, "field": "x"}, "y": {**y, "field": "y"}, "color": colour,
                "shape": {"field": "series", "type": "nominal", "legend": None,
                          "scale": {"domain": numbers, "range": [_POINTS[n % 6] for n in numbers]}},
            },
        },
        {
            "data": {"values": ends},
            "mark": {"type": "rule", "stroke": style.muted, "strokeWidth": 0.6},
            "encoding": {"x": {"value": right - 12}, "x2": {"value": right + 2}, "y": {**y, "field": "value"},
                         "y2": {"field": "at"}},
        },
        *(
            {
                "data": {"values": [row for row in ends for row in row[which]]},
                "mark": {"type": "text", "align": "left", "baseline": "middle", "fontWeight": weight},
                "encoding": {"x": {"value": right + 8}, "y": {**PIXELS, "field": "pixel"},
                             "text": {"field": "text"}},
            }
            for which, weight in (("number", 700), ("name", 400))
        ),
    ]  # fmt: skip
    return {"width": style.width, "height": max(row["y"] for row in names) + 14, "layer": layers}


def _ends(chart: Chart, style: Style, span: tuple[float, float], room: float) -> tuple[float, list[dict[str, Any]]]:
    """Return how high the plot is, and where each series' number and name stand at its end: none over another."""
    found: list[dict[str, Any]] = []
    bottom, top = span
    names = apart([series.name for series in chart.series], style.regular, style.text, room - 12, 2)
    for series, name in zip(chart.series, names, strict=True):
        known = [(v, label) for v, label in zip(series.values, series.labels, strict=True) if v is not None]
        if known:
            found.append({"value": float(known[-1][0]), "label": known[-1][1], "lines": name})
    found.sort(key=lambda one: -one["value"])
    step = style.text * 1.25
    heights = [(1 + len(one["lines"])) * step for one in found]
    high = max(float(HEIGHT), sum(heights) + GAP * len(heights))
    places = [high * (top - one["value"]) / (top - bottom) - step / 2 for one in found]
    for n in range(1, len(found)):
        places[n] = max(places[n], places[n - 1] + heights[n - 1] + GAP)
    spill = places[-1] + heights[-1] - step / 2 - high if found else 0
    if spill > 0:
        places[-1] -= spill
        for n in range(len(found) - 2, -1, -1):
            places[n] = min(places[n], places[n + 1] - heights[n] - GAP)
    for one, place in zip(found, places, strict=True):
        one["at"] = top - (top - bottom) * (place + step / 2) / high
        one["number"] = [{"text": one["label"], "pixel": TOP + place + step / 2}]
        one["name"] = [
            {"text": t, "pixel": TOP + place + step / 2 + (n + 1) * step} for n, t in enumerate(one["lines"])
        ]
    return high, found


def ticks_of(chart: Chart) -> list[float]:
    """Return the round numbers between which a chart's lines are."""
    return ticks_to(float(max((Decimal(), *chart.numbers))), float(chart.least))


def ticks_to(most: float, least: float = 0) -> list[float]:
    """Return round numbers from `least`, or nothing, to beyond `most`: three to seven of them."""
    least, most = min(0.0, least), max(0.0, most)
    span = most - least or 1.0
    size = 10 ** math.floor(math.log10(span))
    step = next(size * part for part in (0.2, 0.25, 0.5, 1, 2) if span / (size * part) <= 5)
    first, last = math.floor(least / step), math.ceil(most / step)
    return [round(step * n, 6) for n in range(first, max(last, first + 1) + 1)]


def decimals(ticks: list[float]) -> int:
    """Return with how many decimals the numbers of an axis are written: with as many as the finest needs."""
    return max(len(f"{tick:.6f}".rstrip("0").partition(".")[2]) for tick in ticks)


def _tick(value: float, places: int, chart: Chart) -> str:
    return f"{value:,.{places}f}".translate({ord(","): chart.group, ord("."): chart.point})
