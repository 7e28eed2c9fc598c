"""Make the files of a job."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path

from report import formats
from report.cache import fingerprint, store
from report.formats import charts
from report.looks import kinds
from report.model.document import PRINTER
from report.model.dossier import Dossier
from report.pipeline import fitting, wide
from report.pipeline.loading import of_job
from report.pipeline.preparing import prepare, request_of
from report.pipeline.publishing import publish, scratch
from report.profiles.load import Shop, printer
from report.requests import funders
from report.values import (
    Artifact,
    Document,
    Job,
    Location,
    MissingSystemLibrary,
    Outcome,
    Problem,
    ReportError,
    Severity,
)
from report.workspace import Workspace


def run(workspace: Workspace, job: Job, dossier: Dossier | None = None, *, force: bool = False) -> Outcome:
    """Make a job's files: all of its formats, or, where one cannot be made, none; raise `ReportError` with the errors.

    A process that has checked the facts passes its `dossier` on; a worker process has only the job. Files that were made
    of the very same document before are not made again, unless `force`.
    """
    charts.cache_in(None if force else workspace.cache / "charts")
    dossier = dossier or of_job(workspace, job)
    job, refused = _for_the_press(workspace, job, dossier)
    if not job.formats:
        return Outcome(problems=refused)
    request = request_of(dossier, job)
    document = prepare(workspace, job, dossier)
    base = _base(workspace, job, document)
    cached = workspace.cache / "documents" / job.organisation / f"{job.document}-{job.language}-{job.edition}"
    rules = funders.rules(workspace, dossier, job.document, job.language)
    shop = _shop(workspace, job, dossier, document)
    profiles = [repr(shop), fingerprint.file(shop.icc)] if shop else []
    key = fingerprint.document(document, job, [*(repr((r.id, r.profile.document)) for r, _ in rules), *profiles])
    if not force and (before := store.restore(cached, key, base.parent)):
        moved = tuple(dataclasses.replace(a, path=base.parent / a.path.name) for a in before.artifacts)
        return dataclasses.replace(before, artifacts=moved)
    with scratch(workspace.output) as aside:
        with _asked(dossier, job):
            document = fitting.fitted(document, lambda lengths: prepare(workspace, job, dossier, lengths))
        outcome, too_wide = _written(workspace, job, document, base, Path(aside))
        artifacts, problems = outcome.artifacts, [*outcome.problems, *wide.problems(too_wide, dossier, request)]
        if shop:
            pressed = [_pressed(workspace, artifact, document, shop, base.parent) for artifact in artifacts]
            artifacts = tuple(artifact for one in pressed for artifact in one.artifacts)
            problems += [problem for one in pressed for problem in one.problems]
            problems += _blank(document, dossier, job, artifacts)
        problems += [*document.left_out, *_measured(rules, artifacts)]
        outcome = Outcome(publish(artifacts, base.parent, Path(aside)), tuple(problems))
    store.keep(cached, key, outcome)
    return outcome


def _for_the_press(workspace: Workspace, job: Job, dossier: Dossier) -> tuple[Job, tuple[Problem, ...]]:
    """Return a job with the formats that its edition is made in, and a problem for those that it is not made in.

    A print shop takes PDF alone, and a kind that is made for one has no edition but its own.
    """
    request = request_of(dossier, job)
    kind = kinds.load(workspace, request.kind)[0]

    def problem(severity: Severity, message: str, field: str, hint: str) -> tuple[Problem, ...]:
        where = dossier.locate("documents.yaml", "documents", dossier.documents.index(request), field)
        return (Problem(severity, "document.press", message, where, hint),)

    if job.edition not in kind.editions:
        message = f"{job.document} is not made: the kind '{request.kind}' has no edition '{job.edition}'"
        hint = f"available: {', '.join(kind.editions)}"
        return dataclasses.replace(job, formats=()), problem(Severity.WARNING, message, "kind", hint)
    if job.edition != "print" or kind.press is None:
        return job, ()
    message, hint = f"{job.document} is made for the print shop as PDF alone", "for other formats add  --edition screen"
    job = dataclasses.replace(job, formats=tuple(name for name in job.formats if name == "pdf"))
    return job, () if job.formats else problem(Severity.NOTE, message, "formats", hint)


def _shop(workspace: Workspace, job: Job, dossier: Dossier, document: Document) -> Shop | None:
    """Return the print shop that an edition is made for."""
    if document.printing is None or job.edition != "print":
        return None
    return printer(workspace, request_of(dossier, job).printer or PRINTER)


def _written(
    workspace: Workspace, job: Job, document: Document, base: Path, aside: Path
) -> tuple[Outcome, Mapping[str, int]]:
    """Write a document's formats to the folder `aside`; `base` is where they are to be, without their endings.

    Return the outcome, and the numbers that are wider than their place, with their pages.
    """
    from report.formats import pdf

    artifacts: list[Artifact] = []
    problems: list[Problem] = []
    too_wide: dict[str, int] = {}
    anchors = None
    for name in job.formats:
        if name == "docx" and anchors is None:
            try:
                layout = pdf.layout(document)
                anchors = layout.anchors
                too_wide.update(layout.too_wide)
            except MissingSystemLibrary as error:
                problems.append(_no_page_numbers(error))
        target = aside / f"{base.name}.{name}"
        with _placed(workspace, document, target, base.parent):
            artifact = formats.write(name, document, target, anchors)
        problems += formats.problems(name, document)
        too_wide.update(artifact.too_wide)
        anchors = artifact.anchors or anchors
        artifacts.append(artifact)
    return Outcome(tuple(artifacts), tuple(problems)), too_wide


def _no_page_numbers(error: MissingSystemLibrary) -> Problem:
    """Return a warning that Word's contents have no page numbers yet, since without Pango no layout finds them."""
    message = "the contents have no page numbers, since this machine cannot lay pages out"
    hint = f"press F9 in Word's contents; or {error.problems[0].hint}"
    return Problem(Severity.WARNING, "docx.contents", message, None, hint)


