"""What is wrong with a profile that can be read: ids, tiers, the deadline, and needs that no data file can answer."""

from __future__ import annotations

import calendar
import itertools
import typing
from collections.abc import Iterator, Mapping, Sequence
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
from report.profiles.profile import FILTER, Need, Profile
from report.source import SourceFile
from report.values import Problem, Severity

FILES: Mapping[str, type[BaseModel]] = {**SHARED, **OWN, **{f"year/{name}": model for name, model in YEARLY.items()}}
"""The data files that a need may name."""
_COMMON_YEAR = 2001


def check(profile: Profile | FunderProfile | Printer, file: SourceFile) -> Iterator[Problem]:
    """Yield an error for every mistake, at its line."""
    if isinstance(profile, FunderProfile):
        return _of_funder(profile, file)
    return _of_printer(profile, file) if isinstance(profile, Printer) else _of_regulator(profile, file)


def _of_regulator(profile: Profile, file: SourceFile) -> Iterator[Problem]:

    def fault(message: str, *steps: str | int, hint: str | None = None) -> Problem:
        return Problem(Severity.ERROR, "profile.mistake", message, file.locate(steps), hint)

    tiers = [tier.id for tier in profile.tiers]
    seen: set[str] = set()
    for index, requirement in enumerate(profile.requirements):
        at = ("requirements", index)
        if requirement.id in seen:
            yield fault(f"the requirement '{requirement.id}' appears twice", *at, "id")
        seen.add(requirement.id)
        for place, tier in enumerate(requirement.tiers):
            if tier not in tiers:
                yield fault(f"there is no tier '{tier}'", *at, "tiers", place, hint=nearest(tier, tiers))
        for place, need in enumerate(requirement.needs):
            name, found = _need(need)
            if found:
                yield fault(found[0], *at, "needs", place, name, hint=found[1])
    for message, hint, *steps in _tiers(profile):
        yield fault(message, *steps, hint=hint)
    due = profile.deadline
    last = calendar.monthrange(_COMMON_YEAR, due.month)[1] if due else 31
    if due and due.day > last:
        message = f"not every year has a day {due.day} of month {due.month}"
        yield fault(message, "deadline", "day", hint=f"the last one that every year has is {last}")


def _of_funder(profile: FunderProfile, file: SourceFile) -> Iterator[Problem]:
    """Yield an error for every id that a funder's profile gives twice, and for a profile that asks for nothing."""
    lists: list[tuple[tuple[str | int, ...], Sequence[FormField | Variant]]] = [
        (("fields",), profile.fields),
        (("variants",), profile.variants),
        *((("variants", n, "fields"), one.fields) for n, one in enumerate(profile.variants)),
    ]
    for steps, listed in lists:
        seen: set[str] = set()
        for index, one in enumerate(listed):
            if one.id in seen:
                where = file.locate((*steps, index, "id"))
                yield Problem(
                    Severity.ERROR, "profile.mistake", f"'{one.id}' appears twice", where, "name it otherwise"
                )
            seen.add(one.id)
    if not (profile.fields or profile.document or any(one.fields or one.document for one in profile.variants)):
        where, hint = file.locate(("kind",)), "add  document: {…}  with its rules, or  fields: […]  with their limits"
        yield Problem(Severity.ERROR, "profile.mistake", "this profile asks for nothing", where, hint)


def _of_printer(profile: Printer, file: SourceFile) -> Iterator[Problem]:
    """Yield an error for figures that contradict one another."""
    pairs: list[tuple[Decimal | int, Decimal | int, tuple[str, str], str]] = [
        (profile.images.least, profile.images.wanted, ("images", "least"), "pixels per inch are the least"),
        (profile.type.black, profile.type.reversed, ("type", "black"), "points are the least in one ink"),
        (profile.lines.black, profile.lines.reversed, ("lines", "black"), "points are the least in one ink"),
    ]
    for low, high, steps, what in pairs:
        if low > high:
            message = f"{low} {what}, and {high} are asked for beside it"
            yield Problem(Severity.ERROR, "profile.mistake", message, file.locate(steps), "put the smaller one here")


def _tiers(profile: Profile) -> Iterator[tuple[Any, ...]]:
    """Yield message, hint and steps of every tier that is out of its order: an income belongs to just one."""
    if not profile.tiers:
        return
    if not profile.currency:
        yield "tiers need a currency", "add  currency: GBP  or another", "tiers"
    *lower, last = profile.tiers
    for index, tier in enumerate(lower):
        if tier.up_to is None:
            hint = "add  up_to: 25000  or another; only the last tier has none"
            yield f"the tier '{tier.id}' has no end, and another follows", hint, "tiers", index
    if last.up_to is not None:
        message = f"the last tier ends at {last.up_to}, and a greater income has none"
        yield message, f"leave  up_to: {last.up_to}  out, or add a tier without", "tiers", len(lower), "up_to"
    for index, (one, other) in enumerate(itertools.pairwise(profile.tiers)):
        if one.up_to is not None and other.up_to is not None and other.up_to <= one.up_to:
            message = f"the tier '{other.id}' ends at {other.up_to}, not above the tier before it"
            yield message, "put the smallest tier first", "tiers", index + 1, "up_to"


def _need(need: Need) -> tuple[str, tuple[str, str | None] | None]:
    """Return the key of a need that is wrong, with a message and a hint, if one is."""
    if need.file not in FILES:
        return "file", (f"there is no data file '{need.file}'", nearest(need.file, FILES))
    current: Any = FILES[need.file]
    done: list[str] = []
    for part in need.path.split("."):
        found = FILTER.fullmatch(part)
        if _is_list(current) != part.startswith("*"):
            hint = "write  *  for each of a list" if _is_list(current) else "leave the  *  out"
            state = "is a list" if _is_list(current) else "is not a list"
            return "path", (f"'{'.'.join(done) or need.file}' {state}", hint)
        record = record_type(current)
        if part.startswith("*"):
            current = record or str
            if found and (said := _filter(record, found[1], found[2])):
                return "path", said
        elif record:
            if part not in record.model_fields:
                message = f"'{'.'.join(done) or need.file}' has no '{part}'"
                return "path", (message, nearest(part, record.model_fields))
            current = record.model_fields[part].annotation
        elif part not in LENGTHS and not LANGUAGE.fullmatch(part):
            return "path", (f"'{'.'.join(done)}' has no '{part}'", f"end the path at {done[-1]}")
        done.append(part)
    return "", None


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
