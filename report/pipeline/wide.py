"""Numbers that have no room on their page are told at the facts that they are of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.text import Text
from report.model.walk import records, values
from report.values import Location, Problem, Severity

_HINT = "state it in thousands, give its column more of the table, or turn the page (data-page=landscape) in a template of your own"
_MOST_DECIMALS = 4
"""No currency has more (ISO 4217)."""


def problems(too_wide: Mapping[str, int], dossier: Dossier, request: DocumentRequest) -> tuple[Problem, ...]:
    """Return a warning for each number that is wider than its place; `too_wide` has their pages."""
    return tuple(_problem(dossier, request, text, page) for text, page in too_wide.items())


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
        for inner, value in values(record, steps):
            if isinstance(value, Text):
                languages = (one for one, words in value.by_language.items() if plain in " ".join(words.split()))
                same = bool(language := next(languages, ""))
                inner = (*inner, language)
            elif isinstance(value, int | Decimal):
                number = Decimal(value)
                written = (f"{number:f}", *(f"{number:.{n}f}" for n in range(_MOST_DECIMALS + 1)))
                same = digits in map(_digits, written)
            else:
                continue
            if same and (where := dossier.locate(file, *inner)):
                return where
    return None


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
