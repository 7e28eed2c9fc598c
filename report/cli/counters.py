"""The counters of a funder's profile as text for people and as JSON for programs."""

from __future__ import annotations

from typing import Any

import click

from report.cli.requirements import english
from report.compose import counters, funders
from report.compose.counters import Counted, Row
from report.model.dossier import Dossier
from report.profiles.limits import Counter
from report.values import Severity, UsageError
from report.workspace import Workspace


def of(workspace: Workspace, dossier: Dossier, wanted: str, year: int | None) -> Counted:
    """Hold an organisation's facts against the fields of NAME or NAME:VARIANT; raise `UsageError` for what does not exist."""
    funder = funders.profile(workspace, wanted)
    if year is not None and year not in dossier.years:
        hint = f"there are {', '.join(map(str, dossier.years)) or 'none'}"
        raise UsageError.of("year.unknown", f"{dossier.id} has no reporting year {year}", hint=hint)
    return counters.count(funder, dossier, counters.languages(funder, dossier), year)


def show(counted: list[tuple[str, Counted]]) -> None:
    """Print each field with how much of its limit is used."""
    for name, one in counted:
        year = f" {one.year}" if one.year else ""
        click.echo(click.style(f"{name}{year} against {one.funder.id}", bold=True))
        for row in one.rows:
            click.echo(f"  {line(row)}")
        if not one.rows:
            click.echo("  no fields: its rules are held against the finished document")
        answered = sum(row.counter is not None for row in one.rows)
        click.echo(f"  {answered} of {len(one.rows)} answered")


def line(row: Row) -> str:
    """Return a field in a line."""
    named = f"{row.field.id} [{row.language}] {english(row.field.label)}"
    if row.counter is None:
        colour = "yellow" if row.field.required else "cyan"
        return (
            f"{click.style('○', fg=colour)} {named}: {'open' if row.field.required else 'not answered'}, {row.reason}"
        )
    unsure = "" if row.field.limit is None or row.field.limit.verified else " (limit not verified)"
    wrong = row.problem is not None and row.problem.severity is Severity.ERROR
    sign = click.style("✗", fg="red") if wrong else click.style("✓", fg="green" if row.counter.fits else "yellow")
    return f"{sign} {named}: {used(row.counter)}{unsure}"


def used(counter: Counter) -> str:
    """Return how much of a limit is used, which variant was chosen and how much room is left."""
    if counter.limit is None:
        return f"{counter.used} characters, no limit"
    colour = "green" if counter.fits else "yellow" if counter.tolerated else "red"
    told = click.style(f"{counter.used}/{counter.limit.most} {counter.limit.unit}", fg=colour)
    soft = ", soft" if counter.limit.soft else ""
    return f"{told}{soft}, variant {counter.variant}, room {counter.room}"


def as_json(counted: list[tuple[str, Counted]]) -> list[dict[str, Any]]:
    """Return the same for programs."""
    return [
        {
            "organisation": name,
            "profile": one.funder.id,
            "year": one.year,
            "fields": [field(row) for row in one.rows],
        }
        for name, one in counted
    ]


def field(row: Row) -> dict[str, Any]:
    """Return a row for programs."""
    counter, limit = row.counter, row.field.limit
    return {
        "id": row.field.id,
        "label": english(row.field.label),
        "fact": row.field.fact,
        "language": row.language,
        "required": row.field.required,
        "used": counter.used if counter else None,
        "limit": limit.most if limit else None,
        "unit": limit.unit if limit else "characters",
        "soft": limit.soft if limit else False,
        "verified": limit.verified if limit else None,
        "variant": counter.variant if counter else None,
        "room": counter.room if counter else None,
        "text": counter.text if counter else None,
        "reason": row.reason,
    }
