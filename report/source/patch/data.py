"""What a change does to the plain values of a file: what the changed file must hold afterwards."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from report.source.patch.address import Address, ById, Step


@dataclass(frozen=True, slots=True)
class Set:
    """Give the value at an address another one, or the value that it lacks; what is above it must be there.

    A value is a text, a list or a mapping of values, as `report.source.read` has them. A new field stands behind the last of those that
    come before it in `order`, or at the end.
    """

    address: Address
    value: Any
    order: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Insert:
    """Put a value into the list at an address, behind the item `after`, first where that is None, or last where it is -1."""

    address: Address
    value: Any
    after: Step | None = -1


@dataclass(frozen=True, slots=True)
class Remove:
    """Take the value at an address away; the comments inside it go with it only `with_comments`."""

    address: Address
    with_comments: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """Put an item of a list behind another one of it, or first where `after` is None. Comments above an item go with it.

    Numbers are those before the change.
    """

    address: Address
    after: Step | None


Change = Set | Insert | Remove | Move
MISSING: Any = type("Missing", (), {"__repr__": lambda self: "MISSING", "__bool__": lambda self: False})()
"""What is at an address where there is nothing."""


def value_at(data: Any, address: Address) -> Any:
    """Return the value at an address, or `MISSING`."""
    for step in address:
        if isinstance(step, str):
            data = data.get(step, MISSING) if isinstance(data, dict) else MISSING
        else:
            place = position(data, step)
            data = data[place] if place is not None else MISSING
    return data


def position(items: Any, step: Step) -> int | None:
    """Return the number of an item in a list, or None where there is none."""
    if not isinstance(items, list):
        return None
    if isinstance(step, ById):
        return next((n for n, item in enumerate(items) if isinstance(item, dict) and item.get("id") == step.id), None)
    return (step if 0 <= step < len(items) else None) if isinstance(step, int) else None


def applied(data: Any, change: Change) -> Any:
    """Return what a file holds after a change; raise `LookupError` where the change does not fit."""
    result = copy.deepcopy({} if data is None else data)
    if not change.address:
        if isinstance(change, Set):
            return tidy(change.value)
        raise LookupError("the whole file can only be given another value")
    if isinstance(change, Insert):
        items = value_at(result, change.address)
        if not isinstance(items, list):
            raise LookupError("there is no list")
        items.insert(place_after(items, change.after), tidy(change.value))
        return result
    above, last = value_at(result, change.address[:-1]), change.address[-1]
    if isinstance(last, str):
        if not isinstance(above, dict) or not (isinstance(change, Set) or last in above):
            raise LookupError("there is no such value")
        if isinstance(change, Move):
            raise LookupError("only items of a list can be moved")
        if isinstance(change, Set):
            above[last] = tidy(change.value)
        else:
            del above[last]
        return result
    place = position(above, last)
    if place is None:
        raise LookupError("there is no such item")
    if isinstance(change, Set):
        above[place] = tidy(change.value)
    else:
        target = place_after(above, change.after) if isinstance(change, Move) else 0
        item = above.pop(place)
        if isinstance(change, Move):
            above.insert(target - (target > place), item)
    return result


def place_after(items: list[Any], after: Step | None) -> int:
    """Return the number that an item behind another one gets; raise `LookupError` where that one is not there."""
    if after is None:
        return 0
    if after == -1:
        return len(items)
    place = position(items, after)
    if place is None:
        raise LookupError("there is no such item")
    return place + 1


def tidy(value: Any) -> Any:
    """Return a value with texts that have no spaces around them: facts are read without those."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, dict):
        return {name: tidy(one) for name, one in value.items() if one is not None}
    return [tidy(one) for one in value] if isinstance(value, list | tuple) else value
