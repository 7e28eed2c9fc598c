"""The results as one Markdown table, with the machine that they were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median

LIBRARIES = ("weasyprint", "python-docx", "lxml", "pydantic", "pyyaml", "jinja2")
_HEAD = ("", "what", "CPU s", "peer", "peer’s CPU s", "ratio", "aim", "met", "runs")


@dataclass(frozen=True, slots=True)
class Row:
    """One line: times in seconds of processor time. `aim` bounds the ratio to the peer, or the seconds without one."""

    case: str
    what: str
    times: Sequence[float]
    peer: str = ""
    peer_times: Sequence[float] = ()
    aim: float | None = None

    @property
    def ratio(self) -> float | None:
        """Return the median of the ratios of runs made in turn: a machine's pace changes from minute to minute."""
        pairs = zip(self.times, self.peer_times, strict=True)
        return median(one / other for one, other in pairs) if self.peer_times else None

    @property
    def met(self) -> bool | None:
        """Return whether the aim is met, or None where there is none."""
        measured = median(self.times) if self.ratio is None else self.ratio
        return None if self.aim is None else measured <= self.aim

    def cells(self) -> list[str]:
        """Return the line's cells as text."""
        aim = "" if self.aim is None else f"≤ {self.aim:g}" + ("" if self.peer_times else " s")
        return [
            self.case,
            self.what,
            _seconds(self.times),
            self.peer,
            _seconds(self.peer_times) if self.peer_times else "",
            "" if self.ratio is None else f"{self.ratio:.3f}" if self.ratio < 0.1 else f"{self.ratio:.2f}",
            aim,
            {None: "", True: "yes", False: "**no**"}[self.met],
            str(len(self.times)),
        ]


def _seconds(times: Sequence[float]) -> str:
    """Return the median, and the least and the most in brackets."""
    return f"{median(times):.2f} ({min(times):.2f}–{max(times):.2f})"


def markdown(rows: Iterable[Row]) -> str:
    """Return the whole table."""
    lines = [_line(_HEAD), _line(["---"] * len(_HEAD)), *(_line(row.cells()) for row in rows)]
    return "\n".join([*lines, "", machine()])


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def machine() -> str:
    """Return the machine's size and the versions of what was measured."""
    size = (
        f"{os.cpu_count()} cores, {os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB of memory"
    )
    system = f"{platform.system()} {platform.machine()}, {platform.python_implementation()} {platform.python_version()}"
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"Medians of processor time (user and system; least and most in brackets) on {size}; {system}; {libraries}."
