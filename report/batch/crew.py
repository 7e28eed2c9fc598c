"""The workers of a batch on this machine: processes that are warm, bounded, and replaced before they grow."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING, Any

from report.batch import retry, worker
from report.batch.manifest import Entry
from report.batch.retry import Outcome
from report.batch.worker import Unit
from report.values import ReportError

if TYPE_CHECKING:
    from pebble import ProcessPool

PER_WORKER = 200
"""A worker makes so many documents, and another takes its place."""
STARTS = 5
"""So often a worker is tried to be started."""
PAUSE = 1.0
"""Seconds to wait at a time: on Windows, Ctrl-C is heard only in between."""
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


def made(units: Iterable[Unit], crew: Crew, call: Call = worker.make) -> Generator[Entry, None, None]:
    """Make the documents, as many at a time as there are workers; yield what became of each as it is finished."""

    def run(some: Iterator[Unit], alone: bool) -> Iterator[tuple[Unit, Outcome]]:
        return _run(some, replace(crew, workers=1), call, 1) if alone else _run(some, crew, call, PER_WORKER)

    return retry.twice(units, run, crew)


def _run(units: Iterator[Unit], crew: Crew, call: Call, per_worker: int) -> Iterator[tuple[Unit, Outcome]]:
    """Yield each document with its entry, or with what befell its worker.

    Each worker has a pool of its own, and one document at a time. A process that is killed may die with a lock that all
    workers of a pool share, in the middle of what it says, or between taking a document and saying so; so whatever its
    pool holds is given up with it, and the others know nothing of it.
    """
    free: list[ProcessPool] = []
    busy: dict[Any, tuple[ProcessPool, Unit]] = {}
    finished: list[tuple[Unit, Outcome]] = []
    try:
        while True:
            while len(busy) < crew.workers and (unit := next(units, None)) is not None:
                future, pool = _given(free, unit, crew, call, per_worker)
                busy[future] = pool, unit
            yield from finished
            if not busy:
                return
            done, _ = wait(busy, PAUSE, FIRST_COMPLETED)
            done |= {future for future, (pool, _) in busy.items() if not pool.active}
            finished = [(busy[future][1], _outcome(future)) for future in done]
            for (_, outcome), (pool, _) in zip(finished, [busy.pop(future) for future in done], strict=True):
                if isinstance(outcome, Entry):
                    free.append(pool)
                else:
                    _end([pool])
    finally:
        _end([*free, *(pool for pool, _ in busy.values())])


def _given(free: list[ProcessPool], unit: Unit, crew: Crew, call: Call, per_worker: int) -> tuple[Any, ProcessPool]:
    """Give a document to a worker that is free, or to a new one; return its future and the worker's pool.

    Raise `ReportError` where no worker can be started.
    """
    from pebble import ProcessPool

    while free:
        pool = free.pop()
        try:
            return pool.schedule(call, (unit,), timeout=crew.seconds), pool
        except RuntimeError:  # its worker died while it had nothing to do
            _end([pool])
    why: BaseException | None = None
    for _ in range(STARTS):
        pool = ProcessPool(1, per_worker, worker.begin, (crew.limits, unit.workspace), context=context())
        try:
            return pool.schedule(call, (unit,), timeout=crew.seconds), pool
        except RuntimeError as error:  # the process that workers are forked from was killed: another takes its place
            why = error.__cause__ or error
            _end([pool])
            time.sleep(PAUSE / 2)
    message, hint = (
        f"no worker can be started: {type(why).__name__} {why}",
        "close other programs, and go on with --resume",
    )
    raise ReportError.of("batch.start", message, hint=hint)


def _end(pools: list[ProcessPool]) -> None:
    """Stop workers, whatever they do, and wait until they are gone."""
    for pool in pools:
        pool.stop()
    for pool in pools:
        pool.join()


def _outcome(future: Any) -> Outcome:
    """Return a document's entry, or what befell its worker: it died, took too long, or ran out of memory."""
    if not future.done():  # its worker died while it had nothing to do, and the pool lost the document
        return BrokenProcessPool("the worker died")
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
        made_from.set_forkserver_preload(["report.batch.deaf", "report.batch.preload"])
        _serve()
    return made_from


def _serve() -> None:
    """Start the process that workers are forked from, with Ctrl-C held back until it ignores it."""
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()  # which ends with Ctrl-C let through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
