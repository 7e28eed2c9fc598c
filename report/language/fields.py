"""The words for the fields of the data files: label, help, example and names of choices, in the languages of ``templates/fields/``.

English help is the string below each field of a model; everything else stands in the catalogues.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from report.model.base import descriptions
from report.source import read
from report.workspace import bundled_templates

SOURCE = "en"


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What people are shown of a field: `choices` has the names of its values. `language` is that of the words."""

    label: str
    help: str
    example: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    language: str = SOURCE


@functools.cache
def languages() -> tuple[str, ...]:
    """Return the languages that there are words in."""
    return tuple(sorted(path.stem for path in (bundled_templates() / "fields").glob("*.yaml")))


def models() -> frozenset[str]:
    """Return the names of the models that there are words for."""
    return frozenset(_catalogue(SOURCE))


def model_label(model: type[BaseModel], language: str = SOURCE) -> str:
    """Return what a record is called; its class's name where the catalogue has none."""
    found = _catalogue(language).get(model.__name__, {}).get("label")
    return str(found or model.__name__)


_help = functools.cache(descriptions)


def words(model: type[BaseModel], name: str, language: str = SOURCE) -> FieldWords:
    """Return the words for a field of a model, in English where the language has none."""
    if language not in languages():
        language = SOURCE
    entry = _entry(model, name, language)
    info = model.model_fields[name]
    help_ = entry.get("help") if language != SOURCE else _help(model).get(name) or info.description
    label = entry.get("label") or name.replace("_", " ").capitalize()
    return FieldWords(label, str(help_ or ""), entry.get("example"), entry.get("choices", {}), language)


def _entry(model: type[BaseModel], name: str, language: str) -> Mapping[str, Any]:
    """Return what a catalogue has on a field: what every fact has stands with the class that has it."""
    catalogue = _catalogue(language)
    for one in model.__mro__:
        if found := catalogue.get(one.__name__, {}).get("fields", {}).get(name):
            entry: Mapping[str, Any] = found
            return entry
    return {}


@functools.cache
def _catalogue(language: str) -> Mapping[str, Any]:
    path = bundled_templates() / "fields" / f"{language}.yaml"
    data: Mapping[str, Any] = read(path).data if path.is_file() else {}
    return data
