"""How large a chart of Word's own is: Word lays it out itself, and needs room for what it sets around the plot."""

from __future__ import annotations

import math
from collections.abc import Sequence

from report.formats import charts
from report.formats.charts import lines
from report.formats.charts import style as drawn
from report.formats.charts.legend import legend
from report.formats.charts.measure import width
from report.formats.docx.drawing.chart_workbook import has_totals
from report.values import Chart, Look

_AROUND, _KEY = 12, 40
"""Pixels: around the plot, and of a legend's square with the space around it."""
_BESIDE = 0.5
"""The share of the width that Word gives to a legend beside a ring."""


def size_in_pixels(chart: Chart, look: Look) -> tuple[float, float]:
    """Return the height and the width of a chart in CSS pixels: those on the page, but for what Word's legend needs more.

    What is much higher here than there would move the pages that follow, whose numbers the contents have from the PDF.
    """
    style = drawn.of(look)
    high, wide = charts.size(chart, look)
    if chart.kind == "donut":
        return max(high, _legend(chart.categories, wide * _BESIDE, style, columns=1) + _AROUND), wide
    names = [series.name for series in chart.series] + ([chart.together] if has_totals(chart) else [])
    if len(names) < 2:
        return high + (_AROUND if chart.kind == "bar" else 0), wide
    above = _legend(names, wide - _AROUND, style)
    if chart.kind == "line":
        return max(high, lines.HEIGHT + above), wide
    return high - legend(chart, style)[1] + above + _AROUND, wide


def _legend(names: Sequence[str], room: float, style: drawn.Style, columns: int | None = None) -> float:
    """Return how high a legend is, in columns as wide as its widest entry, as Word sets it."""
    widths = [width(name, style.regular, style.text) for name in names]
    each = columns or max(1, min(len(names), int(room / (max(widths) + _KEY))))
    broken = [math.ceil(wide / (room / each - _KEY)) or 1 for wide in widths]
    rows = [max(broken[first : first + each]) for first in range(0, len(broken), each)]
    return sum(rows) * style.text * 1.25 + len(rows) * 3 + 4
