"""``report form map / check / fill``: a funder's own Word file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from report import files
from report.cli import complete, options, problems
from report.values import Location, Problem, ReportError, Severity, UsageError
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.forms.fill import FactSource, FilledField, FilledForm

_FILE = click.Path(path_type=Path, dir_okay=False)
_form = click.argument("form", metavar="FORM.docx", type=_FILE)
_map = click.argument("map_", metavar="MAP.yaml", type=_FILE)
_organisation = click.argument("organisation", metavar="[ORG]", shell_complete=complete.organisations, required=False)


def _language_code(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Return the code of a language; raise `click.BadParameter` for anything else."""
    from pydantic import TypeAdapter, ValidationError

    from report.model.codes import Language

    try:
        return TypeAdapter(Language).validate_python(value) if value else None
    except ValidationError as error:
        raise click.BadParameter(error.errors()[0]["msg"]) from None


_language = click.option(
    "--lang",
    metavar="bg",
    shell_complete=complete.languages,
    callback=_language_code,
    help="The language of the answers (default: the organisation's first language).",
)
_output = options.text_or_json("form_")


@click.group()
def command() -> None:
    """Map, check and fill a funder's Word form. Whatever is not filled in stays the same, byte for byte."""


@command.command("map")
@_form
@click.option("-o", "--output", type=_FILE, help="Where to write the map (default: beside the form, FORM.map.yaml).")
@click.option("--force", is_flag=True, help="Overwrite an existing map.")
def map_(form: Path, output: Path | None, force: bool) -> None:
    """Write a map of all fields that can be filled in: their addresses, the nearest text, and the facts that seem to fit."""
    from report.forms import untrusted

    target = output or form.with_name(f"{form.stem}.map.yaml")
    if target.exists() and form.exists() and target.samefile(form):
        raise UsageError.of("form.output", "the form itself is never overwritten", Location(form), "name another file with -o")  # fmt: skip
    if target.exists() and not force:
        hint = "name another file with -o, or overwrite it with --force"
        raise ReportError.of("form.map", "the map already exists", Location(target), hint)
    text, count = untrusted.map_form(form)
    files.replace(target, text.encode("utf-8", "replace"))
    click.echo(f"{problems.relative(target)}  {count} fields")


@command.command("check")
@_form
@_map
@_organisation
@options.workspace
@_language
@_output
@options.strict
@click.pass_context
def check(ctx: click.Context, form: Path, map_: Path, organisation: str | None, root: Path, lang: str | None, form_: str, strict: bool) -> None:  # fmt: skip
    """List every field, its limit, and whether the facts of ORG answer it. Nothing is written."""
    filled = _filled(form, map_, organisation, root, lang)
    found = [*filled.problems, *_measured(filled, map_)]
    _print(filled, found, form_)
    ctx.exit(problems.status(found, strict))


@command.command("fill")
@_form
@_map
@_organisation
@options.workspace
@_language
@_output
@click.option(
    "-o", "--output", type=_FILE, help="Where to write the filled copy (default: output/ORG/forms/FORM-LANG.docx)."
)
@options.strict
@click.pass_context
def fill(ctx: click.Context, form: Path, map_: Path, organisation: str | None, root: Path, lang: str | None, form_: str, output: Path | None, strict: bool) -> None:  # fmt: skip
    """Write the answers into a copy of the form. The form itself is never overwritten."""
    filled = _filled(form, map_, organisation, root, lang)
    found = [*filled.problems, *_measured(filled, map_)]
    target = output or _target(form, organisation, root, lang)
    if target.exists() and target.samefile(form):
        raise UsageError.of(
            "form.output", "the form itself is never overwritten", Location(form), "name another file with -o"
        )
    if filled.content is not None and problems.status(found, False) == 0:
        files.replace(target, filled.content)
    _print(filled, found, form_, target if filled.content is not None else None)
    ctx.exit(problems.status(found, strict))


def _target(form: Path, organisation: str | None, root: Path, lang: str | None) -> Path:
    folder = Workspace.at(root).output / organisation / "forms" if organisation else form.parent
    suffix = f"-{lang}" if lang else ""
    return folder / f"{form.stem}{suffix}{'' if organisation else '-filled'}.docx"


def _filled(form: Path, map_: Path, organisation: str | None, root: Path, lang: str | None) -> FilledForm:
    from report.forms import untrusted

    return untrusted.fill_form(form, map_, _source(organisation, root, lang))


def _source(organisation: str | None, root: Path, lang: str | None) -> FactSource:
    from report.forms.fill import FactSource

    if organisation is None:
        return FactSource(None, Path(), lang or "en")
    from report import pipeline

    workspace = Workspace.at(root)
    checked = pipeline.check(workspace, organisation, templates=False)
    if checked.dossier is None or (wrong := checked.errors_of_every_document):
        raise ReportError(checked.errors if checked.dossier is None else wrong)
    return FactSource(
        checked.dossier, workspace.data / checked.dossier.folder, lang or checked.dossier.organisation.languages[0]
    )


def _measured(filled: FilledForm, map_: Path) -> list[Problem]:
    """Hold the pages of a filled form against what the map asks of them, where LibreOffice can show them."""
    from report.forms import libreoffice

    if filled.content is None or filled.rules is None:
        return []
    return libreoffice.problems(libreoffice.measured(filled.content), filled.rules, filled.rules_at or Location(map_))


def _print(filled: FilledForm, found: list[Problem], form: str, target: Path | None = None) -> None:
    if form == "json":
        rows = [_row(field) for field in filled.fields]
        file = {"file": problems.relative(target)} if target else {}
        problems.dump({"fields": rows, "problems": problems.as_json(found), **file})
        return
    for field in filled.fields:
        click.echo(_line(field))
    problems.show([p for p in found if p.severity is not Severity.NOTE], err=False)
    answered = sum(field.answer is not None for field in filled.fields)
    written = f"; {problems.relative(target)}" if target and problems.status(found, False) == 0 else ""
    click.echo(f"{answered} of {len(filled.fields)} fields answered; {problems.count(found)}{written}")


def _line(field: FilledField) -> str:
    """Return a field in a line: its name, its answer, and how much of its limit is used."""
    if field.answer is None:
        return f"{click.style('○', fg='yellow')} {field.address}: {field.reason}"
    counter, room = field.counter, ""
    if counter and counter.limit:
        colour = "green" if counter.fits else "yellow" if counter.tolerated else "red"
        used = click.style(f"{counter.used}/{counter.limit.most} {counter.limit.unit}", fg=colour)
        room = f"  [{used}, {counter.variant}, room {counter.room}]"
    answer = " ".join(field.answer.split())
    return f"{click.style('●', fg='green')} {field.address}: {answer[:70]}{'…' if len(answer) > 70 else ''}{room}"


def _row(field: FilledField) -> dict[str, Any]:
    counter = field.counter
    counted = {
        "used": counter.used,
        "variant": counter.variant,
        "limit": counter.limit.most if counter.limit else None,
        "unit": counter.limit.unit if counter.limit else "characters",
        "room": counter.room,
    } if counter else {}  # fmt: skip
    return {
        "address": field.address,
        "near": field.near,
        "answer": field.answer,
        "reason": field.reason,
        **counted,
    }
