"""Stories against the documents that print them: whether the consent reaches that far, and lasts that long."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from report.model.document import DocumentRequest
from report.model.dossier import Dossier, YearFacts
from report.requests.placed_request import kind_of
from report.values import Job, Problem, Severity
from report.workspace import Workspace

SECTION = "stories"
"""The section that prints stories."""


def check(workspace: Workspace, dossier: Dossier) -> Iterator[Problem]:
    """Yield an error for each story in a document that its consent does not reach."""
    for request in dossier.documents:
        year = dossier.years.get(request.year) if request.year is not None else None
        kind = kind_of(workspace, request) if year and year.stories and set(request.editions) != {"redacted"} else None
        if year and kind and SECTION in kind.printed(request):
            yield from _dates(dossier, year, request)
            yield from _scopes(dossier, year, request)


def of_job(workspace: Workspace, dossier: Dossier, request: DocumentRequest, job: Job) -> tuple[Problem, ...]:
    """Return the same for one edition in its formats: the command line may name others than the document does."""
    request = request.model_copy(update={"editions": (job.edition,), "formats": job.formats})
    return tuple(check(workspace, dataclasses.replace(dossier, documents=(request,))))


def _dates(dossier: Dossier, year: YearFacts, request: DocumentRequest) -> Iterator[Problem]:
    for index, story in enumerate(year.stories):
        consent = story.consent
        if consent and consent.until and consent.date <= consent.until < request.date:
            message = f"the consent ended on {consent.until}, before the report of {request.date}"
            yield _fault(dossier, year, "story.consent", message, index, "until", "ask again")
        if consent and consent.date > request.date:
            message = f"the consent was given on {consent.date}, after the report of {request.date}"
            yield _fault(dossier, year, "story.consent", message, index, "date")


def _scopes(dossier: Dossier, year: YearFacts, request: DocumentRequest) -> Iterator[Problem]:
    """Yield what a consent for print or for the web alone does not cover: the printed edition, or all others."""
    printed = "print" in request.editions and set(request.formats) != {"html"}
    on_screen = "screen" in request.editions or "html" in request.formats
    for index, story in enumerate(year.stories):
        scope = story.consent.scope if story.consent else "all"
        if scope == "web" and printed:
            message = f"the consent is for the web alone, and {request.id} has a printed edition"
        elif scope == "print" and on_screen:
            where = "an edition for the screen" if "screen" in request.editions else "a web page (html)"
            message = f"the consent is for print alone, and {request.id} has {where}"
        else:
            continue
        hint = "ask for all; or leave stories out of the document's sections, or that edition or format out"
        yield _fault(dossier, year, "story.scope", message, index, "scope", hint)


def _fault(
    dossier: Dossier, year: YearFacts, code: str, message: str, index: int, field: str, hint: str | None = None
) -> Problem:
    where = dossier.locate(f"{year.number}/stories.yaml", SECTION, index, "consent", field)
    return Problem(Severity.ERROR, code, message, where, hint)
