"""``report history``: what was changed in an organisation's facts by the program, and taking it back."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from report.cli import complete, options, problems
from report.cli.options import plural
from report.values import UsageError
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.editing.journal import Step

_WIDTH = 60
"""Characters that are shown of a text."""


@click.command()
@click.argument("organisation", metavar="ORG", shell_complete=complete.organisations)
@options.workspace
@click.option("--undo", "action", flag_value="undo", help="Take the last change back.")
@click.option("--redo", "action", flag_value="redo", help="Make the change again that was taken back last.")
@click.option("--forget", "action", flag_value="forget", help="Remove the history, with all words in it.")
@options.text_or_json()
def command(organisation: str, root: Path, action: str | None, form: str) -> None:
    """List what was changed in the facts of ORG, the last change first; changes of other programs are marked with +.

    The history is in output/.edits/. It has the words that were replaced: --forget removes personal data from it.
    """
    from report.editing.editor import Editor
    from report.editing.journal import Journal, journal_of

    workspace = Workspace.at(root)
    if organisation not in workspace.organisations():
        from report.model.suggestions import nearest

        hint = nearest(organisation, workspace.organisations(), "available:")
        raise UsageError.of("organisation.unknown", f"there is no organisation '{organisation}'", hint=hint)
    if action in ("undo", "redo"):
        editor = Editor(workspace, organisation)
        step = editor.undo() if action == "undo" else editor.redo()
        editor.save()
        click.echo(f"{'taken back' if action == 'undo' else 'made again'}: {_text(step)}" if step else "there is none")
        return
    journal = Journal(journal_of(workspace, organisation))
    if action == "forget":
        count = len(journal.steps)
        journal.forget()
        click.echo(f"{plural(count, 'change')} forgotten")
    elif form == "json":
        problems.dump([_row(step) for step in reversed(journal.steps)])
    else:
        for step in reversed(journal.steps):
            click.echo(_text(step))
        if not journal.steps:
            click.echo("nothing was changed")


def _text(step: Step) -> str:
    when = datetime.datetime.fromtimestamp(step.time).strftime("%Y-%m-%d %H:%M")
    old, new = (_shown(text) for text in (step.old, step.new))
    return problems.safe(f"{when} {'+' if step.outside else ' '} {step.file}  {step.address}  {old} → {new}")


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words[:_WIDTH]}{'…' if len(words) > _WIDTH else ''}”" if words else "nothing"


def _row(step: Step) -> dict[str, object]:
    when = datetime.datetime.fromtimestamp(step.time, datetime.UTC).isoformat(timespec="seconds")
    return {
        "time": when,
        "file": step.file,
        "address": step.address,
        "old": step.old,
        "new": step.new,
        "outside": step.outside,
    }
