"""Which documents a batch builds: those that are requested, except those that exist and have the same inputs as before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from report.batch import file_names, sources
from report.batch.choice import Choice
from report.batch.manifest import Entry, intact
from report.batch.sources import Source
from report.batch.worker import Unit
from report.cache import fingerprint
from report.model.suggestions import nearest
from report.values import Job, Location, Problem, Severity, UsageError
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.model.tables import Organisations

SHOWN = 10
"""This many organisations that request nothing of what is chosen are reported one by one."""


@dataclass(slots=True)
class Plan:
    """What to build, how many files are unchanged, and what is wrong before anything is built."""

    units: list[Unit] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


def plan(
    workspace: Workspace,
    choice: Choice,
    entries: Mapping[Job, Entry],
    table: Organisations | None = None,
    *,
    forced: Mapping[Job, Entry] | None = None,
) -> Plan:
    """Plan a batch of the organisations below data/, or of those of a table.

    `entries` are those of the manifest: their documents are built again only where their inputs changed. Of a ``--force`` run,
    only the entries of what it has already built count: `forced`. Raise `ReportError` for an organisation or a document
    that does not exist, and where no organisation meets the conditions.
    """
    shared = fingerprint.inputs(workspace, ())
    known = sources.folders(workspace) if table is None else sources.rows(workspace, table, shared)
    before: dict[str, list[Entry]] = {}
    for entry in (entries if forced is None else forced).values():
        before.setdefault(entry.job.organisation, []).append(entry)
    result = Plan()
    without: list[Source] = []
    files: list[tuple[Job, str]] = []
    for source in _chosen(workspace, choice, known):
        key = source.fingerprint(workspace, shared)
        valid = [e for e in before.get(source.id, ()) if _is_valid(e, key, choice, workspace)]
        if valid and len(valid) == valid[0].of:
            result.unchanged += sum(len(entry.files) for entry in valid)
            continue
        from report.batch.jobs import jobs  # parses; where nothing changed, nothing needs it

        paths = dict(jobs(workspace, source, choice, shared))
        if not paths:
            without.append(source)
        done = {entry.job for entry in valid}
        result.unchanged += sum(len(entry.files) for entry in valid if entry.job in paths)
        todo = [job for job in paths if job not in done]
        result.units += [Unit(workspace, job, source, key, choice.key, len(paths), forced is not None) for job in todo]
        files += [(job, f"{paths[job]}.{form}") for job in todo for form in job.formats]
    result.problems += _without_documents(workspace, choice, without, result.unchanged + len(result.units))
    file_names.check(files, (e for e in entries.values() if e.job.organisation in known), workspace.output)
    return result


def _chosen(workspace: Workspace, choice: Choice, known: Mapping[str, Source]) -> list[Source]:
    if not known:
        message = f"there is no organisation in {workspace.data}"
        hint = "make a folder for each in it with an organisation.yaml, or use a table: --table FILE --base ORG"
        raise UsageError.of("organisation.none", message, hint=hint)
    for name in choice.organisations:
        if name not in known:
            message = f"there is no organisation '{name}'"
            raise UsageError.of("organisation.unknown", message, hint=nearest(name, known, "available:"))
    chosen = [source for name, source in known.items() if not choice.organisations or name in choice.organisations]
    if choice.shard:
        number, of = choice.shard
        chosen = [source for index, source in enumerate(chosen) if index % of == number - 1]
    if not choice.where:
        return chosen
    from report.batch import conditions

    matching, values = conditions.select(workspace, chosen, choice.where)
    if chosen and not matching and not choice.shard:  # those of another shard may meet them
        raise conditions.no_match(len(chosen), choice.where, values)
    return matching


def _is_valid(entry: Entry, key: str, choice: Choice, workspace: Workspace) -> bool:
    """Say whether a document need not be built again; one with errors is, so that they are reported again."""
    if not entry.succeeded or any(problem.severity is Severity.ERROR for problem in entry.problems):
        return False
    return (entry.key, entry.choice) == (key, choice.key) and intact(entry, workspace.output)


def _without_documents(workspace: Workspace, choice: Choice, sources: list[Source], others: int) -> Iterator[Problem]:
    """Yield a warning for organisations that do not request what is chosen; raise `UsageError` where none does."""
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
