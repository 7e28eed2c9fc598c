"""How much time and memory the reading of a foreign file may take."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass

from report.values import UsageError

SECONDS, MEGABYTES = "REPORT_READ_SECONDS", "REPORT_READ_MEMORY"
"""The environment variables of the limits; options of the command line set them."""
DEBUG = "REPORT_DEBUG"
"""The environment variable that shows the traceback of an internal error."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Elapsed seconds for one file, and bytes of memory for the process that reads it."""

    seconds: float = 20
    memory: int = 1_000_000_000

    @classmethod
    def from_environment(cls) -> Limits:
        """Return the limits of the environment, or the defaults; raise `UsageError` for what is not a number."""
        seconds = _number(SECONDS, cls().seconds)
        return cls(seconds, round(_number(MEGABYTES, cls().memory / 1_000_000) * 1_000_000))


def _number(name: str, default: float) -> float:
    value = os.environ.get(name, "").strip()
    try:
        number = float(value or default)
    except ValueError:
        number = math.nan
    if not 0 < number <= 1_000_000:
        message = f"{name} is '{value}', which is not a number above 0 and at most 1,000,000"
        raise UsageError.of("limit.number", message, hint=f"write {name}={default:g}")
    return number
