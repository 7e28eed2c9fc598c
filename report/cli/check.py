"""``report check``: every problem in the facts; writes nothing."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from report.cli import complete, options, problems
from report.values import Problem, ReportError
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.model.dossier import Dossier
    from report.model.tables import Organisations
    from report.profiles.assess import Assessment
    from report.submission.counters import FieldAnswers


@click.command()
@click.argument("organisations", metavar="[ORG]...", shell_complete=complete.organisations, nargs=-1)
@options.workspace
@options.text_or_json()
@click.option(
    "-p",
    "--profile",
    "wanted",
    shell_complete=complete.profiles,
    metavar="NAME[:PART]",
    multiple=True,
    help="Check the facts against the requirements of a regulator, such as bg-zyulnts-art40, or the fields of a funder, such as un-partner-portal. PART is a tier or a call.",
)
@click.option("--year", type=int, help="The reporting year for --profile (default: the latest).")
@click.option("--unused", is_flag=True, help="Also list the facts that no document prints.")
@options.strict
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
    """Report every problem in the facts of ORG, or of all organisations; with --profile, every requirement or field.

    Nothing is written.
    """
    from report import pipeline
    from report.cli import funder_fields, requirements  # a shell that completes words has no use for them
    from report.profiles import load

    workspace = Workspace.at(root).settled()
    rows = options.rows(workspace, table, base, charset)
    if not (rows or organisations or workspace.organisations()):
        hint = "make a folder there with an organisation.yaml"
        raise ReportError.of("organisation.none", f"there is no organisation in {workspace.data}", hint=hint)
    found = dict.fromkeys(rows.problems if rows else ())
    assessed: list[tuple[str, Assessment]] = []
    counted: list[tuple[str, FieldAnswers]] = []
    of_funders = [one for one in wanted if load.kind(workspace, one) == "funder"]
    named = _named(workspace, rows, organisations)
    every = pipeline.check_rows(workspace, rows, named) if rows else (pipeline.check(workspace, n) for n in named)
    for checked in every:
        gc.enable()  # `main` turns it off: one organisation leaves little garbage, and many leave much
        found |= dict.fromkeys(checked.problems)
        if checked.dossier and checked.dossier.calls and not checked.errors:
            found |= dict.fromkeys(_call_problems(workspace, checked.dossier))
        if unused and checked.dossier:
            found |= dict.fromkeys(pipeline.unused(workspace, checked.dossier))
        if checked.dossier:
            name = checked.dossier.id
            for one in of_funders:
                counted += [(name, one_call) for one_call in funder_fields.of(workspace, checked.dossier, one, year)]
            others = [one for one in wanted if one not in of_funders]
            assessed += [(name, requirements.of(workspace, checked.dossier, one, year)) for one in others]
    found |= dict.fromkeys(p for _, one in assessed for p in one.problems)
    found |= dict.fromkeys(p for _, one in counted for p in one.problems)
    _print(list(found), assessed, counted, form, bool(wanted))
    ctx.exit(problems.status(found, strict))


def _print(
    found: list[Problem],
    assessed: list[tuple[str, Assessment]],
    counted: list[tuple[str, FieldAnswers]],
    form: str,
    profiles: bool,
) -> None:
    from report.cli import funder_fields, requirements

    if form == "json":
        listed = problems.as_json(found)
        more = {"requirements": requirements.as_json(assessed), "counters": funder_fields.as_json(counted)}
        problems.dump({"problems": listed, **more} if profiles else listed)
    else:
        open_ = {problem for _, one in assessed for problem in one.problems if problem.code == "requirement.open"}
        problems.show([problem for problem in found if problem not in open_], err=False)
        requirements.show(assessed)
        funder_fields.show(counted)
        click.echo(problems.count(found))


def _call_problems(workspace: Workspace, dossier: Dossier) -> list[Problem]:
    """Return what keeps the calls of an organisation from being submitted; without calls nothing is imported for this."""
    from report.submission import build

    return list(build.check(workspace, dossier))


def _named(workspace: Workspace, rows: Organisations | None, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the organisations to check: none of a table that cannot be read, whatever is named."""
    if rows is None:
        return wanted or workspace.organisations()
    return (wanted if rows.ids else ()) or rows.ids
