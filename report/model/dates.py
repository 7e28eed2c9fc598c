"""Dates as precise as they are known: a year, a month or a day."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError, core_schema

_FORM = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_PATTERN = r"^(1\d|2[01])\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
"""What editors take for a date; that a month has its days is known to `parse` alone."""
_FORMS = "2003, 2003-05 or 2003-05-31"
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[./ ](?P<month>\d{1,2})[./ ](?P<year>\d{4})\.?(?: г\.)?")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[./ ](?P<month>\d{1,2})(?:[./ ](?P<day>\d{1,2}))?\.?")
_NAMED = re.compile(r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|\.)? )?(?P<name>[^\W\d]{3,})\.? (?P<year>\d{4})(?: г\.)?")
_NAMED_FIRST = re.compile(r"(?P<name>[^\W\d]{3,})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})")
_MONTHS = {
    name: number
    for names in ("jan feb mar apr may jun jul aug sep oct nov dec", "яну фев мар апр май юни юли авг сеп окт ное дек")
    for number, name in enumerate(names.split(), 1)
}


def _meant(value: str, forms: str) -> dict[str, str]:
    """Return the details of the error of a date in another notation, with the date that is likely meant."""
    for form in (_DAY_FIRST, _YEAR_FIRST, _NAMED, _NAMED_FIRST):
        found = form.fullmatch(value.strip())
        parts = found.groupdict() if found else {}
        if not parts or not 1000 <= (year := int(parts["year"])) <= 2200:
            continue
        month = _MONTHS.get(parts["name"].lower()[:3], 0) if "name" in parts else int(parts["month"])
        day = int(parts["day"]) if parts.get("day") else None
        if day is not None and 1 <= day <= 12 < month and "name" not in parts:
            month, day = day, month  # the month came first
        if 1 <= month <= 12:
            last = calendar.monthrange(year, month)[1]
            likely = f"{year}-{month:02}" + (f"-{day:02}" if day is not None else "")
            known = day is None or 1 <= day <= last
            hint = f"write {likely}" if known else f"{year}-{month:02} has {last} days: write the day that it is"
            return {"value": value, "forms": forms, "hint": hint}
    return {"value": value, "forms": forms, "hint": ""}


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of the Gregorian calendar. `month` and `day` are 0 where they are not known, so dates sort."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, value: str) -> PartialDate:
        """Return the date that ``2003``, ``2003-05`` or ``2003-05-31`` names; raise `PydanticCustomError` otherwise."""
        found = _FORM.fullmatch(value.strip())
        if not found:
            raise PydanticCustomError("date.form", "'{value}' is not a date such as {forms}", _meant(value, _FORMS))
        year, month, day = (int(part or 0) for part in found.groups())
        if year < 1000 or year > 2200:
            details = {"year": year, "hint": "the year comes first, with four digits"}
            raise PydanticCustomError("date.impossible", "the year {year} is outside 1000–2200", details)
        if found[2] and not 1 <= month <= 12:
            swapped = 1 <= day <= 12 < month <= 31
            hint = f"write {year}-{day:02}-{month:02}" if swapped else "a month is 01 to 12"
            raise PydanticCustomError("date.impossible", "there is no month {month}", {"month": month, "hint": hint})
        last = calendar.monthrange(year, month)[1] if found[3] else 0
        if found[3] and not 1 <= day <= last:
            details = {"year": year, "month": f"{month:02}", "day": day, "hint": f"the last day is {last}"}
            raise PydanticCustomError("date.impossible", "{year}-{month} has no day {day}", details)
        return cls(year, month, day)

    @classmethod
    def of(cls, day: datetime.date) -> PartialDate:
        """Return the date of a day."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        return "-".join([str(self.year), *(f"{part:02}" for part in (self.month, self.day) if part)])

    def overlaps(self, other: PartialDate) -> bool:
        """Return whether both may be the same day."""
        pairs = zip((self.year, self.month, self.day), (other.year, other.month, other.day), strict=True)
        return all(a == b or not a or not b for a, b in pairs)

    def before(self, other: PartialDate) -> bool:
        """Return whether this date is certainly earlier than the other."""
        return not self.overlaps(other) and self < other

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validate,
            json_schema_input_schema=core_schema.union_schema(
                [core_schema.str_schema(pattern=_PATTERN), core_schema.int_schema(ge=1000, le=2200)]
            ),
            serialization=core_schema.to_string_ser_schema(),
        )

    @classmethod
    def _validate(cls, value: Any) -> PartialDate:
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            raise PydanticCustomError("date.form", "a date is needed: 2003, 2003-05 or 2003-05-31")
        return cls.parse(value)


def lasts(since: PartialDate | None, until: PartialDate | None, begins: datetime.date, ends: datetime.date) -> bool:
    """Return whether what has these limits may go on between two days; a limit that is not known is none."""
    return not (since and PartialDate.of(ends).before(since)) and not (until and until.before(PartialDate.of(begins)))


def _day(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str) and not _FORM.fullmatch(value.strip()):
        raise PydanticCustomError("date.form", "'{value}' is not a day such as {forms}", _meant(value, "2003-05-31"))
    date = PartialDate._validate(value)
    if not date.day:
        likely = f"{date}{'' if date.month else '-06'}-{28 if date.month == 2 else 30}"
        hint = f"write {likely}, or the day that it is"
        raise PydanticCustomError("date.form", "a day is needed, such as 2026-06-30", {"hint": hint})
    return datetime.date(date.year, date.month, date.day)


Day = Annotated[datetime.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A whole date."""
