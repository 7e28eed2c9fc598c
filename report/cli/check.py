"""``report check``: every problem of the facts; writes nothing."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from report.cli import counters, options, problems, requirements
from report.compose.counters import Counted
from report.model.dossier import Dossier
from report.profiles import load
from report.profiles.assess import Assessment
from report.values import Problem, ReportError
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.model.tables import Organisations


@click.command()
@click.argument("organisations", metavar="[ORG]...", nargs=-1)
@options.workspace
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Text for people, JSON for programs."
)
@click.option(
    "-p",
    "--profile",
    "wanted",
    metavar="NAME[:PART]",
    multiple=True,
    help="Check the facts against a regulator's requirements, such as bg-zyulnts-art40, or a funder's fields, such as un-partner-portal; PART is a tier or a call.",
)
@click.option("--year", type=int, help="The reporting year that --profile looks at (default: the latest).")
@click.option("--unused", is_flag=True, help="List the facts that no document prints, too.")
@click.option("--strict", is_flag=True, help="Exit with status 1 for warnings too.")
@options.table
@click.pass_context
def command(
    ctx: click.Context,
    organisations: tuple[str, ...],
    root: Path,
    form: str,
    wanted: tuple[str, ...],
    year: int | None,
    unused: bool,
    strict: bool,
    table: str | None,
    base: str | None,
    charset: str | None,
) -> None:
    """Report every problem of the facts of ORG, or of all organisations; with --profile, every requirement or field."""
    from report import pipeline

    workspace = Workspace.at(root).settled()
    rows = options.rows(workspace, table, base, charset)
    if not (rows or organisations or workspace.organisations()):
        hint = "make a folder there with an organisation.yaml"
        raise ReportError.of("organisation.none", f"there is no organisation in {workspace.data}", hint=hint)
    found = dict.fromkeys(rows.problems if rows else ())
    assessed: list[tuple[str, Assessment]] = []
    counted: list[tuple[str, Counted]] = []
    of_funders = [one for one in wanted if load.is_funder(workspace, one)]
    named = _named(workspace, rows, organisations)
    every = pipeline.check_rows(workspace, rows, named) if rows else (pipeline.check(workspace, n) for n in named)
    for checked in every:
        gc.enable()  # `main` holds it back: one organisation leaves little, and many leave much
        found |= dict.fromkeys(checked.problems)
        if checked.dossier and checked.dossier.calls and not checked.errors:
            found |= dict.fromkeys(_foreseen(workspace, checked.dossier))
        if unused and checked.dossier:
            found |= dict.fromkeys(pipeline.unused(workspace, checked.dossier))
        if checked.dossier:
            name = checked.dossier.id
            for one in of_funders:
                counted += [(name, told) for told in counters.of(workspace, checked.dossier, one, year)]
            others = [one for one in wanted if one not in of_funders]
            assessed += [(name, requirements.of(workspace, checked.dossier, one, year)) for one in others]
    found |= dict.fromkeys(p for _, one in (*assessed, *counted) for p in one.problems)
    _print(list(found), assessed, counted, form, bool(wanted))
    ctx.exit(problems.status(found, strict))


def _print(
    found: list[Problem],
    assessed: list[tuple[str, Assessment]],
    counted: list[tuple[str, Counted]],
    form: str,
    profiles: bool,
) -> None:
    if form == "json":
        listed = problems.as_json(found)
        more = {"requirements": requirements.as_json(assessed), "counters": counters.as_json(counted)}
        problems.dump({"problems": listed, **more} if profiles else listed)
    else:
        told = {problem for _, one in assessed for problem in one.problems if problem.code == "requirement.open"}
        problems.show([problem for problem in found if problem not in told], err=False)
        requirements.show(assessed)
        counters.show(counted)
        click.echo(problems.count(found))


def _foreseen(workspace: Workspace, dossier: Dossier) -> list[Problem]:
    """Return what keeps the calls of an organisation from being handed in; who has none imports nothing for it."""
    from report.submission.foresee import foresee

    return list(foresee(workspace, dossier))


def _named(workspace: Workspace, rows: Organisations | None, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the organisations to check: none of a table that is not understood, whatever is wanted of it."""
    if rows is None:
        return wanted or workspace.organisations()
    return (wanted if rows.ids else ()) or rows.ids
