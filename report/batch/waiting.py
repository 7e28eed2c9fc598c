"""No wait is endless: what Dask, Pebble and the system do without a limit of time is given one here."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

START = 60.0
"""Seconds that a worker may take to begin a document, after those that the document itself may take."""
END = 20.0
"""Seconds that workers may take to end."""


def within(seconds: float, call: Callable[[], T]) -> T:
    """Return what a call returns; raise `TimeoutError` where it takes longer, and leave it to itself then."""
    answer: list[T] = []
    failure: list[BaseException] = []

    def ask() -> None:
        try:
            answer.append(call())
        except BaseException as error:  # noqa: BLE001 - it is raised where it was asked for
            failure.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if failure:
        raise failure[0]
    if not answer:
        raise TimeoutError(f"no answer for {seconds:g} seconds")
    return answer[0]
