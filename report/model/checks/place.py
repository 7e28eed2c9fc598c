"""A place in the facts, at which checks report problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from report.model.dates import PartialDate
from report.model.dossier import Dossier
from report.model.walk import LocatedText, Steps
from report.values import Location, Problem, Severity

Value = TypeVar("Value")
CORRECT_ONE_DATE = "correct one of the two dates"


@dataclass(frozen=True, slots=True)
class Place:
    """The value at `steps` in a data file of a dossier."""

    dossier: Dossier
    file: str
    steps: Steps = ()

    def at(self, *steps: str | int) -> Place:
        """Return the place of a value inside this one."""
        return Place(self.dossier, self.file, (*self.steps, *steps))

    def each(self, name: str, values: Iterable[Value]) -> Iterator[tuple[Place, Value]]:
        """Yield the values of the list `name`, each after its place."""
        return ((self.at(name, index), value) for index, value in enumerate(values))

    def error(self, code: str, message: str, hint: str | None = None) -> Problem:
        """Return an error here."""
        return self.problem(Severity.ERROR, code, message, hint)

    def warning(self, code: str, message: str, hint: str | None = None) -> Problem:
        """Return a warning here."""
        return self.problem(Severity.WARNING, code, message, hint)

    def note(self, code: str, message: str, hint: str | None = None) -> Problem:
        """Return a note here."""
        return self.problem(Severity.NOTE, code, message, hint)

    def problem(self, severity: Severity, code: str, message: str, hint: str | None = None) -> Problem:
        """Return a problem here."""
        return Problem(severity, code, message, self.dossier.locate(self.file, *self.steps), hint)

    def period(self, since: PartialDate | None, until: PartialDate | None, end: str = "until") -> Iterator[Problem]:
        """Yield an error where the record here ends before it begins; `end` is the field that has its end."""
        if since and until and until.before(since):
            message = f"ends ({until}) before it begins ({since})"
            yield self.at(end).error("date.order", message, CORRECT_ONE_DATE)


def in_text(dossier: Dossier, found: LocatedText, language: str, offset: int) -> Location | None:
    """Return where the character at `offset` of a text in a language stands."""
    return dossier.within(found.file, (*found.steps, language), found.text.by_language[language], offset)
