"""Charts of people: the hours that volunteers gave."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from report.compose.charts.pen import Pen
from report.compose.views.context import Context
from report.model.dossier import Dossier
from report.values import Chart


def volunteers(dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield the hours of volunteers over the years."""
    year = facts.year
    if not year:
        return
    known = [(n, y.year.volunteers.hours) for n, y in dossier.years.items() if n <= year.number and y.year.volunteers]
    hours = [(number, count) for number, count in known if count is not None][-5:]
    if len(hours) > 1:
        series = pen.series(pen.say("Hours"), [Decimal(count) for _, count in hours], "")
        title = pen.say("Hours of voluntary work")
        yield Chart("volunteer-hours", "bar", title, "", tuple(str(number) for number, _ in hours), (series,))
