"""Requirement profiles as text for people and as JSON for programs."""

from __future__ import annotations

from typing import Any

import click

from report.cli.problems import relative
from report.model.dossier import Dossier
from report.model.text import Text
from report.profiles.assess import Answer, Assessment, Status, assess
from report.requests.requirements import profile
from report.values import Location, UsageError
from report.workspace import Workspace

_SIGNS = {Status.ANSWERED: ("✓", "green"), Status.OPEN: ("○", "yellow"), Status.NOT_APPLICABLE: ("–", "cyan")}


def of(workspace: Workspace, dossier: Dossier, wanted: str, year: int | None) -> Assessment:
    """Hold an organisation's facts against NAME or NAME:TIER; raise `UsageError` for what does not exist."""
    name, _, tier = wanted.partition(":")
    known = profile(workspace, name)
    tiers = [one.id for one in known.profile.tiers]
    if tier and tier not in tiers:
        hint = f"available: {', '.join(tiers)}" if tiers else f"write --profile {name}"
        raise UsageError.of("profile.tier", f"{name} has no tier '{tier}'", hint=hint)
    if year is not None and year not in dossier.years:
        hint = f"available: {', '.join(map(str, dossier.years)) or 'none'}"
        raise UsageError.of("year.unknown", f"{dossier.id} has no reporting year {year}", hint=hint)
    return assess(known, dossier, year, tier or None)


def show(assessed: list[tuple[str, Assessment]]) -> None:
    """Print each requirement with its status, and where its facts are."""
    for name, one in assessed:
        year = f" {one.year}" if one.year else ""
        tier = f", {one.tier}" if one.tier else ""
        click.echo(click.style(f"{name}{year} against {one.profile.id}{tier}", bold=True))
        for answer in one.answers:
            sign, colour = _SIGNS[answer.status]
            unsure = "" if answer.requirement.verified else " (not verified)"
            clause = click.style(f"[{english(answer.requirement.clause)}]{unsure}", dim=True)
            click.echo(f"  {click.style(sign, fg=colour)} {english(answer.requirement.text)} {clause}{_where(answer)}")
            for gap in answer.gaps:
                place = f"{_place(gap.location)}: " if gap.location else ""
                click.echo(f"      {place}{gap.hint}")
        counts = [f"{sum(a.status is status for a in one.answers)} {status.value}" for status in Status]
        click.echo(f"  {', '.join(counts)}")


def _where(answer: Answer) -> str:
    if answer.status is Status.ANSWERED:
        return f" – {_place(answer.facts[0])}" if answer.facts else ""
    if answer.reason:
        return f" – {english(answer.reason)}"
    return " – open:"


def as_json(assessed: list[tuple[str, Assessment]]) -> list[dict[str, Any]]:
    """Return the same for programs."""
    return [
        {
            "organisation": name,
            "profile": one.profile.id,
            "year": one.year,
            "tier": one.tier,
            "answers": [
                {
                    "id": a.requirement.id,
                    "status": a.status.value,
                    "text": english(a.requirement.text),
                    "clause": english(a.requirement.clause),
                    "verified": a.requirement.verified,
                    "facts": [_place(f) for f in a.facts],
                    "missing": [{"at": _place(g.location) if g.location else None, "hint": g.hint} for g in a.gaps],
                    "reason": english(a.reason) if a.reason else None,
                }
                for a in one.answers
            ],
        }
        for name, one in assessed
    ]


def _place(location: Location) -> str:
    return f"{relative(location.path)}:{location.line}" if location.line else relative(location.path)


def english(text: Text) -> str:
    translated = text.in_language("en") or text.in_language(next(iter(text.by_language)))
    return translated.text if translated else ""
