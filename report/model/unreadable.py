"""Facts that cannot be read stop the documents that print them, and no other: to look at them raises what is wrong with their file."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn, TypeVar

from report.model.dossier import LISTS, LISTS_OF_YEAR, Dossier, YearFacts
from report.values import Problem, ReportError, Severity

Value = TypeVar("Value")

FIELDS: Mapping[str, tuple[str, ...]] = {
    file: names for file, names in LISTS.items() if file not in ("affiliations.yaml", "documents.yaml")
}
"""The data files that a document can do without, and the fields of `Dossier` that their facts are in."""
FIELDS_OF_YEAR: Mapping[str, tuple[str, ...]] = {
    **LISTS_OF_YEAR,
    "finance.yaml": ("finance",),
    "year.yaml": ("year", "finance", *(name for names in LISTS_OF_YEAR.values() for name in names)),
}
"""Those of a year's folder, and the fields of `YearFacts`; without year.yaml the whole year cannot be read."""


class UnreadableFacts(ReportError):
    """A document prints facts whose data file has errors, which are its `problems`."""


class Unreadable:
    """Stands for facts that cannot be read. Any use of them raises `UnreadableFacts`."""

    __slots__ = ("problems",)

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)

    def refuse(self, *_: Any, **__: Any) -> NoReturn:
        """Raise `UnreadableFacts` with what is wrong with their file."""
        raise UnreadableFacts(self.problems)

    __bool__ = __len__ = __iter__ = __getitem__ = __contains__ = __call__ = __str__ = __html__ = refuse

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self.refuse()


def or_unreadable(make: Callable[..., Value], *arguments: Any) -> Value:
    """Return what a function makes of facts; where it uses some that cannot be read, `Unreadable` in its place."""
    try:
        return make(*arguments)
    except UnreadableFacts as error:
        return Unreadable(error.problems)  # type: ignore[return-value]  # stands for a value of any type


def is_optional(name: str) -> bool:
    """Say whether a document can do without a data file: ``projects.yaml``, ``2026/finance.yaml``."""
    folder, _, file = name.rpartition("/")
    return file in (FIELDS_OF_YEAR if folder else FIELDS)


def errors_by_file(dossier: Dossier, problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    """Return the errors in data files that a document can do without, by their names."""
    names = {file.path: name for name, file in dossier.files.items() if is_optional(name)}
    by_file: dict[str, tuple[Problem, ...]] = {}
    for problem in problems:
        name = names.get(problem.location.path) if problem.location else None
        if name and problem.severity is Severity.ERROR:
            by_file[name] = (*by_file.get(name, ()), problem)
    return by_file


def with_placeholders(dossier: Dossier) -> Dossier:
    """Return a dossier in which `Unreadable` stands for the facts that cannot be read."""
    if not dossier.unreadable:
        return dossier
    changed: dict[str, Any] = {}
    years = dict(dossier.years)
    for name, problems in dossier.unreadable.items():
        folder, _, file = name.rpartition("/")
        if not folder:
            changed |= dict.fromkeys(FIELDS[file], Unreadable(problems))
            continue
        number = int(folder)
        fields: dict[str, Any] = dict.fromkeys(FIELDS_OF_YEAR[file], Unreadable(problems))
        if number in years:
            years[number] = dataclasses.replace(years[number], **fields)
        elif file == "year.yaml":
            years[number] = YearFacts(number, **fields)
    return dataclasses.replace(dossier, years=dict(sorted(years.items())), **changed)
