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
    """The file's name; ``*/finance.yaml`` is that of every year, whose ids are the year's own."""
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
    Rule("documents.yaml", ("calls", "*", "id"), ("call",)),
    Rule("people.yaml", ("people", "*", "id"), ("person",)),
    Rule("programmes.yaml", ("programmes", "*", "id"), ("own programme",)),
    Rule("programmes.yaml", ("indicators", "*", "id"), ("indicator",)),
    Rule("projects.yaml", ("projects", "*", "id"), ("project",)),
    Rule("actions.yaml", ("actions", "*", "id"), ("action",)),
    Rule("*/activities.yaml", ("activities", "*", "id"), ("activity",)),
    Rule("*/finance.yaml", ("income", "*", "id"), ("income line",)),
    Rule("*/finance.yaml", ("expenditure", "*", "id"), ("expenditure line",)),
    Rule("*/donations.yaml", ("received", "*", "id"), ("donation",)),
    Rule("*/donations.yaml", ("given", "*", "id"), ("donation",)),
    Rule("*/stories.yaml", ("stories", "*", "id"), ("story",)),
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
    Rule("documents.yaml", ("calls", "*", "documents", "*"), ("document",)),
    Rule("people.yaml", ("**", "source"), ("source",)),
    Rule("programmes.yaml", ("**", "source"), ("source",)),
    Rule("programmes.yaml", ("programmes", "*", "objectives", "*"), ("objective",)),
    Rule("programmes.yaml", ("programmes", "*", "affiliations", "*"), ("affiliation",)),
    Rule("programmes.yaml", ("programmes", "*", "funders", "*"), ("network", "institution")),
    Rule("programmes.yaml", ("indicators", "*", "programme"), ("own programme",)),
    Rule("programmes.yaml", ("indicators", "*", "objectives", "*"), ("objective",)),
    Rule("projects.yaml", ("**", "source"), ("source",)),
    Rule("projects.yaml", ("**", "funder"), ("network", "institution")),
    Rule("actions.yaml", ("**", "source"), ("source",)),
    Rule("actions.yaml", ("actions", "*", "co_applicants", "*", "affiliation"), ("affiliation",)),
    Rule("actions.yaml", ("actions", "*", "budget", "funding", "*", "by"), ("network", "institution")),
    Rule("documents.yaml", ("documents", "*", "action"), ("action",)),
    Rule("*/year.yaml", ("**", "source"), ("source",)),
    Rule("*/year.yaml", ("letter", "person"), ("person",)),
    Rule("*/year.yaml", ("plans", "*", "programme"), ("own programme",)),
    Rule("*/year.yaml", ("pictures", "*", "programme"), ("own programme",)),
    Rule("*/activities.yaml", ("**", "source"), ("source",)),
    Rule("*/activities.yaml", ("activities", "*", "programme"), ("own programme",)),
    Rule("*/results.yaml", ("**", "source"), ("source",)),
    Rule("*/results.yaml", ("results", "*", "indicator"), ("indicator",)),
    Rule("*/finance.yaml", ("**", "source"), ("source",)),
    Rule("*/finance.yaml", ("**", "programme"), ("own programme",)),
    Rule("*/finance.yaml", ("**", "funder"), ("network", "institution")),
    Rule("*/donations.yaml", ("**", "source"), ("source",)),
    Rule("*/donations.yaml", ("received", "*", "income"), ("income line",)),
    Rule("*/stories.yaml", ("**", "source"), ("source",)),
    Rule("*/stories.yaml", ("stories", "*", "programme"), ("own programme",)),
)


def check(files: Mapping[str, SourceFile], unread: Iterable[str] = ()) -> Iterator[Problem]:
    """Yield a problem for every id given twice and every id that does not exist.

    Ids that one of the `unread` files would declare are not looked for: its own mistake is told of already.
    """
    places: dict[tuple[str, str, str], Place] = {}
    for rule in DECLARED:
        for scope, place, value in _values(files, rule):
            first = places.setdefault((rule.kinds[0], scope, value), place)
            if first != place:
                at = first.file.locate(first.steps)
                message = (
                    f"the {rule.kinds[0]} '{value}' is there twice; the first is in {at.path.name}, line {at.line}"
                )
                yield place.problem("id.duplicate", message, "give one of them another id")
    for kind, scope, id_ in places:
        if kind == "institution" and ("network", scope, id_) in places:
            hint = "give one of them another id: both can be named as a funder"
            yield places[kind, scope, id_].problem("id.duplicate", f"a network has the id '{id_}' too", hint)
    unknown, hidden = 0, {(rule.kinds[0], scope) for rule in DECLARED for scope in _scopes(rule, unread)}
    for rule in REFERRED:
        for scope, place, value in _values(files, rule):
            if any((kind, at) in hidden for kind in rule.kinds for at in ("", scope)):
                continue
            if not any((kind, at, value) in places for kind in rule.kinds for at in ("", scope)):
                unknown += 1
                known = {id_ for kind, at, id_ in places if kind in rule.kinds and at in ("", scope)}
                hint = nearest(value, known) if unknown <= MAX_HINTS else None
                yield place.problem("id.unknown", f"there is no {' or '.join(rule.kinds)} '{value}'", hint)


def _scopes(rule: Rule, unread: Iterable[str]) -> Iterator[str]:
    """Yield the years, or an empty text, whose files of a rule were not read."""
    yearly, _, name = rule.file.rpartition("/")
    for file in unread:
        year, _, base = file.rpartition("/")
        if base == name and bool(year) == bool(yearly):
            yield year


@dataclass(frozen=True, slots=True)
class Place:
    """Where an id stands."""

    file: SourceFile
    steps: Steps

    def problem(self, code: str, message: str, hint: str | None) -> Problem:
        return Problem(Severity.ERROR, code, message, self.file.locate(self.steps), hint)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and self.file is other.file and self.steps == other.steps

    __hash__ = None  # type: ignore[assignment]


def _values(files: Mapping[str, SourceFile], rule: Rule) -> Iterable[tuple[str, Place, str]]:
    """Yield the values at a rule's path, with the year whose own they are, or an empty text."""
    yearly, _, name = rule.file.rpartition("/")
    for known, file in files.items():
        year, _, base = known.rpartition("/")
        if base != name or bool(year) != bool(yearly):
            continue
        found = _named(file.data, rule.path[-1], ()) if rule.path[0] == "**" else _at(file.data, rule.path, ())
        for steps, value in found:
            if isinstance(value, str):
                yield year, Place(file, steps), value


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
