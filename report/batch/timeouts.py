"""Time limits for what Dask, Pebble and the system would wait for endlessly."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TypeVar

T = TypeVar("T")

START = 60.0
"""Seconds that a worker may take to begin a document, besides those that the document itself may take."""
END = 20.0
"""Seconds that workers may take to end."""
PATIENCE = 60.0
"""Seconds that the scheduler of a cluster may take to answer, and a worker to join."""
RESULT = 5.0
"""Seconds for a finished result to arrive; if its worker has died since, another worker builds the document."""
WORKER_GIVEN_UP = 330.0
"""Seconds after which Dask has given up a silent worker (``distributed.scheduler.worker-ttl``, 300)."""


def within(seconds: float, call: Callable[[], T]) -> T:
    """Return the result of a call; raise `TimeoutError` where it takes longer, and let it run on in the background then."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - raised in the calling thread
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    if not wait([future], seconds).done:
        raise TimeoutError(f"no answer for {seconds:g} seconds")
    return future.result()
