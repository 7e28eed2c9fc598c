"""The workers of a batch on this machine: processes that are warm, bounded, and replaced before they grow."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from typing import Any

from report.batch import retry, worker
from report.batch.manifest import Entry
from report.batch.retry import Outcome
from report.batch.worker import Unit

PER_WORKER = 200
"""A worker makes so many documents, and another takes its place."""
AHEAD = 4
"""So many documents per worker are handed out ahead."""
Call = Callable[[Unit], Entry]


@dataclass(frozen=True, slots=True)
class Crew:
    """How many workers there are, and what they may take: seconds for a document, bytes of memory for a worker."""

    workers: int
    seconds: float = 300
    memory: int = 1500 * 1_000_000

    @property
    def limits(self) -> worker.Limits:
        return worker.Limits(os.getpid(), self.memory)


def made(units: Iterable[Unit], crew: Crew, call: Call = worker.make) -> Iterator[Entry]:
    """Make the documents, as many at a time as there are workers; yield what became of each as it is finished."""

    def run(some: Iterator[Unit], alone: bool) -> Iterator[tuple[Unit, Outcome]]:
        return _run(some, replace(crew, workers=1), call, 1) if alone else _run(some, crew, call, PER_WORKER)

    return retry.twice(units, run, crew)


def _run(units: Iterator[Unit], crew: Crew, call: Call, per_worker: int) -> Iterator[tuple[Unit, Outcome]]:
    """Yield each document with its entry, or with what befell its worker."""
    first = next(units, None)
    if first is None:
        return
    from pebble import ProcessPool

    begin = (crew.limits, first.workspace)
    pool = ProcessPool(crew.workers, per_worker, worker.begin, begin, context=context())
    ahead = crew.workers * AHEAD if per_worker > 1 else 1
    waiting: dict[Any, Unit] = {}
    try:
        for unit in (first, *islice(units, ahead - 1)):
            waiting[pool.schedule(call, (unit,), timeout=crew.seconds)] = unit
        while waiting:
            finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in finished:
                unit = waiting.pop(future)
                if (following := next(units, None)) is not None:
                    waiting[pool.schedule(call, (following,), timeout=crew.seconds)] = following
                yield unit, _outcome(future)
        pool.close()
    except BaseException:
        pool.stop()
        raise
    finally:
        pool.join()


def _outcome(future: Any) -> Outcome:
    """Return a document's entry, or what befell its worker: it died, took too long, or ran out of memory."""
    try:
        return future.result()
    except (Exception, CancelledError) as error:  # noqa: BLE001 - whatever it is, the others are made
        return error


def context() -> BaseContext:
    """Return how workers begin: forked from a process that has the libraries loaded and no threads, where there is that."""
    if sys.platform == "win32":
        return get_context("spawn")
    made_from = get_context("forkserver")
    with contextlib.suppress(ValueError):
        made_from.set_forkserver_preload(["report.batch.preload"])
    return made_from
