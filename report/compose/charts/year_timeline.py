"""The year as a timeline: the milestones among its activities."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator

from babel.dates import format_interval, get_month_names

from report.compose.charts.pen import Pen
from report.compose.views.context import Context
from report.compose.views.years import YearView
from report.model.activity import Activity
from report.model.dates import PartialDate
from report.model.dossier import Dossier
from report.values import Span, Timeline, required


def timeline(dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Timeline]:
    """Yield the milestones of the year, in their order; none where there is but one."""
    year = facts.year
    found = dossier.years[year.number].activities if year else ()
    milestones = sorted((a for a in found if a.milestone and _dates(a)), key=lambda a: required(_dates(a)))
    if not year or len(milestones) < 2:
        return
    title = pen.say("The year %(year)s", year=str(year.number))
    yield Timeline(
        "year", title, "", year.begins, year.ends, _months(year, pen), tuple(_span(a, pen) for a in milestones)
    )


def _months(year: YearView, pen: Pen) -> tuple[tuple[datetime.date, str], ...]:
    names = get_month_names("abbreviated", "stand-alone", pen.writer.locale)
    day, found = year.begins.replace(day=1), []
    while day <= year.ends:
        found.append((max(day, year.begins), names[day.month].rstrip(".")))
        day = (day + datetime.timedelta(32)).replace(day=1)
    return tuple(found)


def _span(activity: Activity, pen: Pen) -> Span:
    begins, ends = required(_dates(activity))
    return Span(pen.text(activity.title), begins, ends, when(activity, pen))


def _dates(activity: Activity) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day that an activity may have been on, or None where neither is known."""
    begins, ends = activity.begins or activity.ends, activity.ends or activity.begins
    return (_first(begins), _last(ends)) if begins and ends else None


def when(activity: Activity, pen: Pen) -> str:
    """Write when it was, as precisely as it is known."""
    one, other = activity.begins or activity.ends, activity.ends
    if one is None:
        return pen.writer.date(None)
    if other and other != one and all(d.month and d.day for d in (one, other)):
        return format_interval(_first(one), _last(other), "yMMMMd", locale=pen.writer.locale)
    if other and other != one:
        return f"{pen.writer.date(one)} – {pen.writer.date(other)}"
    return pen.writer.date(one)


def _first(date: PartialDate) -> datetime.date:
    return datetime.date(date.year, date.month or 1, date.day or 1)


def _last(date: PartialDate) -> datetime.date:
    month = date.month or 12
    return datetime.date(date.year, month, date.day or calendar.monthrange(date.year, month)[1])
