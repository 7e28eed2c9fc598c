"""Check the organisations of a table: all facts of every row, and documents as far as rows differ in form."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from report.model.checks import texts
from report.model.tables import Organisations
from report.pipeline.checking import Checked, checked, compositions
from report.requests import characters
from report.values import Location, Problem, Severity
from report.workspace import Workspace

FEW = 20
"""Of so many rows every document is composed."""
MOST_COMPOSED = 20
"""Of more, so many documents, of the first row of each form."""


def check_rows(workspace: Workspace, table: Organisations, ids: Sequence[str]) -> Iterator[Checked]:
    """Yield each organisation of a table with all that is wrong with its facts, and at last what was not looked at.

    To compose its documents takes a hundred times as long as to check its facts, and finds the mistakes of templates, which
    are alike in rows that give the same facts. `report batch` composes every document.
    """
    seen: set[object] = set()
    tried = left = 0
    room = MOST_COMPOSED
    for id_ in ids:
        row = table.row(id_)
        result = checked(workspace, table.base.load(row), templates=False)
        dossier = result.dossier
        if dossier and dossier.documents and not result.errors:
            if len(ids) <= FEW or (room > 0 and row.form not in seen):
                more = list(compositions(workspace, dossier))
                room -= sum(len(request.languages) for request in dossier.documents)
                seen.add(row.form)
                tried += 1
            else:
                more = [*texts.untranslated(dossier), *characters.check(workspace, dossier)]
                left += 1
            result = dataclasses.replace(result, problems=tuple(dict.fromkeys((*result.problems, *more))))
        yield result
    if left:
        message = f"the documents of {tried} of {tried + left} rows were composed on trial, of rows that differ in form"
        hint = "report check ORG --table … composes those of a row, report batch makes all"
        yield Checked(None, (Problem(Severity.NOTE, "table.trial", message, Location(table.table.grid.path), hint),))