def _pressed(workspace: Workspace, artifact: Artifact, document: Document, shop: Shop, folder: Path) -> Outcome:
    """Turn a file into what a print shop takes; problems are those of the file in `folder`, not of the temporary one."""
    from report.pipeline import pressing  # what prints nothing has no use for it

    with _placed(workspace, document, artifact.path, folder):
        return pressing.press(artifact, document, shop)


def _blank(document: Document, dossier: Dossier, job: Job, artifacts: tuple[Artifact, ...]) -> Iterator[Problem]:
    """Yield a note about the blank pages that were added before the last one."""
    pdf_file = next((one for one in artifacts if one.format == "pdf"), None)
    if document.printing is None or pdf_file is None or not pdf_file.blank:
        return
    blank, pages, multiple = pdf_file.blank, pdf_file.pages or 0, document.printing.multiple
    over = (pages - blank) % multiple if pages > multiple else 0
    message = f"{job.document} ({job.language}) has {pages} pages, {blank} of them blank before the last, since its pages come in multiples of {multiple}"
    hint = f"write facts that fill {_pages(blank)} more"
    hint += f", or leave out sections that fill {_pages(over)}" if over else ""
    where = dossier.locate("documents.yaml", "documents", dossier.documents.index(request_of(dossier, job)), "kind")
    yield Problem(Severity.NOTE, "document.blank-pages", message, where, hint)


def _pages(count: int) -> str:
    return f"{count} page{'' if count == 1 else 's'}"


def _measured(rules: funders.Rules, artifacts: tuple[Artifact, ...]) -> tuple[Problem, ...]:
    """Return what a funder may reject in the files; raise `ReportError` where it rejects one."""
    if not rules:
        return ()
    from report.press.measure import broken_limits

    problems = tuple(broken_limits(rules, artifacts))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ReportError(problems)
    return problems


def _base(workspace: Workspace, job: Job, document: Document) -> Path:
    """Return where a job's files go, without their endings; the kind's default edition is not named."""
    usual = kinds.load(workspace, document.kind)[0].editions[0]
    return workspace.file(job.organisation, job.document, job.language, "" if job.edition == usual else job.edition)


@contextlib.contextmanager
def _asked(dossier: Dossier, job: Job) -> Iterator[None]:
    """Give problems that no fact is to blame for the place where documents.yaml asks for the document."""
    try:
        yield
    except ReportError as error:
        if error.status == 3 or all(p.location for p in error.problems):
            raise
        index = dossier.documents.index(request_of(dossier, job))
        where = dossier.locate("documents.yaml", "documents", index, "kind")
        raise ReportError(dataclasses.replace(p, location=p.location or where) for p in error.problems) from None


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
