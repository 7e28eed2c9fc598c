"""Lines over the years: told apart by dashes and points, each named at its end, where no two names overlap."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from report.formats.charts.layers import AS_IS, PIXELS, Channel, Datum, Layer, field, layer, scale, texts, value
from report.formats.charts.measure import apart, width, wrap
from report.formats.charts.style import Style
from report.values import Chart

HEIGHT, GAP, TOP = 135, 5, 8
"""Pixels: of the plot, at the least, between the names at the lines' ends, and above the plot for half a number."""
_DASHES = ([1, 0], [7, 3], [2, 2.5], [9, 3, 2, 3], [4, 2], [1, 3])
_POINTS = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")


def line(chart: Chart, style: Style) -> dict[str, Any]:
    """One line for each series; the last number stands at its end, with the series' name."""
    ticks = ticks_of(chart)
    room = 0.36 * style.width
    high, ends = _ends(chart, style, (ticks[0], ticks[-1]), room)
    left = max(width(text, style.regular, style.text) for text in _written(ticks, chart)) + 16
    right = style.width - room
    step = (right - left - 40) / max(1, len(chart.categories) - 1)
    names: list[Datum] = [
        {"x": left + 20 + n * step, "y": TOP + high + 10 + row * style.text * 1.25, "name": text}
        for n, category in enumerate(chart.categories)
        for row, text in enumerate(wrap(category, style.bold, style.text, min(step - 6, 2 * left + 30, 70), 2))
    ]
    points = [
        {"x": left + 20 + index * step, "y": float(amount), "series": number}
        for number, series in enumerate(chart.series)
        for index, amount in enumerate(series.values)
        if amount is not None
    ]
    x = field("x", scale(0, style.width))
    up = scale(ticks[0], ticks[-1], TOP + high, TOP)
    y = field("y", up)
    layers = [
        *_grid(chart, ticks, style, left, right, x, y),
        layer("text", names, {"baseline": "top", "fontWeight": 700}, x=x, y=field("y", PIXELS), text=field("name")),
        *_strokes(points, len(chart.series), style, x, y),
        *_named_ends(ends, style, right, up),
    ]
    return {"width": style.width, "height": max(row["y"] for row in names) + 14, "layer": layers}


def _grid(
    chart: Chart, ticks: list[float], style: Style, left: float, right: float, x: Channel, y: Channel
) -> list[Layer]:
    """Return a line for each round number, with the number before it; that of nothing stands out where some are below."""
    colours = [style.line if tick or not ticks[0] else style.muted for tick in ticks]
    rules = [{"y": t, "x": left, "x2": right, "stroke": c} for t, c in zip(ticks, colours, strict=True)]
    numbers = [{"y": tick, "shown": text} for tick, text in zip(ticks, _written(ticks, chart), strict=True)]
    return [
        layer("rule", rules, {"strokeWidth": 0.7}, x=x, x2=field("x2"), y=y, stroke=field("stroke", AS_IS)),
        texts(numbers, value(left - 8), y, "shown", align="right", fill=style.muted),
    ]


def _strokes(points: list[Datum], count: int, style: Style, x: Channel, y: Channel) -> list[Layer]:
    """Return the lines and their points: each series has a colour, a dash and a shape."""

    def by_series(looks: Sequence[Any]) -> Channel:
        known = {"domain": list(range(count)), "range": [looks[n % len(looks)] for n in range(count)]}
        return {"field": "series", "type": "nominal", "legend": None, "scale": known}

    colour = by_series([style.fills[n] for n in (0, 4, 2)])
    point = {"filled": True, "size": 55, "opacity": 1}
    return [
        layer("line", points, {"strokeWidth": 2}, x=x, y=y, color=colour, strokeDash=by_series(_DASHES)),
        layer("point", points, point, x=x, y=y, color=colour, shape=by_series(_POINTS)),
    ]


def _named_ends(ends: list[Datum], style: Style, right: float, up: Channel) -> list[Layer]:
    """Return a line from each series' last point to its number and name, and these."""
    lead = {"x": value(right - 12), "x2": value(right + 2), "y": field("value", up), "y2": field("at")}
    return [
        layer("rule", ends, {"stroke": style.muted, "strokeWidth": 0.6}, **lead),
        *(
            texts(
                [row for end in ends for row in end[part]],
                value(right + 8),
                field("pixel", PIXELS),
                align="left",
                fontWeight=weight,
            )
            for part, weight in (("number", 700), ("name", 400))
        ),
    ]


def _ends(chart: Chart, style: Style, span: tuple[float, float], room: float) -> tuple[float, list[Datum]]:
    """Return how high the plot is, and where each series' number and name stand at its end: none over another."""
    ends: list[Datum] = []
    bottom, top = span
    names = apart([series.name for series in chart.series], style.regular, style.text, room - 12, 2)
    for series, name in zip(chart.series, names, strict=True):
        known = [(v, label) for v, label in zip(series.values, series.labels, strict=True) if v is not None]
        if known:
            ends.append({"value": float(known[-1][0]), "label": known[-1][1], "lines": name})
    ends.sort(key=lambda end: -end["value"])
    step = style.text * 1.25
    heights = [(1 + len(end["lines"])) * step for end in ends]
    high = max(float(HEIGHT), sum(heights) + GAP * len(heights))
    places = [high * (top - end["value"]) / (top - bottom) - step / 2 for end in ends]
    for n in range(1, len(ends)):
        places[n] = max(places[n], places[n - 1] + heights[n - 1] + GAP)
    spill = places[-1] + heights[-1] - step / 2 - high if ends else 0
    if spill > 0:
        places[-1] -= spill
        for n in range(len(ends) - 2, -1, -1):
            places[n] = min(places[n], places[n + 1] - heights[n] - GAP)
    for end, place in zip(ends, places, strict=True):
        end["at"] = top - (top - bottom) * (place + step / 2) / high
        end["number"] = [{"text": end["label"], "pixel": TOP + place + step / 2}]
        end["name"] = [
            {"text": t, "pixel": TOP + place + step / 2 + (n + 1) * step} for n, t in enumerate(end["lines"])
        ]
    return high, ends


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


def _written(ticks: list[float], chart: Chart) -> Iterator[str]:
    """Yield the round numbers as the document's language writes them."""
    places = decimals(ticks)
    separators = {ord(","): chart.group, ord("."): chart.point}
    return (f"{tick:,.{places}f}".translate(separators) for tick in ticks)
