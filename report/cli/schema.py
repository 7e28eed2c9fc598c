"""``report schema``: JSON Schemas of the data files, and their fields as a page for people: docs/fields.md."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from report import files
from report.cli import complete, editor_schemas, options, problems
from report.model.base import Fact, descriptions
from report.model.loading.load import OWN, SHARED, YEARLY
from report.profiles.funder import FunderProfile
from report.profiles.profile import Profile
from report.workspace import Workspace


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@options.workspace
@click.option("--for", "organisation", metavar="ORG", shell_complete=complete.organisations, help="Offer the ids in the facts of ORG where a field names one.")  # fmt: skip
@click.option("--vscode", is_flag=True, help="Write the settings of Visual Studio Code, too: .vscode/settings.json.")
@click.option("--fields", is_flag=True, help="Print the fields as a Markdown page instead.")
def command(folder: Path | None, root: Path, organisation: str | None, vscode: bool, fields: bool) -> None:
    """Print the JSON Schemas of all data files, or write each to a file in DIR, so that an editor can help with typing.

    With --vscode, DIR is  schemas  if it is not named; it is taken as a folder of the workspace.
    """
    profiles: dict[str, type[BaseModel]] = {"profile.yaml": Profile, "funder.yaml": FunderProfile}
    schemas: dict[str, dict[str, Any]] = {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        for name, model in {**SHARED, **OWN, **YEARLY, **profiles}.items()
    }
    if fields:
        click.echo(page(schemas), nl=False)
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


_HEAD = """# The fields of the data files

Made by `report schema --fields`; a test keeps it true. How texts, dates and references are written is in
[facts.md](facts.md). A passage may have lengths, paragraphs, lists, emphasis and links; a text is plain. An id is a word of small
Latin letters, digits and hyphens.
"""

_MOST_CHOICES = 30
"""Choices that the page lists."""
_OF_EVERY_FACT = dict.fromkeys(("source", "as_of", "confidence", "remark"))


def page(schemas: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the page of the fields of all data files, from their JSON Schemas by file name."""
    return _HEAD + "".join(_file(name, schema) for name, schema in schemas.items())


def _file(name: str, schema: Mapping[str, Any]) -> str:
    records = schema.get("$defs", {})
    lines = [f"\n## {name}\n", *_table(schema, records)]
    for title in _named(schema, records):
        lines += [f"\n### {name.removesuffix('.yaml')}: {title}\n", *_table(records[title], records)]
    return "\n".join(lines) + "\n"


def _named(schema: Mapping[str, Any], records: Mapping[str, Any], seen: tuple[str, ...] = ()) -> list[str]:
    """Return the records that a schema leads to, in the order in which a reader meets them."""
    found: list[str] = []
    for field in schema.get("properties", {}).values():
        for title in _references(field):
            if title not in (*seen, *found) and "properties" in records[title]:
                found.append(title)
                found += _named(records[title], records, (*seen, *found))
    return list(dict.fromkeys(found))


def _references(field: Any) -> Iterator[str]:
    if isinstance(field, Mapping):
        if "$ref" in field:
            yield field["$ref"].rpartition("/")[2]
        for value in field.values():
            yield from _references(value)
    elif isinstance(field, list):
        for value in field:
            yield from _references(value)


def _table(schema: Mapping[str, Any], records: Mapping[str, Any]) -> list[str]:
    needed = schema.get("required", ())
    fields = schema["properties"]
    general = {
        name for name in _OF_EVERY_FACT if fields.keys() >= _OF_EVERY_FACT.keys() and not _special(name, fields[name])
    }
    rows = [
        f"| `{name}`{' (needed)' if name in needed else ''} | {_kind(field, records)} | {_description(field)} |"
        for name, field in fields.items()
        if name not in general
    ]
    if general:
        listed = ", ".join(f"`{name}`" for name in _OF_EVERY_FACT if name in general)
        rows.append(f"| {listed} | | where the fact comes from, as with every fact |")
    return ["| field | is | |", "|---|---|---|", *rows]


def _special(name: str, field: Mapping[str, Any]) -> bool:
    """Say whether a record has words of its own for a field that every fact has."""
    return _description(field) != descriptions(Fact)[name]


def _description(field: Mapping[str, Any]) -> str:
    """Return the words on a field, with what is taken where it is left out, unless they say so."""
    found = [field, *field.get("anyOf", ())]
    text = next((one["description"] for one in found if "description" in one), "")
    default = _default(field.get("default"))
    return f"{text.removesuffix('.')}; {default} if left out." if default and "left out" not in text else text


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list | tuple):
        return ", ".join(_default(one) for one in value)
    return f"`{value}`" if value not in (None, "") and not isinstance(value, Mapping) else ""


def _kind(field: Mapping[str, Any], records: Mapping[str, Any]) -> str:
    options = [one for one in field.get("anyOf", [field]) if one.get("type") != "null"]
    if len(options) > 1:
        return _of_several(options)
    (one,) = options
    if len(one.get("enum", ())) > _MOST_CHOICES:
        return "word"
    if "enum" in one:
        return ", ".join(f"`{value}`" for value in one["enum"])
    if "const" in one:
        return f"`{one['const']}`"
    if "$ref" in one:
        title = one["$ref"].rpartition("/")[2]
        return f"`{title}`" if "properties" in records[title] else _kind(records[title], records)
    if one.get("type") == "array":
        return f"list of {_kind(one['items'], records)}"
    names = {"integer": "whole number", "number": "number", "boolean": "`true` or `false`"}
    return names.get(one.get("type", "")) or str(one.get("format", "word"))


def _of_several(options: list[Mapping[str, Any]]) -> str:
    """Texts, passages and dates may be written in several ways; their schemas differ in how many."""
    if any(option.get("type") == "integer" for option in options):
        return "date"
    inner = str(options)
    return "passage" if "short" in inner else "text"
