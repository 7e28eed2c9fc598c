"""What facts look like drawn: charts, the map of ties and the year's timeline, each with its words and its table.

`figures` is the whole interface. A kind of figure is a row of `FIGURES`: the section that prints it and what makes it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterator, Mapping

from report.compose.charts import money, results, ties, year_timeline
from report.compose.charts.figure import Figure, figure
from report.compose.charts.fit import Plot
from report.compose.charts.pen import Pen
from report.compose.views.context import Context
from report.model.dossier import Dossier
from report.values import Chart

Maker = Callable[[Dossier, Context, Pen], Iterator[Plot]]

FIGURES: tuple[tuple[tuple[str, ...], Maker], ...] = (
    (("year",), year_timeline.timeline),
    (("highlights", "scorecard"), results.targets),
    (("programmes",), results.over_the_years),
    (("programmes",), results.breakdowns),
    (("networks", "poster"), ties.ties),
    (("people",), results.volunteers),
    (("finance",), money.income),
    (("finance",), money.programmes),
    (("finance",), money.natures),
    (("highlights", "finance"), money.available),
    (("finance",), money.funds),
    (("finance",), money.trend),
    (("donations",), money.givers),
)
"""Which sections draw what."""


def figures(dossier: Dossier, facts: Context, pen: Pen, sections: Collection[str]) -> Mapping[str, Figure]:
    """Return the figures of a document by id, in its order: those of its sections for which there are facts."""
    order = {section: place for place, section in enumerate(sections)}
    rows = [(min(order[s] for s in named if s in order), make) for named, make in FIGURES if order.keys() & set(named)]
    plots = (plot for _, make in sorted(rows, key=lambda row: row[0]) for plot in make(dossier, facts, pen))
    return {plot.id: figure(plot, pen) for plot in map(_without_nothing, plots) if plot}


def _without_nothing(drawing: Plot) -> Plot | None:
    """Return a chart without series that are nothing, or None where it would compare nothing: one bar, one point, one part."""
    if not isinstance(drawing, Chart):
        return drawing
    shown = drawing
    if drawing.kind == "stacked":
        series = tuple(one for one in drawing.series if any(one.values)) or drawing.series[:1]
        shown = dataclasses.replace(drawing, series=series)
    bars = len(shown.categories) if shown.kind == "stacked" else len(shown.numbers)
    return shown if bars > 1 else None
