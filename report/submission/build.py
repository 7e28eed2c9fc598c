"""Build all that belongs to a call in a temporary folder: nothing is published before all of it is right."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from report import pipeline
from report.formats import FORMATS
from report.forms import libreoffice, untrusted
from report.forms.fill import FactSource, FilledForm
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
from report.submission.counters import FieldAnswers, applied_for
from report.values import Artifact, Job, Location, Problem, ReportError, Severity, UsageError
from report.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """A file of the package. `what` is its document or form; `pages` are known where they were measured."""

    name: str
    what: str
    title: str
    language: str
    content: bytes
    pages: int | None
    characters: int


@dataclass(frozen=True, slots=True)
class Submission:
    """A call with its files, the answers to the funder's fields, and the problems of both."""

    dossier: Dossier
    call: Call
    funder: Funder
    files: tuple[SubmittedFile, ...]
    answers: FieldAnswers
    problems: tuple[Problem, ...]


def find(dossier: Dossier, name: str) -> Call:
    """Return the call of that name; raise `UsageError` where there is none."""
    known = {call.id: call for call in dossier.calls}
    if name not in known:
        hint = nearest(name, known, "available:") or "add it to  calls:  in documents.yaml"
        where = dossier.locate("documents.yaml")
        raise UsageError.of("call.unknown", f"{dossier.id} has no call '{name}'", where, hint)
    return known[name]


def make(workspace: Workspace, dossier: Dossier, call: Call) -> Submission:
    """Build the documents and fill the forms of a call; a problem of one does not stop the others."""
    funder = funders.profile(workspace, call.profile)
    answers = counters.of_call(funder, dossier, call.languages, call)
    publishing.sweep(workspace.output)
    with publishing.scratch(workspace.output) as folder:
        scratch = Workspace(workspace.root, Path(folder).resolve(), workspace.cache)
        builder = _Builder(scratch, dossier, call, funder)
        files = [*builder.documents(), *builder.forms()]
    problems = [*builder.problems, *answers.problems, *consistency.compare(builder.printed), *_name_clashes(files)]
    where = dossier.locate("documents.yaml", "calls", dossier.calls.index(call), "profile")
    problems += check_total_pages(funder, files, where)
    return Submission(dossier, call, funder, tuple(files), answers, tuple(dict.fromkeys(problems)))


def check(workspace: Workspace, dossier: Dossier) -> Iterator[Problem]:
    """Yield what keeps the calls from being submitted, before anything is built: answers, and errors of forms and their maps.

    Missing files, and profiles that cannot be read, are reported with the facts (`report.requests.funders`).
    """
    for call in dossier.calls:
        problems: list[Problem] = []
        try:
            funder = funders.profile(workspace, call.profile)
        except ReportError:
            pass
        else:
            problems += counters.of_call(funder, dossier, call.languages, call).problems
        for form, language in _forms(call):
            folder = workspace.data / dossier.id
            if (folder / form.file).is_file() and (folder / form.map).is_file():
                with _collect(problems):
                    filled = _fill(workspace, dossier, call, form, language)
                    problems += (problem for problem in filled.problems if problem.severity is Severity.ERROR)
        yield from problems


def _forms(call: Call) -> Iterator[tuple[CallForm, str]]:
    return ((form, language) for form in call.forms for language in form.languages or call.languages)


def _fill(workspace: Workspace, dossier: Dossier, call: Call, form: CallForm, language: str) -> FilledForm:
    folder = workspace.data / dossier.folder
    source = FactSource(dossier, folder, language, applied_for(dossier, call))
    return untrusted.fill_form(folder / form.file, folder / form.map, source)


@contextlib.contextmanager
def _collect(problems: list[Problem]) -> Iterator[None]:
    """Add the problems of an error, unless this machine lacks something, to a list."""
    try:
        yield
    except ReportError as error:
        if error.status == 3:
            raise
        problems += error.problems


