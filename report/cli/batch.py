"""``report batch``: make the documents of many organisations."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from report.cli import options
from report.cli.progress import shown
from report.cli.tally import Tally, stoppable
from report.formats import FORMATS
from report.values import EDITIONS, Location, Problem, ReportError, Severity, UsageError
from report.workspace import NAMING, Workspace

if TYPE_CHECKING:
    from report.model.tables import Organisations

_MB = 1_000_000
_FILE = click.Path(path_type=Path, dir_okay=False)


def _shard(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[int, int] | None:
    from report.batch import shard

    return shard.read(value, os.environ) if value else None


def _naming(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str:
    from report.batch import names

    return names.pattern(value)


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
@options.table
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
    """Make the documents of all organisations below data/, of those named ORG, or of the rows of a table, and write a
    manifest of them.

    What was made before from the very same bytes is not made again. A document that fails does not stop the others: exit
    status 0 where all were made, 1 where some were not.
    """
    workspace = Workspace.at(root, output)
    if given["resume"]:
        given["resume"] = not given["anew"]  # all of it, from its beginning
        given |= _last(ctx, workspace, given["shard"]) | ({"anew": True} if given["anew"] else {})
    for name, known in ((given["wanted"], FORMATS), (given["editions"], EDITIONS)):
        for one in name:
            if one not in known:
                raise UsageError.of("batch.choice", f"there is no '{one}'", hint=f"available: {', '.join(known)}")
    table = _table(workspace, given)
    ctx.exit(_run(Workspace(workspace.root, workspace.output, workspace.kept, given["naming"]), given, table))


def _table(workspace: Workspace, given: dict[str, Any]) -> Organisations | None:
    """Return the organisations of ``--table``; raise `ReportError` where the table as a whole is not understood."""
    table = options.rows(workspace, given["table"], given["base"], given["charset"])
    if table and not table.ids:
        raise ReportError(table.problems or (_no_rows(Path(given["table"])),))
    if given["table"]:
        given["table"] = os.path.abspath(given["table"])  # --resume may be said in another folder
    return table


def _no_rows(path: Path) -> Problem:
    return Problem(
        Severity.ERROR, "table.empty", "the table has no rows", Location(path), "write one organisation in each row"
    )


def _run(workspace: Workspace, given: dict[str, Any], table: Organisations | None) -> int:
    from report.batch import run
    from report.batch.plan import Choice

    chosen = ("organisations", "documents", "languages", "editions", "where", "naming", "shard")
    choice = Choice(**{name: given[name] for name in chosen}, formats=given["wanted"])
    lasting = {name: given[name] for name in LASTING}
    tally = Tally(given["as_json"], given["quiet"])
    how = {"anew": given["anew"], "resumed": given["resume"]}
    with stoppable(), run.begun(workspace, choice, _engine(given), lasting, table, **how) as begun:
        tally.begin(begun)
        with shown(begun.todo, given["quiet"] or given["as_json"]) as progress:
            try:
                for entry in begun.entries:
                    progress.step(not entry.made)
                    tally.add(entry)
            except KeyboardInterrupt:
                tally.stopped = True
            except ReportError as error:
                if not progress.done and error.status != 1:
                    raise
                tally.stopped = True
                tally.tell(error.problems)
    return tally.end(progress)


LASTING = (
    "organisations",
    "documents",
    "languages",
    "wanted",
    "editions",
    "where",
    "naming",
    "table",
    "base",
    "charset",
)
"""The options that belong to a run, and that ``--resume`` takes up."""


def _last(ctx: click.Context, workspace: Workspace, shard: tuple[int, int] | None) -> dict[str, Any]:
    """Return the options of the last run in the output folder; raise `UsageError` where others are given besides."""
    from report.batch import names
    from report.batch.manifest import Manifest

    given = [name for name in LASTING if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    if given:
        message = "--resume uses the choices of the last run and accepts no others"
        raise UsageError.of("batch.resume", message, hint="leave out --resume: unchanged documents are not built again")
    told = Manifest(workspace.output, shard).options()
    if told is None:
        hint = "leave out --resume, or name the folder with -o DIR"
        raise UsageError.of("batch.resume", f"there is no run to resume in {workspace.output}", hint=hint)
    if strange := [str(name) for name in told if name not in (*LASTING, "anew", "resumed")]:
        message = f"the last run was started by another version of report, with unknown options: {', '.join(strange)}"
        raise UsageError.of("batch.resume", message, hint="leave out --resume, and say what to build")
    found = {name: tuple(v) if isinstance(v := told.get(name), list) else v for name in LASTING if name in told}
    several = ("organisations", "documents", "languages", "wanted", "editions", "where")
    texts = [
        *(found.get(name, ()) for name in several),
        [v for n in LASTING if n not in several and (v := found.get(n))],
    ]
    if not all(isinstance(value, tuple | list) and all(_text(one) for one in value) for value in texts):
        hint = "leave out --resume, and say what to build"
        raise UsageError.of("batch.resume", "the manifest does not say what the last run was asked to build", hint=hint)
    return found | {"naming": names.pattern(found.get("naming")), "anew": told.get("anew") is True}


def _text(value: Any) -> bool:
    return isinstance(value, str) and "\0" not in value


def _engine(given: dict[str, Any]) -> Any:
    """Return what makes the documents: the workers of this machine, or a cluster's."""
    from report.batch import cluster, crew

    seconds, memory = given["timeout"], given["memory"] * _MB
    if given["scheduler"]:
        if given["workers"]:
            raise UsageError.of(
                "usage.jobs", "-j cannot be used with --scheduler", hint="a cluster has as many workers as you start"
            )
        many = cluster.Cluster(given["scheduler"], given["ca"], given["cert"], given["key"], seconds, memory)
        return lambda units: cluster.made(units, many)
    if given["ca"] or given["cert"] or given["key"]:
        raise UsageError.of("usage.scheduler", "certificates need --scheduler", hint="add --scheduler tls://HOST:8786")
    local = crew.Crew(given["workers"] or os.cpu_count() or 1, seconds, memory)
    return lambda units: crew.made(units, local)
