"""Charts of results: how much of each target was reached, what came of a programme over the years, and for whom; the hours that volunteers gave."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from report.compose.charts.pen import Pen
from report.compose.views.context import Context
from report.compose.views.years import Score
from report.model.activity import Breakdown
from report.model.dossier import Dossier
from report.model.text import Text
from report.values import Chart

YEARS = 5
"""So many years are drawn."""
CUT = Decimal(200)
"""A target that was passed by far is drawn so long: in per cent. Else the other bars would be hairlines."""
MOST_PARTS = 6
_WHOLE = Decimal(100)


def targets(_dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield each result as a share of its target; where less is better, the target as a share of the result."""
    scores = facts.year.scores if facts.year else ()
    rows = [(pen.text(score.indicator.name), share) for score in scores if (share := reached(score)) is not None]
    if not facts.year or len(rows) < 2:
        return
    title = pen.say("Progress towards targets in %(year)s, per cent", year=str(facts.year.number))
    limit = CUT if any(share > CUT for _, share in rows) else None
    if limit:
        title = pen.say("%(title)s (bars are cut off at %(limit)s)", title=title, limit=f"{limit}\u00a0%")
    series = pen.series(str(facts.year.number), [share for _, share in rows], "percent")
    yield Chart("targets", "bar", title, "", tuple(name for name, _ in rows), (series,), "percent", limit=limit)


def reached(score: Score) -> Decimal | None:
    """Return how much of a target was reached, per cent, or None where that cannot be reckoned.

    What was not reached is less than 100, however near it came.
    """
    target, actual = score.result.target, score.result.actual
    if target is None or actual is None:
        return None
    part, whole = (actual, target) if score.indicator.better == "more" else (target, actual)
    if whole <= 0:
        return _WHOLE if score.indicator.better == "less" and score.reached else None
    share = (part / whole * 100).quantize(Decimal(1), ROUND_HALF_UP)
    return share if score.reached else min(share, _WHOLE - 1)


def over_the_years(dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield, for each programme, its counted results over the years."""
    year = facts.year
    if not year:
        return
    numbers = [n for n in dossier.years if year.number - YEARS < n <= year.number]
    for view in year.programmes:
        series = []
        for indicator in dossier.indicators:
            if indicator.programme != view.programme.id or indicator.unit == "percent":
                continue
            results = [{r.indicator: r.actual for r in dossier.years[n].results} for n in numbers]
            values = [found.get(indicator.id) for found in results]
            if sum(value is not None for value in values) > 1:
                series.append(pen.series(pen.text(indicator.name), values, ""))
        if series:
            title = pen.say("%(name)s: results over the years", name=pen.text(view.programme.name))
            yield Chart(f"results-{view.programme.id}", "line", title, "", tuple(map(str, numbers)), tuple(series))


def breakdowns(dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield each result that is told apart, with the same parts of the years before.

    Parts in per cent stand side by side: together they are nothing. Many of them are those of the year alone.
    """
    year = facts.year
    if not year:
        return
    numbers = [n for n in dossier.years if year.number - YEARS < n <= year.number]
    for score in year.scores:
        for place, breakdown in enumerate(score.result.breakdowns, 1):
            unit = "percent" if score.indicator.unit == "percent" else ""
            shown = [n for n in numbers if _same(dossier, n, score.indicator.id, breakdown)]
            parts = [_same(dossier, n, score.indicator.id, breakdown) for n in shown]
            series = [
                pen.series(pen.text(part.label), [one.parts[index].value for one in parts if one], unit)
                for index, part in enumerate(breakdown.parts)
            ]
            title = f"{pen.text(score.indicator.name)}: {pen.text(breakdown.by)}"
            id_, years = f"breakdown-{score.indicator.id}-{place}", tuple(map(str, shown))
            if unit != "percent" and len(shown) > 1:
                yield Chart(id_, "stacked", title, "", years, tuple(series), unit, half=True)
            elif len(shown) > 1 and len(series) <= MOST_PARTS:
                yield Chart(id_, "bar", title, "", years, tuple(series), unit, half=True)
            else:
                rows = [part.value for part in breakdown.parts]
                names = tuple(pen.text(part.label) for part in breakdown.parts)
                yield Chart(id_, "bar", title, "", names, (pen.series(years[-1], rows, unit),), unit, half=True)


def _same(dossier: Dossier, number: int, indicator: str, wanted: Breakdown) -> Breakdown | None:
    """Return that year's breakdown of the indicator by the same parts."""

    def labels(breakdown: Breakdown) -> list[Text]:
        return [part.label for part in breakdown.parts]

    found = [b for r in dossier.years[number].results if r.indicator == indicator for b in r.breakdowns]
    return next((b for b in found if b.by == wanted.by and labels(b) == labels(wanted)), None)


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