class _Builder:
    """One run over the documents and forms of a call."""

    def __init__(self, scratch: Workspace, dossier: Dossier, call: Call, funder: Funder):
        self._workspace, self._dossier, self._call, self._funder = scratch, dossier, call, funder
        self._rules = funder.profile.document
        self._index = dossier.calls.index(call)
        self.problems: list[Problem] = []
        self.printed: list[consistency.PrintedDocument] = []

    def documents(self) -> Iterator[SubmittedFile]:
        for place, name in enumerate(self._call.documents):
            request = next(one for one in self._dossier.documents if one.id == name)
            formats = self._formats(request, place)
            for language in self._call.languages:
                if language not in request.languages:
                    message, hint = (
                        f"{name} is not made in '{language}'",
                        f"add {language} to the document's  languages:",
                    )
                    self._report(Severity.WARNING, "call.language", message, "documents", place, hint=hint)
                elif formats:
                    with _collect(self.problems):
                        job = Job(self._dossier.id, name, language, formats, request.editions[0])
                        yield from self._document(request, job)

    def _formats(self, request: DocumentRequest, place: int) -> tuple[str, ...]:
        accepted = self._rules.formats if self._rules else ()
        formats = tuple(one for one in FORMATS if one in request.formats and (not accepted or one in accepted))
        if not formats:
            listed = ", ".join(accepted)
            message = f"{self._call.profile} accepts {listed}, and {request.id} is made in {', '.join(request.formats)}"
            hint = f"add one of them to the document's  formats: {listed}"
            self._report(Severity.ERROR, "call.format", message, "documents", place, hint=hint)
        return formats

    def _document(self, request: DocumentRequest, job: Job) -> Iterator[SubmittedFile]:
        root = pipeline.prepare(self._workspace, job, self._dossier).tree.copy()
        year = self._dossier.years.get(request.year) if request.year is not None else None
        currency = year.year.currency if year else None
        self.printed.append(consistency.PrintedDocument(request.id, job.language, root, request.year, currency))
        title = request.title.in_language(job.language, request.fallback)
        body = root.find("body")
        length = len(words(root if body is None else body))
        outcome = pipeline.run(self._workspace, job, self._dossier)
        self.problems += outcome.problems
        for artifact in outcome.artifacts:
            content, name = artifact.path.read_bytes(), artifact.path.name
            self._check_size(name, len(content))
            self._check_annex(request, artifact)
            shown = title.text if title else request.id
            yield SubmittedFile(name, request.id, shown, job.language, content, artifact.pages, length)

    def forms(self) -> Iterator[SubmittedFile]:
        for form, language in _forms(self._call):
            with _collect(self.problems):
                yield from self._form(form, language)

    def _form(self, form: CallForm, language: str) -> Iterator[SubmittedFile]:
        filled = _fill(self._workspace, self._dossier, self._call, form, language)
        self.problems += filled.problems
        if filled.content is None:
            return
        rules, pages = filled.rules or self._rules, None
        if rules and rules.measures:
            measured = libreoffice.measured(filled.content)
            pages = measured.pages if measured else None
            where = self._at("forms", self._call.forms.index(form), "file")
            path = self._workspace.data / self._dossier.folder / form.map
            self.problems += libreoffice.problems(measured, rules, where or Location(path))
        name = f"{Path(form.file).stem}-{language}.docx"
        self._check_size(name, len(filled.content))
        title = Path(form.file).name
        yield SubmittedFile(name, form.file, title, language, filled.content, pages, filled.characters)

    def _check_annex(self, request: DocumentRequest, artifact: Artifact) -> None:
        """Report which rules for pages an annex breaks, where the funder counts annexes as part of the application."""
        rules = self._rules
        if rules is None or not rules.annexes or artifact.format != "pdf" or self._call.profile in request.profiles:
            return
        own = rules.model_copy(update={"pages": None, "megabytes": None})  # those are checked for all files together
        for fault, tolerated in broken(own, measure(artifact.path)) if own.measures else ():
            severity = Severity.WARNING if tolerated else Severity.ERROR
            message = f"{self._call.profile} counts annexes too, and rejects {artifact.path.name}: {fault}"
            hint = "write  theme: part-b  in the document, or make a theme with larger type and wider margins"
            place = self._call.documents.index(request.id)
            self._report(severity, "call.rules", message, "documents", place, hint=hint)

    def _check_size(self, name: str, size: int) -> None:
        for fault, _ in heavy(self._rules, size) if self._rules else ():
            message, hint = f"{self._call.profile} rejects {name}: {fault}", "remove pictures or sections"
            self._report(Severity.ERROR, "call.size", message, "profile", hint=hint)

    def _at(self, *steps: str | int) -> Location | None:
        return self._dossier.locate("documents.yaml", "calls", self._index, *steps)

    def _report(self, severity: Severity, code: str, message: str, *steps: str | int, hint: str) -> None:
        self.problems.append(Problem(severity, code, message, self._at(*steps), hint))


def _name_clashes(files: list[SubmittedFile]) -> Iterator[Problem]:
    names = [file.name.casefold() for file in files]  # some file systems do not distinguish capitals
    for name in sorted({file.name for file in files if names.count(file.name.casefold()) > 1}):
        hint = "give the form's file another name"
        yield Problem(Severity.ERROR, "call.twice", f"two files of the package would be called {name}", None, hint)


def check_total_pages(funder: Funder, files: list[SubmittedFile], where: Location | None) -> Iterator[Problem]:
    """Yield whether all pages of a language together are too many, where the funder counts annexes too."""
    rules = funder.profile.document
    if rules is None or not rules.annexes:
        return
    for language in dict.fromkeys(file.language for file in files):
        pages = _pages(file for file in files if file.language == language)
        uncounted = [what for what, count in pages.items() if not count]
        excess = list(many(rules, sum(count or 1 for count in pages.values())))
        for fault, tolerated in excess:
            severity = Severity.WARNING if tolerated else Severity.ERROR
            has = f"{'at least ' if uncounted else ''}{fault} ({language}): {', '.join(pages)}"
            message = f"{funder.id} counts annexes too, and the package has {has}"
            yield Problem(severity, "call.pages", message, where, "leave an annex or sections out")
        if rules.pages and uncounted and not excess:
            names = ", ".join(uncounted)
            message = f"{funder.id} counts annexes too, and the pages of {names} were not counted ({language})"
            hint = f"install LibreOffice, or count them in Word: all files together may have {rules.pages} pages"
            yield Problem(Severity.WARNING, "call.pages", message, where, hint)


def _pages(files: Iterable[SubmittedFile]) -> dict[str, int]:
    """Return how many pages each document and form has; 0 where nobody counted those of a Word file."""
    pages: dict[str, int] = {}
    for file in files:
        if file.name.endswith((".pdf", ".docx")):
            pages[file.what] = max(pages.get(file.what, 0), file.pages or 0)
    return pages
