"""The counters of a funder's profile as text for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from report.cli.requirements import english
from report.model.dossier import Dossier
from report.profiles.funder import DocumentRules
from report.profiles.limits import Counter
from report.requests import funders
from report.submission import counters
from report.submission.counters import FieldAnswer, FieldAnswers
from report.values import Severity, UsageError
from report.workspace import Workspace


def of(workspace: Workspace, dossier: Dossier, wanted: str, year: int | None) -> tuple[FieldAnswers, ...]:
    """Hold an organisation's facts against the fields of NAME or NAME:VARIANT, for each call of it; raise `UsageError` for what does not exist."""
    funder = funders.profile(workspace, wanted)
    if year is not None and year not in dossier.years:
        hint = f"available: {', '.join(map(str, dossier.years)) or 'none'}"
        raise UsageError.of("year.unknown", f"{dossier.id} has no reporting year {year}", hint=hint)
    return counters.count(funder, dossier, counters.languages(funder, dossier), year)


def show(counted: list[tuple[str, FieldAnswers]]) -> None:
    """Print each field with how much of its limit is used."""
    for name, one in counted:
        year = f" {one.year}" if one.year else ""
        call = f", call {one.call}" if one.call else ""
        click.echo(click.style(f"{name}{year} against {one.funder.id}{call}", bold=True))
        for row in one.rows:
            click.echo(f"  {line(row)}")
        rules = one.funder.profile.document
        if rules and (text := ", ".join(_rules(rules))):
            unsure = "" if rules.verified else " (not verified)"
            click.echo(
                f"  of a finished file: {text} {click.style(f'[{english(rules.source)}, {rules.date}]{unsure}', dim=True)}"
            )
        answered = sum(row.counter is not None for row in one.rows)
        click.echo(f"  {answered} of {len(one.rows)} answered")


def _rules(rules: DocumentRules) -> Iterator[str]:
    """Yield what is text of a finished file, in words."""
    if rules.pages:
        counted = f" ({english(rules.counted)})" if rules.counted else ""
        yield f"{rules.pages} pages{counted}"
    if rules.smallest_type:
        yield f"type of {rules.smallest_type} pt"
    if rules.margins is not None:
        yield f"margins of {rules.margins} mm"
    if rules.paper:
        yield rules.paper
    if rules.megabytes:
        yield f"{rules.megabytes} MB"
    for words in (rules.formats, rules.languages):
        if words:
            yield " or ".join(words)
    if rules.file_name:
        yield f"file name: {english(rules.file_name.words)}"
    if rules.required:
        yield f"sections {', '.join(rules.required)}"


def line(row: FieldAnswer) -> str:
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
    share = click.style(f"{counter.used}/{counter.limit.most} {counter.limit.unit}", fg=colour)
    soft = ", soft" if counter.limit.soft else ""
    return f"{share}{soft}, variant {counter.variant}, room {counter.room}"


def as_json(counted: list[tuple[str, FieldAnswers]]) -> list[dict[str, Any]]:
    """Return the same for programs."""
    return [
        {
            "organisation": name,
            "profile": one.funder.id,
            "call": one.call,
            "year": one.year,
            "document": _document(one.funder.profile.document),
            "fields": [field(row) for row in one.rows],
        }
        for name, one in counted
    ]


def _document(rules: DocumentRules | None) -> dict[str, Any] | None:
    """Return what is text of a finished file, for programs: what is text alone, and where it stands."""
    return rules.model_dump(mode="json", exclude_defaults=True) if rules else None


def field(row: FieldAnswer) -> dict[str, Any]:
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
