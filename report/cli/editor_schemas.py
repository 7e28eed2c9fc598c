"""Schemas for an editor: with the ids of an organisation as choices, and the settings with which Visual Studio Code finds them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from report import files
from report.model.loading.load import OWN, SHARED, YEARLY, gather
from report.model.loading.references import DECLARED, REFERRED, Rule
from report.workspace import Workspace

Schema = dict[str, Any]


def with_choices(workspace: Workspace, organisation: str, schemas: Mapping[str, Schema]) -> None:
    """Let fields that name an id of an organisation's facts take these alone; `schemas` are by the names of files, and are changed."""
    read = gather(workspace, organisation).files
    known: dict[str, set[str]] = {}
    for rule in DECLARED:
        for name, file in read.items():
            if _is_of(rule, name):
                known.setdefault(rule.kinds[0], set()).update(_ids(file.data, rule.path))
    for rule in REFERRED:
        ids = sorted(set().union(*(known.get(kind, set()) for kind in rule.kinds)))
        schema = schemas.get(rule.file.rpartition("/")[2])
        if ids and schema:
            for field in _fields(schema, schema, rule.path):
                _limit(field, ids)


def _is_of(rule: Rule, name: str) -> bool:
    return rule.file == name or (rule.file.startswith("*/") and name.rpartition("/")[2] == rule.file[2:])


def _ids(data: Any, path: tuple[str, ...]) -> Iterator[str]:
    """Yield the ids at a path of plain values."""
    if not path:
        if isinstance(data, str):
            yield data
    elif path[0] == "*":
        for item in data if isinstance(data, list) else ():
            yield from _ids(item, path[1:])
    elif isinstance(data, dict):
        yield from _ids(data.get(path[0]), path[1:])


def _fields(schema: Schema, node: Any, path: tuple[str, ...], seen: frozenset[str] = frozenset()) -> Iterator[Schema]:
    """Yield the schemas of the fields at a path, where ``*`` is every item of a list and ``**`` any depth."""
    if not isinstance(node, dict):
        return
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        if path and path[0] == "**" and name in seen:
            return
        yield from _fields(schema, schema["$defs"][name], path, seen | {name})
        return
    for option in node.get("anyOf", ()):
        yield from _fields(schema, option, path, seen)
    if not path:
        yield node
    elif path[0] == "**":
        yield from _fields(schema, node.get("properties", {}).get(path[1]), path[2:], seen)
        for child in (*node.get("properties", {}).values(), node.get("items")):
            yield from _fields(schema, child, path, seen)
    elif path[0] == "*":
        yield from _fields(schema, node.get("items"), path[1:], seen)
    else:
        yield from _fields(schema, node.get("properties", {}).get(path[0]), path[1:], seen)


def _limit(field: Schema, ids: list[str]) -> None:
    if field.get("type") == "string":
        field["enum"] = ids
        field.pop("pattern", None)


def settings(folder: str, names: Iterable[str], organisation: str | None) -> dict[str, dict[str, list[str]]]:
    """Return the settings of Visual Studio Code's extension for YAML: which files each schema in `folder` is for."""
    patterns: dict[str, list[str]] = {}
    for name in names:
        below = f"data/{organisation or '*'}/"
        found = {
            **dict.fromkeys(SHARED, ["data/"]),
            **dict.fromkeys(OWN, [below]),
            **dict.fromkeys(YEARLY, [f"{below}*/"]),
        }
        patterns[f"{folder}/{Path(name).stem}.schema.json"] = [f"{place}{name}" for place in found.get(name, ())]
    return {"yaml.schemas": {schema: places for schema, places in patterns.items() if places}}


def write_settings(root: Path, wanted: Mapping[str, Any]) -> tuple[Path, str | None]:
    """Write the settings into a workspace's ``.vscode/settings.json``; where there is one, return with its path what is to be added to it."""
    path = root / ".vscode" / "settings.json"
    text = json.dumps(wanted, indent=2)
    if path.exists():
        try:
            present = json.loads(path.read_text("utf-8"))
        except (ValueError, OSError):
            return path, text
        if isinstance(present, dict) and present.get("yaml.schemas") == wanted["yaml.schemas"]:
            return path, None
        return path, text
    files.replace(path, f"{text}\n".encode())
    return path, None
