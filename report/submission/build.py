"""Make all that belongs to a call, in a folder that is thrown away: nothing of it is published before all of it is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from report import pipeline
from report.formats import FORMATS
from report.forms import libreoffice, untrusted
from report.forms.fill import FactSource
from report.html.text import words
from report.model.document import Call, CallForm, DocumentRequest
from report.model.dossier import Dossier
from report.model.suggestions import nearest
from report.pipeline import publishing
from report.press.measure import measure
from report.profiles.load import Funder
from report.profiles.pages import broken, heavy, many
from report.requests import funders
from report.submission import consistency, counters
from report.submission.counters import Counted, applied_for
from report.values import Artifact, Job, Location, Problem, ReportError, Severity, UsageError
from report.workspace import Workspace


@dataclass(frozen=True, slots=True)
class File:
    """A file of the package. `what` is the document or form that it is of; `pages` are known where they were measured."""

    name: str
    what: str
    title: str
    language: str
    content: bytes
    pages: int | None
    characters: int


@dataclass(frozen=True, slots=True)
class Submission:
    """A call with the files that were made for it, its counters, and all that is wrong with either."""

    dossier: Dossier
    call: Call
    funder: Funder
    files: tuple[File, ...]
    counted: Counted
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        return not any(problem.severity is Severity.ERROR for problem in self.problems)


def find(dossier: Dossier, name: str) -> Call:
    """Return the call of that name; raise `UsageError` where there is none."""
    known = {call.id: call for call in dossier.calls}
    if name not in known:
        hint = nearest(name, known, "available:") or "add it to  calls:  in documents.yaml"
        where = dossier.locate("documents.yaml")
        raise UsageError.of("call.unknown", f"{dossier.id} has no call '{name}'", where, hint)
    return known[name]


def make(workspace: Workspace, dossier: Dossier, call: Call) -> Submission:
    """Build the documents and fill the forms of a call; what is wrong with one leaves the others to be told of too."""
    funder = funders.profile(workspace, call.profile)
    counted = counters.of_call(funder, dossier, call.languages, call)
    publishing.sweep(workspace.output)
    with publishing.scratch(workspace.output) as folder:
        scratch = Workspace(workspace.root, Path(folder).resolve(), workspace.cache)
        making = _Making(scratch, dossier, call, funder)
        files = [*making.documents(), *making.forms()]
    found = [*making.problems, *counted.problems, *consistency.compare(making.printed), *_twice(files)]
    found += together(funder, files, dossier.locate("documents.yaml", "calls", dossier.calls.index(call), "profile"))
    return Submission(dossier, call, funder, tuple(files), counted, tuple(dict.fromkeys(found)))


class _Making:
    """One run over the documents and forms of a call."""

    def __init__(self, scratch: Workspace, dossier: Dossier, call: Call, funder: Funder):
        self._workspace, self._dossier, self._call, self._funder = scratch, dossier, call, funder
        self._rules = funder.profile.document
        self._index = dossier.calls.index(call)
        self.problems: list[Problem] = []
        self.printed: list[consistency.Printed] = []

    def documents(self) -> Iterator[File]:
        for place, name in enumerate(self._call.documents):
            request = next(one for one in self._dossier.documents if one.id == name)
            forms = self._formats(request, place)
            for language in self._call.languages:
                if language not in request.languages:
                    self._tell(
                        Severity.WARNING, "call.language", f"{name} is not made in '{language}'", "documents", place,
                        hint=f"add {language} to the document's  languages:",
                    )  # fmt: skip
                elif forms:
                    job = Job(self._dossier.id, name, language, forms, request.editions[0])
                    try:
                        yield from self._document(request, job)
                    except ReportError as error:
                        if error.status == 3:
                            raise
                        self.problems += error.problems

    def _formats(self, request: DocumentRequest, place: int) -> tuple[str, ...]:
        taken = self._rules.formats if self._rules else ()
        forms = tuple(one for one in FORMATS if one in request.formats and (not taken or one in taken))
        if not forms:
            message = f"{self._call.profile} accepts {', '.join(taken)}, and {request.id} is made in {', '.join(request.formats)}"
            hint = f"add one of them to the document's  formats: {', '.join(taken)}"
            self._tell(Severity.ERROR, "call.format", message, "documents", place, hint=hint)
        return forms

    def _document(self, request: DocumentRequest, job: Job) -> Iterator[File]:
        root = pipeline.prepare(self._workspace, job, self._dossier).tree.copy()
        year = self._dossier.years.get(request.year) if request.year is not None else None
        currency = year.year.currency if year else None
        self.printed.append(consistency.Printed(request.id, job.language, root, request.year, currency))
        title = request.title.in_language(job.language, request.fallback)
        body = root.find("body")
        length = len(words(root if body is None else body))
        outcome = pipeline.run(self._workspace, job, self._dossier)
        self.problems += outcome.problems
        for artifact in outcome.artifacts:
            content = artifact.path.read_bytes()
            self._weigh(artifact.path.name, len(content))
            self._hold(request, artifact)
            name = title.text if title else request.id
            yield File(artifact.path.name, request.id, name, job.language, content, artifact.pages, length)

    def forms(self) -> Iterator[File]:
        for place, form in enumerate(self._call.forms):
            for language in form.languages or self._call.languages:
                try:
                    yield from self._form(form, place, language)
                except ReportError as error:
                    if error.status == 3:
                        raise
                    self.problems += error.problems

    def _form(self, form: CallForm, place: int, language: str) -> Iterator[File]:
        folder = self._workspace.data / self._dossier.folder
        telling = FactSource(self._dossier, folder, language, applied_for(self._dossier, self._call))
        filled = untrusted.fill_form(folder / form.file, folder / form.map, telling)
        self.problems += filled.problems
        if filled.content is None:
            return
        rules, pages = filled.rules or self._rules, None
        if rules and rules.measures:
            found = libreoffice.measured(filled.content)
            pages = found.pages if found else None
            where = self._at("forms", place, "file") or Location(folder / form.map)
            self.problems += libreoffice.problems(found, rules, where)
        name = f"{Path(form.file).stem}-{language}.docx"
        self._weigh(name, len(filled.content))
        yield File(name, form.file, Path(form.file).name, language, filled.content, pages, filled.characters)

    def _hold(self, request: DocumentRequest, artifact: Artifact) -> None:
        """Tell what the pages of an annex break, where the funder counts annexes as part of the application."""
        rules = self._rules
        if rules is None or not rules.annexes or artifact.format != "pdf" or self._call.profile in request.profiles:
            return
        alone = rules.model_copy(update={"pages": None, "megabytes": None})  # those are told for all files
        for said, tolerated in broken(alone, measure(artifact.path)) if alone.measures else ():
            severity = Severity.WARNING if tolerated else Severity.ERROR
            message = f"{self._call.profile} counts annexes too, and rejects {artifact.path.name}: {said}"
            hint = "write  theme: part-b  in the document, or make a theme with larger type and wider margins"
            place = self._call.documents.index(request.id)
            self._tell(severity, "call.rules", message, "documents", place, hint=hint)

    def _weigh(self, name: str, size: int) -> None:
        for said, _ in heavy(self._rules, size) if self._rules else ():
            message, hint = f"{self._call.profile} rejects {name}: {said}", "remove pictures or sections"
            self._tell(Severity.ERROR, "call.size", message, "profile", hint=hint)

    def _at(self, *steps: str | int) -> Location | None:
        return self._dossier.locate("documents.yaml", "calls", self._index, *steps)

    def _tell(self, severity: Severity, code: str, message: str, *steps: str | int, hint: str | None = None) -> None:
        self.problems.append(Problem(severity, code, message, self._at(*steps), hint))


def _twice(files: list[File]) -> Iterator[Problem]:
    names = [file.name.casefold() for file in files]  # who unpacks it may have a disk that does not tell letters apart
    for name in sorted({file.name for file in files if names.count(file.name.casefold()) > 1}):
        hint = "give the form's file another name"
        yield Problem(Severity.ERROR, "call.twice", f"two files of the package would be called {name}", None, hint)


def together(funder: Funder, files: list[File], where: Location | None) -> Iterator[Problem]:
    """Yield whether all pages of a language together are too many, where the funder counts annexes too."""
    rules = funder.profile.document
    if rules is None or not rules.annexes:
        return
    for language in dict.fromkeys(file.language for file in files):
        counted = _pages(file for file in files if file.language == language)
        unseen = [what for what, pages in counted.items() if not pages]
        excess = list(many(rules, sum(pages or 1 for pages in counted.values())))
        for said, tolerated in excess:
            severity = Severity.WARNING if tolerated else Severity.ERROR
            has = f"{'at least ' if unseen else ''}{said} ({language}): {', '.join(counted)}"
            message = f"{funder.id} counts annexes too, and the package has {has}"
            yield Problem(severity, "call.pages", message, where, "leave an annex or sections out")
        if rules.pages and unseen and not excess:
            message = (
                f"{funder.id} counts annexes too, and the pages of {', '.join(unseen)} were not counted ({language})"
            )
            hint = f"install LibreOffice, or count them in Word: all files together may have {rules.pages} pages"
            yield Problem(Severity.WARNING, "call.pages", message, where, hint)


def _pages(files: Iterable[File]) -> dict[str, int]:
    """Return how many pages each document and form has; 0 where nobody counted those of a Word file."""
    counted: dict[str, int] = {}
    for file in files:
        if file.name.endswith((".pdf", ".docx")):
            counted[file.what] = max(counted.get(file.what, 0), file.pages or 0)
    return counted
