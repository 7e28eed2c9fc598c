"""The axes of a chart of Word's own (ECMA-376 21.2.2.25 and 21.2.2.226)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from report.formats.charts import lines
from report.formats.charts import style as drawn
from report.formats.charts.measure import width
from report.formats.docx.drawing.chart_workbook import has_totals, number_format, sums
from report.formats.docx.drawing.elements import THIN, no_line, put, stroked
from report.formats.ooxml import Element, sub
from report.values import Chart
from report.values.length import points

_AXES = ("111111111", "222222222")
"""Ids of the two axes: any number below 2³¹, the same in every chart."""
_HAIRLINE = points(0.5)
_PLOT, _AROUND = 0.6, 24
"""The share of the width that Word gives to bars, about, and the pixels around a total at a bar's end."""


def axes(area: Element, plot: Element, chart: Chart, style: drawn.Style, upright: bool) -> None:
    """Write the axis of categories and that of numbers, which is hidden where the bars bear their numbers."""
    for axis in _AXES:
        put(plot, "axId", axis)
    _categories(area, chart, style, upright)
    _numbers(area, chart, style, upright)


def _categories(area: Element, chart: Chart, style: drawn.Style, upright: bool) -> None:
    axis = sub(area, "c:catAx")
    put(axis, "axId", _AXES[0])
    put(sub(axis, "c:scaling"), "orientation", "minMax" if upright else "maxMin")
    put(axis, "delete", 0)
    put(axis, "axPos", "b" if upright else "l")
    _labels(axis, "General", "low")
    if chart.least < 0:
        stroked(sub(axis, "c:spPr"), colour=style.muted, width=THIN)
    else:
        no_line(sub(axis, "c:spPr"))
    _cross(axis, _AXES[1])
    put(axis, "auto", 0)
    put(axis, "lblAlgn", "ctr")
    put(axis, "lblOffset", 100)
    put(axis, "tickLblSkip", 1)
    put(axis, "noMultiLvlLbl", 1)


def _numbers(area: Element, chart: Chart, style: drawn.Style, upright: bool) -> None:
    axis = sub(area, "c:valAx")
    put(axis, "axId", _AXES[1])
    scaling = sub(axis, "c:scaling")
    put(scaling, "orientation", "minMax")
    _ends(scaling, chart, style)
    put(axis, "delete", int(not upright))
    put(axis, "axPos", "l" if upright else "t")
    if upright:
        stroked(sub(sub(axis, "c:majorGridlines"), "c:spPr"), colour=style.line, width=_HAIRLINE)
    _labels(axis, _tick_format(chart), "nextTo")
    no_line(sub(axis, "c:spPr"))
    _cross(axis, _AXES[0])
    if upright:
        ticks = lines.ticks_of(chart)
        put(axis, "majorUnit", f"{ticks[1] - ticks[0]:g}")


def _labels(axis: Element, number_format: str, position: str) -> None:
    sub(axis, "c:numFmt", {"formatCode": number_format, "sourceLinked": 0})
    put(axis, "majorTickMark", "none")
    put(axis, "minorTickMark", "none")
    put(axis, "tickLblPos", position)


def _cross(axis: Element, other: str) -> None:
    put(axis, "crossAx", other)
    put(axis, "crosses", "autoZero")


def _ends(scaling: Element, chart: Chart, style: drawn.Style) -> None:
    """Set where the axis of numbers ends, where Word's own choice would not do."""
    if chart.limit is not None:
        put(scaling, "max", chart.limit)
    elif has_totals(chart):
        most = float(max((*sums(chart), Decimal()))) or 1.0
        put(scaling, "max", f"{most + _room(chart.totals, most, chart, style):.6g}")
    if chart.least >= 0:
        put(scaling, "min", 0)
    elif chart.kind == "bar":
        least, most = float(chart.least), float(max((*chart.numbers, Decimal())))
        shown = most if chart.limit is None else min(most, float(chart.limit))
        below = [
            label for s in chart.series for value, label in zip(s.values, s.labels, strict=True) if (value or 0) < 0
        ]
        put(scaling, "min", f"{least - _room(below, shown - least, chart, style):.6g}")


def _room(labels: Sequence[str], span: float, chart: Chart, style: drawn.Style) -> float:
    """Return how far the axis goes beyond the longest bar, so that its number stands on nothing else."""
    label = max((width(label, style.bold, style.text) for label in labels), default=0) + _AROUND
    share = min(0.5, label / (drawn.total(chart, style) * _PLOT))
    return span * share / (1 - share)


def _tick_format(chart: Chart) -> str:
    """Return how the numbers of the axis are written: the same as on the page."""
    return number_format(chart, lines.decimals(lines.ticks_of(chart)) if chart.kind == "line" else None)
