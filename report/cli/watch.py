"""``report watch``: build again what changes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from report.cli import complete, options, problems
from report.cli.options import plural
from report.values import Job, ReportError, Selection, Severity
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.model.dossier import Dossier
    from report.values import Problem

BEGIN, END = "watch: building", "watch: waiting for changes"
"""How the lines begin that stand before and after what a build says, for the problem matchers of editors."""


@click.command()
@click.argument("organisation", metavar="ORG", shell_complete=complete.organisations)
@click.argument("documents", metavar="[DOCUMENT]...", shell_complete=complete.documents, nargs=-1)
@options.workspace
@options.languages
@options.formats
@options.editions
@options.output
def command(organisation: str, documents: tuple[str, ...], root: Path, languages: tuple[str, ...], formats: tuple[str, ...], editions: tuple[str, ...], output: Path | None) -> None:  # fmt: skip
    """Build the documents of ORG, and again whenever its facts, pictures, templates or profiles change, until Ctrl-C.

    Each file that is another than before is a line, and each problem, as  report check  prints it.
    """
    from report.formats.collector import collect, noted_interruptions
    from report.pipeline import watching

    workspace = Workspace.at(root, output)
    selection = Selection(documents, languages, formats, editions)
    before: dict[str, str] = {}
    with noted_interruptions() as check:

        def sleep(seconds: float) -> None:
            check()
            time.sleep(seconds)

        changes = watching.changes(workspace, organisation, sleep)
        while True:
            click.echo(f"{BEGIN} {organisation}")
            click.echo(_built(workspace, organisation, selection, before, check))
            sys.stdout.flush()
            collect()  # the command line turns the collector off
            for path in next(changes):
                click.echo(f"changed: {problems.relative(path)}")


def _built(
    workspace: Workspace, organisation: str, selection: Selection, before: dict[str, str], check: Callable[[], None]
) -> str:
    """Build once, print what is new, and return the line that ends it; `before` has the fingerprint of each file."""
    from report import pipeline

    start, written = time.perf_counter(), 0
    seen: dict[Problem, None] = {}
    try:
        plan = pipeline.plan(workspace, (organisation,), selection)
        _show(plan.problems, seen)
        for job in plan.jobs:
            found, problems_of_job = _run(workspace, job, plan.dossier)
            check()
            _show(problems_of_job, seen)
            for path, sha256 in found.items():
                if before.get(path) != sha256:
                    before[path] = sha256
                    written += 1
                    click.echo(problems.relative(Path(path)))
                    sys.stdout.flush()
    except ReportError as error:
        _show(error.problems, seen)
    errors = sum(problem.severity is Severity.ERROR for problem in seen)
    seconds = time.perf_counter() - start
    return f"{END} ({plural(written, 'file')} written, {plural(errors, 'error')}, {seconds:.1f} s)"


def _run(workspace: Workspace, job: Job, dossier: Dossier | None) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Run a job; return its files with their fingerprints, and its problems."""
    from report import pipeline

    try:
        outcome = pipeline.run(workspace, job, dossier)
    except ReportError as error:
        return {}, tuple(error.problems)
    return {str(artifact.path): artifact.sha256 for artifact in outcome.artifacts}, outcome.problems


def _show(found: tuple[Problem, ...] | list[Problem], seen: dict[Problem, None]) -> None:
    """Print the problems that are no notes and were not printed in this build."""
    new = [problem for problem in found if problem not in seen]
    seen.update(dict.fromkeys(new))
    problems.show((problem for problem in new if problem.severity is not Severity.NOTE), err=False)
