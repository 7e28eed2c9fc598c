"""Every text of the facts, with the way back to its line."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import BaseModel

from report.model.base import nested
from report.model.dossier import LISTS, LISTS_OF_YEAR, Dossier, YearFacts
from report.model.text import Passage, Text
from report.source.caching import cached_by_identity

Steps = tuple[str | int, ...]
Record = tuple[str, Steps, BaseModel]
"""A data file, the steps to a record in it, and the record."""


class LocatedText(NamedTuple):
    """A text and where it stands: the data file's name and the steps to the value."""

    file: str
    steps: Steps
    text: Text
    marked: bool = False
    """Whether it is part of a passage, which may have emphasis, lists and links."""

    @property
    def in_call(self) -> bool:
        """Say whether it goes to a funder's portal, in the languages of its call, and into no document."""
        return self.file == "documents.yaml" and self.steps[:1] == ("calls",)


@dataclass(frozen=True, eq=False)
class Part:
    """Some records of a dossier, with the data file of each and the steps to it. What is computed of a part may be cached with it."""

    records: tuple[Record, ...]


@cached_by_identity
def parts(dossier: Dossier) -> tuple[Part, Part]:
    """Return the records of a dossier in two parts: the organisation itself, and all others.

    Rows of a table mostly differ in the first alone: of their others they have one part in common.
    """
    first, *others = _records(dossier)
    return Part((first,)), _shared_part(others)


@cached_by_identity
def nested_records(part: Part) -> tuple[Record, ...]:
    """Return the records of a part, and those inside them, at any depth."""
    return tuple((file, inner, value) for file, steps, record in part.records for inner, value in nested(record, steps))


def _shared_part(records: Sequence[Record]) -> Part:
    key = tuple(id(record) for _, _, record in records)
    part = _PARTS.pop(key, None) or Part(tuple(records))
    _PARTS[key] = part
    if len(_PARTS) > _MOST_PARTS:
        del _PARTS[next(iter(_PARTS))]
    return part


_PARTS: dict[tuple[int, ...], Part] = {}
"""Parts in recent use, by the identities of their records, which a part keeps alive."""
_MOST_PARTS = 8


def records(dossier: Dossier) -> Iterator[Record]:
    """Yield the records of the dossier with their file and steps; of networks.yaml only those referred to."""
    return itertools.chain.from_iterable(part.records for part in parts(dossier))


def texts(dossier: Dossier) -> Iterator[LocatedText]:
    """Yield every text that a document or a call of this organisation may print, in the order of the files."""
    return itertools.chain.from_iterable(texts_of(part) for part in parts(dossier))


@cached_by_identity
def texts_of(part: Part) -> tuple[LocatedText, ...]:
    """Return every text of a part's records."""
    return tuple(
        LocatedText(file, inner, text, text.marked)
        for file, steps, record in part.records
        for inner, text in values(record, steps)
        if isinstance(text, Text)
    )


def _records(dossier: Dossier) -> Iterator[Record]:
    yield "organisation.yaml", (), dossier.organisation
    yield from _listed("", LISTS, dossier)
    for number, year in dossier.years.items():
        yield f"{number}/year.yaml", (), year.year
        if year.finance:
            yield f"{number}/finance.yaml", (), year.finance
        yield from _listed(f"{number}/", LISTS_OF_YEAR, year)
    shared = dossier.files["networks.yaml"].data if "networks.yaml" in dossier.files else {}
    for name in ("networks", "institutions", "sources"):
        by_id = getattr(dossier, name)
        for index, raw in enumerate(shared.get(name) or ()):
            if raw["id"] in by_id:
                yield "networks.yaml", (name, index), by_id[raw["id"]]


def _listed(folder: str, lists: Mapping[str, Sequence[str]], facts: Dossier | YearFacts) -> Iterator[Record]:
    for file, names in lists.items():
        for name in names:
            for index, record in enumerate(getattr(facts, name)):
                yield f"{folder}{file}", (name, index), record


def values(value: object, steps: Steps) -> Iterator[tuple[Steps, object]]:
    """Yield what a value holds, at any depth, with the steps to each: every value that is no record and no list.

    A passage stands before the texts of its lengths.
    """
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from values(getattr(value, name), (*steps, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from values(item, (*steps, index))
    else:
        yield steps, value
        if isinstance(value, Passage):
            yield from (((*steps, length), text) for length, text in value.variants.items())


def texts_with(dossier: Dossier, character: str) -> Iterator[tuple[str, Steps, str]]:
    """Yield the file, the steps and the words of each text and each other fact that has a character, in the order of the files."""
    for file, steps, record in records(dossier):
        for inner, value in values(record, steps):
            if isinstance(value, Text):
                for language, words in value.by_language.items():
                    if character in words:
                        yield file, (*inner, language), words
            elif isinstance(value, str) and character in value:
                yield file, inner, value
