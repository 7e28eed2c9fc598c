"""Which documents a batch makes: those that are asked for, less those that are there and made from the very same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from report.batch.manifest import Entry, intact
from report.batch.where import Condition
from report.batch.worker import Unit
from report.cache import fingerprint
from report.compose import requests
from report.formats import FORMATS
from report.model import faults
from report.model.document import DocumentRequest, Documents
from report.source import read
from report.values import Job, Location, Problem, ReportError, Severity, UsageError
from report.workspace import Workspace

UNREAD = ""
"""The document of a job that stands for an organisation whose documents.yaml cannot be read: making it tells why."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be made; where it is silent, each organisation's documents.yaml is asked."""

    organisations: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    naming: str = ""
    shard: tuple[int, int] | None = None

    @property
    def key(self) -> str:
        """Return what identifies the documents that an organisation makes under this choice."""
        told = (self.documents, self.languages, self.formats, self.editions, self.naming)
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


@dataclass(slots=True)
class Plan:
    """What is to be made, how many files are there already, and what is wrong before any is made."""

    units: list[Unit] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


def plan(workspace: Workspace, choice: Choice, entries: Mapping[Job, Entry], *, anew: bool = False) -> Plan:
    """Plan a batch. `entries` are those of the manifest: what they say was made is made again only where its bytes changed.

    Raise `UsageError` for an organisation, and for a document, that is not there.
    """
    names = _chosen(workspace, choice)
    shared = fingerprint.inputs(workspace, ())
    before: dict[str, list[Entry]] = {}
    for entry in entries.values():
        before.setdefault(entry.job.organisation, []).append(entry)
    made = Plan()
    lacking: list[str] = []
    for name in names:
        key = fingerprint.organisation(workspace, name, shared)
        kept = [] if anew else [e for e in before.get(name, ()) if _holds(e, key, choice, workspace)]
        if kept and len(kept) == kept[0].of:
            made.unchanged += sum(len(entry.files) for entry in kept)
            continue
        jobs = list(_jobs(workspace, name, choice))
        if not jobs:
            lacking.append(name)
        done = {entry.job for entry in kept}
        made.unchanged += sum(len(entry.files) for entry in kept if entry.job in jobs)
        made.units += [Unit(workspace, job, key, choice.key, len(jobs), anew) for job in jobs if job not in done]
    made.problems += _lacking(workspace, choice, lacking, made.unchanged + len(made.units))
    made.problems += _same_names(workspace, made.units)
    return made


def _chosen(workspace: Workspace, choice: Choice) -> list[str]:
    known = workspace.organisations()
    for name in choice.organisations:
        if name not in known:
            message = f"there is no organisation '{name}' in {workspace.data}"
            raise UsageError.of("organisation.unknown", message, hint=faults.nearest(name, known, "there are"))
    names = [name for name in known if not choice.organisations or name in choice.organisations]
    if choice.shard:
        number, of = choice.shard
        names = [name for index, name in enumerate(names) if index % of == number - 1]
    conditions = [Condition.of(text) for text in choice.where]
    return [name for name in names if all(condition.met(workspace, name) for condition in conditions)]


def _holds(entry: Entry, key: str, choice: Choice, workspace: Workspace) -> bool:
    return entry.made and (entry.key, entry.choice) == (key, choice.key) and intact(entry, workspace.output)


def _jobs(workspace: Workspace, name: str, choice: Choice) -> Iterator[Job]:
    """Yield an organisation's jobs, read from documents.yaml alone: the other facts are read where they are printed."""
    try:
        asked = _documents(workspace, name)
    except (ReportError, ValidationError):
        yield Job(name, UNREAD, "", ())
        return
    for request in asked:
        if choice.documents and request.id not in choice.documents:
            continue
        wanted = tuple(form for form in FORMATS if form in (choice.formats or request.formats))
        for language in dict.fromkeys(request.languages):
            if choice.languages and language not in choice.languages:
                continue
            for edition in choice.editions or request.editions:
                yield Job(name, request.id, language, wanted, edition)


def _documents(workspace: Workspace, name: str) -> tuple[DocumentRequest, ...]:
    path = workspace.data / name / "documents.yaml"
    file = read(path)
    found = Documents.model_validate(file.data or {}, context={"plain": "en"})
    return tuple(requests.with_editions(workspace, request) for request in found.documents)


def _lacking(workspace: Workspace, choice: Choice, names: list[str], others: int) -> Iterator[Problem]:
    """Yield a warning for organisations that do not ask for what is chosen; raise `UsageError` where none does."""
    if not names:
        return
    what = " or ".join(f"'{name}'" for name in choice.documents) or "any document"
    spoken = f" in {', '.join(choice.languages)}" if choice.languages else ""
    if not others:
        hint = "name what their documents.yaml asks for; report list shows it"
        raise UsageError.of("document.unknown", f"no organisation asks for {what}{spoken}", hint=hint)
    for name in names:
        where = Location(workspace.data / name / "documents.yaml")
        yield Problem(Severity.WARNING, "batch.none", f"{name} does not ask for {what}{spoken}: nothing is made", where)


def _same_names(workspace: Workspace, units: Iterable[Unit]) -> Iterator[Problem]:
    """Raise `UsageError` where two documents would be written to the same file."""
    taken: dict[str, Job] = {}
    for unit in units:
        job = unit.job
        for form in job.formats:
            path = f"{workspace.file(job.organisation, job.document, job.language, job.edition)}.{form}".casefold()
            if (other := taken.setdefault(path, job)) != job:
                message = (
                    f"{other.organisation}/{other.document} and {job.organisation}/{job.document} would be one file"
                )
                hint = "name them by {organisation}, {document}, {language} and {edition}"
                raise UsageError.of("batch.naming", message, hint=hint)
    yield from ()
