"""Headings to facts: ``organisation.name.bg`` and ``affiliations[united].since`` become a data file and steps in it."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Any, Literal

from pydantic import BaseModel

from report.model.codes import LANGUAGE
from report.model.loading.field_types import record_type
from report.model.loading.load import OWN, YEARLY
from report.model.organisation import Organisation
from report.model.suggestions import LONGEST, Hinter, Known
from report.model.text import LENGTHS, Passage, Text

ID = "id"
"""The heading of the organisation's own id: its folder below output/ is called so."""

_TOKEN = re.compile(r"\s*(?:\[\s*([^\[\]]*?)\s*\]|\.?\s*([^.\[\]]+?))\s*(?=[.\[]|\Z)")
_YEAR = re.compile(r"(?:19|20|21)\d\d")


class UnknownPath(Exception):
    """A heading that names no fact, and what to do about it; or the `word` in it that is none of those `known`."""

    def __init__(
        self, message: str, hint: str | None = None, *, word: str = "", known: Known = (), else_say: str | None = None
    ):
        super().__init__(message)
        self._hint, self._word, self._known, self._else_say = hint, word, known, else_say

    def hint(self, hinter: Hinter | None = None) -> str | None:
        """Return what to do, or what may be meant: to look for it takes longer than to read the heading."""
        return self._hint or (hinter or Hinter()).nearest(self._word, self._known, self._else_say)


@dataclass(frozen=True, slots=True)
class Key:
    """A step into a list: the record that has this value in one of the fields, all of which a new record gets."""

    value: str
    fields: tuple[str, ...]


Step = str | int | Key
Holds = Literal["value", "list", "language"]


@dataclass(frozen=True, slots=True)
class FactPath:
    """Where a column's values belong.

    A cell of a ``list`` may hold several values, parted by commas; a ``language`` is one of a text.
    """

    file: str
    steps: tuple[Step, ...]
    holds: Holds = "value"

    @property
    def name(self) -> str:
        """Return the path as a heading says it."""
        told = PurePosixPath(self.file).stem if self.file == "organisation.yaml" else ""
        for step in self.steps:
            if isinstance(step, str):
                told += f".{step}" if told else step
            else:
                told += f"[{step.value}]" if isinstance(step, Key) else f"[{step + 1}]"
        return told


@cache
def fact_path(heading: str) -> FactPath:
    """Return what a heading names; raise `UnknownPath` where it names no fact. Case and spaces do not count."""
    if len(heading) > LONGEST:
        raise UnknownPath(f"“{heading[:60]}…” is not the path of a fact", "write it as in organisation.name.en")
    tokens = _tokens(heading)
    year = f"{tokens.pop(0)}/" if len(tokens) > 1 and _YEAR.fullmatch(tokens[0]) else ""
    roots = _roots(bool(year))
    first = _word(tokens[0])
    if first not in roots and not year and _field(Organisation, first):
        tokens, first = ["organisation", *tokens], "organisation"
    if first not in roots and f"{first}s" in roots:
        first = f"{first}s"
    if first not in roots:
        known = (*roots, *Organisation.model_fields, *(f"organisation.{n}" for n in Organisation.model_fields), ID)
        raise UnknownPath(f"'{heading}' is not known here", word=".".join(map(_word, tokens)), known=known)
    file, model, field = roots[first]
    steps: list[Step] = []
    current: Any = model
    if field:
        steps.append(field)
        current = model.model_fields[field].annotation
    holds = _walk(current, tokens[1:], steps)
    if not steps:
        raise UnknownPath(f"'{heading}' names a whole file", f"write one of its facts: {first}.name.en")
    return FactPath(f"{year}{file}", tuple(steps), holds)


def known(heading: str) -> bool:
    """Say whether a heading names a fact or the id."""
    try:
        return heading.strip().lower() == ID or bool(fact_path(heading))
    except UnknownPath:
        return False


def _tokens(heading: str) -> list[str]:
    tokens, position, text = [], 0, heading.strip()
    while position < len(text):
        found = _TOKEN.match(text, position)
        token = (found[1] or found[2] or "") if found else ""
        if found is None or not token:
            raise UnknownPath(f"'{heading}' is not the path of a fact", "write it as in organisation.name.en")
        tokens.append(token)
        position = found.end()
    if not tokens:
        raise UnknownPath("the heading is empty")
    return tokens


