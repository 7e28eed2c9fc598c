"""A mistake in one document request, one call, one year or one data file leaves to be made what does without it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from report.model.document import Documents
from report.model.unreadable import is_optional
from report.source import SourceFile
from report.values import Location, Problem, Severity

FILE = "documents.yaml"
LISTS = ("documents", "calls")
_INDEX = re.compile(r"[0-9]{1,9}")
_BY_STEPS = frozenset({"locate", "within", "to_translate", "folded", "line_of"})
"""What a data file is asked with the steps to a value."""


class Requests:
    """The file documents.yaml without the requests that cannot be read; otherwise as the file itself.

    Steps count the requests that are `kept`; the keys of locations count all that are in the file.
    """

    def __init__(self, file: SourceFile, gone: Mapping[str, set[int]]):
        self._file = file
        self.whole = file.data
        self._kept = {name: [n for n in range(len(_listed(file.data, name))) if n not in gone[name]] for name in LISTS}
        self.data = file.data | {
            name: [file.data[name][n] for n in self._kept[name]] for name in LISTS if name in file.data
        }

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # a copy that is being made has no file yet
            raise AttributeError(name)
        found = getattr(self._file, name)
        return functools.partial(self._with_place, found) if name in _BY_STEPS else found

    def _with_place(self, method: Callable[..., Any], steps: Sequence[str | int], *more: Any, **named: Any) -> Any:
        """Call a method of the file with the place that a request has in it."""
        match steps:
            case (str(name), int(place), *rest) if name in LISTS and place < len(self._kept[name]):
                steps = (name, self._kept[name][place], *rest)
        return method(steps, *more, **named)


def lacking(file: SourceFile | None, name: str) -> tuple[str, ...]:
    """Return the ids of those requests in the list `name` of documents.yaml that cannot be read."""
    if not isinstance(file, Requests):
        return ()
    there = {_id(one) for one in _listed(file.data, name)}
    return tuple(dict.fromkeys(id_ for one in _listed(file.whole, name) if (id_ := _id(one)) and id_ not in there))


def named(file: SourceFile, location: Location) -> str | None:
    """Return the id of the document or call that a place in documents.yaml belongs to."""
    steps = (location.key or "").split(".")
    listed = _listed(getattr(file, "whole", file.data), steps[0])
    found = _at(steps[1:], listed)
    return _id(found)


def _at(steps: Sequence[str], listed: list[Any]) -> Any:
    """Return what is at a place of a list; None where there is no such place."""
    return listed[int(steps[0])] if steps and _INDEX.fullmatch(steps[0]) and int(steps[0]) < len(listed) else None


def documents_of(file: SourceFile, location: Location) -> list[Any]:
    """Return the ids of the documents that belong to the call at a place in documents.yaml."""
    steps = (location.key or "").split(".")
    listed = _listed(getattr(file, "whole", file.data), "calls")
    found = _at(steps[1:], listed)
    return _listed(found, "documents")


class PartialFacts(NamedTuple):
    """The files and values of an organisation without what errors make unusable: `unreadable` files, each with its errors, and whole
    years without a year.yaml."""

    files: Mapping[str, SourceFile]
    values: Mapping[str, BaseModel]
    unreadable: Mapping[str, tuple[Problem, ...]]


def partial_facts(
    files: Mapping[str, SourceFile],
    values: Mapping[str, BaseModel | None],
    problems: Sequence[Problem],
    plain: str,
    of: Mapping[Problem, str],
) -> PartialFacts | None:
    """Return what can be used of an organisation's files; None where an error is in the facts of all documents.

    `of` says which file a problem is in, by its name.
    """
    gone: dict[str, set[int]] = {name: set() for name in LISTS}
    years: set[str] = set()
    unreadable: dict[str, tuple[Problem, ...]] = {}
    for problem in problems:
        if problem.severity is not Severity.ERROR:
            continue
        name, steps = of.get(problem, ""), (problem.location.key or "").split(".") if problem.location else []
        if name == FILE and len(steps) > 1 and steps[0] in LISTS and _INDEX.fullmatch(steps[1]):
            gone[steps[0]].add(int(steps[1]))
        elif is_optional(name):
            unreadable[name] = (*unreadable.get(name, ()), problem)
            years |= {folder for folder, _, file in [name.rpartition("/")] if file == "year.yaml"}
        else:
            return None
    kept = {
        name: value
        for name, value in values.items()
        if name not in unreadable and name.partition("/")[0] not in years and name != FILE
    }
    made = dict(files)
    if FILE in values:
        if any(gone.values()):
            made[FILE] = Requests(files[FILE], _with_theirs(files[FILE].data, gone))  # type: ignore[assignment]
            try:
                kept[FILE] = Documents.model_validate(made[FILE].data, context={"plain": plain})
            except ValidationError:
                return None
        else:
            kept[FILE] = values[FILE]
    return PartialFacts(made, {name: value for name, value in kept.items() if value is not None}, unreadable)


def _with_theirs(data: Any, gone: Mapping[str, set[int]]) -> dict[str, set[int]]:
    """Return the places of requests that cannot be made: those that are `gone`, those of the same id, and the calls that they belong to."""
    found = {}
    for name in LISTS:
        ids = {_id(one) for n, one in enumerate(_listed(data, name)) if n in gone[name]} - {None}
        found[name] = gone[name] | {n for n, one in enumerate(_listed(data, name)) if _id(one) in ids}
    lost = {_id(one) for n, one in enumerate(_listed(data, "documents")) if n in found["documents"]} - {None}
    for n, call in enumerate(_listed(data, "calls")):
        asked = call.get("documents") if isinstance(call, dict) else None
        if isinstance(asked, list) and any(one in lost for one in asked if isinstance(one, str)):
            found["calls"].add(n)
    return found


def _id(one: Any) -> str | None:
    """Return the id of a request that may be anything; None where it has none."""
    found = one.get("id") if isinstance(one, dict) else None
    return found if isinstance(found, str) else None


def _listed(data: Any, name: str) -> list[Any]:
    found = data.get(name) if isinstance(data, dict) else None
    return found if isinstance(found, list) else []
