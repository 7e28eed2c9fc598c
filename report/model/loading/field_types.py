"""What type the value at a place in a file must have, by the models of its records."""

from __future__ import annotations

import functools
import types
import typing
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo


def held(model: type[BaseModel], names: tuple[str, ...]) -> Any:
    """Return the type of the value at those keys, or of what encloses it where that has no fields; None where there is none."""
    found = field(model, names)
    return found.annotation if isinstance(found, FieldInfo) else found


@functools.lru_cache(maxsize=4096)
def field(model: type[BaseModel], names: tuple[str, ...]) -> Any:
    """Return the field at those keys, or the one that encloses it where that holds no record; None where there is none.

    Without keys it is the model.
    """
    current: Any = model
    for name in names:
        kept = record_type(current.annotation if isinstance(current, FieldInfo) else current)
        if kept is None:
            return current
        current = kept.model_fields.get(name)
        if current is None:
            return None
    return current


def record_type(annotation: Any) -> type[BaseModel] | None:
    """Return the record that a field holds, alone or in a list, or None where it holds none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if typing.get_origin(annotation) in (tuple, list, typing.Union, types.UnionType, typing.Annotated):
        return next((found for arg in typing.get_args(annotation) if (found := record_type(arg))), None)
    return None
