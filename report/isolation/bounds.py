"""Limit the time and memory of code that runs in this process: a user's own templates."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

from report.isolation import memory
from report.isolation.child import inside, limit_processor_time
from report.isolation.limits import Limits


class TimeLimit(Exception):
    """The code took longer than its limit."""


@contextlib.contextmanager
def within(limits: Limits) -> Iterator[None]:
    """Raise `TimeLimit` or `MemoryError` in the code of this context, where the system can (POSIX; memory on Linux).

    A process with limits of its own keeps those, and other threads than the main one have none.
    """
    if inside() or sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    with memory.limited(limits.memory), _time(limits.seconds):
        yield


@contextlib.contextmanager
def _time(seconds: float) -> Iterator[None]:
    done = False

    def expire(_signal: int, _frame: FrameType | None) -> None:
        if not done:
            raise TimeLimit

    import resource

    before = signal.signal(signal.SIGALRM, expire)
    limits = resource.getrlimit(resource.RLIMIT_CPU)
    limit_processor_time(2 * seconds)  # no Python handler runs during one endless comparison
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            done = True
    finally:  # even if the alarm comes between the two lines above
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_CPU, limits)
