"""Which labels the documents of a workspace print: they are composed, and what they ask their labels for is noted."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from report.compose import compose
from report.language import labels
from report.language.po_files import Key
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.pipeline.loading import facts
from report.values import ReportError
from report.workspace import Workspace

MOST = 60
"""So many documents are composed; those of further organisations are of the same kinds as a rule."""


@dataclass(frozen=True, slots=True)
class Needed:
    """The labels that documents print, in their order there, each with its English plural, and the documents' kinds.

    `composed` of the workspace's `documents` were looked at.
    """

    labels: dict[Key, str | None]
    kinds: tuple[str, ...]
    composed: int
    documents: int


def needed(workspace: Workspace, language: str) -> Needed:
    """Return the labels that a workspace's documents print, those first that are asked for in `language`; write nothing."""
    workspace = workspace.settled()
    found = sorted(_requests(workspace), key=lambda one: language not in one[1].languages)
    made: dict[Key, str | None] = {}
    for dossier, request in found[:MOST]:
        for key, many in _asked(workspace, dossier, request).items():
            made[key] = made.get(key) or many
    kinds = tuple(dict.fromkeys(request.kind for _, request in found))
    return Needed(made, kinds, min(len(found), MOST), len(found))


def _requests(workspace: Workspace) -> Iterator[tuple[Dossier, DocumentRequest]]:
    for name in (*workspace.organisations(), *workspace.bases()):
        with contextlib.suppress(ReportError):  # told by `report check`
            if (dossier := facts(workspace, name).dossier) is not None:
                yield from ((dossier, request) for request in dossier.documents)


def _asked(workspace: Workspace, dossier: Dossier, request: DocumentRequest) -> dict[Key, str | None]:
    """Return the labels that a document asks for, in the first of its languages in which its facts are told."""
    found: dict[Key, str | None] = {}
    for language in request.languages:
        words = labels.Labels(language, {}, None)
        missing = False
        try:
            edition = compose.Version(next(iter(request.editions), "screen"))
            compose.compose(workspace, dossier, request, language, edition, words)
        except ReportError as error:  # labels always, since it was given none
            missing = any(problem.code != "label.missing" for problem in error.problems)
        found |= words.asked
        if not missing:
            break
    return found
