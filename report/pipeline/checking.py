"""Find all that is wrong with an organisation's facts and its requests, writing nothing."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from report.compose.checks import omissions
from report.compose.checks.printed import Printed
from report.model import checks
from report.model.dossier import Dossier
from report.model.loading import partial
from report.model.loading.load import Loaded
from report.model.unreadable import UnreadableFacts, errors_by_file
from report.pipeline.loading import completed, facts
from report.pipeline.preparing import composed
from report.requests import consents, document_requests, funders, requirements, roles
from report.values import Job, Problem, ReportError, Severity, required
from report.workspace import Workspace

_COMPARED = 4
"""So many years before its own a document compares with."""


@dataclass(frozen=True, slots=True)
class Checked:
    """An organisation's dossier, unless an error stands in its way, and all that is wrong with it."""

    dossier: Dossier | None
    problems: tuple[Problem, ...]
    requests: Mapping[str, frozenset[Problem]] = field(default_factory=dict)
    """What is wrong with each document request, by its id."""
    stopped: Callable[[], frozenset[tuple[str, str]]] = frozenset
    """Returns the documents, each in a language, that print facts which cannot be read (`Dossier.unreadable`)."""

    def stops(self, document: str, language: str) -> bool:
        """Say whether an error stands in the way of a document in a language: one of its own, or of facts that it may print."""
        return self.dossier is None or any(self._concerns(problem, document, language) for problem in self.errors)

    def of(self, document: str, language: str) -> list[Problem]:
        """Return what is wrong with a document and with the facts; not what is wrong with other documents alone."""
        return [p for p in self.problems if p.severity is not Severity.ERROR or self._concerns(p, document, language)]

    def _concerns(self, problem: Problem, document: str, language: str) -> bool:
        dossier = required(self.dossier)
        if any(problem in problems for problems in dossier.unreadable.values()):
            return (document, language) in self.stopped()
        where = problem.location
        if where and where.path.name == "documents.yaml":
            list_, *steps = (where.key or "").split(".")
            requests = dossier.files["documents.yaml"]
            if list_ == "calls":
                unreadable = partial.lacking(requests, "calls")
                return (
                    document in partial.documents_of(requests, where) and partial.named(requests, where) in unreadable
                )
            if list_ == "documents" and steps:
                named = partial.named(requests, where)
                if problem.code in (
                    "document.language",
                    "document.direction",
                ):  # of one language, maybe of several documents
                    written = next((one.languages[int(steps[2])] for one in dossier.documents if one.id == named), None)
                    return written in (language, None) and problem in self.requests.get(document, ())
                return named == document
        concerned = {name for name, own in self.requests.items() if problem in own}
        if concerned and document not in concerned:
            return False
        name = next((name for name, file in dossier.files.items() if where and file.path == where.path), "")
        year = name.rpartition("/")[0]
        request = next((one for one in dossier.documents if one.id == document), None)
        if not year or request is None or request.year is None:
            return True
        span = 1 if int(year) in dossier.years else _COMPARED  # drawings lack what cannot be read, too
        return request.year - span <= int(year) <= request.year

    @property
    def errors_of_no_document(self) -> tuple[Problem, ...]:
        """Return the errors that stand in the way of no document."""
        every = [(one.id, language) for one in required(self.dossier).documents for language in one.languages]
        return tuple(p for p in self.errors if not any(self._concerns(p, *one) for one in every))

    @property
    def errors_of_every_document(self) -> tuple[Problem, ...]:
        """Return the errors in facts that whoever prints anything prints; not those of requests, or in files that can be done without."""
        apart = {p for found in required(self.dossier).unreadable.values() for p in found}
        apart |= {p for p in self.errors if p.location and p.location.path.name == "documents.yaml"}
        return tuple(p for p in self.errors if p not in apart)

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
    workspace = workspace.settled()
    loaded = completed(workspace, loaded)
    if loaded.dossier is None:
        return Checked(None, tuple(dict.fromkeys(loaded.problems)))
    errors_in_facts = list(checks.check(loaded.dossier))
    dossier = _without(loaded.dossier, errors_in_facts)
    problems = [*loaded.problems, *errors_in_facts, *_idle(dossier)]
    requests: dict[str, frozenset[Problem]] = {}
    for index, request in enumerate(dossier.documents):
        own = document_requests.of_document(workspace, dossier, index)
        problems += own
        requests[request.id] = frozenset(own)
    for room in (consents, roles, requirements, funders):
        problems += room.check(workspace, dossier)
    # Every document is composed for it: only where somebody asks, and once.
    stopped = functools.cache(lambda: frozenset(_stopped(workspace, dossier)))
    result = Checked(dossier, tuple(dict.fromkeys(problems)), requests, stopped)
    if templates:
        more = compositions(workspace, dossier, result.stops)
        result = dataclasses.replace(result, problems=tuple(dict.fromkeys((*problems, *more))))
    return result


