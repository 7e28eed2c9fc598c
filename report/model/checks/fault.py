"""A problem at the line of a fact: what every check yields."""

from __future__ import annotations

from report.model.dossier import Dossier
from report.values import Problem, Severity

ORDER = "mend one of the two dates"


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
