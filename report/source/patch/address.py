"""Addresses of values in a data file: ``affiliations/@uvrr/role/full/en``. A record in a list is named by its id, never by its number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ById:
    """The record with this id in a list."""

    id: str


Step = str | int | ById
"""The name of a field, the number of an item in a list without ids, or the id of a record in a list."""
Address = tuple[Step, ...]


def read_address(text: str) -> Address:
    """Return the address that is written ``field/@id/0``; ``~1`` stands for a slash, ``~0`` for a tilde, and ``~2`` begins a name like ``@`` or a digit."""
    return tuple(_step(part) for part in text.split("/") if part)


def write_address(address: Address) -> str:
    """Return an address as `read_address` takes it."""
    return "/".join(_part(step) for step in address)


def _step(part: str) -> Step:
    if part.isdecimal() and part.isascii():
        return int(part)
    text = part.removeprefix("@").removeprefix("~2").replace("~1", "/").replace("~0", "~")
    return ById(text) if part.startswith("@") else text


def _part(step: Step) -> str:
    if isinstance(step, int):
        return str(step)
    text = (step.id if isinstance(step, ById) else step).replace("~", "~0").replace("/", "~1")
    if isinstance(step, ById):
        return f"@{text}"
    return f"~2{text}" if text.startswith("@") or text.isdecimal() or not text else text


def by_ids(data: Any, steps: tuple[str | int, ...]) -> Address:
    """Return the address of the value at `steps` in plain data; steps that lead nowhere are left out at its end."""
    address: list[Step] = []
    for step in steps:
        if isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
            id_ = data.get("id") if isinstance(data, dict) else None
            address.append(ById(id_) if isinstance(id_, str) else step)
        elif isinstance(data, dict) and step in data:
            data = data[step]
            address.append(step)
        else:
            break
    return tuple(address)
