"""Ids: each is given once, and each that is named exists. Checked on plain values, so that a mistake elsewhere in
the same file does not hide these.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from report.model.dates import PartialDate
from report.model.suggestions import Hinter
from report.source import SourceFile
from report.values import Problem, Severity

Steps = tuple[str | int, ...]
Kind = tuple[str, str]
"""What ids name, and the year whose own they are, or an empty text."""
Named = dict[str, list[tuple[str, SourceFile]]]
"""The files by the names that rules have for them, each with its year, or an empty text."""
Periods = list[tuple[PartialDate | None, PartialDate | None]]
"""From when until when the records of one id were valid, in order."""


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

_DATED = ("programme", "figure", "affiliation", "objective", "person", "own programme", "indicator")
"""What may be said of several times."""

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


def check(
    files: Mapping[str, SourceFile], unread: Iterable[str] = (), hinter: Hinter | None = None
) -> Iterator[Problem]:
    """Yield a problem for every id given twice and every id that does not exist.

    Ids that one of the `unread` files would declare are not looked for, nor those of a list that cannot be read whole: its own
    mistake is told of already.
    """
    named = _by_name(files)
    declared: dict[Kind, list[Values]] = {}
    for rule in DECLARED:
        for scope, values in _values(named, rule):
            declared.setdefault((rule.kinds[0], scope), []).append(values)
    known = {kind: frozenset().union(*(values.ids for values in every)) for kind, every in declared.items()}
    for kind, every in declared.items():
        if sum(len(values.found) for values in every) > len(known[kind]):
            yield from _twice(kind[0], every)
    for values in declared.get(("institution", ""), ()):
        if not values.ids.isdisjoint(known.get(("network", ""), ())):
            yield from _both(values, known["network", ""])
    hidden = {(rule.kinds[0], scope) for rule in DECLARED for scope in _scopes(rule, unread)}
    hidden |= {
        (rule.kinds[0], year) for rule in DECLARED for year, file in named.get(rule.file, ()) if _is_broken(file, rule)
    }
    yield from _unknown(named, known, hidden, hinter or Hinter())


def _twice(kind: str, every: Iterable[Values]) -> Iterator[Problem]:
    """Yield a problem for every id of a kind that was given before, unless it was valid at other times only."""
    first: dict[str, tuple[Values, Steps]] = {}
    periods: dict[str, Periods] = {}
    for values in every:
        for steps, value in values.found:
            dates = _dates(values.record(steps))
            if value not in first:
                first[value], periods[value] = (values, steps), [dates] if dates else []
                continue
            if first[value][0] is values and (dates is None or _joins(periods[value], dates)):
                continue
            where = first[value][0].file.locate(first[value][1])
            message = f"the {kind} '{value}' appears twice; the first is in {where.path.name}, line {where.line}"
            hint = "give one of them another id"
            if kind in _DATED:
                hint += "; or, if it changed, add  valid_to: …  to the earlier one and  valid_from: …  to the later one"
            yield values.problem(steps, "id.duplicate", message, hint)


def _dates(record: Any) -> tuple[PartialDate | None, PartialDate | None] | None:
    """Return from when and until when a record was valid; None where a date is none, which is told there."""
    try:
        since, until = (
            PartialDate.parse(str(record[key])) if record.get(key) else None for key in ("valid_from", "valid_to")
        )
    except PydanticCustomError:
        return None
    return since, until


def _joins(periods: Periods, dates: tuple[PartialDate | None, PartialDate | None]) -> bool:
    """Add a period to those of the same id, which are in order; say whether it overlaps none of them."""
    place = bisect.bisect_right(periods, _begins(dates), key=_begins)
    pairs = [*((one, dates) for one in periods[:place][-1:]), *((dates, one) for one in periods[place : place + 1])]
    periods.insert(place, dates)
    return all(bool(one[1] and other[0] and one[1].before(other[0])) for one, other in pairs)


def _begins(dates: tuple[PartialDate | None, PartialDate | None]) -> tuple[int, int, int]:
    since = dates[0]
    return (since.year, since.month or 0, since.day or 0) if since else (0, 0, 0)


def _is_broken(file: SourceFile, rule: Rule) -> bool:
    """Say whether a file's list of ids is there and cannot be read whole: it is no list, or has entries without an id."""
    name, data = rule.path[0], file.data
    if not isinstance(data, dict):
        return True
    if name not in data:
        return False
    entries = data[name]
    if not isinstance(entries, list):
        return entries is not None
    return any(not (isinstance(entry, dict) and isinstance(entry.get("id"), str)) for entry in entries)


def _both(institutions: Values, networks: Set[str]) -> Iterator[Problem]:
    """Yield a problem for every institution that has the id of a network."""
    hint = "give one of them another id: both can be named as a funder"
    for steps, value in institutions.found:
        if value in networks:
            yield institutions.problem(steps, "id.duplicate", f"a network has the id '{value}' too", hint)


def _unknown(
    named: Named, known: Mapping[Kind, frozenset[str]], hidden: Set[Kind], hinter: Hinter
) -> Iterator[Problem]:
    """Yield a problem for every id that is not `known`, unless those of its kind are `hidden`."""
    for rule in REFERRED:
        for scope, values in _values(named, rule):
            kinds = [(kind, at) for kind in rule.kinds for at in dict.fromkeys(("", scope))]
            there = frozenset().union(*(known.get(kind, ()) for kind in kinds))
            if values.ids <= there or any(kind in hidden for kind in kinds):
                continue
            for steps, value in values.found:
                if value not in there:
                    message = f"there is no {' or '.join(rule.kinds)} '{value}'"
                    yield values.problem(steps, "id.unknown", message, hinter.nearest(value, there))


def _scopes(rule: Rule, unread: Iterable[str]) -> Iterator[str]:
    """Yield the years, or an empty text, whose files of a rule were not read."""
    yearly, _, name = rule.file.rpartition("/")
    for file in unread:
        year, _, base = file.rpartition("/")
        if base == name and bool(year) == bool(yearly):
            yield year


@dataclass(frozen=True, slots=True)
class Values:
    """The ids in one file at the path of a rule, with the steps to each."""

    file: SourceFile
    found: tuple[tuple[Steps, str], ...]
    ids: frozenset[str]

    def record(self, steps: Steps) -> Any:
        """Return the record whose id is at `steps`."""
        value = self.file.data
        for step in steps[:-1]:
            value = value[step]
        return value

    def problem(self, steps: Steps, code: str, message: str, hint: str | None) -> Problem:
        return Problem(Severity.ERROR, code, message, self.file.locate(steps), hint)


def _by_name(files: Mapping[str, SourceFile]) -> Named:
    found: Named = {}
    for known, file in files.items():
        year, _, name = known.rpartition("/")
        found.setdefault(f"*/{name}" if year else name, []).append((year, file))
    return found


def _values(named: Named, rule: Rule) -> Iterator[tuple[str, Values]]:
    """Yield the values at a rule's path in each file, with the year whose own they are, or an empty text.

    What a file has is kept with it: a table's rows share most files of their base.
    """
    for year, file in named.get(rule.file, ()):
        if rule not in file.memo:
            found = _named(file.data, rule.path[-1], ()) if rule.path[0] == "**" else _at(file.data, rule.path, ())
            texts = tuple((steps, value) for steps, value in found if isinstance(value, str))
            file.memo[rule] = texts, frozenset(value for _, value in texts)
        yield year, Values(file, *file.memo[rule])


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
