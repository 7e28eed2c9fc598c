"""Activities and results: dates inside their year, parts that add up, numbers that say where they are from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from report.model.activity import Result
from report.model.checks.place import CORRECT_ONE_DATE, Place
from report.model.dates import PartialDate
from report.model.dossier import Dossier, YearFacts
from report.values import Problem


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with the activities and the results of each year."""
    for year in dossier.years.values():
        yield from _period(Place(dossier, f"{year.number}/year.yaml"), year)
        yield from _activities(Place(dossier, f"{year.number}/activities.yaml"), year)
        yield from _results(Place(dossier, f"{year.number}/results.yaml"), year)


def is_outside(begins: PartialDate, ends: PartialDate, year: YearFacts) -> bool:
    """Say whether a period is certainly not in a reporting year, not even in part."""
    return ends.before(PartialDate.of(year.begins)) or PartialDate.of(year.ends).before(begins)


def _period(place: Place, year: YearFacts) -> Iterator[Problem]:
    if year.ends < year.begins:
        yield place.at("ends").error("year.order", f"the year ends ({year.ends}) before it begins", CORRECT_ONE_DATE)
    elif year.ends.year != year.number:
        message = f"the year ends in {year.ends.year}, but its folder is {year.number}"
        hint = "a folder is named for the year in which the reporting year ends"
        yield place.at("ends").error("year.folder", message, hint)
    elif (year.ends - year.begins).days > 550:
        message = f"the reporting year has {(year.ends - year.begins).days + 1} days"
        yield place.at("begins").warning("year.length", message, CORRECT_ONE_DATE)


def _activities(file: Place, year: YearFacts) -> Iterator[Problem]:
    programmes = {programme.id: programme for programme in file.dossier.programmes}
    for place, activity in file.each("activities", year.activities):
        begins = activity.begins or activity.ends
        if begins is None:
            continue
        ends = activity.ends or begins
        yield from place.period(begins, ends, "ends")
        if is_outside(begins, ends, year):
            where = place.at("begins" if activity.begins else "ends")
            message = f"the activity is outside its year, {year.begins} to {year.ends}"
            yield where.error("activity.outside", message, "correct the date, or move it to the folder of its year")
        programme = programmes.get(activity.programme)
        hint = "correct the date, or since and until of the programme"
        if programme and programme.since and ends.before(programme.since):
            message = f"the programme {programme.id} began only in {programme.since}"
            yield place.at("programme").warning("activity.programme", message, hint)
        if programme and programme.until and programme.until.before(begins):
            message = f"the programme {programme.id} ended in {programme.until}"
            yield place.at("programme").warning("activity.programme", message, hint)


def _results(file: Place, year: YearFacts) -> Iterator[Problem]:
    indicators = {indicator.id: indicator for indicator in file.dossier.indicators}
    seen: set[str] = set()
    for place, result in file.each("results", year.results):
        if result.indicator in seen:
            message = f"{result.indicator} already has a result"
            yield place.at("indicator").error("result.twice", message, "keep one of them")
        seen.add(result.indicator)
        if result.actual is not None and not result.source:
            hint = "add  source: id  of the list, count or survey that says so"
            yield place.at("actual").error("result.source", "the number does not say where it is from", hint)
        if result.target is None:
            yield place.note("result.target", f"{result.indicator} has no target for {year.number}")
        indicator = indicators.get(result.indicator)
        if indicator and indicator.baseline and indicator.baseline.year > year.number:
            message = f"the baseline of {indicator.id} is of {indicator.baseline.year}, after {year.number}"
            hint = "correct the year of the baseline in programmes.yaml"
            yield place.at("indicator").error("result.baseline", message, hint)
        if indicator and indicator.unit == "percent":  # shares of groups do not add up to that of all
            yield from _percent(place, result)
        else:
            yield from _breakdowns(place, result)


def _percent(place: Place, result: Result) -> Iterator[Problem]:
    for name in ("target", "actual"):
        value = getattr(result, name)
        if value is not None and not 0 <= value <= 100:
            hint = "write 86 for 86 per cent; or leave  unit: percent  out of the indicator"
            yield place.at(name).error("result.percent", f"{value} per cent is not between 0 and 100", hint)


def _breakdowns(place: Place, result: Result) -> Iterator[Problem]:
    for where, breakdown in place.each("breakdowns", result.breakdowns):
        total = sum((part.value for part in breakdown.parts), Decimal())
        if result.actual is not None and total != result.actual:
            message = f"the parts come to {total}, the number is {result.actual}"
            yield where.error("result.parts", message, "parts add up to the whole")
