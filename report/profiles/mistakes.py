"""What is wrong with a profile that can be read: ids, tiers, the deadline, and needs that no data file can answer."""

from __future__ import annotations

import calendar
import itertools
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel

from report.model.codes import LANGUAGE
from report.model.loading.field_types import record_type
from report.model.loading.load import OWN, SHARED, YEARLY
from report.model.suggestions import nearest
from report.model.text import LENGTHS
from report.profiles.funder import FormField, FunderProfile, Variant
from report.profiles.printer import Printer
from report.profiles.profile import FILTER, Need, Profile, Requirement
from report.source import SourceFile
from report.values import Problem, Severity

FILES: Mapping[str, type[BaseModel]] = {**SHARED, **OWN, **{f"year/{name}": model for name, model in YEARLY.items()}}
"""The data files that a need may name."""
_COMMON_YEAR = 2001


Mistake = tuple[tuple[str | int, ...], str, str | None]
"""The steps to what is wrong, the message and the hint."""


def check(profile: Profile | FunderProfile | Printer, file: SourceFile) -> Iterator[Problem]:
    """Yield an error for every mistake, at its line."""
    if isinstance(profile, FunderProfile):
        mistakes = _of_funder(profile)
    else:
        mistakes = _of_printer(profile) if isinstance(profile, Printer) else _of_regulator(profile)
    for steps, message, hint in mistakes:
        yield Problem(Severity.ERROR, "profile.mistake", message, file.locate(steps), hint)


def _duplicates(records: Iterable[Requirement | FormField | Variant]) -> Iterator[tuple[int, str]]:
    """Yield the place and the id of each record whose id another before it has."""
    seen: set[str] = set()
    for index, one in enumerate(records):
        if one.id in seen:
            yield index, one.id
        seen.add(one.id)


def _of_regulator(profile: Profile) -> Iterator[Mistake]:
    for index, id_ in _duplicates(profile.requirements):
        yield ("requirements", index, "id"), f"the requirement '{id_}' appears twice", None
    tiers = [tier.id for tier in profile.tiers]
    for index, requirement in enumerate(profile.requirements):
        at = ("requirements", index)
        for place, tier in enumerate(requirement.tiers):
            if tier not in tiers:
                yield (*at, "tiers", place), f"there is no tier '{tier}'", nearest(tier, tiers)
        for place, need in enumerate(requirement.needs):
            if mistake := _need(need):
                name, message, hint = mistake
                yield (*at, "needs", place, name), message, hint
    yield from _tiers(profile)
    due = profile.deadline
    last = calendar.monthrange(_COMMON_YEAR, due.month)[1] if due else 31
    if due and due.day > last:
        message = f"not every year has a day {due.day} of month {due.month}"
        yield ("deadline", "day"), message, f"the last one that every year has is {last}"


def _of_funder(profile: FunderProfile) -> Iterator[Mistake]:
    """Yield a mistake for every id that a funder's profile gives twice, and for a profile that asks for nothing."""
    lists: list[tuple[tuple[str | int, ...], Sequence[FormField | Variant]]] = [
        (("fields",), profile.fields),
        (("variants",), profile.variants),
        *((("variants", n, "fields"), one.fields) for n, one in enumerate(profile.variants)),
    ]
    for steps, records in lists:
        for index, id_ in _duplicates(records):
            yield (*steps, index, "id"), f"'{id_}' appears twice", "name it otherwise"
    if not (profile.fields or profile.document or any(one.fields or one.document for one in profile.variants)):
        hint = "add  document: {…}  with its rules, or  fields: […]  with their limits"
        yield ("kind",), "this profile asks for nothing", hint


def _of_printer(profile: Printer) -> Iterator[Mistake]:
    """Yield a mistake for figures that contradict one another."""
    pairs: list[tuple[Decimal | int, Decimal | int, tuple[str, str], str]] = [
        (profile.images.least, profile.images.wanted, ("images", "least"), "pixels per inch are the least"),
        (profile.type.black, profile.type.reversed, ("type", "black"), "points are the least in one ink"),
        (profile.lines.black, profile.lines.reversed, ("lines", "black"), "points are the least in one ink"),
    ]
    for low, high, steps, what in pairs:
        if low > high:
            yield steps, f"{low} {what}, and {high} are asked for beside it", "put the smaller one here"


def _tiers(profile: Profile) -> Iterator[Mistake]:
    """Yield a mistake for every tier that is out of its order: an income belongs to just one."""
    if not profile.tiers:
        return
    if not profile.currency:
        yield ("tiers",), "tiers need a currency", "add  currency: GBP  or another"
    *lower, last = profile.tiers
    for index, tier in enumerate(lower):
        if tier.up_to is None:
            hint = "add  up_to: 25000  or another; only the last tier has none"
            yield ("tiers", index), f"the tier '{tier.id}' has no end, and another follows", hint
    if last.up_to is not None:
        message = f"the last tier ends at {last.up_to}, and a greater income has none"
        yield ("tiers", len(lower), "up_to"), message, f"leave  up_to: {last.up_to}  out, or add a tier without"
    for index, (one, other) in enumerate(itertools.pairwise(profile.tiers)):
        if one.up_to is not None and other.up_to is not None and other.up_to <= one.up_to:
            message = f"the tier '{other.id}' ends at {other.up_to}, not above the tier before it"
            yield ("tiers", index + 1, "up_to"), message, "put the smallest tier first"


def _need(need: Need) -> tuple[str, str, str | None] | None:
    """Return the key of a need that is wrong, a message and a hint; None where nothing is."""
    if need.file not in FILES:
        return "file", f"there is no data file '{need.file}'", nearest(need.file, FILES)
    current: Any = FILES[need.file]
    done: list[str] = []
    for part in need.path.split("."):
        above = ".".join(done) or need.file
        if _is_list(current) != part.startswith("*"):
            state, hint = ("is not a list", "leave the  *  out")
            if _is_list(current):
                state, hint = ("is a list", "write  *  for each of a list")
            return "path", f"'{above}' {state}", hint
        record = record_type(current)
        if part.startswith("*"):
            current = record or str
            condition = FILTER.fullmatch(part)
            if condition and (mistake := _filter(record, condition[1], condition[2])):
                return "path", *mistake
        elif record:
            if part not in record.model_fields:
                return "path", f"'{above}' has no '{part}'", nearest(part, record.model_fields)
            current = record.model_fields[part].annotation
        elif part not in LENGTHS and not LANGUAGE.fullmatch(part):
            return "path", f"'{above}' has no '{part}'", f"end the path at {done[-1]}"
        done.append(part)
    return None


def _filter(record: type[BaseModel] | None, name: str, value: str) -> tuple[str, str | None] | None:
    fields = record.model_fields if record else {}
    if name not in fields:
        return f"what the list holds has no '{name}'", nearest(name, fields)
    options = _options(fields[name].annotation)
    if options and value not in options:
        return f"'{name}' is never '{value}'", nearest(value, options)
    return None


def _options(annotation: Any) -> tuple[str, ...]:
    """Return the words that a field may be, or nothing where it may be others."""
    if annotation is bool:
        return ("true", "false")
    if typing.get_origin(annotation) is Literal:
        return tuple(str(value) for value in typing.get_args(annotation))
    inner = [arg for arg in typing.get_args(annotation) if arg is not type(None)]
    return _options(inner[0]) if len(inner) == 1 else ()


def _is_list(annotation: Any) -> bool:
    if typing.get_origin(annotation) in (tuple, list):
        return True
    return any(_is_list(arg) for arg in typing.get_args(annotation) if arg is not Ellipsis)
