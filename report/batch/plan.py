"""Which documents a batch makes: those that are asked for, less those that are there and made from the very same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from report.batch import facts, names
from report.batch.facts import Source
from report.batch.manifest import Entry, intact
from report.batch.worker import Unit
from report.cache import fingerprint
from report.values import Job, Location, Problem, Severity, UsageError
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.model.tables import Organisations


SHOWN = 10
"""So many organisations that ask for nothing of what is chosen are told one by one."""


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
    anew: Mapping[Job, Entry] | None = None,
) -> Plan:
    """Plan a batch of the organisations below data/, or of those of a table.

    `entries` are those of the manifest: what they say was made is made again only where its bytes changed. Where all is made
    `anew`, these are the entries of what is so already, and no others count. Raise `ReportError` for an organisation, and
    for a document, that is not there, and where nobody meets the conditions.
    """
    shared = fingerprint.inputs(workspace, ())
    known = facts.folders(workspace) if table is None else facts.rows(workspace, table, shared)
    before: dict[str, list[Entry]] = {}
    for entry in (entries if anew is None else anew).values():
        before.setdefault(entry.job.organisation, []).append(entry)
    made = Plan()
    lacking: list[Source] = []
    files: list[tuple[Job, str]] = []
    for source in _chosen(workspace, choice, known):
        key = source.fingerprint(workspace, shared)
        kept = [e for e in before.get(source.id, ()) if _holds(e, key, choice, workspace)]
        if kept and len(kept) == kept[0].of:
            made.unchanged += sum(len(entry.files) for entry in kept)
            continue
        from report.batch import asked  # parses; where nothing changed, nothing needs it

        jobs = dict(asked.jobs(workspace, source, choice, shared))
        if not jobs:
            lacking.append(source)
        done = {entry.job for entry in kept}
        made.unchanged += sum(len(entry.files) for entry in kept if entry.job in jobs)
        todo = [job for job in jobs if job not in done]
        made.units += [Unit(workspace, job, source, key, choice.key, len(jobs), anew is not None) for job in todo]
        files += [(job, f"{jobs[job]}.{form}") for job in todo for form in job.formats]
    made.problems += _lacking(workspace, choice, lacking, made.unchanged + len(made.units))
    names.check(files, (e for e in entries.values() if e.job.organisation in known), workspace.output)
    return made


def _chosen(workspace: Workspace, choice: Choice, known: Mapping[str, Source]) -> list[Source]:
    if not known:
        message = f"there is no organisation in {workspace.data}"
        hint = "make a folder for each in it with an organisation.yaml, or use a table: --table FILE --base ORG"
        raise UsageError.of("organisation.none", message, hint=hint)
    for name in choice.organisations:
        if name not in known:
            from report.model import faults

            message = f"there is no organisation '{name}'"
            raise UsageError.of("organisation.unknown", message, hint=faults.nearest(name, known, "available:"))
    chosen = [source for name, source in known.items() if not choice.organisations or name in choice.organisations]
    if choice.shard:
        number, of = choice.shard
        chosen = [source for index, source in enumerate(chosen) if index % of == number - 1]
    if not choice.where:
        return chosen
    from report.batch import where

    met, there = where.chosen(workspace, chosen, choice.where)
    if chosen and not met and not choice.shard:  # those of another shard may meet them
        raise where.nobody(len(chosen), choice.where, there)
    return met


def _holds(entry: Entry, key: str, choice: Choice, workspace: Workspace) -> bool:
    wrong = any(problem.severity is Severity.ERROR for problem in entry.problems)  # to be told again
    return (
        entry.made and not wrong and (entry.key, entry.choice) == (key, choice.key) and intact(entry, workspace.output)
    )


def _lacking(workspace: Workspace, choice: Choice, sources: list[Source], others: int) -> Iterator[Problem]:
    """Yield a warning for organisations that do not ask for what is chosen; raise `UsageError` where none does."""
    if not sources:
        return
    what = " or ".join(f"'{name}'" for name in choice.documents) or "any document"
    spoken = f" in {', '.join(choice.languages)}" if choice.languages else ""
    if not others:
        hint = "name a document that  report list  shows"
        raise UsageError.of("document.unknown", f"no organisation requests {what}{spoken}", hint=hint)
    for source in sources[:SHOWN]:
        where = Location(source.path(workspace, "documents.yaml"))
        message = f"{source.id} does not request {what}{spoken}: nothing is built"
        yield Problem(Severity.WARNING, "batch.none", message, where)
    if (more := len(sources) - SHOWN) > 0:
        message = f"nor do {more} more organisations: nothing is built for them"
        hint = "choose others:  report list  shows what each requests"
        yield Problem(Severity.WARNING, "batch.none", message, None, hint)
