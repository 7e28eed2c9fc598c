"""Facts that were checked become a composed document."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from report.compose import compose
from report.compose.trace import Trace
from report.formats.pdf.weasyprint import install_parser
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.privacy.names import finder_of
from report.model.privacy.redact import redact
from report.model.unreadable import with_placeholders
from report.pipeline.loading import changed, of_job
from report.requests import consents
from report.values import Document, Job, ReportError
from report.workspace import Workspace

_LONGEST: Mapping[str, str] = MappingProxyType({})


def prepare(
    workspace: Workspace, job: Job, dossier: Dossier | None = None, lengths: Mapping[str, str] = _LONGEST
) -> Document:
    """Compose a job's document from facts that were checked before; they are loaded anew where `dossier` is not given.

    `lengths` says which variant of a passage each panel of a brochure prints, where it is not the longest.
    """
    dossier = dossier or of_job(workspace, job)
    if problems := consents.of_job(workspace, dossier, request_of(dossier, job), job):
        raise ReportError(problems)
    return composed(workspace, dossier, job, lengths)


def composed(workspace: Workspace, dossier: Dossier, job: Job, lengths: Mapping[str, str] = _LONGEST) -> Document:
    """Compose a document, whether those whom its stories tell of consent or not."""
    return traced(workspace, dossier, job, lengths)[0]


def traced(
    workspace: Workspace, dossier: Dossier, job: Job, lengths: Mapping[str, str] = _LONGEST
) -> tuple[Document, Trace]:
    """Compose a document as `composed` does, and return with it which facts it prints where."""
    install_parser()
    hidden = job.edition == "redacted"
    finder = finder_of(with_placeholders(dossier)) if hidden else None  # whose names it looks for must all be known
    facts = redact(dossier) if hidden else dossier
    version = compose.Version(job.edition, finder, lengths)
    return compose.traced(workspace, facts, request_of(facts, job), job.language, version)


def request_of(dossier: Dossier, job: Job) -> DocumentRequest:
    """Return what documents.yaml asks of a job's document; raise `ReportError` where it does so no longer."""
    for request in dossier.documents:
        if request.id == job.document:
            return request
    raise changed(job)
