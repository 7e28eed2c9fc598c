"""``report batch``: make the documents of many organisations."""

from __future__ import annotations

import contextlib
import json
import os
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from report.cli import options, problems
from report.cli.progress import shown
from report.formats import FORMATS
from report.values import EDITIONS, Severity, UsageError
from report.workspace import NAMING, Workspace

FIELDS = ("organisation", "document", "language", "edition")
"""What a name of files is made of."""
_MB = 1_000_000
_FILE = click.Path(path_type=Path, dir_okay=False)


def _shard(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[int, int] | None:
    from report.batch import shard

    return shard.read(value, os.environ) if value else None


def _naming(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str:
    if not value:
        return NAMING
    try:
        named = [name for _, name, _, _ in string.Formatter().parse(value) if name is not None]
        value.format_map(dict.fromkeys(FIELDS, "x"))
    except (ValueError, KeyError, IndexError, AttributeError):
        named = ["?"]
    if not set(named) <= set(FIELDS) or Path(value).is_absolute() or ".." in Path(value).parts:
        hint = f"write a path below the output folder of {', '.join('{' + name + '}' for name in FIELDS)}"
        raise UsageError.of("batch.naming", f"'{value}' is no name for files", hint=hint)
    return value


def _run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how a batch is run."""
    for add in (
        click.option("--json", "as_json", is_flag=True, help="Print each document and the summary as a line of JSON."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something is wrong."),
        click.option("--anew", is_flag=True, help="Make everything again, whether or not anything changed."),
        click.option("--resume", is_flag=True, help="Go on with the last run in this output folder, with its options."),
        click.option(
            "--shard",
            callback=_shard,
            metavar="I/N",
            help="Make the I-th of N parts, one on each machine; auto in job arrays.",
        ),
        click.option("--tls-key", "key", type=_FILE, help="The key of that certificate."),
        click.option("--tls-cert", "cert", type=_FILE, help="The certificate that this machine shows the cluster."),
        click.option("--tls-ca", "ca", type=_FILE, help="The authority that signed the cluster's certificates."),
        click.option("--scheduler", metavar="tls://…", help="Make them on this Dask cluster."),
        click.option("--memory", default=1500, type=click.IntRange(min=200), help="Megabytes that a worker may take."),
        click.option("--timeout", default=300.0, type=click.FloatRange(min=1), help="Seconds a document may take."),
        click.option("-j", "--jobs", "workers", type=click.IntRange(min=1), help="Documents at a time (one per core)."),
    ):
        command = add(command)
    return command


@click.command()
@click.argument("organisations", metavar="[ORG]...", nargs=-1)
@options.workspace
@click.option("--document", "documents", callback=options.words, metavar="ID,ID", help="Only these documents.")
@click.option("--lang", "languages", callback=options.words, metavar="en,bg", help="Only these languages.")
@click.option("--format", "wanted", callback=options.words, metavar="pdf,docx", help="These formats alone.")
@click.option("--edition", "editions", callback=options.words, metavar="screen,print", help="These editions alone.")
@click.option("--where", "where", multiple=True, metavar="country=BG", help="Only organisations of which this is true.")
@click.option("--name", "naming", callback=_naming, metavar="PATTERN", help=f"What files are called: {NAMING}")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Where to write (output/).")
@_run_options
@click.pass_context
def command(ctx: click.Context, root: Path, output: Path | None, **given: Any) -> None:
    """Make the documents of all organisations below data/, or of those named ORG, and write a manifest of them.

    What was made before from the very same bytes is not made again. A document that fails does not stop the others: exit
    status 0 where all were made, 1 where some were not.
    """
    for name, known in ((given["wanted"], FORMATS), (given["editions"], EDITIONS)):
        for one in name:
            if one not in known:
                raise UsageError.of("batch.choice", f"there is no '{one}'", hint=f"there are {', '.join(known)}")
    workspace = Workspace.at(root, output)
    if given["resume"]:
        given |= _last(workspace, given["shard"])
    ctx.exit(_run(Workspace(workspace.root, workspace.output, workspace.kept, given["naming"]), given))


def _run(workspace: Workspace, given: dict[str, Any]) -> int:
    from report.batch import run
    from report.batch.plan import Choice

    chosen = ("organisations", "documents", "languages", "editions", "where", "naming", "shard")
    choice = Choice(**{name: given[name] for name in chosen}, formats=given["wanted"])
    begun = run.begin(workspace, choice, _engine(given), {name: given[name] for name in _LASTING}, anew=given["anew"])
    quiet, as_json = given["quiet"], given["as_json"]
    problems.show(begun.problems)
    made = files = peak = 0
    lost = []
    with contextlib.closing(begun.entries), shown(begun.todo, quiet or as_json) as progress:
        for entry in begun.entries:
            progress.step(not entry.made)
            made, files, peak = made + entry.made, files + len(entry.files), max(peak, entry.memory)
            if as_json:
                _line(entry)
            if not entry.made:
                lost.append(entry)
                if not as_json:
                    _tell(entry)
    told = {"made": made, "files": files, "unchanged": begun.unchanged, "failed": len(lost)}
    told |= {"seconds": round(progress.seconds, 2), "peak_memory": peak}
    if as_json:
        click.echo(json.dumps({"summary": told}))
    elif not quiet:
        speed = f" in {progress.seconds:.1f} s, {progress.rate:.1f} a second" if begun.todo else ""
        click.echo(f"{files} files made{speed}; {begun.unchanged} unchanged; {len(lost)} documents failed")
    return int(bool(lost) or any(problem.severity is Severity.ERROR for problem in begun.problems))


_LASTING = ("organisations", "documents", "languages", "wanted", "editions", "where", "naming")
"""The options that belong to a run, and that ``--resume`` takes up."""


def _last(workspace: Workspace, shard: tuple[int, int] | None) -> dict[str, Any]:
    from report.batch.manifest import Manifest

    manifest = Manifest(workspace.output, shard)
    told = manifest.options()
    if told is None:
        hint = "leave --resume out; or name the folder with -o DIR"
        raise UsageError.of("batch.resume", f"there is no run to resume in {workspace.output}", hint=hint)
    return {name: tuple(v) if isinstance(v := told.get(name), list) else v for name in _LASTING if name in told}


def _engine(given: dict[str, Any]) -> Any:
    """Return what makes the documents: the workers of this machine, or a cluster's."""
    from report.batch import cluster, crew

    seconds, memory = given["timeout"], given["memory"] * _MB
    if given["scheduler"]:
        if given["workers"]:
            raise UsageError.of(
                "usage.jobs", "-j is for one machine", hint="a cluster has as many workers as you start"
            )
        many = cluster.Cluster(given["scheduler"], given["ca"], given["cert"], given["key"], seconds, memory)
        return lambda units: cluster.made(units, many)
    if given["ca"] or given["cert"] or given["key"]:
        raise UsageError.of(
            "usage.scheduler", "certificates go with --scheduler", hint="add --scheduler tls://HOST:8786"
        )
    local = crew.Crew(given["workers"] or os.cpu_count() or 1, seconds, memory)
    return lambda units: crew.made(units, local)


def _tell(entry: Any) -> None:
    job = entry.job
    what = f"{job.organisation}/{job.document} ({job.language})" if job.document else job.organisation
    click.echo(f"{what} was not made:", err=True)
    problems.show(p for p in entry.problems if p.severity is Severity.ERROR)


def _line(entry: Any) -> None:
    job = entry.job
    told = {
        "organisation": job.organisation,
        "document": job.document,
        "language": job.language,
        "edition": job.edition,
    }
    told |= {"status": entry.status, "files": [made.file for made in entry.files], "seconds": entry.seconds}
    click.echo(json.dumps(told | {"problems": problems.as_json(entry.problems)}, ensure_ascii=False))
