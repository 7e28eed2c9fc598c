"""``report diff``: what changed between two reporting years."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from report.cli import complete, options, problems
from report.values import ReportError, Severity, UsageError
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.language.labels import Labels
    from report.model.changes import Change
    from report.model.dossier import Dossier


@click.command()
@click.argument("organisation", metavar="ORG", shell_complete=complete.organisations)
@click.argument("one", metavar="YEAR", type=int)
@click.argument("other", metavar="YEAR", type=int)
@options.workspace
@click.option(
    "--lang",
    default=None,
    metavar="bg",
    shell_complete=complete.languages,
    help="The language of names (default: the organisation's first language).",
)
@options.text_or_json()
def command(organisation: str, one: int, other: int, root: Path, lang: str | None, form: str) -> None:
    """Show which affiliations, objectives, people, programmes, results and amounts of ORG changed between two years."""
    from report.language import labels
    from report.model import changes

    workspace = Workspace.at(root)
    dossier = _dossier(workspace, organisation, one, other)
    before, after = dossier.years[one], dossier.years[other]
    found = list(changes.between(dossier, before, after, unpublished=True))
    language = lang or dossier.organisation.languages[0]
    words = labels.load(workspace, language)
    why = changes.incomparable(before, after)
    if why:
        click.echo(f"amounts are not compared, because {why}", err=True)
    if form == "json":
        problems.dump([_row(change, words) for change in found])
        return
    for change in found:
        click.echo(_text(change, words))
    if any(change.converted for change in found):
        click.echo(f"amounts of {one} are converted from BGN at 1.95583")
    if not found:
        click.echo(f"nothing{' else' if why else ''} changed from {one} to {other}")


_COMPARED = frozenset({"activity", "date", "donation", "money", "result", "volunteers", "year"})
"""The first parts of the codes of mistakes that would make a comparison wrong; others stop only documents."""


def _dossier(workspace: Workspace, organisation: str, one: int, other: int) -> Dossier:
    """Return the facts with these two years; raise `ReportError` for what is wrong with what is compared."""
    from report.model import checks
    from report.model.loading import load
    from report.model.unreadable import with_placeholders

    years = load.years(workspace, organisation)
    for number in (one, other):
        if number not in years:
            hint = f"available: {', '.join(map(str, years)) or 'none'}"
            raise UsageError.of("year.unknown", f"{organisation} has no facts of {number}", hint=hint)
    if one > other:
        hint = f"write the earlier year first:  report diff {organisation} {other} {one}"
        raise UsageError.of("year.order", f"{one} is after {other}", hint=hint)
    loaded = load.load(workspace, organisation, (one, other))
    found = [*loaded.problems, *(checks.check(loaded.dossier) if loaded.dossier else ())]
    errors = [p for p in found if p.severity is Severity.ERROR]
    if loaded.dossier and {one, other} <= loaded.dossier.years.keys():
        errors = [p for p in errors if p.code.partition(".")[0] in _COMPARED]
    if errors or loaded.dossier is None:
        raise ReportError(errors)
    return with_placeholders(loaded.dossier)


def _name(change: Change, words: Labels) -> str:
    if change.label:
        return words.get(change.label)
    text = change.name.in_language(words.language, next(iter(change.name.by_language)))
    return text.text if text else change.id


def _text(change: Change, words: Labels) -> str:
    name = _name(change, words)
    if change.date:
        kind = f" ({change.kind})" if change.kind else ""
        return f"{change.subject}: {name}{kind}: {'since' if change.after else 'until'} {change.date}"
    unit = {"percent": " %", "": ""}.get(change.unit, f" {change.unit}")
    if change.before is None or change.after is None:
        value, word = (change.after, "new") if change.before is None else (change.before, "gone")
        return f"{change.subject}: {name}: {word}, {value:,}{unit}"
    difference = change.after - change.before
    share = f", {_share(difference / change.before)} %" if change.before and change.unit != "percent" else ""
    return f"{change.subject}: {name}: {change.before:,} → {change.after:,}{unit} ({difference:+,}{share})"


def _share(part: Decimal) -> str:
    """Return a part in per cent; what rounds to nothing has no sign."""
    shown = f"{part * 100:+.1f}"
    return "0" if shown in ("+0.0", "-0.0") else shown


def _row(change: Change, words: Labels) -> dict[str, object]:
    def plain(value: Decimal | None) -> str | None:
        return None if value is None or change.date else str(value)

    return {
        "subject": change.subject,
        "id": change.id,
        "name": _name(change, words),
        "before": plain(change.before),
        "after": plain(change.after),
        "unit": change.unit or None,
        "date": str(change.date) if change.date else None,
        "event": ("began" if change.after else "ended") if change.date else None,
        "converted": change.converted,
        "kind": change.kind or None,
    }
