"""Schemas and the page of all fields with the words for people: labels, help and examples in a language."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from report.language import fields

Schema = dict[str, Any]


def put(schemas: Mapping[str, Schema], models: Mapping[str, type[BaseModel]], language: str) -> None:
    """Put labels, help, examples and names of choices into schemas, which are changed."""
    for name, schema in schemas.items():
        for model in reached(models[name]):
            record = schema if model is models[name] else schema.get("$defs", {}).get(model.__name__)
            if record is None or model.__name__ not in fields.models():
                continue
            record["title"] = fields.model_label(model, language)
            for field, part in record.get("properties", {}).items():
                _put(part, fields.words(model, field, language))


def _put(part: Schema, words: fields.FieldWords) -> None:
    part["title"] = words.label
    if words.help:
        part["description"] = words.help
    if words.example is not None:
        part["examples"] = [words.example]
    for one in (part, part.get("items", {}), *part.get("anyOf", ())):
        if words.choices and set(one.get("enum", ())) == set(words.choices):
            one["enumDescriptions"] = [words.choices[value] for value in one["enum"]]


def reached(model: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """Return a model and those of the records in it, at any depth."""
    found: dict[type[BaseModel], None] = {}
    stack = [model]
    while stack:
        one = stack.pop()
        if one not in found:
            found[one] = None
            stack += [inner for field in one.model_fields.values() for inner in _models_in(field.annotation)]
    return tuple(found)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    else:
        for one in typing.get_args(annotation):
            yield from _models_in(one)
