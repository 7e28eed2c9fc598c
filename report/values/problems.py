"""What is wrong, where, and what to do about it. Problems are data: only `report.cli` turns them into text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Self


class Severity(StrEnum):
    """How much a problem weighs: an error stops the document, a warning does with ``--strict``, a note never."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class PageArea(NamedTuple):
    """An area of a printed page, in millimetres from the trim's top left corner, to the right and down."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file. Lines and columns count from 1, in characters; `key` is the path of the fact there.

    In a sheet they are those of the `cell`, ``Sheet1!C7``, whose text is the excerpt. In a PDF it is a `page`, from 1, or an `area` of it.
    """

    path: Path
    line: int | None = None
    column: int | None = None
    key: str | None = None
    excerpt: str | None = None
    cell: str | None = None
    page: int | None = None
    area: PageArea | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the user can mend: where it is, what is wrong and what to do. `code` is stable across releases."""

    severity: Severity
    code: str
    message: str
    location: Location | None = None
    hint: str | None = None


class ReportError(Exception):
    """The work cannot go on for reasons the user can mend; `problems` says which. Exit status 1."""

    status = 1

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("; ".join(p.message for p in self.problems))

    def __reduce__(self) -> tuple[type[ReportError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)

    @classmethod
    def of(cls, code: str, message: str, location: Location | None = None, hint: str | None = None) -> Self:
        """Make an error of a single problem."""
        return cls([Problem(Severity.ERROR, code, message, location, hint)])


class UsageError(ReportError):
    """The command line names something that does not exist. Exit status 2."""

    status = 2


class MissingSystemLibrary(ReportError):
    """This machine lacks a library or program that the work needs. Exit status 3."""

    status = 3
