"""Activities and results: dates inside their year, parts that add up, numbers that say where they are from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from report.model.activity import Result
from report.model.checks.fault import ORDER
from report.model.dates import PartialDate
from report.model.dossier import Dossier, YearFacts
from report.values import Problem, Severity

_HUNDRED = Decimal(100)
BASELINE = "correct the year of the baseline in programmes.yaml"
SERVED = "correct the date, or since and until of the programme"
SHARE = "write 86 for 86 per cent; or leave  unit: percent  out of the indicator"


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with the activities and the results of each year."""
    for year in dossier.years.values():
        yield from _period(dossier, year)
        yield from _activities(dossier, year)
        yield from _results(dossier, year)


def partial(day: object) -> PartialDate:
    """Return a whole date as one that compares with partial ones."""
    return PartialDate(day.year, day.month, day.day)  # type: ignore[attr-defined]


def outside(date: PartialDate, year: YearFacts) -> bool:
    """Say whether a date is certainly not in a reporting year."""
    return date.before(partial(year.begins)) or partial(year.ends).before(date)


def _period(dossier: Dossier, year: YearFacts) -> Iterator[Problem]:
    file = f"{year.number}/year.yaml"
    if year.ends < year.begins:
        where = dossier.locate(file, "ends")
        yield Problem(Severity.ERROR, "year.order", f"the year ends ({year.ends}) before it begins", where, ORDER)
    elif year.ends.year != year.number:
        message = f"the year ends in {year.ends.year}, but its folder is {year.number}"
        hint = "a folder is named for the year in which the reporting year ends"
        yield Problem(Severity.ERROR, "year.folder", message, dossier.locate(file, "ends"), hint)
    elif (year.ends - year.begins).days > 550:
        message = f"the reporting year has {(year.ends - year.begins).days + 1} days"
        yield Problem(Severity.WARNING, "year.length", message, dossier.locate(file, "begins"), ORDER)


def _activities(dossier: Dossier, year: YearFacts) -> Iterator[Problem]:
    file = f"{year.number}/activities.yaml"
    programmes = {programme.id: programme for programme in dossier.programmes}
    for index, activity in enumerate(year.activities):
        at = ("activities", index)
        begins = activity.begins or activity.ends
        if begins is None:
            continue
        if activity.ends and activity.ends.before(begins):
            message = f"ends ({activity.ends}) before it begins ({begins})"
            yield Problem(Severity.ERROR, "date.order", message, dossier.locate(file, *at, "ends"), ORDER)
        last = activity.ends or begins
        if last.before(partial(year.begins)) or partial(year.ends).before(begins):
            message = f"the activity is outside its year, {year.begins} to {year.ends}"
            hint = "correct the date, or move it to the folder of its year"
            yield Problem(
                Severity.ERROR,
                "activity.outside",
                message,
                dossier.locate(file, *at, "begins" if activity.begins else "ends"),
                hint,
            )
        programme = programmes.get(activity.programme)
        if programme and programme.since and last.before(programme.since):
            message = f"the programme {programme.id} began only in {programme.since}"
            yield Problem(
                Severity.WARNING, "activity.programme", message, dossier.locate(file, *at, "programme"), SERVED
            )
        if programme and programme.until and programme.until.before(begins):
            message = f"the programme {programme.id} ended in {programme.until}"
            yield Problem(
                Severity.WARNING, "activity.programme", message, dossier.locate(file, *at, "programme"), SERVED
            )


def _results(dossier: Dossier, year: YearFacts) -> Iterator[Problem]:
    file = f"{year.number}/results.yaml"
    indicators = {indicator.id: indicator for indicator in dossier.indicators}
    seen: dict[str, int] = {}
    for index, result in enumerate(year.results):
        at = ("results", index)
        if seen.setdefault(result.indicator, index) != index:
            where = dossier.locate(file, *at, "indicator")
            yield Problem(
                Severity.ERROR, "result.twice", f"{result.indicator} already has a result", where, "keep one of them"
            )
        if result.actual is not None and not result.source:
            hint = "add  source: id  of the list, count or survey that says so"
            where = dossier.locate(file, *at, "actual")
            yield Problem(Severity.ERROR, "result.source", "the number does not say where it is from", where, hint)
        if result.target is None:
            message = f"{result.indicator} has no target for {year.number}"
            yield Problem(Severity.NOTE, "result.target", message, dossier.locate(file, *at))
        indicator = indicators.get(result.indicator)
        if indicator and indicator.baseline and indicator.baseline.year > year.number:
            message = f"the baseline of {indicator.id} is of {indicator.baseline.year}, after {year.number}"
            yield Problem(Severity.ERROR, "result.baseline", message, dossier.locate(file, *at, "indicator"), BASELINE)
        if indicator and indicator.unit == "percent":
            for name in ("target", "actual"):
                value = getattr(result, name)
                if value is not None and not 0 <= value <= _HUNDRED:
                    message = f"{value} per cent is not between 0 and 100"
                    yield Problem(Severity.ERROR, "result.percent", message, dossier.locate(file, *at, name), SHARE)
        if not (indicator and indicator.unit == "percent"):  # shares of groups do not add up to that of all
            yield from _breakdowns(dossier, file, index, result)


def _breakdowns(dossier: Dossier, file: str, index: int, result: Result) -> Iterator[Problem]:
    for place, breakdown in enumerate(result.breakdowns):
        total = sum((part.value for part in breakdown.parts), Decimal())
        if result.actual is not None and total != result.actual:
            message = f"the parts come to {total}, the number is {result.actual}"
            where = dossier.locate(file, "results", index, "breakdowns", place)
            yield Problem(Severity.ERROR, "result.parts", message, where, "parts add up to the whole")
