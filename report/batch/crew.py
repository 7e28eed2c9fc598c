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

from report.batch import retry, waiting, worker
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
    busy: dict[Any, _Task] = {}
    finished: list[tuple[Unit, Outcome]] = []
    try:
        while True:
            while len(busy) < crew.workers and (unit := next(units, None)) is not None:
                future, pool = _given(free, unit, crew, call, per_worker)
                busy[future] = _Task(unit, pool, time.monotonic() + crew.seconds + waiting.START)
            yield from finished
            if not busy:
                return
            done, _ = wait(busy, PAUSE, FIRST_COMPLETED)
            done |= {future for future, task in busy.items() if task.lost}
            finished = []
            for future in done:
                task = busy.pop(future)
                finished.append((task.unit, outcome := _outcome(future, task.pool)))
                if isinstance(outcome, Entry):
                    free.append(task.pool)
                else:
                    end([task.pool])
    finally:
        end([*free, *(task.pool for task in busy.values())])


@dataclass(frozen=True, slots=True)
class _Task:
    """A document that a worker is at. Pebble counts its time only when it has begun; `end` is when that is over, too."""

    unit: Unit
    pool: ProcessPool
    end: float

    @property
    def lost(self) -> bool:
        return not self.pool.active or time.monotonic() > self.end


def _given(free: list[ProcessPool], unit: Unit, crew: Crew, call: Call, per_worker: int) -> tuple[Any, ProcessPool]:
    """Give a document to a worker that is free, or to a new one; return its future and the worker's pool.

    Raise `ReportError` where no worker can be started.
    """
    from pebble import ProcessPool

    while free:
        pool = free.pop()
        try:
            return schedule(pool, call, unit, crew.seconds), pool
        except (RuntimeError, TimeoutError):  # its worker died while it had nothing to do
            end([pool])
    why: BaseException | None = None
    for _ in range(STARTS):
        pool = ProcessPool(1, per_worker, worker.begin, (crew.limits, unit.workspace), context=context())
        try:
            return schedule(pool, call, unit, crew.seconds), pool
        except (RuntimeError, TimeoutError) as error:
            # The process that workers are forked from was killed, and another takes its place; or it does not answer.
            why = error.__cause__ or error
            end([pool])
            time.sleep(PAUSE / 2)
    message, hint = (
        f"no worker can be started: {type(why).__name__} {why}",
        "close other programs, and continue with --resume",
    )
    raise ReportError.of("batch.start", message, hint=hint)


def schedule(pool: ProcessPool, call: Call, unit: Unit, seconds: float) -> Any:
    """Give a document to a pool, which starts its worker if there is none; return the future of its entry."""
    return waiting.within(waiting.START, lambda: pool.schedule(call, (unit,), timeout=seconds))


def end(pools: list[ProcessPool]) -> None:
    """Stop workers, whatever they do, and wait until they are gone: the system refuses no end, but may take its time."""

    def stop() -> None:
        for pool in pools:
            pool.stop()
        for pool in pools:
            pool.join()

    with contextlib.suppress(TimeoutError):
        waiting.within(waiting.END, stop)


def _outcome(future: Any, pool: ProcessPool) -> Outcome:
    """Return a document's entry, or what befell its worker: it died, took too long, or ran out of memory."""
    if (
        not future.done()
    ):  # its worker died while it had nothing to do, and the pool lost the document; or never began it
        return TimeoutError() if pool.active else BrokenProcessPool("the worker died")
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
