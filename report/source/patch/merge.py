"""Two people changed a file: their changes are joined value by value, and where both changed the same value, both are kept apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report.source.patch.address import Address, ById
from report.source.patch.data import MISSING, Change, Insert, Move, Remove, Set, tidy, value_at
from report.source.patch.proving import ids, patched, reordered
from report.source.yamlfile import parse
from report.values import Problem, ReportError


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value that both changed: what it was, what each made of it (`MISSING` where it was taken away), and why it was not merged, if not for that."""

    address: Address
    base: Any
    mine: Any
    theirs: Any
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """Their text with my changes, and those of mine that are not in it."""

    text: str
    conflicts: tuple[Conflict, ...]


def merge(path: Path, base: str, mine: str, theirs: str) -> Merged:
    """Return their text with the changes from `base` to `mine`; raise `ReportError` where one of the three is not YAML."""
    old, new = (parse(path, text).data for text in (base, mine))
    parse(path, theirs)
    conflicts = []
    for change in differences(old, new):
        now = parse(path, theirs).data
        address = change.address
        if isinstance(change, Insert):
            address = (*address, ById(change.value["id"])) if _has_id(change.value) else address
        before, wanted, present = (value_at(values, address) for values in (old, new, now))
        if _is_there(change, now):
            continue
        if not _is_untouched(change, old, now):
            conflicts.append(Conflict(address, before, wanted, present))
            continue
        try:
            theirs = patched(path, theirs, _fitting(change, now))
        except ReportError as error:
            conflicts.append(Conflict(address, before, wanted, present, error.problems[0]))
    return Merged(theirs, tuple(conflicts))


def differences(old: Any, new: Any, address: Address = ()) -> Iterator[Change]:
    """Yield the changes that make one file's values of another's, each of the smallest value that has a name."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and (old or not address):
        for name in new:
            if name in old:
                yield from differences(old[name], new[name], (*address, name))
            else:
                yield Set((*address, name), new[name], tuple(new))
        yield from (Remove((*address, name), with_comments=True) for name in old if name not in new)
    elif isinstance(old, list) and isinstance(new, list) and old and ids(old) and ids(new):
        yield from _of_records(old, new, address)
    else:
        yield Set(address, new)


def _of_records(old: list[Any], new: list[Any], address: Address) -> Iterator[Change]:
    before, after = {one["id"]: one for one in old}, {one["id"]: one for one in new}
    last: ById | None = None
    for id_, one in after.items():
        if id_ in before:
            yield from differences(before[id_], one, (*address, ById(id_)))
        else:
            yield Insert(address, one, last)
        last = ById(id_)
    yield from (Remove((*address, ById(id_)), with_comments=True) for id_ in before if id_ not in after)
    yield from reordered([id_ for id_ in before if id_ in after], [id_ for id_ in after if id_ in before], address)


def _is_there(change: Change, now: Any) -> bool:
    """Say whether they made the same change."""
    if isinstance(change, Set):
        return bool(value_at(now, change.address) == tidy(change.value))
    if isinstance(change, Remove):
        return value_at(now, change.address) is MISSING
    if isinstance(change, Insert):
        items = value_at(now, change.address)
        return isinstance(items, list) and tidy(change.value) in items
    return False


def _is_untouched(change: Change, old: Any, now: Any) -> bool:
    """Say whether the place of a change is with them as it was."""
    if isinstance(change, Insert):
        items = value_at(now, change.address)
        return isinstance(items, list) and not (_has_id(change.value) and _taken(items, change.value["id"]))
    if isinstance(change, Move):
        return _order(value_at(old, change.address[:-1])) == _order(value_at(now, change.address[:-1]))
    return bool(value_at(old, change.address) == value_at(now, change.address))


def _fitting(change: Change, now: Any) -> Change:
    """Return a change with a neighbour that they have, too."""
    if (
        isinstance(change, Insert)
        and isinstance(change.after, ById)
        and value_at(now, (*change.address, change.after)) is MISSING
    ):
        return Insert(change.address, change.value)
    return change


def _has_id(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("id"), str)


def _taken(items: list[Any], id_: str) -> bool:
    return any(isinstance(one, dict) and one.get("id") == id_ for one in items)


def _order(items: Any) -> list[Any]:
    return [one.get("id") if isinstance(one, dict) else one for one in items] if isinstance(items, list) else []
