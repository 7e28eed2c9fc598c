"""The facts as they were at a document's time: names, missions, people, figures and ties change."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel

from report.model.base import Dated
from report.model.dates import PartialDate, lasts
from report.model.dossier import Dossier

Value = TypeVar("Value")
LATEST = datetime.date(2200, 12, 31)
"""A day after which nothing changes: the facts as they are now."""


def at(dossier: Dossier, begins: datetime.date, ends: datetime.date) -> Dossier:
    """Return the facts that were valid at some time between two days, and names and missions as they were on the last one.

    Of several facts with one id the last is kept. It is the very dossier where nothing changes.
    """
    kept: dict[str, Any] = {
        name: _valid(getattr(dossier, name), begins, ends)
        for name in ("organisation", "affiliations", "objectives", "people", "programmes", "indicators")
    }
    networks = {id_: _valid(network, begins, ends) for id_, network in dossier.networks.items()}
    if any(network is not dossier.networks[id_] for id_, network in networks.items()):
        kept["networks"] = MappingProxyType(networks)
    changed = {name: value for name, value in kept.items() if value is not getattr(dossier, name)}
    return dataclasses.replace(dossier, **changed) if changed else dossier


def is_valid(fact: Dated, begins: datetime.date, ends: datetime.date) -> bool:
    """Return whether a fact was valid at some time between two days."""
    return lasts(fact.valid_from, fact.valid_to, begins, ends)


def _valid(value: Value, begins: datetime.date, ends: datetime.date) -> Value:
    """Return a record, or a list of them, with what was valid; itself where that is all."""
    if isinstance(value, tuple):
        kept = tuple(_valid(one, begins, ends) for one in _last_of_each(value, begins, ends))
        return kept if len(kept) != len(value) or any(a is not b for a, b in zip(kept, value, strict=True)) else value  # type: ignore[return-value]  # the same type
    if not isinstance(value, BaseModel):
        return value
    lists = {name: one for name in type(value).model_fields if isinstance(one := getattr(value, name), tuple) and one}
    changed: dict[str, Any] = {name: _valid(one, begins, ends) for name, one in lists.items() if name != "earlier"}
    changed = {name: one for name, one in changed.items() if one is not lists[name]}
    if "earlier" in lists:
        changed |= {"earlier": ()} | _as_it_was(lists["earlier"], PartialDate.of(ends))
    return value.model_copy(update=changed) if changed else value


def _last_of_each(values: tuple[Any, ...], begins: datetime.date, ends: datetime.date) -> Iterable[Any]:
    """Return the records that were valid, of those with one id the one that begins last."""
    valid = [one for one in values if not isinstance(one, Dated) or is_valid(one, begins, ends)]
    last: dict[str, Any] = {}
    for one in valid:
        id_ = getattr(one, "id", None) if isinstance(one, Dated) else None
        if id_ and (id_ not in last or _begins(last[id_]) <= _begins(one)):
            last[id_] = one
    return [one for one in valid if not isinstance(one, Dated) or last.get(getattr(one, "id", ""), one) is one]


def _begins(one: Dated) -> PartialDate:
    return one.valid_from or PartialDate(0)


def _as_it_was(earlier: tuple[Any, ...], day: PartialDate) -> dict[str, Any]:
    """Return the names, missions and so on that were valid on a day, before what is valid now."""
    then = (
        one for one in earlier if not one.valid_to.before(day) and not (one.valid_from and day.before(one.valid_from))
    )
    found: dict[str, Any] = {}
    for one in sorted(then, key=lambda one: one.valid_to, reverse=True):
        found |= {name: value for name in type(one).model_fields if (value := getattr(one, name)) is not None}
    return {name: value for name, value in found.items() if name not in ("valid_from", "valid_to")}
