"""Facts without what errors make unusable: a mistake in one request, call, year or data file stops only what needs it."""

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
"""Methods of a data file that take the steps to a value."""


class Requests:
    """The file documents.yaml without the requests that cannot be read; otherwise as the file itself.

    Steps count the requests that are left; the keys of locations count all that are in the file.
    """

    def __init__(self, file: SourceFile, unusable: Mapping[str, set[int]]):
        self._file = file
        self.whole = file.data
        self._places = {
            name: [place for place in range(len(_listed(file.data, name))) if place not in unusable[name]]
            for name in LISTS
        }
        left = {name: [file.data[name][place] for place in self._places[name]] for name in LISTS if name in file.data}
        self.data = file.data | left

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # a copy that is being made has no file yet
            raise AttributeError(name)
        attribute = getattr(self._file, name)
        return functools.partial(self._with_place, attribute) if name in _BY_STEPS else attribute

    def _with_place(self, method: Callable[..., Any], steps: Sequence[str | int], *more: Any, **named: Any) -> Any:
        """Call a method of the file with the place that a request has in it."""
        match steps:
            case (str(name), int(place), *rest) if name in LISTS and place < len(self._places[name]):
                steps = (name, self._places[name][place], *rest)
        return method(steps, *more, **named)


def lacking(file: SourceFile | None, name: str) -> tuple[str, ...]:
    """Return the ids of those requests in the list `name` of documents.yaml that cannot be read."""
    if not isinstance(file, Requests):
        return ()
    left = {_id(one) for one in _listed(file.data, name)}
    return tuple(dict.fromkeys(id_ for one in _listed(file.whole, name) if (id_ := _id(one)) and id_ not in left))


def named(file: SourceFile, location: Location) -> str | None:
    """Return the id of the document or call that a place in documents.yaml belongs to."""
    return _id(_request(file, (location.key or "").split(".")))


def documents_of(file: SourceFile, location: Location) -> list[Any]:
    """Return the ids of the documents that belong to the call at a place in documents.yaml."""
    _, *steps = (location.key or "").split(".")
    return _listed(_request(file, ["calls", *steps]), "documents")


def _request(file: SourceFile, steps: Sequence[str]) -> Any:
    """Return the document or call at some steps of documents.yaml; None where there is none."""
    requests = _listed(getattr(file, "whole", file.data), steps[0])
    place = int(steps[1]) if len(steps) > 1 and _INDEX.fullmatch(steps[1]) else len(requests)
    return requests[place] if place < len(requests) else None


class PartialFacts(NamedTuple):
    """The files and values of an organisation without what errors make unusable: `unreadable` files, each with its errors, and whole
    years without a year.yaml."""

    values: Mapping[str, BaseModel]
    files: Mapping[str, SourceFile]
    unreadable: Mapping[str, tuple[Problem, ...]]


def partial_facts(
    files: Mapping[str, SourceFile],
    values: Mapping[str, BaseModel | None],
    problems: Sequence[Problem],
    plain: str,
    file_of: Mapping[Problem, str],
) -> PartialFacts | None:
    """Return what can be used of an organisation's files; None where an error is in the facts of all documents.

    `file_of` says which file a problem is in, by its name.
    """
    unusable: dict[str, set[int]] = {name: set() for name in LISTS}
    unreadable: dict[str, tuple[Problem, ...]] = {}
    for problem in problems:
        if problem.severity is not Severity.ERROR:
            continue
        name = file_of.get(problem, "")
        steps = (problem.location.key or "").split(".") if problem.location else []
        if name == FILE and len(steps) > 1 and steps[0] in LISTS and _INDEX.fullmatch(steps[1]):
            unusable[steps[0]].add(int(steps[1]))
        elif is_optional(name):
            unreadable[name] = (*unreadable.get(name, ()), problem)
        else:
            return None
    years = {name.partition("/")[0] for name in unreadable if name.endswith("/year.yaml")}
    usable = {
        name: value
        for name, value in values.items()
        if value is not None and name not in unreadable and name.partition("/")[0] not in years
    }
    files = dict(files)
    if FILE in values and any(unusable.values()):
        requests = Requests(files[FILE], _with_theirs(files[FILE].data, unusable))
        files[FILE] = requests  # type: ignore[assignment]  # does all that a data file does
        try:
            usable[FILE] = Documents.model_validate(requests.data, context={"plain": plain})
        except ValidationError:
            return None
    return PartialFacts(usable, files, unreadable)


def _with_theirs(data: Any, unusable: Mapping[str, set[int]]) -> dict[str, set[int]]:
    """Return the places of requests that cannot be made: the `unusable` ones, those of the same id, and the calls that they belong to."""
    places = {}
    for name in LISTS:
        ids = {_id(one) for place, one in enumerate(_listed(data, name)) if place in unusable[name]} - {None}
        same_id = {place for place, one in enumerate(_listed(data, name)) if _id(one) in ids}
        places[name] = unusable[name] | same_id
    lost = {_id(one) for place, one in enumerate(_listed(data, "documents")) if place in places["documents"]} - {None}
    for place, call in enumerate(_listed(data, "calls")):
        if any(one in lost for one in _listed(call, "documents") if isinstance(one, str)):
            places["calls"].add(place)
    return places


def _id(request: Any) -> str | None:
    """Return the id of a request that may be anything; None where it has none."""
    id_ = request.get("id") if isinstance(request, dict) else None
    return id_ if isinstance(id_, str) else None


def _listed(data: Any, name: str) -> list[Any]:
    """Return the list `name` of a record that may be anything; an empty one where it has none."""
    values = data.get(name) if isinstance(data, dict) else None
    return values if isinstance(values, list) else []
