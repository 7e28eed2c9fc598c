"""The preview's process: it answers the newest request, and passes over those that it replaces."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from report.preview.requests import Failed, Show
from report.values import Problem, Severity
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.preview.pages import Studio

MOST_MEMORY = 320 << 20
"""Bytes of memory beyond which the process ends after an answer, for a fresh one to take its place."""


def run(pipe: Connection, root: Path, output: Path) -> None:
    """Answer each request with its number until the pipe is closed: `(number, page or failure)`, and `(number, None)` at its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is its owner's
    from report.preview.pages import Studio  # its owner has no use for what it imports

    studio = Studio(Workspace.at(root, output))
    try:
        while True:
            number, show = _newest(pipe)
            try:
                _answer(studio, pipe, number, show)
            except (BrokenPipeError, EOFError):
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told, and the next request may go well
                message = f"internal error in the preview: {type(error).__name__}: {error}"
                pipe.send((number, Failed((Problem(Severity.ERROR, "preview.failed", message),))))
            pipe.send((number, None))
            if memory() > MOST_MEMORY:
                return
    except (EOFError, OSError):  # its owner is gone, or wants no more
        return


def _newest(pipe: Connection) -> tuple[int, Show]:
    """Wait for a request; of several that wait, take the last, and end the others."""
    number, show = pipe.recv()
    while pipe.poll():
        pipe.send((number, None))
        number, show = pipe.recv()
    return number, show


def _answer(studio: Studio, pipe: Connection, number: int, show: Show) -> None:
    for answer in studio.show(show):
        pipe.send((number, answer))
        if pipe.poll():  # the facts have changed again: nobody needs the other pages
            return


def memory() -> int:
    """Return the bytes of memory that this process has now, or has had at most where the system says no more; 0 if nothing."""
    with contextlib.suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
