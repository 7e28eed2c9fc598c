"""Hold the garbage collector back while a document is written, and let it run between documents."""

from __future__ import annotations

import contextlib
import gc
import signal
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def quiet_collector() -> Iterator[None]:
    """Collect no garbage: writing makes many objects and frees few (a fifth of the time, 2 MB more)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextlib.contextmanager
def noted_interruptions() -> Iterator[Callable[[], None]]:
    """Yield a function that raises `KeyboardInterrupt` once one has arrived, for when a callback of a library has swallowed it."""
    arrived: list[int] = []
    handlers = {}

    def note(number: int, _frame: object) -> None:
        arrived.append(number)
        raise KeyboardInterrupt

    def check() -> None:
        if arrived:
            raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(ValueError):  # not in the main thread
            if signal.getsignal(number) is not signal.SIG_IGN:
                handlers[number] = signal.signal(number, note)
    try:
        yield check
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def collect() -> None:
    """Collect garbage. An interruption meanwhile is raised afterwards: in a finalizer it would be lost."""
    arrived: list[int] = []
    handlers = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(ValueError):  # not in the main thread
            if signal.getsignal(number) is not signal.SIG_IGN:
                handlers[number] = signal.signal(number, lambda which, _frame: arrived.append(which))
    try:
        gc.collect()
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    if arrived:
        raise KeyboardInterrupt
