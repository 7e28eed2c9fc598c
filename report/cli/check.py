"""``report check``: every problem of the facts; writes nothing."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from report.cli import options, problems
from report.values import Problem, ReportError
from report.workspace import Workspace


@click.command()
@click.argument("organisations", metavar="[ORG]...", nargs=-1)
@options.workspace
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Text for people, JSON for programs."
)
@click.option("--strict", is_flag=True, help="Exit with status 1 for warnings too.")
@click.pass_context
def command(ctx: click.Context, organisations: tuple[str, ...], root: Path, form: str, strict: bool) -> None:
    """Report every problem of the facts of ORG, or of all organisations."""
    from report import pipeline

    workspace = Workspace.at(root)
    if not (organisations or workspace.organisations()):
        hint = "make a folder there with an organisation.yaml"
        raise ReportError.of("organisation.none", f"there is no organisation in {workspace.data}", hint=hint)
    found: list[Problem] = []
    for number, name in enumerate(organisations or workspace.organisations()):
        if number:
            gc.collect()  # `main` holds the collector back
        found += pipeline.check(workspace, name).problems
    found = list(dict.fromkeys(found))
    if form == "json":
        problems.dump(problems.as_json(found))
    else:
        problems.show(found, err=False)
        click.echo(problems.count(found))
    ctx.exit(problems.status(found, strict))
