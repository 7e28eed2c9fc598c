"""The steps in order: load, check, compose, write. Everything that a command does to one organisation is here."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from report import formats
from report.cache import fingerprint, store
from report.compose import compose as composing
from report.compose import consents, funders, requests, requirements
from report.formats import charts
from report.model import checks as checking
from report.model import faults
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.load import Loaded, load
from report.model.names import finder_of
from report.model.redact import redact
from report.press.held import held
from report.values import (
    EDITIONS,
    Artifact,
    Document,
    Job,
    Location,
    MissingSystemLibrary,
    Problem,
    ReportError,
    Severity,
    UsageError,
)
from report.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Checked:
    """An organisation's dossier, unless an error stands in its way, and all that is wrong with it."""

    dossier: Dossier | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


def check(workspace: Workspace, organisation: str, *, templates: bool = True) -> Checked:
    """Load an organisation and find every problem of its facts and requests, writing nothing.

    With `templates`, every document is composed too, which finds the mistakes of templates; building does so anyway.
    """
    return checked(workspace, load(workspace, organisation), templates=templates)


def checked(workspace: Workspace, loaded: Loaded, *, templates: bool = True) -> Checked:
    """Find every problem of facts that were loaded, from a folder or from a table's row."""
    problems = list(loaded.problems)
    if loaded.dossier:
        problems += checking.check(loaded.dossier)
        problems += _idle(loaded.dossier)
        problems += requests.requests(workspace, loaded.dossier)
        problems += consents.check(workspace, loaded.dossier)
        problems += requirements.check(workspace, loaded.dossier)
        problems += funders.check(workspace, loaded.dossier)
        problems += requests.characters(workspace, loaded.dossier)
        if templates and not any(p.severity is Severity.ERROR for p in problems):
            problems += _compositions(workspace, loaded.dossier)
    return Checked(loaded.dossier, tuple(dict.fromkeys(problems)))


def _idle(dossier: Dossier) -> list[Problem]:
    if dossier.documents:
        return []
    where = dossier.locate("documents.yaml") or dossier.locate("organisation.yaml")
    message = f"no document is asked for: there is nothing to build for {dossier.id}"
    return [Problem(Severity.WARNING, "document.none", message, where, "name one in documents.yaml")]


