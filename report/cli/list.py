"""``report list``: what there is to build, and with what."""

from __future__ import annotations

from pathlib import Path

import click

from report.cli import options, problems
from report.language import labels
from report.looks import kinds
from report.model.loading.load import load
from report.profiles import load as profiles
from report.workspace import Workspace


@click.command()
@options.workspace
@options.text_or_json()
def command(root: Path, form: str) -> None:
    """List the organisations with their documents and calls, and all kinds, themes, languages, profiles and sections."""
    workspace = Workspace.at(root)
    organisations = {name: _named(workspace, name, "documents") for name in workspace.organisations()}
    calls = {name: found for name in organisations if (found := _named(workspace, name, "calls"))}
    themes = {p.parent.name for folder in workspace.template_roots for p in folder.glob("themes/*/theme.yaml")}
    rest = {
        "kinds": list(kinds.kinds(workspace)),
        "themes": sorted(themes),
        "languages": list(labels.languages(workspace)),
        "profiles": list(profiles.choices(workspace)),
    }
    sections = kinds.sections(workspace)
    if form == "json":
        problems.dump({"organisations": organisations, "calls": calls, **rest, "sections": sections})
        return
    for name, documents in organisations.items():
        click.echo(f"{name}: {', '.join(documents) or 'no documents'}")
    for name, values in calls.items():
        click.echo(f"calls of {name}: {', '.join(values)}")
    for title, values in rest.items():
        click.echo(f"{title}: {', '.join(values)}")
    for name, ids in sections.items():
        click.echo(f"sections of {name}: {', '.join(ids)}")


def _named(workspace: Workspace, organisation: str, what: str) -> list[str]:
    """Return the ids of an organisation's documents or calls."""
    file = load(workspace, organisation).files.get("documents.yaml")
    requests = file.data.get(what) if file and isinstance(file.data, dict) else None
    return [str(request.get("id")) for request in requests or () if isinstance(request, dict)]
