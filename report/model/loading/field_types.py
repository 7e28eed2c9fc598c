"""What type the value at a place in a file must have, by the models of its records."""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo


def keys(steps: Sequence[str | int]) -> tuple[str, ...]:
    """Return the names among the steps to a value, without the places in lists."""
    return tuple(step for step in steps if isinstance(step, str))


def value_type(model: type[BaseModel], names: tuple[str, ...]) -> Any:
    """Return the type of the value at those keys, or of what encloses it where that has no fields; None where there is none."""
    enclosing = field(model, names)
    return enclosing.annotation if isinstance(enclosing, FieldInfo) else enclosing


@functools.lru_cache(maxsize=4096)
def field(model: type[BaseModel], names: tuple[str, ...]) -> Any:
    """Return the field at those keys, or the one that encloses it where that has no record; None where there is none.

    Without keys it is the model.
    """
    current: Any = model
    for name in names:
        record = record_type(current.annotation if isinstance(current, FieldInfo) else current)
        if record is None:
            return current
        current = record.model_fields.get(name)
        if current is None:
            return None
    return current


def record_type(annotation: Any) -> type[BaseModel] | None:
    """Return the type of the record that a field has, alone or in a list; None where it has none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if typing.get_origin(annotation) in (tuple, list, typing.Union, types.UnionType, typing.Annotated):
        return next((record for arg in typing.get_args(annotation) if (record := record_type(arg))), None)
    return None
