"""``report batch``: build the documents of many organisations."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from report.cli import complete, options
from report.cli.batch_output import Summary, interruptible, progress
from report.formats import FORMATS
from report.values import EDITIONS, Location, Problem, ReportError, Severity, UsageError
from report.workspace import NAMING, Workspace

if TYPE_CHECKING:
    from report.batch.run import Engine
    from report.model.tables import Organisations

_MB = 1_000_000
_FILE = click.Path(path_type=Path, dir_okay=False)


def _shard(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[int, int] | None:
    from report.batch.choice import read_shard

    return read_shard(value, os.environ) if value else None


def _naming(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str:
    from report.batch import file_names

    return file_names.pattern(value)


@click.command()
@click.argument("organisations", metavar="[ORG]...", shell_complete=complete.organisations, nargs=-1)
@options.workspace
@options.table
@click.option("--document", "documents", callback=options.words, metavar="ID,ID", help="Build only these documents.")
@options.languages
@options.formats
@options.editions
@click.option("--where", "where", multiple=True, metavar="country=BG", help="Build only for organisations that meet this condition.")  # fmt: skip
@click.option("--name", "naming", callback=_naming, metavar="PATTERN", help=f"How to name files (default: {NAMING}).")
@options.output
@click.option("-j", "--jobs", "workers", type=click.IntRange(min=1), help="Documents to build at a time (default: one per core).")  # fmt: skip
@click.option("--timeout", default=300.0, type=click.FloatRange(min=1), help="Seconds that a document may take (default: 300).")  # fmt: skip
@click.option("--memory", default=1500, type=click.IntRange(min=200), help="Megabytes that a worker may use (default: 1500).")  # fmt: skip
@click.option("--scheduler", metavar="tls://…", help="Build on the Dask cluster of this scheduler.")
@click.option("--tls-ca", "ca", type=_FILE, help="The authority that signed the cluster's certificates.")
@click.option("--tls-cert", "cert", type=_FILE, help="This machine's certificate.")
@click.option("--tls-key", "key", type=_FILE, help="The key of that certificate.")
@click.option("--shard", callback=_shard, metavar="I/N", help="Build the I-th of N parts, one on each machine; auto in job arrays.")  # fmt: skip
@click.option("--resume", is_flag=True, help="Continue the last run in this output folder, with its options.")
@options.force
@options.quiet
@click.option("--json", "as_json", is_flag=True, help="Print each document and the summary as a line of JSON.")
@click.pass_context
def command(ctx: click.Context, /, root: Path, output: Path | None, **given: Any) -> None:
    """Build the documents of many organisations, and write a manifest of them.

    These are all organisations below data/, those named ORG, or the rows of a table.

    Documents whose inputs have not changed are not built again. A document that fails does not stop the others. Exit status:
    0 if all documents were built, 1 if some were not.
    """
    workspace = Workspace.at(root, output)
    if given["resume"]:
        given["resume"] = not given["force"]  # then it starts from the beginning
        given |= _last(ctx, workspace, given["shard"]) | ({"force": True} if given["force"] else {})
    for names, known in ((given["formats"], FORMATS), (given["editions"], EDITIONS)):
        for name in names:
            if name not in known:
                raise UsageError.of("batch.choice", f"there is no '{name}'", hint=f"available: {', '.join(known)}")
    table = _table(workspace, given)
    ctx.exit(_run(Workspace(workspace.root, workspace.output, workspace.kept, given["naming"]), given, table))


def _table(workspace: Workspace, given: dict[str, Any]) -> Organisations | None:
    """Return the organisations of ``--table``; raise `ReportError` where the table as a whole cannot be used."""
    table = options.rows(workspace, given["table"], given["base"], given["charset"])
    if table and not table.ids:
        message, hint = "the table has no rows", "write one organisation in each row"
        empty = Problem(Severity.ERROR, "table.empty", message, Location(Path(given["table"])), hint)
        raise ReportError(table.problems or (empty,))
    if given["table"]:
        given["table"] = os.path.abspath(given["table"])  # --resume may run in another folder
    return table


def _run(workspace: Workspace, given: dict[str, Any], table: Organisations | None) -> int:
    from report.batch import run
    from report.batch.choice import Choice

    choice = Choice(**{name: given[name] for name in Choice.__dataclass_fields__})
    saved = {_MANIFEST_NAMES.get(name, name): given[name] for name in SAVED}
    summary = Summary(given["as_json"], given["quiet"])
    flags = {"force": given["force"], "resumed": given["resume"]}
    with interruptible(), run.start(workspace, choice, _engine(given), saved, table, **flags) as started:
        summary.begin(started)
        with progress(started.todo, given["quiet"] or given["as_json"]) as shown:
            try:
                for entry in started.entries:
                    shown.step(not entry.succeeded)
                    summary.add(entry)
            except KeyboardInterrupt:
                summary.interrupted = True
            except ReportError as error:
                if not shown.done and error.status != 1:
                    raise
                summary.interrupted = True
                summary.report(error.problems)
    return summary.end(shown)


SAVED = (
    "organisations",
    "documents",
    "languages",
    "formats",
    "editions",
    "where",
    "naming",
    "table",
    "base",
    "charset",
)
"""The options that the manifest keeps for ``--resume``."""
_LISTS = SAVED[:6]
_MANIFEST_NAMES = {"formats": "wanted"}
"""Options with other names in the manifest."""


def _last(ctx: click.Context, workspace: Workspace, shard: tuple[int, int] | None) -> dict[str, Any]:
    """Return the options of the last run in the output folder; raise `UsageError` where the command line has others."""
    from report.batch import file_names
    from report.batch.manifest import Manifest

    if any(ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in SAVED):
        message = "--resume uses the choices of the last run and accepts no others"
        hint = "leave out --resume: unchanged documents are not built again"
        raise UsageError.of("batch.resume", message, hint=hint)
    last = Manifest(workspace.output, shard).options()
    if last is None:
        hint = "leave out --resume, or name the folder with -o DIR"
        raise UsageError.of("batch.resume", f"there is no run to resume in {workspace.output}", hint=hint)
    keys = {_MANIFEST_NAMES.get(name, name): name for name in SAVED}
    hint = "leave out --resume, and say what to build"
    if unknown := [str(key) for key in last if key not in (*keys, "anew", "resumed")]:
        message = f"the last run was started by another version of report, with unknown options: {', '.join(unknown)}"
        raise UsageError.of("batch.resume", message, hint=hint)
    found = {name: last[key] for key, name in keys.items() if key in last}
    if not all(_is_list(value) if name in _LISTS else not value or _is_text(value) for name, value in found.items()):
        message = "the manifest does not say what the last run was asked to build"
        raise UsageError.of("batch.resume", message, hint=hint)
    found |= {name: tuple(found[name]) for name in _LISTS if name in found}
    return found | {"naming": file_names.pattern(found.get("naming")), "force": last.get("anew") is True}


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and "\0" not in value


def _engine(given: dict[str, Any]) -> Engine:
    """Return what builds the documents: the workers of this machine, or a cluster's."""
    from report.batch import cluster, local_workers

    seconds, memory = given["timeout"], given["memory"] * _MB
    if given["scheduler"]:
        if given["workers"]:
            hint = "a cluster has as many workers as you start"
            raise UsageError.of("usage.jobs", "-j cannot be used with --scheduler", hint=hint)
        many = cluster.Cluster(given["scheduler"], given["ca"], given["cert"], given["key"], seconds, memory)
        return lambda units: cluster.build(units, many)
    if given["ca"] or given["cert"] or given["key"]:
        hint = "add --scheduler tls://HOST:8786"
        raise UsageError.of("usage.scheduler", "certificates need --scheduler", hint=hint)
    local = local_workers.LocalWorkers(given["workers"] or os.cpu_count() or 1, seconds, memory)
    return lambda units: local_workers.build(units, local)
