"""Numbers that have no room on their page are told at the facts that they are of."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.text import Passage, Text
from report.model.walk import Steps, records
from report.values import Artifact, Location, Problem, Severity

_HINT = "state it in thousands, give its column more of the table, or turn the page (data-page=landscape) in a template of your own"
_MOST_DECIMALS = 4
"""No currency has more (ISO 4217)."""


def told(made: list[Artifact], dossier: Dossier, request: DocumentRequest, folder: Path) -> list[Artifact]:
    """Return what was made, with a warning for each number that has no room."""
    found = {text: page for artifact in made for text, page in artifact.too_wide}
    problems = tuple(_problem(dossier, request, text, page) for text, page in found.items())
    plain = [dataclasses.replace(artifact, too_wide=()) for artifact in made]
    noted = [*plain, Artifact(folder, "note", "", problems=problems)]
    return [artifact for artifact in noted if artifact.sha256 or artifact.problems]


def _problem(dossier: Dossier, request: DocumentRequest, text: str, page: int) -> Problem:
    message = f"{request.id}, page {page}: the number {text} is too wide for its place"
    where = _place(dossier, text)
    if where is None:
        where = dossier.locate("documents.yaml", "documents", dossier.documents.index(request), "id")
    return Problem(Severity.WARNING, "layout.number", message, where, _HINT)


def _place(dossier: Dossier, text: str) -> Location | None:
    """Return where the fact stands that a number was printed of; nothing for a sum, which no fact states."""
    digits, plain = _digits(text), " ".join(text.split())
    for file, steps, record in records(dossier):
        for inner, value in _values(record, steps):
            if isinstance(value, str):
                same = plain in " ".join(value.split())
            else:
                same = digits in {
                    _digits(f"{value:f}"),
                    *(_digits(f"{value:.{n}f}") for n in range(_MOST_DECIMALS + 1)),
                }
            if same and (where := dossier.locate(file, *inner)):
                return where
    return None


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _values(value: Any, steps: Steps) -> Iterator[tuple[Steps, str | Decimal]]:
    """Yield the numbers and the texts of a record, with the steps to them."""
    if isinstance(value, int | Decimal):
        yield steps, Decimal(value)
    elif isinstance(value, Text):
        yield from (((*steps, language), told) for language, told in value.by_language.items())
    elif isinstance(value, Passage):
        for length, text in value.variants.items():
            yield from _values(text, (*steps, length))
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _values(getattr(value, name), (*steps, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _values(item, (*steps, index))
