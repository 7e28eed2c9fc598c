"""The way of a need through the facts as they were read: defaults, words for true, who serves and may be named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from report.model.dates import lasts
from report.model.dossier import Dossier, YearFacts
from report.model.person import Person
from report.model.text import Passage, Text
from report.model.walk import Steps, records
from report.profiles.profile import FILTER

_NOTHING: tuple[Any, ...] = (None, "", (), {})


def found(dossier: Dossier, facts: YearFacts | None, file: str, path: list[str]) -> tuple[list[Steps], list[Steps]]:
    """Return the steps to the values at a path of a data file, and to those that are not there."""
    return _walk(_root(dossier, facts, file), path, ())


def _root(dossier: Dossier, facts: YearFacts | None, file: str) -> Any:
    """Return a data file's record, or its lists by name: records by their place, since some are left out."""
    lists: dict[str | int, dict[str | int, BaseModel]] = {}
    for name, steps, record in records(dossier):
        if name != file or (isinstance(record, Person) and not _counts(record, facts)):
            continue
        if not steps:
            return record
        lists.setdefault(steps[0], {})[steps[1]] = record
    return lists


def _counts(person: Person, facts: YearFacts | None) -> bool:
    """Say whether somebody may be named, and serves in the year."""
    return person.publish and (facts is None or lasts(person.since, person.until, facts.begins, facts.ends))


def _walk(value: Any, path: list[str], steps: Steps) -> tuple[list[Steps], list[Steps]]:
    if not path:
        return ([], [steps]) if value in _NOTHING else ([steps], [])
    name, rest = path[0], path[1:]
    if not name.startswith("*"):
        inner = _field(value, name)
        return ([], [(*steps, name)]) if inner in _NOTHING else _walk(inner, rest, (*steps, name))
    wanted = FILTER.fullmatch(name)
    there: list[Steps] = []
    missing: list[Steps] = []
    for place, item in _items(value):
        if wanted and _written(getattr(item, wanted[1], None)) != wanted[2]:
            continue
        one, other = _walk(item, rest, (*steps, place))
        there += one
        missing += other
    return there, missing


def _items(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)


def _field(value: Any, name: str) -> Any:
    """Return what a record says itself: a default was not written by anybody."""
    if isinstance(value, BaseModel):
        return getattr(value, name) if name in value.model_fields_set else None
    if isinstance(value, Passage):
        return value.variants.get(name) or value.longest.by_language.get(name)
    if isinstance(value, Text):
        return value.by_language.get(name)
    return value.get(name) if isinstance(value, Mapping) else None


def _written(value: Any) -> str:
    """Return a value as profiles write it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
