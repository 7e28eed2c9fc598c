"""What a chart's numbers can be drawn as, and how much of it fits into one drawing: its table keeps all."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal

from report.compose.charts.pen import Pen
from report.values import Chart, Diagram, Series, Timeline

Plot = Chart | Diagram | Timeline
"""What is drawn of facts; marks are not, whose shapes others laid down."""
MOST_SERIES = 6
"""So many fills and dashes are told apart."""
MOST_BARS, MOST_ROWS, MOST_SPANS = 45, 15, 14
"""So many bars, rows of bars and rows of a timeline are less high than a page, however long their names."""


def drawable(chart: Chart, pen: Pen) -> Chart:
    """Return the chart as it is drawn: parts below nothing side by side, small parts as one, its numbers written alike."""
    if chart.least < 0 and chart.kind == "stacked":
        chart = dataclasses.replace(chart, kind="bar", totals=())
    if chart.kind == "donut" and (chart.least < 0 or not any(chart.numbers)):
        chart = dataclasses.replace(chart, kind="bar")
    if chart.kind == "stacked" and len(chart.series) > MOST_SERIES:
        chart = _gathered(chart, pen)
    series = tuple(_lettered(one, chart, pen) for one in chart.series)
    symbols = pen.writer.locale.number_symbols["latn"]
    made = dataclasses.replace(chart, series=series, group=symbols["group"], point=symbols["decimal"])
    if chart.kind != "stacked":
        return made
    totals = tuple(pen.drawn(_sum(made, n), made.unit, made.decimals) for n in range(len(made.categories)))
    return dataclasses.replace(made, totals=totals, together=pen.say("Total"))


def parts(drawing: Plot) -> Iterator[tuple[Plot, str]]:
    """Yield the drawings that one is split into, each less high than a page, with what it shows: ``1–15 / 45``."""
    if isinstance(drawing, Timeline):
        for first, last, shown in _chunks(len(drawing.spans), MOST_SPANS):
            yield dataclasses.replace(drawing, spans=drawing.spans[first:last]), shown
    elif not isinstance(drawing, Chart) or drawing.kind == "donut":
        yield drawing, ""
    elif drawing.kind == "line":
        for first, last, shown in _chunks(len(drawing.series), MOST_SERIES):
            yield dataclasses.replace(drawing, series=drawing.series[first:last]), shown
    else:
        most = MOST_ROWS if drawing.kind == "stacked" else max(1, MOST_BARS // max(3, len(drawing.series)))
        for first, last, shown in _chunks(len(drawing.categories), most):
            yield _rows(drawing, first, last), shown


def _chunks(count: int, most: int) -> Iterator[tuple[int, int, str]]:
    """Yield from where to where each part goes: parts of equal length, so that the last is not a single row."""
    pieces = max(1, -(-count // most))
    edges = [round(count * n / pieces) for n in range(pieces + 1)]
    for first, last in zip(edges, edges[1:], strict=False):
        shown = f"{first + 1}–{last}" if last - first > 1 else str(last)
        yield first, last, f"{shown} / {count}" if pieces > 1 else ""


def _rows(chart: Chart, first: int, last: int) -> Chart:
    series = tuple(Series(s.name, s.values[first:last], s.labels[first:last]) for s in chart.series)
    return dataclasses.replace(
        chart, categories=chart.categories[first:last], series=series, totals=chart.totals[first:last]
    )


def _gathered(chart: Chart, pen: Pen) -> Chart:
    """Keep the largest series in their order; the others become one."""
    sums = [sum((v or Decimal() for v in one.values), Decimal()) for one in chart.series]
    largest = set(sorted(range(len(sums)), key=lambda place: -sums[place])[: MOST_SERIES - 1])
    kept = [one for place, one in enumerate(chart.series) if place in largest]
    rest = [one for place, one in enumerate(chart.series) if place not in largest]
    values = [sum((one.values[n] or Decimal() for one in rest), Decimal()) for n in range(len(chart.categories))]
    return dataclasses.replace(chart, series=(*kept, Series(pen.say("All other"), tuple(values), ())))


def _lettered(series: Series, chart: Chart, pen: Pen) -> Series:
    labels = tuple(pen.drawn(value, chart.unit, chart.decimals) for value in series.values)
    return dataclasses.replace(series, labels=labels)


def _sum(chart: Chart, index: int) -> Decimal:
    return sum((series.values[index] or Decimal() for series in chart.series), Decimal())
