"""What a Dask worker does: it has documents made by a process of its own, which it keeps from one to the next.

So a document that crashes, hangs or takes all memory takes that process with it, and never the Dask worker.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import pickle
import platform
import threading
import time
from concurrent.futures import CancelledError, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report.batch import crew, tls, waiting, worker
from report.batch.retry import Outcome
from report.batch.worker import Unit
from report.cache import fingerprint, store
from report.pipeline import publishing
from report.values import Location, Problem, ReportError, Severity
from report.workspace import Workspace


class Unfit(ReportError):
    """The Dask worker cannot make any document of this run, for reasons that its machine's keeper can mend."""

    @classmethod
    def here(cls, what: str, hint: str, path: Path | None = None) -> Unfit:
        message = f"the worker on {platform.node()} {what}"
        return cls([Problem(Severity.ERROR, "batch.worker", message, Location(path) if path else None, hint)])


@dataclass(frozen=True, slots=True)
class Order:
    """How a run's documents are made, for all alike: what each may take, and what tells that a worker is fit for them.

    `mark` is a folder inside the output folder that is there while the run goes on: who sees it shares the output.
    `program` and `inputs` are the fingerprints of the program, and of what all documents are made from.
    """

    mark: Path
    program: str
    inputs: str
    seconds: float
    memory: int
    call: crew.Call = worker.make
    alone: bool = False


LOOK = 0.5
"""Seconds between two looks at whether the process may go on."""
_LOCK = threading.Lock()
_KEPT: dict[Path, Any] = {}
"""The pool of one process that is kept, under the mark of its run."""

_FIT: set[Path] = set()
"""The marks of runs that this worker was found fit for."""


def make(unit: Unit, order: Order) -> Outcome:
    """Have a document made, one at a time however many threads the Dask worker has; return whatever came of it."""
    tls.install()
    with _LOCK:  # held no longer than a document may take
        try:
            return _made(unit, order)
        except (Exception, CancelledError) as error:  # noqa: BLE001 - none is a fault of the Dask worker's
            _let_go()  # a process that was killed may have left the pool's pipes and locks in any state
            return _sendable(error)


def _made(unit: Unit, order: Order) -> Outcome:
    pool = _pool(unit, order)
    future = crew.schedule(pool, order.call, unit, order.seconds)
    end = time.monotonic() + order.seconds + waiting.START
    while not wait([future], timeout=LOOK).done:
        if not pool.active:  # a pool that is stopped leaves its futures as they are
            raise RuntimeError("the process was stopped")
        if time.monotonic() > end:  # it has not even begun: Pebble counts from then
            raise TimeoutError
    return future.result()


async def leave() -> None:
    """End the process that is kept, at once."""
    await asyncio.to_thread(_let_go)


async def sweep(workspace: Workspace) -> None:
    """Remove what this machine's processes left in the shared folders when they were killed; others cannot tell that they were."""
    await asyncio.to_thread(publishing.sweep, workspace.output, deep=True)
    await asyncio.to_thread(store.sweep, workspace.cache)


def _pool(unit: Unit, order: Order) -> Any:
    """Return the pool of this run: the one that is kept, or a new one where that broke or the document is to be alone."""
    kept = _KEPT.get(order.mark)
    if kept is not None and kept.active and not order.alone:
        return kept
    _let_go()
    if order.mark not in _FIT:
        _require(unit, order)
        _FIT.add(order.mark)
    from pebble import ProcessPool

    begin = (worker.Limits(os.getpid(), order.memory), unit.workspace)
    _KEPT[order.mark] = ProcessPool(1, crew.PER_WORKER, worker.begin, begin, context=crew.context())
    return _KEPT[order.mark]


def _let_go() -> None:
    while _KEPT:
        with contextlib.suppress(KeyError):  # another thread was faster
            crew.end([_KEPT.popitem()[1]])


def _require(unit: Unit, order: Order) -> None:
    """Raise `Unfit` where this worker may not start processes, does not share the folders, or has another program."""
    workspace = unit.workspace
    if multiprocessing.current_process().daemon:
        hint = "start it with DASK_DISTRIBUTED__WORKER__DAEMON=False in its environment"
        raise Unfit.here("is not allowed to start processes", hint)
    for path in (workspace.data, order.mark):
        if not path.is_dir():
            folder = path if path == workspace.data else workspace.output
            hint = "mount the shared folder under the same path on every machine"
            raise Unfit.here("cannot see the folder that the command uses", hint, folder)
    if fingerprint.program() != order.program:
        hint = "use the same image, or the same environment, on every machine"
        raise Unfit.here("has another version of ngo-report, of Python or of a library", hint)
    if fingerprint.inputs(workspace, ()) != order.inputs:
        hint = "share one folder, and change no shared facts while a batch runs"
        raise Unfit.here("reads other templates, profiles or networks", hint, workspace.root)


def _sendable(error: BaseException) -> Exception:
    """Return the error, or one that tells of it, where it could not travel."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - errors of libraries fail to unpickle in many ways
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error if isinstance(error, Exception) else RuntimeError(type(error).__name__)
