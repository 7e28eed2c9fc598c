"""The workers of a batch on this machine: warm processes with limits, replaced before they grow."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING

from report.batch import retry, timeouts, worker
from report.batch.manifest import Entry
from report.batch.retry import Result
from report.batch.worker import Unit
from report.values import ReportError

if TYPE_CHECKING:
    from pebble import ProcessPool

PER_WORKER = 200
"""Documents that a worker builds before another takes its place."""
STARTS = 5
"""Attempts to start a worker."""
PAUSE = 1.0
"""Seconds to wait at a time: on Windows, Ctrl-C is handled only in between."""
Call = Callable[[Unit], Entry]


@dataclass(frozen=True, slots=True)
class LocalWorkers:
    """How many workers there are, and their limits: seconds for a document, bytes of memory for a worker."""

    workers: int
    seconds: float = 300
    memory: int = 1500 * 1_000_000


def build(units: Iterable[Unit], workers: LocalWorkers, call: Call = worker.build) -> Generator[Entry, None, None]:
    """Build the documents, as many at a time as there are workers; yield each entry as it is finished."""

    def run(some: Iterator[Unit], alone: bool) -> Iterator[tuple[Unit, Result]]:
        return _run(some, replace(workers, workers=1), call, 1) if alone else _run(some, workers, call, PER_WORKER)

    return retry.with_retry(units, run, workers.seconds, workers.memory)


@dataclass(frozen=True, slots=True)
class _Assignment:
    """A document that a worker builds. Pebble counts its time only from its beginning; `end` limits the wait for that, too."""

    unit: Unit
    pool: ProcessPool
    end: float

    @property
    def is_lost(self) -> bool:
        return not self.pool.active or time.monotonic() > self.end


def _run(units: Iterator[Unit], workers: LocalWorkers, call: Call, per_worker: int) -> Iterator[tuple[Unit, Result]]:
    """Yield each document with its entry, or with the error of its worker.

    Each worker has its own pool and one document at a time. A process that is killed may die with a lock that all workers of a
    pool share, in the middle of an answer, or between taking a document and saying so; so whatever its pool holds is given
    up with it, and the others are not affected.
    """
    free: list[ProcessPool] = []
    busy: dict[Future[Entry], _Assignment] = {}
    finished: list[tuple[Unit, Result]] = []
    try:
        while True:
            while len(busy) < workers.workers and (unit := next(units, None)) is not None:
                future, pool = _submit(free, unit, workers, call, per_worker)
                busy[future] = _Assignment(unit, pool, time.monotonic() + workers.seconds + timeouts.START)
            yield from finished
            if not busy:
                return
            done, _ = wait(busy, PAUSE, FIRST_COMPLETED)
            done |= {future for future, task in busy.items() if task.is_lost}
            finished = []
            for future in done:
                task = busy.pop(future)
                finished.append((task.unit, result := _result(future, task.pool)))
                if isinstance(result, Entry):
                    free.append(task.pool)
                else:
                    stop([task.pool])
    finally:
        stop([*free, *(task.pool for task in busy.values())])


def _submit(
    free: list[ProcessPool], unit: Unit, workers: LocalWorkers, call: Call, per_worker: int
) -> tuple[Future[Entry], ProcessPool]:
    """Give a document to a free worker, or to a new one; return its future and the worker's pool.

    Raise `ReportError` where no worker can be started.
    """
    cause: BaseException | None = None
    starts = 0
    while free or starts < STARTS:
        starts += not free
        pool = free.pop() if free else new_pool(workers.memory, unit, per_worker)
        try:
            return schedule(pool, call, unit, workers.seconds), pool
        except (RuntimeError, TimeoutError) as error:
            # Its worker died while it was idle, or the process that workers are forked from does not answer.
            cause = error.__cause__ or error
            stop([pool])
            if starts:
                time.sleep(PAUSE / 2)
    message = f"no worker can be started: {type(cause).__name__} {cause}"
    raise ReportError.of("batch.start", message, hint="close other programs, and continue with --resume")


def new_pool(memory: int, unit: Unit, per_worker: int) -> ProcessPool:
    """Return a pool of one worker, which may use so many bytes of memory and is replaced after `per_worker` documents."""
    from pebble import ProcessPool

    return ProcessPool(1, per_worker, worker.begin, (os.getpid(), memory, unit.workspace), context=_context())


def schedule(pool: ProcessPool, call: Call, unit: Unit, seconds: float) -> Future[Entry]:
    """Give a document to a pool, which starts its worker if there is none; return the future of its entry."""
    future: Future[Entry] = timeouts.within(timeouts.START, lambda: pool.schedule(call, (unit,), timeout=seconds))
    return future


def stop(pools: list[ProcessPool]) -> None:
    """Kill workers, whatever they are doing, and wait until they are gone, which may take the system a while."""

    def end() -> None:
        for pool in pools:
            pool.stop()
        for pool in pools:
            pool.join()

    with contextlib.suppress(TimeoutError):
        timeouts.within(timeouts.END, end)


def _result(future: Future[Entry], pool: ProcessPool) -> Result:
    """Return a document's entry, or the error of its worker: it died, took too long, or ran out of memory."""
    if not future.done():  # its worker died while it was idle, and the pool lost the document; or it never began
        return TimeoutError() if pool.active else BrokenProcessPool("the worker died")
    try:
        return future.result()
    except (Exception, CancelledError) as error:  # noqa: BLE001 - whatever it is, the others are built
        return error


def _context() -> BaseContext:
    """Return how workers start: forked from a process that has loaded the libraries and has no threads, where that exists."""
    if sys.platform == "win32":
        return get_context("spawn")
    context = get_context("forkserver")
    with contextlib.suppress(ValueError):
        context.set_forkserver_preload(["report.batch.ignore_sigint", "report.batch.preload"])
        _start_forkserver()
    return context


def _start_forkserver() -> None:
    """Start the process that workers are forked from, with SIGINT blocked until it ignores it."""
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()  # which unblocks SIGINT when it has started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
