"""How much time and memory the reading of a file from outside may take."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass

from report.values import UsageError

SECONDS, MEGABYTES = "REPORT_READ_SECONDS", "REPORT_READ_MEMORY"
"""The variables of the environment that say otherwise; the command line's options set them."""
DEBUG = "REPORT_DEBUG"
"""The variable by which a fault of the program shows where it came from."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds on the clock for one file, and bytes of memory for the process that reads it."""

    seconds: float = 20
    memory: int = 1_000_000_000

    @classmethod
    def from_environment(cls) -> Limits:
        """Return the limits that the environment asks for, or the usual ones; raise `UsageError` for what is no number."""
        seconds = _number(SECONDS, cls().seconds)
        return cls(seconds, round(_number(MEGABYTES, cls().memory / 1_000_000) * 1_000_000))


def _number(name: str, usual: float) -> float:
    said = os.environ.get(name, "").strip()
    try:
        number = float(said or usual)
    except ValueError:
        number = math.nan
    if not 0 < number <= 1_000_000:
        message = f"{name} is '{said}', which is not a number above 0 and at most 1,000,000"
        raise UsageError.of("limit.number", message, hint=f"write {name}={usual:g}")
    return number
