"""``report diff``: what changed from one reporting year to another."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import click

from report.cli import options, problems
from report.model import changes
from report.model.changes import Change
from report.model.dossier import Dossier, YearFacts
from report.values import ReportError, UsageError
from report.workspace import Workspace


@click.command()
@click.argument("organisation", metavar="ORG")
@click.argument("one", metavar="YEAR", type=int)
@click.argument("other", metavar="YEAR", type=int)
@options.workspace
@click.option("--lang", default=None, metavar="bg", help="The language of names (default: the organisation's first).")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Text for people, or JSON.")
def command(organisation: str, one: int, other: int, root: Path, lang: str | None, form: str) -> None:
    """Say which ties, people, programmes, results and amounts of ORG changed from one YEAR to another."""
    from report import pipeline

    checked = pipeline.check(Workspace.at(root), organisation, templates=False)
    if checked.dossier is None or checked.errors:
        raise ReportError(checked.errors)
    dossier = checked.dossier
    found = list(changes.between(dossier, _year(dossier, one), _year(dossier, other), unpublished=True))
    language = lang or dossier.organisation.languages[0]
    if form == "json":
        problems.dump([_row(change, language) for change in found])
        return
    for change in found:
        click.echo(_text(change, language))
    if any(change.converted for change in found):
        click.echo(f"amounts of {one} are converted from BGN at 1.95583")
    if not found:
        click.echo(f"nothing changed from {one} to {other}")


def _year(dossier: Dossier, number: int) -> YearFacts:
    if number not in dossier.years:
        there = ", ".join(map(str, dossier.years)) or "none"
        raise UsageError.of("year.unknown", f"{dossier.id} has no facts of {number}", hint=f"there are {there}")
    return dossier.years[number]


def _name(change: Change, language: str) -> str:
    told = change.name.told(language, next(iter(change.name.by_language)))
    return told.text if told else change.id


def _text(change: Change, language: str) -> str:
    name = _name(change, language)
    if change.date:
        return f"{change.subject}: {name}: {'since' if change.after else 'until'} {change.date}"
    unit = {"percent": " %", "": ""}.get(change.unit, f" {change.unit}")
    if change.before is None or change.after is None:
        value, word = (change.after, "new") if change.before is None else (change.before, "gone")
        return f"{change.subject}: {name}: {word}, {value:,}{unit}"
    difference = change.after - change.before
    share = f", {difference / change.before * 100:+.1f} %" if change.before and change.unit != "percent" else ""
    return f"{change.subject}: {name}: {change.before:,} → {change.after:,}{unit} ({difference:+,}{share})"


def _row(change: Change, language: str) -> dict[str, object]:
    def plain(value: Decimal | None) -> str | None:
        return None if value is None or change.date else str(value)

    return {
        "subject": change.subject,
        "id": change.id,
        "name": _name(change, language),
        "before": plain(change.before),
        "after": plain(change.after),
        "unit": change.unit or None,
        "date": str(change.date) if change.date else None,
        "event": ("began" if change.after else "ended") if change.date else None,
        "converted": change.converted,
    }
