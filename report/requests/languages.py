"""Documents that are asked for in a language without a catalogue of labels."""

from __future__ import annotations

from collections.abc import Collection

from report.language import catalogues, labels, related
from report.looks import kinds
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.values import Problem, ReportError, Severity
from report.workspace import Workspace


def is_mute(workspace: Workspace, request: DocumentRequest, language: str, known: Collection[str]) -> bool:
    """Say whether a document is asked for in a language without a catalogue, and has labels and no other to take them from."""
    if language not in request.languages or language in known or request.fallback in known:
        return False
    return not _is_kind(workspace, request) or bool(catalogues.of_kind(workspace, request.kind))


def problem(workspace: Workspace, dossier: Dossier, language: str, known: Collection[str]) -> Problem:
    """Return an error for a language without a catalogue, at the first document that asks for it: it is that of all of them.

    Its labels are those of the first whose kind there is.
    """
    asking = [n for n, one in enumerate(dossier.documents) if is_mute(workspace, one, language, known)]
    first = next((n for n in asking if _is_kind(workspace, dossier.documents[n])), None)
    place = asking[0] if first is None else first
    request = dossier.documents[place]
    where = dossier.locate("documents.yaml", "documents", place, "languages", request.languages.index(language))
    if first is None:
        message = f"there is no catalogue of labels in {related.english(language)}"
    else:
        wanted = [message for message, _ in catalogues.of_kind(workspace, request.kind)]
        message = labels.lack(wanted, len(wanted), language)
    several = len(asking) > 1
    message += f"; {len(asking)} documents are asked for in it" if several else ""
    hint = f"{labels.todo(language)}, or add  fallback: {labels.SOURCE}  to {'each document' if several else 'the document'}"
    return Problem(Severity.ERROR, "document.language", message, where, hint)


def _is_kind(workspace: Workspace, request: DocumentRequest) -> bool:
    try:
        return bool(kinds.load(workspace, request.kind))
    except ReportError:  # told at the document
        return False
