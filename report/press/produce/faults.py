"""What is found while a file is produced: told once for each page, all at once."""

from __future__ import annotations

from pathlib import Path

from report.values import Location, Problem, Severity


class Faults:
    """The problems of one file; `page` is the number of the page that is worked on, from 1."""

    def __init__(self, source: Path):
        self.source = source
        self.page = 0
        self._found: dict[Problem, None] = {}

    def error(self, code: str, message: str, hint: str) -> None:
        """Note what keeps the file from being made."""
        self._note(Severity.ERROR, code, message, hint)

    def warning(self, code: str, message: str, hint: str) -> None:
        """Note what was changed so that the file could be made."""
        self._note(Severity.WARNING, code, message, hint)

    def _note(self, severity: Severity, code: str, message: str, hint: str) -> None:
        said = f"page {self.page}: {message}" if self.page else message
        self._found[Problem(severity, code, said, Location(self.source), hint)] = None

    @property
    def all(self) -> tuple[Problem, ...]:
        """Return every problem once, in the order in which they were found."""
        return tuple(self._found)

    @property
    def stop(self) -> bool:
        """Say whether the file cannot be made."""
        return any(problem.severity is Severity.ERROR for problem in self._found)
