"""The owner's side of the preview: a process that is kept warm, and begun again where it ends."""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import threading
import time
from collections.abc import Callable

from report.preview import worker
from report.preview.requests import Answer, Failed, Show
from report.values import Problem, Severity
from report.workspace import Workspace

PATIENCE = 60.0
"""Seconds after which a request that is not answered gives way to the next: its process is ended."""
_END = 5.0
"""Seconds that the process may take to end."""

Receiver = Callable[[int, Answer | None], None]
"""What is given each answer with the number of its request, and None when a request has no more. A thread of the preview calls it."""


class _Process:
    """A process, our end of its pipe, and the requests that it has not answered to their end, with the time of each."""

    def __init__(self, workspace: Workspace):
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(
            target=worker.run, args=(theirs, workspace.root, workspace.output), daemon=True, name="report preview"
        )
        self.open: dict[int, float] = {}
        self.answered = False
        self.process.start()
        theirs.close()

    def end(self) -> None:
        """End the process; whoever reads the pipe finds its end."""
        self.process.terminate()
        self.process.join(_END)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(_END)


class Preview:
    """A warm process that shows documents of a workspace. Closing it ends the process."""

    def __init__(self, workspace: Workspace, receive: Receiver):
        self._workspace, self._receive = workspace, receive
        self._numbers = itertools.count(1)
        self._lock = threading.RLock()
        self._closed = False
        self._current: _Process | None = self._begin()

    def __enter__(self) -> Preview:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """Return the number of the process that answers now."""
        return self._current.process.pid if self._current else None

    def ask(self, show: Show) -> int:
        """Ask for pages and return the number that their answers have; earlier requests are given up where they wait still."""
        with self._lock:
            number, now = next(self._numbers), time.monotonic()
            current = self._current
            if current and now - min(current.open.values(), default=now) > PATIENCE:
                current.end()
                current = None
            current = current or self._begin()
            try:
                current.open[number] = now
                current.pipe.send((number, show))
            except OSError:  # it ended at this moment
                del current.open[number]
                current = self._begin()
                current.open[number] = now
                current.pipe.send((number, show))
            self._current = current
            return number

    def close(self) -> None:
        """End the process. What was asked for and is not answered ends without pages."""
        with self._lock:
            self._closed = True
            current, self._current = self._current, None
        if current:
            current.end()

    def _begin(self) -> _Process:
        made = _Process(self._workspace)
        threading.Thread(target=self._read, args=(made,), daemon=True, name="report preview answers").start()
        return made

    def _read(self, one: _Process) -> None:
        """Hand on what a process answers; when it ends, end the requests that it leaves, and begin another."""
        with contextlib.suppress(EOFError, OSError):
            while True:
                number, answer = one.pipe.recv()
                with self._lock:
                    one.answered = True
                    known = number in one.open
                    if answer is None:
                        one.open.pop(number, None)
                if known:
                    self._receive(number, answer)
        one.pipe.close()
        with self._lock:
            left, closed = list(one.open), self._closed
            if self._current is one:
                # one that ended before it answered anything would only end again: the next request begins another
                self._current = self._begin() if one.answered and not closed else None
        for number in left:
            if not closed:
                self._receive(number, Failed((_ENDED,)))
            self._receive(number, None)


_ENDED = Problem(
    Severity.ERROR,
    "preview.ended",
    "the preview ended before the pages were there",
    hint="change a value, or ask for the page again",
)
