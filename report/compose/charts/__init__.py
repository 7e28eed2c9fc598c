"""What facts look like drawn: charts, the map of ties and the year's timeline, each with its words and its table.

`figures` is the whole interface. A kind of figure is a row of `FIGURES`: the section that prints it and what makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from report.compose.charts import money, people, results, ties, year
from report.compose.charts.figure import Figure, figure
from report.compose.charts.pen import Pen
from report.compose.views import Context
from report.model.dossier import Dossier
from report.values import Drawing

Maker = Callable[[Dossier, Context, Pen], Iterator[Drawing]]

FIGURES: tuple[tuple[str, Maker], ...] = (
    ("year", year.timeline),
    ("scorecard", results.targets),
    ("programmes", results.over_the_years),
    ("programmes", results.breakdowns),
    ("networks", ties.ties),
    ("people", people.volunteers),
    ("finance", money.income),
    ("finance", money.programmes),
    ("finance", money.natures),
    ("finance", money.available),
    ("finance", money.funds),
    ("finance", money.trend),
    ("donations", money.givers),
)
"""Which section draws what, in the order of the appendix."""


def figures(dossier: Dossier, facts: Context, pen: Pen, sections: Collection[str]) -> Mapping[str, Figure]:
    """Return the figures of a document by id: those of its sections for which there are facts."""
    order = {section: place for place, section in enumerate(sections)}
    rows = sorted((row for row in FIGURES if row[0] in order), key=lambda row: order[row[0]])
    found: dict[str, Figure] = {}
    for section, make in rows:
        for drawing in make(dossier, facts, pen):
            found[drawing.id] = figure(drawing, section, pen)
    return found
