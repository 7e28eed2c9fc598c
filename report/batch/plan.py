"""Which documents a batch makes: those that are asked for, less those that are there and made from the very same bytes."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from report.batch import facts, names
from report.batch.facts import Source
from report.batch.manifest import Entry, intact
from report.batch.where import Condition
from report.batch.worker import Unit
from report.cache import fingerprint
from report.compose import kind
from report.formats import FORMATS
from report.model import faults
from report.model.document import DocumentRequest, Documents
from report.model.tables import Organisations
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


def plan(
    workspace: Workspace,
    choice: Choice,
    entries: Mapping[Job, Entry],
    table: Organisations | None = None,
    *,
    anew: bool = False,
) -> Plan:
    """Plan a batch of the organisations below data/, or of those of a table.

    `entries` are those of the manifest: what they say was made is made again only where its bytes changed, or where it is
    made `anew`. Raise `UsageError` for an organisation, and for a document, that is not there.
    """
    shared = fingerprint.inputs(workspace, ())
    known = facts.folders(workspace) if table is None else facts.rows(workspace, table, shared)
    before: dict[str, list[Entry]] = {}
    for entry in entries.values():
        before.setdefault(entry.job.organisation, []).append(entry)
    made = Plan()
    lacking: list[Source] = []
    files: list[tuple[Job, str]] = []
    for source in _chosen(workspace, choice, known):
        key = source.fingerprint(workspace, shared)
        kept = [] if anew else [e for e in before.get(source.id, ()) if _holds(e, key, choice, workspace)]
        if kept and len(kept) == kept[0].of:
            made.unchanged += sum(len(entry.files) for entry in kept)
            continue
        jobs = dict(_jobs(workspace, source, choice, shared))
        if not jobs:
            lacking.append(source)
        done = {entry.job for entry in kept}
        made.unchanged += sum(len(entry.files) for entry in kept if entry.job in jobs)
        todo = [job for job in jobs if job not in done]
        made.units += [Unit(workspace, job, source, key, choice.key, len(jobs), anew) for job in todo]
        files += [(job, f"{jobs[job]}.{form}") for job in todo for form in job.formats]
    made.problems += _lacking(workspace, choice, lacking, made.unchanged + len(made.units))
    names.check(files, (entry for entry in entries.values() if entry.job.organisation in known))
    return made


def _chosen(workspace: Workspace, choice: Choice, known: Mapping[str, Source]) -> list[Source]:
    for name in choice.organisations:
        if name not in known:
            message = f"there is no organisation '{name}'"
            raise UsageError.of("organisation.unknown", message, hint=faults.nearest(name, known, "there are"))
    chosen = [source for name, source in known.items() if not choice.organisations or name in choice.organisations]
    if choice.shard:
        number, of = choice.shard
        chosen = [source for index, source in enumerate(chosen) if index % of == number - 1]
    conditions = [Condition.of(text) for text in choice.where]
    return [source for source in chosen if all(condition.met(workspace, source) for condition in conditions)]


def _holds(entry: Entry, key: str, choice: Choice, workspace: Workspace) -> bool:
    return entry.made and (entry.key, entry.choice) == (key, choice.key) and intact(entry, workspace.output)


def _jobs(workspace: Workspace, source: Source, choice: Choice, shared: str) -> Iterator[tuple[Job, str]]:
    """Yield an organisation's jobs and their files below the output folder, without endings.

    They are read from documents.yaml alone: the other facts are read where they are printed.
    """
    try:
        asked = _documents(workspace, source)
    except (ReportError, ValidationError):
        yield Job(source.id, UNREAD, "", ()), UNREAD
        return
    for request in {request.id: request for request in asked}.values():  # of two with one id, the worker tells
        if choice.documents and request.id not in choice.documents:
            continue
        wanted = tuple(form for form in FORMATS if form in (choice.formats or request.formats))
        usual = _usual(workspace, request.kind, shared)
        asked_for = request.editions if "editions" in request.model_fields_set or not usual else (usual,)
        for language in dict.fromkeys(request.languages):
            if choice.languages and language not in choice.languages:
                continue
            for edition in choice.editions or asked_for:
                job = Job(source.id, request.id, language, wanted, edition)
                base = workspace.file(source.id, request.id, language, "" if edition == usual else edition)
                yield job, base.relative_to(workspace.output).as_posix()


def _documents(workspace: Workspace, source: Source) -> tuple[DocumentRequest, ...]:
    told = source.plain(workspace, "documents.yaml") or {}
    return Documents.model_validate(told, context={"plain": "en"}).documents


@functools.lru_cache(maxsize=64)
def _usual(workspace: Workspace, name: str, _shared: str) -> str:
    """Return the first edition of a kind, which its files do not name; nothing for a kind that cannot be read."""
    try:
        return kind.load(workspace, name)[0].editions[0]
    except ReportError:  # told where its documents are made
        return ""


def _lacking(workspace: Workspace, choice: Choice, sources: list[Source], others: int) -> Iterator[Problem]:
    """Yield a warning for organisations that do not ask for what is chosen; raise `UsageError` where none does."""
    if not sources:
        return
    what = " or ".join(f"'{name}'" for name in choice.documents) or "any document"
    spoken = f" in {', '.join(choice.languages)}" if choice.languages else ""
    if not others:
        hint = "name what their documents.yaml asks for; report list shows it"
        raise UsageError.of("document.unknown", f"no organisation asks for {what}{spoken}", hint=hint)
    for source in sources:
        where = Location(source.path(workspace, "documents.yaml"))
        message = f"{source.id} does not ask for {what}{spoken}: nothing is made"
        yield Problem(Severity.WARNING, "batch.none", message, where)
