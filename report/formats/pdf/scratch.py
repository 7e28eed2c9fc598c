"""Where WeasyPrint puts copies of the fonts: in a folder that is removed by the next command, if this one is killed."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator

from report.formats import files

_OURS: dict[int, str] = {}
"""The folder of this process, by its number: a fork makes one of its own."""


@contextlib.contextmanager
def temporary_files() -> Iterator[None]:
    """Let what makes temporary files here make them in the folder of this process."""
    before = tempfile.tempdir
    tempfile.tempdir = _folder()
    try:
        yield
    finally:
        tempfile.tempdir = before


def _folder() -> str:
    process = os.getpid()
    if process not in _OURS:
        files.sweep_temporary()
        _OURS[process] = tempfile.mkdtemp(prefix=files.SCRATCH + files.mark())
        atexit.register(shutil.rmtree, _OURS[process], ignore_errors=True)
    return _OURS[process]
