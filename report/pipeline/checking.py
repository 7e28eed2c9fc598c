"""Find all that is wrong with an organisation's facts and its requests, writing nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from report.compose import consents, funders, mandates, omissions, requests, requirements
from report.compose.parser import tree
from report.model import checks
from report.model.dossier import Dossier
from report.model.load import Loaded
from report.pipeline.loading import completed, facts
from report.pipeline.preparing import composed
from report.values import Job, Problem, ReportError, Severity
from report.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Checked:
    """An organisation's dossier, unless an error stands in its way, and all that is wrong with it."""

    dossier: Dossier | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


def check(workspace: Workspace, organisation: str, *, templates: bool = True) -> Checked:
    """Load an organisation and find every problem of its facts and requests, writing nothing.

    With `templates`, every document is composed too, which finds the mistakes of templates; building does so anyway.
    """
    return checked(workspace, facts(workspace, organisation), templates=templates)


def checked(workspace: Workspace, loaded: Loaded, *, templates: bool = True) -> Checked:
    """Find every problem of facts that were loaded, from a folder or from a table's row."""
    loaded = completed(workspace, loaded)
    problems = list(loaded.problems)
    if loaded.dossier:
        problems += checks.check(loaded.dossier)
        problems += _idle(loaded.dossier)
        problems += requests.requests(workspace, loaded.dossier)
        problems += consents.check(workspace, loaded.dossier)
        problems += mandates.check(workspace, loaded.dossier)
        problems += requirements.check(workspace, loaded.dossier)
        problems += funders.check(workspace, loaded.dossier)
        problems += requests.characters(workspace, loaded.dossier)
        if templates and not any(p.severity is Severity.ERROR for p in problems):
            problems += compositions(workspace, loaded.dossier)
    return Checked(loaded.dossier, tuple(dict.fromkeys(problems)))


def _idle(dossier: Dossier) -> list[Problem]:
    if dossier.documents:
        return []
    where = dossier.locate("documents.yaml") or dossier.locate("organisation.yaml")
    message = f"no document is asked for: there is nothing to build for {dossier.id}"
    return [Problem(Severity.WARNING, "document.none", message, where, "name one in documents.yaml")]


def unused(workspace: Workspace, dossier: Dossier) -> Iterator[Problem]:
    """Yield a note for each fact that no document of an organisation prints, as far as they can be composed."""
    printed = []
    for request in dossier.documents:
        for language in request.languages:
            with contextlib.suppress(ReportError):  # told by `check`
                job = Job(dossier.id, request.id, language, (), next(iter(request.editions), "screen"))
                document = composed(workspace, dossier, job)
                there = omissions.Printed.of(tree(document.html), document.assets, chosen=False)
                printed.append((request, language, there))
    yield from omissions.unused(dossier, printed)


def compositions(workspace: Workspace, dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with each document once its template has met the facts."""
    for request in dossier.documents:
        plain = [edition for edition in request.editions if edition != "redacted"][:1]
        hidden = ["redacted"] if "redacted" in request.editions else []
        for language in request.languages:
            for edition in (*plain, *hidden):  # screen and print differ in addresses alone
                try:
                    yield from composed(workspace, dossier, Job(dossier.id, request.id, language, (), edition)).left_out
                except ReportError as error:
                    yield from error.problems
