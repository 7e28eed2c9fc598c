"""A request of documents.yaml with its place there and its kind."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from report.looks import kinds
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.values import Location, Problem, ReportError, Severity
from report.workspace import Workspace


def kind_of(workspace: Workspace, request: DocumentRequest) -> kinds.Kind | None:
    """Return the kind of a document; None for one that cannot be read, which is reported with the request alone."""
    try:
        return kinds.load(workspace, request.kind)[0]
    except ReportError:
        return None


@dataclass(frozen=True, slots=True)
class PlacedRequest:
    """The request at an index of documents.yaml, and its kind where that can be read."""

    workspace: Workspace
    dossier: Dossier
    index: int
    request: DocumentRequest
    kind: kinds.Kind | None

    @classmethod
    def of(cls, workspace: Workspace, dossier: Dossier, index: int) -> PlacedRequest:
        """Return the request at an index."""
        request = dossier.documents[index]
        return cls(workspace, dossier, index, request, kind_of(workspace, request))

    def at(self, *steps: str | int) -> Location | None:
        """Return the place of a key of the request."""
        return self.dossier.locate("documents.yaml", "documents", self.index, *steps)

    def error(self, code: str, message: str, hint: str | None, *steps: str | int) -> Problem:
        """Return an error at a key of the request."""
        return Problem(Severity.ERROR, code, message, self.at(*steps), hint)

    def located(self, error: ReportError, *steps: str | int) -> Iterator[Problem]:
        """Yield the problems of a file that the request names, at the key that does where they have no place of their own."""
        return located(error.problems, self.at(*steps))


def located(problems: Iterable[Problem], where: Location | None) -> Iterator[Problem]:
    """Yield problems, at that place where they have none of their own."""
    for problem in problems:
        yield dataclasses.replace(problem, location=problem.location or where)


def each(workspace: Workspace, dossier: Dossier) -> Iterator[PlacedRequest]:
    """Yield all requests of an organisation."""
    for index in range(len(dossier.documents)):
        yield PlacedRequest.of(workspace, dossier, index)
