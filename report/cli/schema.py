"""``report schema``: JSON Schemas of the data files, and their fields as a page for people: docs/fields.md."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from report import files
from report.cli import complete, editor_schemas, field_words, fields_page, options, problems
from report.model.loading.load import OWN, SHARED, YEARLY
from report.profiles.funder import FunderProfile
from report.profiles.profile import Profile
from report.workspace import Workspace


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@options.workspace
@click.option("--for", "organisation", metavar="ORG", shell_complete=complete.organisations, help="Offer the ids in the facts of ORG where a field names one.")  # fmt: skip
@click.option("--vscode", is_flag=True, help="Write the settings of Visual Studio Code, too: .vscode/settings.json.")
@click.option("--lang", "language", type=click.Choice(fields_page.LANGUAGES), default="en", help="The language of labels and explanations (default: en).")  # fmt: skip
@click.option("--fields", is_flag=True, help="Print the fields as a Markdown page instead.")
def command(folder: Path | None, root: Path, organisation: str | None, vscode: bool, language: str, fields: bool) -> None:  # fmt: skip
    """Print the JSON Schemas of all data files, or write each to a file in DIR, so that an editor can help with typing.

    With --vscode, DIR is  schemas  if it is not named; it is taken as a folder of the workspace.
    """
    profiles: dict[str, type[BaseModel]] = {"profile.yaml": Profile, "funder.yaml": FunderProfile}
    models: dict[str, type[BaseModel]] = {**SHARED, **OWN, **YEARLY, **profiles}
    schemas: dict[str, dict[str, Any]] = {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        for name, model in models.items()
    }
    field_words.put(schemas, models, language)
    if fields:
        click.echo(fields_page.page(schemas, language), nl=False)
        return
    if organisation:
        editor_schemas.with_choices(Workspace.at(root), organisation, schemas)
    if vscode:
        relative = folder or Path("schemas")
        folder = root / relative
    if folder is None:
        click.echo(json.dumps(schemas, ensure_ascii=False, indent=2))
        return
    for name, schema in schemas.items():
        target = folder / f"{Path(name).stem}.schema.json"
        files.replace(target, (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode())
        click.echo(problems.relative(target))
    if vscode:
        wanted = editor_schemas.settings(relative.as_posix(), schemas, organisation)
        path, rest = editor_schemas.write_settings(root, wanted)
        click.echo(f"{problems.relative(path)}: add\n{rest}" if rest else problems.relative(path))