def _without(dossier: Dossier, problems: Sequence[Problem]) -> Dossier:
    """Return a dossier that knows of its data files with errors, among those that a document can do without."""
    found = errors_by_file(dossier, problems)
    merged = {name: (*dossier.unreadable.get(name, ()), *more) for name, more in found.items()}
    return dataclasses.replace(dossier, unreadable={**dossier.unreadable, **merged}) if merged else dossier


def _stopped(workspace: Workspace, dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Yield the documents, each in a language, that look at facts which cannot be read, when they are composed."""
    for request in dossier.documents if dossier.unreadable else ():
        # a redacted edition asks for more: it is stopped by itself, where it is made
        edition = next((one for one in request.editions if one != "redacted"), request.editions[0])
        for language in request.languages:
            try:
                composed(workspace, dossier, Job(dossier.id, request.id, language, (), edition))
            except UnreadableFacts:
                yield request.id, language
            except ReportError:  # told where it is composed to be made
                pass


def _idle(dossier: Dossier) -> list[Problem]:
    if dossier.documents or partial.lacking(dossier.files.get("documents.yaml"), "documents"):
        return []
    where = dossier.locate("documents.yaml") or dossier.locate("organisation.yaml")
    message = f"no document is requested: there is nothing to build for {dossier.id}"
    return [Problem(Severity.WARNING, "document.none", message, where, "name one in documents.yaml")]


def unused(workspace: Workspace, dossier: Dossier) -> Iterator[Problem]:
    """Yield a note for each fact that no document of an organisation prints, as far as they can be composed."""
    printed = []
    for request in dossier.documents:
        for language in request.languages:
            job = Job(dossier.id, request.id, language, (), next(iter(request.editions), "screen"))
            try:
                document = composed(workspace, dossier, job)
            except ReportError:  # told by `check`
                message = f"unused facts cannot be listed while {request.id} ({language}) cannot be built"
                place = dossier.locate("documents.yaml", "documents", dossier.documents.index(request))
                yield Problem(Severity.NOTE, "fact.unused", message, place, "correct its errors first")
                return
            there = Printed.of(document.tree.copy(), document.assets, is_selection=False)
            printed.append((request, language, there))
    yield from omissions.unused(dossier, printed)


def compositions(
    workspace: Workspace, dossier: Dossier, stops: Callable[[str, str], bool] = lambda _document, _language: False
) -> Iterator[Problem]:
    """Yield what is wrong with each document once its template has met the facts; errors `stops` some before."""
    for request in dossier.documents:
        plain = [edition for edition in request.editions if edition != "redacted"][:1]
        hidden = ["redacted"] if "redacted" in request.editions else []
        for language in request.languages:
            for edition in (
                () if stops(request.id, language) else (*plain, *hidden)
            ):  # screen and print differ in addresses alone
                try:
                    yield from composed(workspace, dossier, Job(dossier.id, request.id, language, (), edition)).left_out
                except ReportError as error:
                    yield from error.problems
