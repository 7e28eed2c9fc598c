"""What was found out of a file before: the same bytes are judged, or converted, once in a session, by whichever worker."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

FOLDER = "REPORT_TESTS_KEEP"
"""The variable that names the folder of a session's workers; without it nothing is kept."""


def kept(what: str, path: Path, make: Callable[[], bytes]) -> bytes:
    """Return what `make` makes of a file, or what it made of the same bytes."""
    folder = os.environ.get(FOLDER)
    if not folder or not path.is_file():
        return make()
    found = Path(folder) / f"{what}-{hashlib.sha256(path.read_bytes()).hexdigest()}"
    if not found.is_file():
        aside = found.with_name(f"{found.name}.{os.getpid()}")
        aside.write_bytes(make())
        aside.replace(found)
    return found.read_bytes()
