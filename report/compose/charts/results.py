"""Charts of results: how much of each target was reached, what came of a programme over the years, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from report.compose.charts.pen import Pen
from report.compose.views import Context
from report.model.activity import Breakdown
from report.model.dossier import Dossier
from report.model.text import Text
from report.values import Chart

YEARS = 5
"""So many years are drawn."""


def targets(_dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield each result as a share of its target; where less is better, the target as a share of the result."""
    scores = facts.year.scores if facts.year else ()
    rows: list[tuple[str, Decimal | None]] = []
    for score in scores:
        target, actual = score.result.target, score.result.actual
        if not target or not actual:
            continue
        share = actual / target if score.indicator.better == "more" else target / actual
        rows.append((pen.text(score.indicator.name), (share * 100).quantize(Decimal(1), ROUND_HALF_UP)))
    if facts.year and len(rows) > 1:
        title = pen.say("How much of each target was reached in %(year)s, per cent", year=str(facts.year.number))
        series = pen.series(str(facts.year.number), [value for _, value in rows], "percent")
        yield Chart("targets", "bar", title, "", tuple(name for name, _ in rows), (series,), "percent")


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
            values: list[Decimal | None] = [found.get(indicator.id) for found in results]
            if sum(value is not None for value in values) > 1:
                series.append(pen.series(pen.text(indicator.name), values, ""))
        if series:
            title = pen.say("%(name)s: results over the years", name=pen.text(view.programme.name))
            yield Chart(f"results-{view.programme.id}", "line", title, "", tuple(map(str, numbers)), tuple(series[:6]))


def breakdowns(dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield each result that is told apart, with the same parts of the years before."""
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
            totals = [pen.short(sum((p.value for p in one.parts), Decimal()), unit) for one in parts if one]
            title = f"{pen.text(score.indicator.name)}: {pen.text(breakdown.by)}"
            yield Chart(
                f"breakdown-{score.indicator.id}-{place}", "stacked", title, "", tuple(map(str, shown)), tuple(series), unit,
                tuple(totals), half=True,
            )  # fmt: skip


def _same(dossier: Dossier, number: int, indicator: str, wanted: Breakdown) -> Breakdown | None:
    """Return that year's breakdown of the indicator by the same parts."""

    def labels(breakdown: Breakdown) -> list[Text]:
        return [part.label for part in breakdown.parts]

    found = [b for r in dossier.years[number].results if r.indicator == indicator for b in r.breakdowns]
    return next((b for b in found if b.by == wanted.by and labels(b) == labels(wanted)), None)
