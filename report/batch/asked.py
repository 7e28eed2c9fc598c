"""What an organisation asks for in documents.yaml, as jobs."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from pydantic import ValidationError

from report.batch.facts import Source
from report.batch.plan import Choice
from report.formats import FORMATS
from report.looks import kinds
from report.model.document import DocumentRequest, Documents
from report.values import Job, ReportError
from report.workspace import Workspace

_PLAIN = {"plain": "en"}
UNREAD = ""
"""The document of a job that stands for an organisation whose documents.yaml cannot be read: making it tells why."""


def jobs(workspace: Workspace, source: Source, choice: Choice, shared: str) -> Iterator[tuple[Job, str]]:
    """Yield an organisation's jobs and their files below the output folder, without endings.

    They are read from documents.yaml alone: the other facts are read where they are printed.
    """
    try:
        asked, unread = _documents(workspace, source)
    except (ReportError, ValidationError):
        asked, unread = (), (UNREAD,)
    for name in unread:
        if not choice.documents or name in (UNREAD, *choice.documents):
            yield Job(source.id, name, "", ()), UNREAD
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


def _documents(workspace: Workspace, source: Source) -> tuple[tuple[DocumentRequest, ...], tuple[str, ...]]:
    """Return the documents that are asked for, and the ids of those whose request cannot be read; raise where none can."""
    told = source.plain(workspace, "documents.yaml") or {}
    try:
        return Documents.model_validate(told, context=_PLAIN).documents, ()
    except ValidationError as error:
        wrong = {n for e in error.errors(include_url=False) if e["loc"][:1] == ("documents",) for n in e["loc"][1:2]}
        listed = dict(told)["documents"] if wrong else None
        if not isinstance(listed, list):
            raise
        rest = {"documents": [one for n, one in enumerate(listed) if n not in wrong]}
        ids = [one.get("id") if isinstance(one, dict) else None for n, one in enumerate(listed) if n in wrong]
        unread = dict.fromkeys(id_ if isinstance(id_, str) else UNREAD for id_ in ids)
        return Documents.model_validate(rest, context=_PLAIN).documents, tuple(unread)


@functools.lru_cache(maxsize=64)
def _usual(workspace: Workspace, name: str, _shared: str) -> str:
    """Return the first edition of a kind, which its files do not name; nothing for a kind that cannot be read."""
    try:
        return kinds.load(workspace, name)[0].editions[0]
    except ReportError:  # told where its documents are made
        return ""
