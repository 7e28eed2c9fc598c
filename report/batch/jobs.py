"""The document requests of an organisation as jobs."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from pydantic import ValidationError

from report.batch.choice import Choice
from report.batch.sources import Source
from report.formats import FORMATS
from report.looks import kinds
from report.model.document import DocumentRequest, Documents
from report.values import Job, ReportError
from report.workspace import Workspace

_PLAIN = {"plain": "en"}
UNREADABLE = ""
"""The document of a job that stands for an organisation whose documents.yaml cannot be read: building it reports why."""


def jobs(workspace: Workspace, source: Source, choice: Choice, shared: str) -> Iterator[tuple[Job, str]]:
    """Yield an organisation's jobs and their files below the output folder, without extensions.

    They are read from documents.yaml alone: the other facts are read where they are printed.
    """
    try:
        requests, unreadable = _requests(workspace, source)
    except (ReportError, ValidationError):
        requests, unreadable = (), (UNREADABLE,)
    for name in unreadable:
        if not choice.documents or name in (UNREADABLE, *choice.documents):
            yield Job(source.id, name, "", ()), UNREADABLE
    by_id = {request.id: request for request in requests}  # the worker reports an id that appears twice
    for request in by_id.values():
        if choice.documents and request.id not in choice.documents:
            continue
        formats = tuple(form for form in FORMATS if form in (choice.formats or request.formats))
        default = _default_edition(workspace, request.kind, shared)
        requested = request.editions if "editions" in request.model_fields_set or not default else (default,)
        for language in dict.fromkeys(request.languages):
            if choice.languages and language not in choice.languages:
                continue
            for edition in choice.editions or requested:
                job = Job(source.id, request.id, language, formats, edition)
                base = workspace.file(source.id, request.id, language, "" if edition == default else edition)
                yield job, base.relative_to(workspace.output).as_posix()


def _requests(workspace: Workspace, source: Source) -> tuple[tuple[DocumentRequest, ...], tuple[str, ...]]:
    """Return the document requests, and the ids of those that cannot be read; raise an error where none can."""
    data = source.plain(workspace, "documents.yaml") or {}
    try:
        return Documents.model_validate(data, context=_PLAIN).documents, ()
    except ValidationError as error:
        places = [e["loc"] for e in error.errors(include_url=False)]
        wrong = {place[1] for place in places if place[:1] == ("documents",) and len(place) > 1}
        listed = dict(data)["documents"] if wrong else None
        if not isinstance(listed, list):
            raise
        rest = {"documents": [one for n, one in enumerate(listed) if n not in wrong]}
        ids = [one.get("id") if isinstance(one, dict) else None for n, one in enumerate(listed) if n in wrong]
        unreadable = dict.fromkeys(id_ if isinstance(id_, str) else UNREADABLE for id_ in ids)
        return Documents.model_validate(rest, context=_PLAIN).documents, tuple(unreadable)


@functools.lru_cache(maxsize=64)
def _default_edition(workspace: Workspace, name: str, _shared: str) -> str:
    """Return the first edition of a kind, which its files do not name; empty for a kind that cannot be read."""
    try:
        return kinds.load(workspace, name)[0].editions[0]
    except ReportError:  # reported where its documents are built
        return ""
