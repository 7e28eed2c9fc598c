"""``report schema``: JSON Schemas of the data files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from report import files
from report.cli.fields import page
from report.model.load import OWN, SHARED, YEARLY
from report.profiles.funder import FunderProfile
from report.profiles.profile import Profile


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--fields", is_flag=True, help="Print the fields as a page for people instead (Markdown).")
def command(folder: Path | None, fields: bool) -> None:
    """Print the JSON Schemas of all data files, or write one file each to DIR, so that an editor can help with typing."""
    schemas = {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        for name, model in {**SHARED, **OWN, **YEARLY, "profile.yaml": Profile, "funder.yaml": FunderProfile}.items()
    }
    if fields:
        click.echo(page(schemas), nl=False)
        return
    if folder is None:
        click.echo(json.dumps(schemas, ensure_ascii=False, indent=2))
        return
    for name, schema in schemas.items():
        target = folder / f"{Path(name).stem}.schema.json"
        files.replace(target, (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode())
        click.echo(target)
