"""What facts look like drawn: charts, the map of ties and the year's timeline, each with its words and its table.

`figures` is the whole interface. A kind of figure is a row of `FIGURES`: the section that prints it and what makes it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterator, Mapping

from report.compose.charts import money, people, results, ties, year
from report.compose.charts.figure import Figure, figure
from report.compose.charts.pen import Pen
from report.compose.views.context import Context
from report.model.dossier import Dossier
from report.values import Chart, Drawing

Maker = Callable[[Dossier, Context, Pen], Iterator[Drawing]]

FIGURES: tuple[tuple[tuple[str, ...], Maker], ...] = (
    (("year",), year.timeline),
    (("highlights", "scorecard"), results.targets),
    (("programmes",), results.over_the_years),
    (("programmes",), results.breakdowns),
    (("networks", "poster"), ties.ties),
    (("people",), people.volunteers),
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
    rows = [(min((order[s] for s in named if s in order), default=None), make) for named, make in FIGURES]
    found: dict[str, Figure] = {}
    for _, make in sorted((row for row in rows if row[0] is not None), key=lambda row: row[0]):
        for drawing in make(dossier, facts, pen):
            if shown := _telling(drawing):
                found[drawing.id] = figure(shown, pen)
    return found


def _telling(drawing: Drawing) -> Drawing | None:
    """Return a chart without series that are nothing, or None where it would compare nothing: one bar, one point, one part."""
    if not isinstance(drawing, Chart):
        return drawing
    shown = drawing
    if drawing.kind == "stacked":
        series = tuple(one for one in drawing.series if any(one.values)) or drawing.series[:1]
        shown = dataclasses.replace(drawing, series=series)
    bars = len(shown.categories) if shown.kind == "stacked" else len(shown.numbers)
    return shown if bars > 1 else None
