"""Bars that lie: their labels stand before them and their numbers after them, so that no axis is needed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from report.formats.charts.layers import AS_IS, PIXELS, Datum, Layer, field, layer, texts
from report.formats.charts.legend import legend
from report.formats.charts.measure import apart, width
from report.formats.charts.style import Style, on, total
from report.values import Chart

LABELS = 0.34
"""The greatest share of the width that the labels have."""
_BAR, _ROW, _GROUP = 14, 20, 6
_CUTS = (16, 10)
"""Pixels before the end of a bar that is cut, at which strokes go through it."""
_X, _Y = field("x", PIXELS), field("y", PIXELS)
_TO = {"x": _X, "y": _Y, "x2": field("x2"), "y2": field("y2")}
Label = tuple[list[str], float]
"""The lines of a category's name, and the middle of its bars in pixels."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the labels end, and from where to where the numbers reach, in pixels."""

    left: float
    start: float
    end: float
    least: float
    most: float

    def at(self, value: float) -> float:
        """Return the place of a number; one beyond the frame is at its edge."""
        shown = min(max(value, self.least), self.most)
        return self.start + (shown - self.least) / (self.most - self.least) * (self.end - self.start)


def bar(chart: Chart, style: Style) -> dict[str, Any]:
    """One bar for each category, or one for each series in it: to the left of nothing where it is below it."""
    frame = _frame(chart, style, [float(value) for value in chart.numbers])
    names, top = legend(chart, style)
    bars: list[Datum] = []
    ends: list[Datum] = []
    labels: list[Label] = []
    for index, lines in enumerate(_labels(chart, style, frame)):
        height = max((_BAR + 3) * len(chart.series), len(lines) * style.text * 1.25) + _GROUP
        labels.append((lines, top + height / 2))
        for place, series in enumerate(chart.series):
            value = _number(series.values[index])
            middle = top + height / 2 + (place - (len(chart.series) - 1) / 2) * (_BAR + 3)
            x, x2 = sorted((frame.at(0), frame.at(value)))
            bars.append({"x": x, "x2": x2, "y": middle - _BAR / 2, "y2": middle + _BAR / 2, "fill": style.fills[place % 6],
                         "cut": value > frame.most})  # fmt: skip
            ends.append({"x": frame.at(value) + (6 if value >= 0 else -6), "y": middle, "text": series.labels[index],
                         "align": "left" if value >= 0 else "right"})  # fmt: skip
        top += height
    return _layers(chart, style, frame, [*names, *_rects(bars, None, style.paper)], ends, labels, top)


def stacked(chart: Chart, style: Style) -> dict[str, Any]:
    """One bar for each category, with the series one after the other and the total at its end."""
    sums = [sum(_number(series.values[n]) for series in chart.series) for n in range(len(chart.categories))]
    frame = _frame(chart, style, sums)
    names, top = legend(chart, style)
    bars: list[Datum] = []
    ends: list[Datum] = []
    inside: list[Datum] = []
    labels: list[Label] = []
    for index, lines in enumerate(_labels(chart, style, frame)):
        height = max(_ROW, len(lines) * style.text * 1.25) + _GROUP
        at, middle = 0.0, top + height / 2
        labels.append((lines, middle))
        for place, series in enumerate(chart.series):
            value, fill = _number(series.values[index]), style.fills[place % 6]
            if value:
                x, x2 = frame.at(at), frame.at(at + value)
                bars.append({"x": x, "x2": x2, "y": middle - _BAR * 0.7, "y2": middle + _BAR * 0.7, "fill": fill, "cut": False})  # fmt: skip
                if width(series.labels[index], style.regular, style.small) + 8 <= x2 - x:
                    inside.append({"x": (x + x2) / 2, "y": middle, "text": series.labels[index], "on": on(fill, style)})
            at += value
        ends.append({"x": frame.at(at) + 6, "y": middle, "text": chart.totals[index] if chart.totals else "", "align": "left"})  # fmt: skip
        top += height
    words = texts(inside, _X, _Y, colour="on", fontSize=style.small)
    return _layers(chart, style, frame, [*names, *_rects(bars, style.paper, style.paper), words], ends, labels, top)


def _frame(chart: Chart, style: Style, numbers: list[float]) -> Frame:
    """Give the labels what the longest needs, the numbers at either end what they need, the bars what is left."""
    longest = max((width(c, style.regular, style.text) for c in chart.categories), default=0)
    left = min(longest + 14, total(chart, style) * LABELS)
    least, most = min((0.0, *numbers)), max((0.0, *numbers))
    if chart.limit is not None:
        most = min(most, float(chart.limit))
    if chart.kind == "stacked":
        after, before = list(chart.totals), []
    else:
        shown = [pair for s in chart.series for pair in zip(s.values, s.labels, strict=True)]
        after = [label for value, label in shown if (value or 0) >= 0]
        before = [label for value, label in shown if (value or 0) < 0]
    widths = [max((width(label, style.bold, style.text) for label in labels), default=0) for labels in (before, after)]
    start = left + (widths[0] + 12 if before else 0)
    return Frame(left, start, total(chart, style) - widths[1] - 12, least, most if most > least else least + 1)


def _layers(
    chart: Chart, style: Style, frame: Frame, below: list[Layer], ends: list[Datum], labels: list[Label], height: float
) -> dict[str, Any]:
    rows = [
        {"x": frame.left - 10, "y": middle + (n - (len(lines) - 1) / 2) * 14, "text": line}
        for lines, middle in labels
        for n, line in enumerate(lines)
    ]
    numbers = [
        texts([end for end in ends if end["align"] == align], _X, _Y, align=align, fontWeight=700)
        for align in sorted({end["align"] for end in ends})
    ]
    layers = [*below, *_zero(frame, style, labels, height), *numbers, texts(rows, _X, _Y, align="right")]
    return {"width": total(chart, style), "height": height, "layer": layers}


def _rects(bars: list[Datum], edge: str | None, paper: str) -> list[Layer]:
    """Return the bars, and two strokes through each that is cut."""
    layers = [layer("rect", bars, {"stroke": edge, "strokeWidth": 1}, **_TO, fill=field("fill", AS_IS))]
    cuts = [
        {"x": row["x2"] - before, "x2": row["x2"] - before + 5, "y": row["y2"] + 1, "y2": row["y"] - 1}
        for row in bars
        if row["cut"]
        for before in _CUTS
    ]
    return [*layers, layer("rule", cuts, {"stroke": paper, "strokeWidth": 2}, **_TO)] if cuts else layers


def _zero(frame: Frame, style: Style, labels: list[Label], height: float) -> list[Layer]:
    """Return the line of nothing, where bars lie on either side of it."""
    if frame.least >= 0 or not labels:
        return []
    top = min(middle - max(_ROW, len(lines) * style.text * 1.25) / 2 for lines, middle in labels)
    rows = [{"x": frame.at(0), "y": max(0.0, top), "y2": height}]
    return [layer("rule", rows, {"stroke": style.muted, "strokeWidth": 0.8}, x=_X, y=_Y, y2=field("y2"))]


def _labels(chart: Chart, style: Style, frame: Frame) -> list[list[str]]:
    return apart(chart.categories, style.regular, style.text, frame.left - 12)


def _number(value: Decimal | None) -> float:
    return float(value or 0)
