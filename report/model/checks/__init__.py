"""What is wrong with facts that can each be read: one module for each part of the field."""

from __future__ import annotations

from collections.abc import Iterator

from report.model.checks import (
    actions,
    amounts,
    facts,
    marks,
    money,
    named,
    narrative,
    people,
    projects,
    results,
    roles,
    texts,
    unknown,
)
from report.model.dossier import Dossier
from report.values import Problem


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield every problem of an organisation's facts."""
    for part in (
        texts,
        facts,
        marks,
        results,
        amounts,
        money,
        narrative,
        people,
        named,
        roles,
        projects,
        actions,
        unknown,
    ):
        yield from part.check(dossier)
