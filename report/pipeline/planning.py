"""Which files are to be made: jobs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from report.formats import FORMATS
from report.model.dossier import Dossier
from report.model.loading import partial
from report.model.suggestions import nearest
from report.pipeline.checking import check
from report.values import EDITIONS, Job, Problem, ReportError, Selection, UsageError
from report.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Plan:
    """What a selection comes to: the jobs, those that an error stops, every problem of the facts, and, where there is a single organisation, its facts."""

    jobs: tuple[Job, ...]
    stopped: tuple[Job, ...]
    problems: tuple[Problem, ...]
    dossier: Dossier | None


def plan(workspace: Workspace, organisations: Collection[str], selection: Selection) -> Plan:
    """Check organisations, and return what can be made of them.

    Raise `UsageError` for a format or an edition that does not exist, and for a document or a language that none of them has;
    `ReportError` where there is no organisation.
    """
    _require("format", selection.formats, FORMATS)
    _require("edition", selection.editions, EDITIONS)
    if not organisations:
        hint = "make a folder there with an organisation.yaml"
        raise ReportError.of("organisation.none", f"there is no organisation in {workspace.data}", hint=hint)
    ready: list[Job] = []
    stopped: list[Job] = []
    problems: list[Problem] = []
    unknown: list[UsageError] = []
    for name in organisations:
        checked = check(workspace, name, templates=False)
        problems += checked.problems
        if checked.dossier is None:
            continue
        unreadable = partial.lacking(checked.dossier.files.get("documents.yaml"), "documents")
        stopped += [Job(name, one, "", ()) for one in unreadable if one in (selection.documents or unreadable)]
        try:
            for job in jobs(checked.dossier, *selection):
                (stopped if checked.stops(job.document, job.language) else ready).append(job)
        except UsageError as error:  # another organisation may have what is chosen
            unknown.append(error)
    if unknown and (not (ready or stopped) or len(organisations) == 1):
        raise unknown[0]
    dossier = checked.dossier if len(organisations) == 1 else None
    return Plan(tuple(ready), tuple(stopped), tuple(dict.fromkeys(problems)), dossier)


def _require(what: str, names: Collection[str], available: Collection[str]) -> None:
    for name in names:
        if name not in available:
            hint = nearest(name, available, "available:")
            raise UsageError.of(f"{what}.unknown", f"there is no {what} '{name}'", hint=hint)


def jobs(
    dossier: Dossier,
    documents: tuple[str, ...],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    editions: tuple[str, ...] = (),
) -> list[Job]:
    """Return what is to be made; empty choices mean what documents.yaml says.

    Raise `UsageError` for a document, and for a language, that the organisation does not ask for. One whose
    request cannot be read has no jobs.
    """
    known = {request.id: request for request in dossier.documents}
    lost = partial.lacking(dossier.files.get("documents.yaml"), "documents")
    for name in documents:
        if name not in known and name not in lost:
            hint = nearest(name, known, "available:")
            raise UsageError.of(
                "document.unknown", f"{dossier.id} has no document '{name}'", dossier.locate("documents.yaml"), hint
            )
    chosen = [known[name] for name in dict.fromkeys(documents) if name in known] if documents else list(known.values())
    spoken = {language for request in chosen for language in request.languages}
    for language in languages if chosen else ():
        if language not in spoken:
            hint = f"add it to languages in documents.yaml; available: {', '.join(sorted(spoken))}"
            raise UsageError.of(
                "language.unknown", f"no chosen document of {dossier.id} is made in '{language}'", hint=hint
            )
    return [
        Job(
            dossier.id,
            request.id,
            language,
            tuple(f for f in FORMATS if f in (formats or request.formats)),
            edition,
        )
        for request in chosen
        for language in dict.fromkeys(request.languages)
        if not languages or language in languages
        for edition in editions or request.editions
    ]
