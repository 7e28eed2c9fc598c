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
from report.pipeline import fitting, pressing, wide
from report.pipeline.loading import of_job
from report.pipeline.preparing import prepare, request_of
from report.pipeline.publishing import publish, scratch
from report.press.measure import broken_limits
from report.profiles.load import Shop, printer
from report.requests import funders
from report.values import Artifact, Document, Job, Location, MissingSystemLibrary, Problem, ReportError, Severity
from report.workspace import Workspace


def run(workspace: Workspace, job: Job, dossier: Dossier | None = None, *, anew: bool = False) -> list[Artifact]:
    """Make a job's files: all of its formats, or, where one cannot be made, none.

    A process that has checked the facts passes its `dossier` on; a worker process has only the job. Files that were made
    of the very same document before are not made again, unless `anew`.
    """
    charts.cache_in(None if anew else workspace.cache / "charts")
    dossier = dossier or of_job(workspace, job)
    job, left_out = _for_the_press(workspace, job, dossier)
    if not job.formats:
        return [left_out]
    document = prepare(workspace, job, dossier)
    base = _base(workspace, job, document)
    folder = base.parent
    kept = workspace.cache / "documents" / job.organisation / f"{job.document}-{job.language}-{job.edition}"
    rules = funders.rules(workspace, dossier, job.document, job.language)
    shop = _shop(workspace, job, dossier, document)
    taken = [repr(shop), fingerprint.file(shop.icc)] if shop else []
    key = fingerprint.document(document, job, [*(repr((r.id, r.profile.document)) for r, _ in rules), *taken])
    if not anew and (found := store.restore(kept, key, folder)):
        return [dataclasses.replace(a, path=folder / a.path.name if a.sha256 else folder) for a in found]
    with scratch(workspace.output) as aside:
        with _asked(dossier, job):
            document = fitting.fitted(document, lambda lengths: prepare(workspace, job, dossier, lengths))
        written = wide.told(
            _written(workspace, job, document, base, Path(aside)), dossier, request_of(dossier, job), folder
        )
        if shop:
            written = [_pressed(workspace, artifact, document, shop, folder) for artifact in written]
            written += _blank(document, dossier, job, folder, written)
        if document.left_out:
            written.append(Artifact(folder, "note", "", problems=document.left_out))
        made = publish(_held(rules, written, folder), folder, Path(aside))
    store.keep(kept, key, made)
    return made


def _for_the_press(workspace: Workspace, job: Job, dossier: Dossier) -> tuple[Job, Artifact]:
    """Return a job with the formats that its edition is made in, and what is to be told of those that are not.

    A print shop takes PDF alone, and a kind that is made for one has no edition but its own.
    """
    request = request_of(dossier, job)
    made = kinds.load(workspace, request.kind)[0]
    if job.edition not in made.editions:
        told = f"{job.document} is not made: the kind '{request.kind}' has no edition '{job.edition}'"
        at = dossier.locate("documents.yaml", "documents", dossier.documents.index(request), "kind")
        problem = Problem(Severity.WARNING, "document.press", told, at, f"available: {', '.join(made.editions)}")
        return dataclasses.replace(job, formats=()), Artifact(workspace.output, "note", "", problems=(problem,))
    where = dossier.locate("documents.yaml", "documents", dossier.documents.index(request), "formats")
    message, hint = f"{job.document} is made for the print shop as PDF alone", "for other formats add  --edition screen"
    note = Artifact(
        workspace.output, "note", "", problems=(Problem(Severity.NOTE, "document.press", message, where, hint),)
    )
    if job.edition != "print" or made.press is None:
        return job, note
    return dataclasses.replace(job, formats=tuple(name for name in job.formats if name == "pdf")), note


def _shop(workspace: Workspace, job: Job, dossier: Dossier, document: Document) -> Shop | None:
    """Return the print shop that an edition is made for."""
    if document.printing is None or job.edition != "print":
        return None
    return printer(workspace, request_of(dossier, job).printer or PRINTER)


def _written(workspace: Workspace, job: Job, document: Document, base: Path, aside: Path) -> list[Artifact]:
    """Write a document's formats to the folder `aside`; `base` is where they are to be, without their endings."""
    made: list[Artifact] = []
    anchors = None
    folder = base.parent
    for name in job.formats:
        if name == "docx" and anchors is None:
            anchors, note = _page_numbers(document, folder)
            made.append(note)
        target = aside / f"{base.name}.{name}"
        with _placed(workspace, document, target, folder):
            artifact = formats.write(name, document, target, anchors)
        anchors = artifact.anchors or anchors
        made.append(artifact)
    return made


def _pressed(workspace: Workspace, artifact: Artifact, document: Document, shop: Shop, folder: Path) -> Artifact:
    """Turn a file into what a print shop takes; what is wrong is told of the file in `folder`, not of the temporary one."""
    with _placed(workspace, document, artifact.path, folder):
        return pressing.press(artifact, document, shop)


def _blank(document: Document, dossier: Dossier, job: Job, folder: Path, written: list[Artifact]) -> list[Artifact]:
    """Return what is to be told of the blank pages that were put in before the last one."""
    (blank,) = [one.blank for one in written if one.format == "pdf"] or (0,)
    if not blank or document.printing is None:
        return []
    made = request_of(dossier, job)
    pages = sum(one.pages or 0 for one in written if one.format == "pdf")
    multiple = document.printing.multiple
    over = (pages - blank) % multiple if pages > multiple else 0
    message = f"{job.document} ({job.language}) has {pages} pages, {blank} of them blank before the last, since its pages come in multiples of {multiple}"
    hint = f"write facts that fill {_pages(blank)} more"
    hint += f", or leave out sections that fill {_pages(over)}" if over else ""
    where = dossier.locate("documents.yaml", "documents", dossier.documents.index(made), "kind")
    problem = Problem(Severity.NOTE, "document.blank-pages", message, where, hint)
    return [Artifact(folder, "note", "", problems=(problem,))]


def _pages(count: int) -> str:
    return f"{count} page{'' if count == 1 else 's'}"


def _held(rules: funders.Rules, made: list[Artifact], folder: Path) -> list[Artifact]:
    """Return what was written with what a funder hardly takes; raise `ReportError` where a file would not be taken."""
    problems = tuple(broken_limits(rules, [artifact for artifact in made if artifact.format in formats.FORMATS]))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ReportError(problems)
    return [*made, Artifact(folder, "note", "", problems=problems)] if problems else made


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


def _page_numbers(document: Document, folder: Path) -> tuple[Mapping[str, int] | None, Artifact]:
    """Lay the document out for the page numbers of its contents; without Pango they are left to Word."""
    from report.formats import pdf

    try:
        layout = pdf.layout(document)
        return layout.anchors, Artifact(folder, "note", "", too_wide=layout.too_wide)
    except MissingSystemLibrary as error:
        message = "the contents have no page numbers, since this machine cannot lay pages out"
        hint = f"press F9 in Word's contents; or {error.problems[0].hint}"
        problem = Problem(Severity.WARNING, "docx.contents", message, None, hint)
        return None, Artifact(folder, "note", "", problems=(problem,))
