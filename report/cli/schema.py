"""``report schema``: JSON Schemas of the data files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from report.formats import files
from report.model.load import OWN, SHARED


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path | None) -> None:
    """Print the JSON Schemas of all data files, or write one file each to DIR, so that an editor can help with typing."""
    schemas = {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        for name, model in {**SHARED, **OWN}.items()
    }
    if folder is None:
        click.echo(json.dumps(schemas, ensure_ascii=False, indent=2))
        return
    for name, schema in schemas.items():
        target = folder / f"{Path(name).stem}.schema.json"
        files.replace(target, (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode())
        click.echo(target)
