"""The state of one file's conversion: what everything that is converted shares, and the problems that are met, for each page once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

from report.press.pdf.spaces import Spaces
from report.press.produce.targets import PressInks
from report.values import Location, Problem, Severity


@dataclass(slots=True)
class Problems:
    """The problems of one file, each once; `page` is the number of the page that is worked on, from 1, or 0."""

    source: Path
    page: int = 0
    _noted: dict[Problem, None] = field(default_factory=dict)

    def error(self, code: str, message: str, hint: str) -> None:
        """Note what keeps the file from being made."""
        self._note(Severity.ERROR, code, message, hint)

    def warning(self, code: str, message: str, hint: str) -> None:
        """Note what was changed so that the file could be made."""
        self._note(Severity.WARNING, code, message, hint)

    def _note(self, severity: Severity, code: str, message: str, hint: str) -> None:
        where = f"page {self.page}: " if self.page else ""
        self._noted[Problem(severity, code, where + message, Location(self.source), hint)] = None

    @property
    def all(self) -> tuple[Problem, ...]:
        """Return every problem, in the order in which they were met."""
        return tuple(self._noted)

    @property
    def stop(self) -> bool:
        """Say whether the file cannot be made."""
        return any(problem.severity is Severity.ERROR for problem in self._noted)


@dataclass(slots=True)
class Conversion:
    """One pass through a file.

    `opaque` says that the standard has no transparency (PDF/X-1a), `transparent` whether the page that is worked on has any. `shares`
    says of pictures that are too fine, by the numbers of their objects, what share of their pixels each way is kept.
    """

    pdf: pikepdf.Pdf
    press: PressInks
    problems: Problems
    opaque: bool
    spaces: Spaces = field(default_factory=Spaces)
    transparent: bool = False
    shares: Mapping[tuple[int, int], float] = field(default_factory=dict)

    def note_transparency(self, what: str) -> None:
        """Note that the page has transparency, which PDF/X-1a does not allow."""
        self.transparent = True
        if self.opaque:
            hint = "use a colour without transparency, or ask for PDF/X-4"
            self.problems.error("print.transparency", f"{what}: PDF/X-1a has no transparency", hint)
