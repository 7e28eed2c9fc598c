"""How large a chart of Word's own is: Word lays it out itself, and needs room for what it sets around the plot."""

from __future__ import annotations

import math
from collections.abc import Sequence

from report.formats import charts
from report.formats.charts import lines
from report.formats.charts import style as drawn
from report.formats.charts.measure import width, wrap
from report.formats.docx.workbook import has_totals
from report.values import Chart, Look

_BAR, _GAP, _AROUND, _KEY = 17, 10, 26, 40
"""Pixels: of a bar, between groups of bars, around the plot, and of a legend's square with the space around it."""
_NAMES, _BESIDE = 0.3, 0.5
"""The share of the width that Word gives to names before bars, and to a legend beside a ring."""


def extent(chart: Chart, look: Look) -> tuple[float, float]:
    """Return the height and the width of a chart in CSS pixels."""
    style = drawn.of(look)
    high, wide = charts.size(chart, look)
    if chart.kind == "donut":
        beside = _legend(chart.categories, wide * _BESIDE, style, columns=1)
        return max(high, beside + _AROUND), wide
    names = [series.name for series in chart.series] + ([chart.together] if has_totals(chart) else [])
    above = _legend(names, wide - _AROUND, style) if len(names) > 1 else 0.0
    if chart.kind == "line":
        return max(high, lines.HEIGHT + _AROUND + above), wide
    bars = 1 if chart.kind == "stacked" else len(chart.series)
    line = style.text * 1.35
    rows = [
        max(bars * _BAR, len(wrap(name, style.regular, style.text, wide * _NAMES, 4)) * line) + _GAP
        for name in chart.categories
    ]
    return max(high, sum(rows) + _AROUND + above), wide


def _legend(names: Sequence[str], room: float, style: drawn.Style, columns: int | None = None) -> float:
    """Return how high a legend is, in columns as wide as its widest entry, as Word sets it."""
    widths = [width(name, style.regular, style.text) for name in names]
    each = columns or max(1, min(len(names), int(room / (max(widths) + _KEY))))
    broken = [math.ceil(wide / (room / each - _KEY)) or 1 for wide in widths]
    rows = [max(broken[first : first + each]) for first in range(0, len(broken), each)]
    return sum(rows) * style.text * 1.35 + len(rows) * 4 + 8
