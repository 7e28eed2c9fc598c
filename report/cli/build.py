"""``report build``: make the documents that documents.yaml names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from report.cache import builds
from report.cli import options, problems
from report.formats import FORMATS
from report.values import EDITIONS, Artifact, Job, Problem, ReportError, Severity, UsageError
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.model.dossier import Dossier


class Choice(NamedTuple):
    """What the command line chooses; where it is silent, documents.yaml is asked."""

    documents: tuple[str, ...]
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    editions: tuple[str, ...]


@click.command()
@click.argument("organisation", metavar="[ORG]", required=False)
@click.argument("documents", metavar="[DOCUMENT]...", nargs=-1)
@options.workspace
@click.option("--lang", callback=options.words, metavar="en,bg", help="Only these languages.")
@click.option(
    "--format",
    "wanted",
    callback=options.words,
    metavar="pdf,docx,html,xlsx",
    help="These formats instead of those asked for.",
)
@click.option(
    "--edition",
    callback=options.words,
    metavar="screen,print,redacted",
    help="These editions instead of those asked for.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Where to write (default: output/)."
)
@click.option(
    "-j", "--jobs", "workers", type=click.IntRange(min=1), help="How many documents at a time (default: one per core)."
)
@click.option("--anew", is_flag=True, help="Make everything again, whether or not anything changed.")
@click.option("--strict", is_flag=True, help="Exit with status 1 for warnings too.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something is wrong.")
@click.option("--json", "as_json", is_flag=True, help="Report what was made as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    organisation: str | None,
    documents: tuple[str, ...],
    root: Path,
    lang: tuple[str, ...],
    wanted: tuple[str, ...],
    edition: tuple[str, ...],
    output: Path | None,
    workers: int | None,
    anew: bool,
    strict: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Make the documents of ORG, or of all organisations: those named DOCUMENT, or all that documents.yaml names."""
    for name in wanted:
        if name not in FORMATS:
            raise UsageError.of("format.unknown", f"there is no format '{name}'", hint=_nearest(name, FORMATS))
    for name in edition:
        if name not in EDITIONS:
            hint = _nearest(name, EDITIONS)
            raise UsageError.of("edition.unknown", f"there is no edition '{name}'", hint=hint)
    workspace = Workspace.at(root, output)
    names = (organisation,) if organisation else workspace.organisations()
    choice = Choice(documents, lang, wanted, edition)
    before = builds.recall(workspace, names, choice) if not anew else None
    if before:
        made, found = before
        if not as_json:
            problems.show(p for p in found if p.severity is not Severity.NOTE)
            _tell(made, quiet)
    else:
        made, found = _build(workspace, names, choice, workers, anew, None if as_json else quiet)
    if as_json:
        problems.dump({"made": [_row(a) for a in made], "problems": problems.as_json(found)})
    elif not quiet:
        weights = [(s, sum(p.severity is s for p in found)) for s in Severity]
        told = "".join(f"; {_many(n, s.value)}" for s, n in weights if n)
        click.echo(_many(len(made), "file") + " made" + told + (": see  report check" if weights[-1][1] else ""))
    ctx.exit(problems.status(found, strict))


def _build(
    workspace: Workspace, names: tuple[str, ...], choice: Choice, workers: int | None, anew: bool, quiet: bool | None
) -> tuple[list[Artifact], list[Problem]]:
    """Make what is chosen, and tell of it as it is made, unless `quiet` is None; return the files and all problems."""
    from report.batch import pool

    key = builds.inputs(workspace, names)
    todo, stopped, found, dossier = _plan(workspace, names, choice)
    if quiet is not None:
        problems.show(p for p in found if p.severity is not Severity.NOTE)
    made: list[Artifact] = []
    told = set(found)
    for job, (artifacts, wrong) in zip(
        todo, pool.make(pool.Task(workspace, dossier, anew), todo, workers), strict=True
    ):
        if not artifacts:
            stopped.append(job)
        made += [a for a in artifacts if a.format in FORMATS]
        new = [p for p in dict.fromkeys([*wrong, *(p for a in artifacts for p in a.problems)]) if p not in told]
        told.update(new)
        found += new
        if quiet is not None:
            problems.show(new)
            _tell(artifacts, quiet)
    if stopped and quiet is False:
        click.echo(f"not made: {', '.join(_named(stopped))}", err=True)
    if not any(p.severity is Severity.ERROR for p in found):
        builds.remember(workspace, names, choice, key, (made, found))
    return made, found


def _plan(
    workspace: Workspace,
    organisations: tuple[str, ...],
    choice: Choice,
) -> tuple[list[Job], list[Job], list[Problem], Dossier | None]:
    """Check every organisation; return the jobs that can be made, those that errors stand in the way of, and what is wrong.

    The facts come last, where one organisation has them all.
    """
    from report import pipeline
    from report.model import salvage

    if not organisations:
        hint = "make a folder there with an organisation.yaml"
        raise ReportError.of("organisation.none", f"there is no organisation in {workspace.data}", hint=hint)
    todo: list[Job] = []
    stopped: list[Job] = []
    found: list[Problem] = []
    lacking: list[UsageError] = []
    for name in organisations:
        checked = pipeline.check(workspace, name, templates=False)
        found += checked.problems
        if checked.dossier:
            lost = salvage.lacking(checked.dossier.files.get("documents.yaml"), "documents")
            stopped += [Job(name, one, "", ()) for one in lost if one in choice.documents or not choice.documents]
            try:
                for job in pipeline.jobs(checked.dossier, *choice):
                    (stopped if checked.stops(job.document, job.language) else todo).append(job)
            except UsageError as error:  # another organisation may have what is asked for
                lacking.append(error)
    if lacking and (not (todo or stopped) or len(organisations) == 1):
        raise lacking[0]
    return todo, stopped, list(dict.fromkeys(found)), checked.dossier if len(organisations) == 1 else None


def _named(jobs: list[Job]) -> Iterator[str]:
    """Yield the names of jobs, the languages of a document together: ``spoc annual-report (en, bg)``."""
    several = len({job.organisation for job in jobs}) > 1
    for key in dict.fromkeys((job.organisation, job.document, job.edition) for job in jobs):
        languages = dict.fromkeys(j.language for j in jobs if (j.organisation, j.document, j.edition) == key)
        owner, edition = f"{key[0]} " if several else "", f", {key[2]}" if key[2] != "screen" else ""
        versions = f" ({', '.join(languages)}{edition})" if "" not in languages else ""
        yield f"{owner}{key[1]}{versions}"


def _nearest(name: str, known: Iterable[str]) -> str | None:
    from report.model import faults

    return faults.nearest(name, known, "available:")


def _tell(artifacts: list[Artifact], quiet: bool) -> None:
    for artifact in artifacts if not quiet else ():
        if artifact.format in FORMATS:
            pages = f"  {_many(artifact.pages, 'page')}" if artifact.pages else ""
            click.echo(f"{problems.relative(artifact.path)}{pages}")


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _row(artifact: Artifact) -> dict[str, object]:
    return {
        "path": problems.relative(artifact.path),
        "format": artifact.format,
        "pages": artifact.pages,
        "sha256": artifact.sha256,
    }