@cache
def _roots(yearly: bool) -> Mapping[str, tuple[str, type[BaseModel], str]]:
    """Return the first words of paths: a file's name, or, where a file is lists of records, each list's."""
    found: dict[str, tuple[str, type[BaseModel], str]] = {}
    for file, model in (YEARLY if yearly else OWN).items():
        stem = PurePosixPath(file).stem
        if stem in model.model_fields:
            found |= {field: (file, model, field) for field in model.model_fields}
        else:
            found[stem] = (file, model, "")
    return found


def _word(token: str) -> str:
    return re.sub(r"[\s-]+", "_", token.strip().lower())


def _walk(annotation: Any, tokens: list[str], steps: list[Step]) -> Holds:
    """Follow the tokens through the models, adding steps; return what is held where they end."""
    kind = _bare(annotation)
    rest = list(tokens)
    if typing.get_origin(kind) in (tuple, list):
        return _into_list(typing.get_args(kind)[0], rest, steps)
    if kind in (Text, Passage):
        before = len(steps)
        steps += _text_steps(kind, rest)
        return "language" if len(steps) > before and steps[-1] not in LENGTHS else "value"
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if not rest:
            raise UnknownPath(
                "a record does not fit into a cell", f"write one of its facts: {', '.join(kind.model_fields)}"
            )
        token = rest.pop(0)
        field = _field(kind, _word(token))
        if not field:
            known = tuple(kind.model_fields)
            raise UnknownPath(f"'{token}' is not known here", word=_word(token), known=known, else_say="known fields:")
        inner = kind.model_fields[field].annotation
        steps.append(field)
        if field != _word(token):  # registration.number: the first of registrations
            rest = ["1", *rest]
        return _walk(inner, rest, steps)
    if rest:
        raise UnknownPath(
            f"nothing is below '{_last(steps)}', so '{rest[0]}' is not known", f"end the path at {_last(steps)}"
        )
    return "value"


def _into_list(held: Any, rest: list[str], steps: list[Step]) -> Holds:
    made = record_type(held)
    plain = made is None and _bare(held) not in (Text, Passage)
    if not rest:
        if plain:
            return "list"
        raise UnknownPath(f"'{_last(steps)}' is a list", f"say which of them: {_last(steps)}[1], or by its id")
    if plain:
        raise UnknownPath(f"'{_last(steps)}' is a list of values in one cell", f"end the path at {_last(steps)}")
    token = rest.pop(0)
    if made and ID in made.model_fields:
        fields = (ID, "network") if "network" in made.model_fields else (ID,)
        steps.append(Key(token.lower(), fields))
    elif token.isascii() and token.isdigit() and 0 < int(token) <= 1000:
        steps.append(int(token) - 1)
    else:
        raise UnknownPath(f"'{token}' is not a number of a list", f"say which of them by its number: {_last(steps)}[1]")
    return _walk(held, rest, steps)


def _text_steps(kind: Any, tokens: list[str]) -> Iterator[str]:
    """Yield the steps of a text's length and language: ``about.short.bg``."""
    rest = list(tokens)
    if kind is Passage and rest and rest[0].lower() in LENGTHS:
        yield rest.pop(0).lower()
    if rest:
        token = rest.pop(0)
        head, *tail = re.split(r"[-_]", token)
        language = "-".join([head.lower(), *(part.title() if len(part) == 4 else part.upper() for part in tail)])
        if rest or not (LANGUAGE.fullmatch(language) or token.lower() == "original"):
            message = f"'{'.'.join([token, *rest])}' is not a language code such as en or bg"
            raise UnknownPath(message, "write the code of ISO 639, such as en or bg")
        yield token.lower() if token.lower() == "original" else language


def _field(model: type[BaseModel], word: str) -> str | None:
    """Return the field that a word names; one of a list may be named in the singular: registration, policy."""
    names = (word, f"{word}s", f"{word.removesuffix('y')}ies")
    plural = [n for n in names[1:] if n in model.model_fields and record_type(model.model_fields[n].annotation)]
    return word if word in model.model_fields else next(iter(plural), None)


def _bare(annotation: Any) -> Any:
    """Return a type without its notes and without None."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _bare(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        kept = [arg for arg in typing.get_args(annotation) if arg is not type(None)]
        return _bare(kept[0]) if len(kept) == 1 else annotation
    return annotation


def _last(steps: list[Step]) -> str:
    return next((step for step in reversed(steps) if isinstance(step, str)), "it")
