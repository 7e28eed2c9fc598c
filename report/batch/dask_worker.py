"""What a Dask worker does: it has documents built by a process of its own, which it keeps from one to the next.

So a document that crashes, hangs or uses up all memory ends that process, and never the Dask worker.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import pickle
import platform
import threading
import time
from concurrent.futures import CancelledError, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from report.batch import local_workers, timeouts, tls, worker
from report.batch.retry import Result
from report.batch.worker import Unit
from report.cache import fingerprint, store
from report.pipeline import publishing
from report.values import Location, Problem, ReportError, Severity
from report.workspace import Workspace

if TYPE_CHECKING:
    from pebble import ProcessPool


class Unfit(ReportError):
    """The Dask worker can build no document of this run, for reasons that its administrator can correct."""

    @classmethod
    def here(cls, reason: str, hint: str, path: Path | None = None) -> Unfit:
        message = f"the worker on {platform.node()} {reason}"
        return cls([Problem(Severity.ERROR, "batch.worker", message, Location(path) if path else None, hint)])


@dataclass(frozen=True, slots=True)
class Settings:
    """How all documents of a run are built: their limits, and what shows that a worker is fit for them.

    `mark` is a folder inside the output folder that exists during the run: a worker that sees it shares the output folder.
    `program` and `inputs` are the fingerprints of the program, and of the inputs that all documents share.
    """

    mark: Path
    program: str
    inputs: str
    seconds: float
    memory: int
    call: local_workers.Call = worker.build
    alone: bool = False


INTERVAL = 0.5
"""Seconds between two checks that the process is still running."""
_LOCK = threading.Lock()
_POOLS: dict[Path, ProcessPool] = {}
"""The pool of one process that is reused, by the mark of its run."""
_FIT: set[Path] = set()
"""The marks of runs that this worker is fit for."""


def build(unit: Unit, settings: Settings) -> Result:
    """Have a document built, one at a time however many threads the Dask worker has; return its entry or the error."""
    tls.install()
    with _LOCK:  # for no longer than a document may take
        try:
            return _build(unit, settings)
        except (Exception, CancelledError) as error:  # noqa: BLE001 - none is a fault of the Dask worker
            _stop_pool()  # a process that was killed may have left the pool's pipes and locks in any state
            return _sendable(error)


def _build(unit: Unit, settings: Settings) -> Result:
    pool = _pool(unit, settings)
    future = local_workers.schedule(pool, settings.call, unit, settings.seconds)
    end = time.monotonic() + settings.seconds + timeouts.START
    while not wait([future], timeout=INTERVAL).done:
        if not pool.active:  # a pool that is stopped leaves its futures as they are
            raise RuntimeError("the process was stopped")
        if time.monotonic() > end:  # it has not even begun: Pebble counts from then
            raise TimeoutError
    return future.result()


async def stop() -> None:
    """End the process that is reused, at once."""
    await asyncio.to_thread(_stop_pool)


async def sweep(workspace: Workspace) -> None:
    """Remove what killed processes of this machine left in the shared folders; other machines cannot know that they are gone."""
    await asyncio.to_thread(publishing.sweep, workspace.output, deep=True)
    await asyncio.to_thread(store.sweep, workspace.cache)


def _pool(unit: Unit, settings: Settings) -> ProcessPool:
    """Return the pool of this run: the one that is reused, or a new one where that broke or the document is to be alone."""
    current = _POOLS.get(settings.mark)
    if current is not None and current.active and not settings.alone:
        return current
    _stop_pool()
    if settings.mark not in _FIT:
        _require_fit(unit, settings)
        _FIT.add(settings.mark)
    _POOLS[settings.mark] = local_workers.new_pool(settings.memory, unit, local_workers.PER_WORKER)
    return _POOLS[settings.mark]


def _stop_pool() -> None:
    while _POOLS:
        with contextlib.suppress(KeyError):  # another thread was faster
            local_workers.stop([_POOLS.popitem()[1]])


def _require_fit(unit: Unit, settings: Settings) -> None:
    """Raise `Unfit` where this worker may not start processes, does not share the folders, or has another program."""
    workspace = unit.workspace
    if multiprocessing.current_process().daemon:
        hint = "start it with DASK_DISTRIBUTED__WORKER__DAEMON=False in its environment"
        raise Unfit.here("is not allowed to start processes", hint)
    for path in (workspace.data, settings.mark):
        if not path.is_dir():
            folder = path if path == workspace.data else workspace.output
            hint = "mount the shared folder under the same path on every machine"
            raise Unfit.here("cannot see the folder that the command uses", hint, folder)
    if fingerprint.program() != settings.program:
        hint = "use the same image, or the same environment, on every machine"
        raise Unfit.here("has another version of ngo-report, of Python or of a library", hint)
    if fingerprint.inputs(workspace, ()) != settings.inputs:
        hint = "share one folder, and change no shared facts while a batch runs"
        raise Unfit.here("reads other templates, profiles or networks", hint, workspace.root)


def _sendable(error: BaseException) -> Exception:
    """Return the error, or one with its text where it cannot be pickled."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - errors of libraries fail to unpickle in many ways
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error if isinstance(error, Exception) else RuntimeError(type(error).__name__)
