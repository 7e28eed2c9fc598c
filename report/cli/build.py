"""``report build``: build the documents that documents.yaml requests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from report.cache import store
from report.cli import complete, options, problems
from report.cli.options import plural
from report.values import Artifact, Job, Outcome, Selection, Severity
from report.workspace import Workspace


@click.command()
@click.argument("organisation", metavar="[ORG]", shell_complete=complete.organisations, required=False)
@click.argument("documents", metavar="[DOCUMENT]...", shell_complete=complete.documents, nargs=-1)
@options.workspace
@options.languages
@options.formats
@options.editions
@options.output
@click.option("-j", "--jobs", "workers", type=click.IntRange(min=1), help="Documents to build at a time (default: one per core).")  # fmt: skip
@options.force
@options.strict
@options.quiet
@click.option("--json", "as_json", is_flag=True, help="Print the files and problems as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    organisation: str | None,
    documents: tuple[str, ...],
    root: Path,
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    editions: tuple[str, ...],
    output: Path | None,
    workers: int | None,
    force: bool,
    strict: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Build the documents of ORG, or of all organisations: those named DOCUMENT, or all that documents.yaml requests."""
    workspace = Workspace.at(root, output)
    names = (organisation,) if organisation else workspace.organisations()
    selection = Selection(documents, languages, formats, editions)
    before = store.recall_build(workspace, names, selection) if not force else None
    if before:
        outcome = before
        if not as_json:
            problems.show(p for p in outcome.problems if p.severity is not Severity.NOTE)
            _print_files(outcome.artifacts, quiet)
    else:
        outcome = _build(workspace, names, selection, workers, force, None if as_json else quiet)
    found = outcome.problems
    if as_json:
        problems.dump({"made": [_row(a) for a in outcome.artifacts], "problems": problems.as_json(found)})
    elif not quiet:
        counts = "".join(f"; {plural(n, s.value)}" for s in Severity if (n := sum(p.severity is s for p in found)))
        more = ": see  report check" if any(p.severity is Severity.NOTE for p in found) else ""
        click.echo(f"{plural(len(outcome.artifacts), 'file')} written{counts}{more}")
    ctx.exit(problems.status(found, strict))


def _build(
    workspace: Workspace,
    names: tuple[str, ...],
    selection: Selection,
    workers: int | None,
    force: bool,
    quiet: bool | None,
) -> Outcome:
    """Build what is chosen, and print its files, unless `quiet` is None; return the files and all problems."""
    from report import pipeline
    from report.batch import pool

    key = store.inputs(workspace, names)
    plan = pipeline.plan(workspace, names, selection)
    if quiet is not None:
        problems.show(p for p in plan.problems if p.severity is not Severity.NOTE)
    failed = list(plan.stopped)
    artifacts: list[Artifact] = []
    every = dict.fromkeys(plan.problems)
    runner = pool.JobRunner(workspace, plan.dossier, force)
    for job, outcome in zip(plan.jobs, pool.build(runner, plan.jobs, workers), strict=True):
        if outcome.failed:
            failed.append(job)
        artifacts += outcome.artifacts
        new = [problem for problem in dict.fromkeys(outcome.problems) if problem not in every]
        every |= dict.fromkeys(new)
        if quiet is not None:
            problems.show(new)
            _print_files(outcome.artifacts, quiet)
    if failed and quiet is False:
        click.echo(f"not built: {', '.join(_names(failed))}", err=True)
    whole = Outcome(tuple(artifacts), tuple(every))
    if not whole.failed:
        store.remember_build(workspace, names, selection, key, whole)
    return whole


def _names(jobs: list[Job]) -> Iterator[str]:
    """Yield the names of jobs, the languages of a document together: ``spoc annual-report (en, bg)``."""
    several = len({job.organisation for job in jobs}) > 1
    for key in dict.fromkeys((job.organisation, job.document, job.edition) for job in jobs):
        languages = dict.fromkeys(j.language for j in jobs if (j.organisation, j.document, j.edition) == key)
        owner, edition = f"{key[0]} " if several else "", f", {key[2]}" if key[2] != "screen" else ""
        versions = f" ({', '.join(languages)}{edition})" if "" not in languages else ""
        yield f"{owner}{key[1]}{versions}"


def _print_files(artifacts: Iterable[Artifact], quiet: bool | None) -> None:
    for artifact in artifacts if not quiet else ():
        pages = f"  {plural(artifact.pages, 'page')}" if artifact.pages else ""
        click.echo(f"{problems.relative(artifact.path)}{pages}")


def _row(artifact: Artifact) -> dict[str, object]:
    return {
        "path": problems.relative(artifact.path),
        "format": artifact.format,
        "pages": artifact.pages,
        "sha256": artifact.sha256,
    }
