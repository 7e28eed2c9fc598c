"""Ids: each is given once, and each that is named exists. Checked on plain values, so that a mistake elsewhere in
the same file does not hide these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from report.model.faults import nearest
from report.source import SourceFile
from report.values import Problem, Severity

MAX_HINTS = 20
"""So many unknown ids get a did-you-mean: looking for like words among thousands takes its time."""

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Values at `path` in `file` are ids of `kinds`: declared there, or referring to ids declared elsewhere."""

    file: str
    path: tuple[str, ...]
    kinds: tuple[str, ...]


DECLARED = (
    Rule("networks.yaml", ("networks", "*", "id"), ("network",)),
    Rule("networks.yaml", ("institutions", "*", "id"), ("institution",)),
    Rule("networks.yaml", ("networks", "*", "programmes", "*", "id"), ("programme",)),
    Rule("networks.yaml", ("networks", "*", "figures", "*", "id"), ("figure",)),
    Rule("networks.yaml", ("sources", "*", "id"), ("source",)),
    Rule("organisation.yaml", ("sources", "*", "id"), ("source",)),
    Rule("affiliations.yaml", ("affiliations", "*", "id"), ("affiliation",)),
    Rule("objectives.yaml", ("objectives", "*", "id"), ("objective",)),
    Rule("documents.yaml", ("documents", "*", "id"), ("document",)),
)

REFERRED = (
    Rule("networks.yaml", ("networks", "*", "programmes", "*", "funders", "*"), ("network", "institution")),
    Rule("networks.yaml", ("**", "source"), ("source",)),
    Rule("organisation.yaml", ("**", "source"), ("source",)),
    Rule("affiliations.yaml", ("**", "source"), ("source",)),
    Rule("objectives.yaml", ("**", "source"), ("source",)),
    Rule("affiliations.yaml", ("affiliations", "*", "network"), ("network",)),
    Rule("affiliations.yaml", ("affiliations", "*", "programmes", "*"), ("programme",)),
    Rule("affiliations.yaml", ("affiliations", "*", "invited_by"), ("network", "institution")),
    Rule("objectives.yaml", ("objectives", "*", "affiliations", "*"), ("affiliation",)),
)


def check(files: Mapping[str, SourceFile]) -> Iterator[Problem]:
    """Yield a problem for every id given twice and every id that does not exist."""
    places: dict[tuple[str, str], tuple[SourceFile, Steps]] = {}
    for rule in DECLARED:
        for file, steps, value in _values(files, rule):
            first = places.setdefault((rule.kinds[0], value), (file, steps))
            if first != (file, steps):
                at = first[0].locate(first[1])
                message = (
                    f"the {rule.kinds[0]} '{value}' is there twice; the first is in {at.path.name}, line {at.line}"
                )
                yield Problem(
                    Severity.ERROR, "id.duplicate", message, file.locate(steps), "give one of them another id"
                )
    for kind, id_ in [place for place in places if place[0] == "institution" and ("network", place[1]) in places]:
        file, steps = places[kind, id_]
        hint = "give one of them another id: both can be named as a funder"
        yield Problem(Severity.ERROR, "id.duplicate", f"a network has the id '{id_}' too", file.locate(steps), hint)
    unknown = 0
    for rule in REFERRED:
        known = frozenset(id_ for kind, id_ in places if kind in rule.kinds)
        for file, steps, value in _values(files, rule):
            if value not in known:
                message = f"there is no {' or '.join(rule.kinds)} '{value}'"
                unknown += 1
                hint = nearest(value, known) if unknown <= MAX_HINTS else None
                yield Problem(Severity.ERROR, "id.unknown", message, file.locate(steps), hint)


def _values(files: Mapping[str, SourceFile], rule: Rule) -> Iterable[tuple[SourceFile, Steps, str]]:
    file = files.get(rule.file)
    if file is None:
        return
    found = _named(file.data, rule.path[-1], ()) if rule.path[0] == "**" else _at(file.data, rule.path, ())
    for steps, value in found:
        if isinstance(value, str):
            yield file, steps, value


def _at(data: Any, path: tuple[str, ...], steps: Steps) -> Iterator[tuple[Steps, Any]]:
    if not path:
        yield steps, data
    elif path[0] == "*" and isinstance(data, list):
        for index, value in enumerate(data):
            yield from _at(value, path[1:], (*steps, index))
    elif isinstance(data, dict) and path[0] in data:
        yield from _at(data[path[0]], path[1:], (*steps, path[0]))


def _named(data: Any, name: str, steps: Steps) -> Iterator[tuple[Steps, Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == name:
                yield (*steps, key), value
            else:
                yield from _named(value, name, (*steps, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _named(value, name, (*steps, index))
