"""A problem at the line of a fact: what every check yields."""

from __future__ import annotations

from report.model.dossier import Dossier
from report.model.walk import LocatedText
from report.values import Problem, Severity

ORDER = "correct one of the two dates"


def fault(
    dossier: Dossier,
    file: str,
    code: str,
    message: str,
    *steps: str | int,
    hint: str | None = None,
    severity: Severity = Severity.ERROR,
) -> Problem:
    """Return a problem, an error unless said otherwise, where the value at `steps` of a data file stands."""
    return Problem(severity, code, message, dossier.locate(file, *steps), hint)


def within(
    dossier: Dossier, found: LocatedText, language: str, offset: int, code: str, message: str, hint: str,
    severity: Severity = Severity.ERROR,
) -> Problem:  # fmt: skip
    """Return a problem where the character at `offset` of a text in a language stands."""
    steps, text = (*found.steps, language), found.text.by_language[language]
    return Problem(severity, code, message, dossier.within(found.file, steps, text, offset), hint)