def _compositions(workspace: Workspace, dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with each document once its template has met the facts."""
    for request in dossier.documents:
        plain = [edition for edition in request.editions if edition != "redacted"][:1]
        hidden = ["redacted"] if "redacted" in request.editions else []
        for language in request.languages:
            for edition in (*plain, *hidden):  # screen and print differ in addresses alone
                try:
                    _composed(workspace, dossier, request.id, language, edition)
                except ReportError as error:
                    yield from error.problems


def jobs(
    dossier: Dossier,
    documents: tuple[str, ...],
    languages: tuple[str, ...],
    wanted: tuple[str, ...],
    editions: tuple[str, ...] = (),
) -> list[Job]:
    """Return what is to be made; empty choices mean what documents.yaml says.

    Raise `UsageError` for a document, and for a language, that the organisation does not ask for.
    """
    known = {request.id: request for request in dossier.documents}
    for name in documents:
        if name not in known:
            hint = faults.nearest(name, known, "there are")
            raise UsageError.of(
                "document.unknown", f"{dossier.id} has no document '{name}'", dossier.locate("documents.yaml"), hint
            )
    chosen = [known[name] for name in dict.fromkeys(documents)] or list(known.values())
    spoken = {language for request in chosen for language in request.languages}
    for language in languages:
        if language not in spoken:
            hint = f"add it to languages in documents.yaml; there are {', '.join(sorted(spoken))}"
            raise UsageError.of(
                "language.unknown", f"no chosen document of {dossier.id} is made in '{language}'", hint=hint
            )
    return [
        Job(
            dossier.id,
            request.id,
            language,
            tuple(f for f in formats.FORMATS if f in (wanted or request.formats)),
            edition,
        )
        for request in chosen
        for language in dict.fromkeys(request.languages)
        if not languages or language in languages
        for edition in editions or request.editions
    ]


def prepare(workspace: Workspace, job: Job, dossier: Dossier | None = None) -> Document:
    """Compose a job's document from facts that were checked before; they are loaded anew where `dossier` is not given."""
    dossier = dossier or _loaded(workspace, job)
    if problems := consents.of_job(workspace, dossier, _request(dossier, job.document), job):
        raise ReportError(problems)
    return _composed(workspace, dossier, job.document, job.language, job.edition)


def _loaded(workspace: Workspace, job: Job) -> Dossier:
    """Load the facts of a job that were checked before, in this process or another."""
    dossier = load(workspace, job.organisation).dossier
    if dossier is None:
        raise ReportError.of(
            "facts.changed",
            f"the facts of {job.organisation} changed while the work went on",
            hint="run the command again",
        )
    return dossier


def _composed(workspace: Workspace, dossier: Dossier, document: str, language: str, edition: str) -> Document:
    removed = finder_of(dossier) if edition == "redacted" else None
    facts = redact(dossier) if edition == "redacted" else dossier
    return composing.compose(workspace, facts, _request(facts, document), language, edition, removed)


def _request(dossier: Dossier, document: str) -> DocumentRequest:
    return next(request for request in dossier.documents if request.id == document)


def run(workspace: Workspace, job: Job, dossier: Dossier | None = None, *, anew: bool = False) -> list[Artifact]:
    """Make a job's files: all of its formats, or, where one cannot be made, none.

    A process that has checked the facts passes its `dossier` on; a worker process has only the job. Files that were made
    of the very same document before are not made again, unless `anew`.
    """
    charts.keep_in(None if anew else workspace.cache / "charts")
    dossier = dossier or _loaded(workspace, job)
    document = prepare(workspace, job, dossier)
    folder = workspace.output / job.organisation / job.document
    kept = workspace.cache / "documents" / job.organisation / f"{job.document}-{job.language}-{job.edition}"
    rules = funders.rules(workspace, dossier, job.document, job.language)
    key = fingerprint.document(document, job, [repr((funder.id, funder.profile.document)) for funder, _ in rules])
    if not anew and (found := store.restore(kept, key, folder)):
        return [dataclasses.replace(a, path=folder / a.path.name if a.sha256 else folder) for a in found]
    with _scratch(workspace.output) as scratch:
        written = _written(workspace, job, document, folder, Path(scratch))
        made = _publish(_held(rules, written, folder), folder, Path(scratch))
    store.keep(kept, key, made)
    return made


def _written(workspace: Workspace, job: Job, document: Document, folder: Path, scratch: Path) -> list[Artifact]:
    """Write a document's formats to `scratch`."""
    made: list[Artifact] = []
    anchors = None
    for name in job.formats:
        if name == "docx" and anchors is None:
            anchors, notes = _page_numbers(document)
            made += [Artifact(folder, "note", "", problems=notes)] if notes else []
        target = scratch / f"{job.document}-{job.language}{_suffix(job)}.{name}"
        with _placed(workspace, document, target, folder):
            artifact = formats.write(name, document, target, anchors)
        anchors = artifact.anchors or anchors
        made.append(artifact)
    return made


def _held(rules: funders.Rules, made: list[Artifact], folder: Path) -> list[Artifact]:
    """Return what was written with what a funder hardly takes; raise `ReportError` where a file would not be taken."""
    problems = tuple(held(rules, [artifact for artifact in made if artifact.format in formats.FORMATS]))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ReportError(problems)
    return [*made, Artifact(folder, "note", "", problems=problems)] if problems else made


def _suffix(job: Job) -> str:
    """Return what a file's name says of its edition; the default one says nothing."""
    return "" if job.edition == EDITIONS[0] else f"-{job.edition}"


@contextlib.contextmanager
def _placed(workspace: Workspace, document: Document, target: Path, folder: Path) -> Iterator[None]:
    """Give a format's problems a place: its templates where they name none, the file to be for the one that is made."""
    try:
        yield
    except ReportError as error:
        if error.status == 3:
            raise
        templates = Location((workspace.template(f"{document.kind}/kind.yaml") or workspace.root).parent)
        places = {None: templates, Location(target): Location(folder / target.name)}
        raise ReportError(
            dataclasses.replace(p, location=places.get(p.location, p.location)) for p in error.problems
        ) from None


def _scratch(output: Path) -> tempfile.TemporaryDirectory[str]:
    try:
        output.mkdir(parents=True, exist_ok=True)
        _sweep(output)
        return tempfile.TemporaryDirectory(prefix=".building-", dir=output)
    except OSError as error:
        raise ReportError.of(
            "output.write", f"cannot be written to: {error.strerror}", Location(output), "choose another with -o DIR"
        ) from None


def _sweep(output: Path) -> None:
    """Remove what a run that was killed left behind, an hour after."""
    for left in output.glob(".building-*"):
        with contextlib.suppress(OSError):  # another process removed its own
            if time.time() - left.stat().st_mtime > 3600:
                shutil.rmtree(left, ignore_errors=True)


def _publish(made: list[Artifact], folder: Path, scratch: Path) -> list[Artifact]:
    """Put all files in place, or, where one cannot be, leave those that were there before."""
    written = [artifact for artifact in made if artifact.format in formats.FORMATS]
    done: list[tuple[Path, Path]] = []
    target = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for artifact in written:
            target, before = folder / artifact.path.name, scratch / f"before-{artifact.path.name}"
            if target.exists():
                shutil.copy2(target, before)
            done.append((target, before))
            os.replace(artifact.path, target)
    except BaseException as error:  # Ctrl-C too: all or none
        for changed, before in done:
            with contextlib.suppress(OSError):
                os.replace(before, changed) if before.exists() else changed.unlink()
        if not isinstance(error, OSError):
            raise
        message, hint = f"cannot be written: {error.strerror or error}", "is it open in another program?"
        raise ReportError.of("output.write", message, Location(target), hint) from None
    return [dataclasses.replace(a, path=folder / a.path.name) if a in written else a for a in made]


def _page_numbers(document: Document) -> tuple[dict[str, int] | None, tuple[Problem, ...]]:
    """Lay the document out for the page numbers of its contents; without Pango they are left to Word."""
    from report.formats import pdf

    try:
        return pdf.pages(document), ()
    except MissingSystemLibrary as error:
        message = "the contents have no page numbers, since this machine cannot lay pages out"
        return None, (
            Problem(
                Severity.WARNING,
                "docx.contents",
                message,
                None,
                f"press F9 in Word's contents; or {error.problems[0].hint}",
            ),
        )
