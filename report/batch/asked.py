"""What an organisation asks for in documents.yaml, as jobs."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from pydantic import ValidationError

from report.batch.facts import Source
from report.batch.plan import Choice
from report.compose import kind
from report.formats import FORMATS
from report.model.document import DocumentRequest, Documents
from report.values import Job, ReportError
from report.workspace import Workspace

UNREAD = ""
"""The document of a job that stands for an organisation whose documents.yaml cannot be read: making it tells why."""


def jobs(workspace: Workspace, source: Source, choice: Choice, shared: str) -> Iterator[tuple[Job, str]]:
    """Yield an organisation's jobs and their files below the output folder, without endings.

    They are read from documents.yaml alone: the other facts are read where they are printed.
    """
    try:
        asked = _documents(workspace, source)
    except (ReportError, ValidationError):
        yield Job(source.id, UNREAD, "", ()), UNREAD
        return
    for request in {request.id: request for request in asked}.values():  # of two with one id, the worker tells
        if choice.documents and request.id not in choice.documents:
            continue
        wanted = tuple(form for form in FORMATS if form in (choice.formats or request.formats))
        usual = _usual(workspace, request.kind, shared)
        asked_for = request.editions if "editions" in request.model_fields_set or not usual else (usual,)
        for language in dict.fromkeys(request.languages):
            if choice.languages and language not in choice.languages:
                continue
            for edition in choice.editions or asked_for:
                job = Job(source.id, request.id, language, wanted, edition)
                base = workspace.file(source.id, request.id, language, "" if edition == usual else edition)
                yield job, base.relative_to(workspace.output).as_posix()


def _documents(workspace: Workspace, source: Source) -> tuple[DocumentRequest, ...]:
    told = source.plain(workspace, "documents.yaml") or {}
    return Documents.model_validate(told, context={"plain": "en"}).documents


@functools.lru_cache(maxsize=64)
def _usual(workspace: Workspace, name: str, _shared: str) -> str:
    """Return the first edition of a kind, which its files do not name; nothing for a kind that cannot be read."""
    try:
        return kind.load(workspace, name)[0].editions[0]
    except ReportError:  # told where its documents are made
        return ""
