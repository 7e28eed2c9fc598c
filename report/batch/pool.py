"""Run jobs on this machine's cores; one job's failure leaves the others alone."""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context
from typing import NamedTuple

from report import pipeline
from report.formats import FORMATS
from report.formats.libraries import require_pango
from report.model.dossier import Dossier
from report.pipeline import publishing
from report.values import Artifact, Job, Problem, ReportError, Severity
from report.workspace import Workspace

Outcome = tuple[list[Artifact], list[Problem]]
"""A job's files, or what stood in their way."""
LIMIT = 3600.0
"""Seconds that a document may take in a process of its own."""
END = 5.0
"""Seconds that a process may take to remove what it has begun."""


class Task(NamedTuple):
    """What every job of a run shares; `dossier` is there where all jobs are of one organisation."""

    workspace: Workspace
    dossier: Dossier | None
    anew: bool = False

    def __call__(self, job: Job) -> list[Artifact]:
        return pipeline.run(self.workspace, job, self.dossier, anew=self.anew)


def make(task: Task, todo: Sequence[Job], workers: int | None = None) -> Iterator[Outcome]:
    """Run the jobs, in processes of their own where there are several; yield each one's files or problems, in order.

    `workers` is how many at a time, by default one per core. Raise `ReportError` for what no job can do without.
    """
    publishing.sweep(task.workspace.output)
    workers = workers or min(len(todo), os.cpu_count() or 1)
    if len(todo) < 2 or workers == 1:
        for number, job in enumerate(todo):
            if number:
                gc.collect()  # the command line holds the collector back
            yield _outcome(functools.partial(task, job))
        return
    yield from _in_processes(task, todo, min(workers, len(todo)))


def _in_processes(task: Task, todo: Sequence[Job], workers: int) -> Iterator[Outcome]:
    forked = sys.platform == "linux" and threading.active_count() == 1
    if forked:  # what is loaded here is there already in each worker
        _load_writers(todo)
    else:
        task = task._replace(dossier=None)
    context = get_context("fork" if forked else "spawn")
    with ProcessPoolExecutor(workers, context, _begin, (os.getpid(), task)) as pool:
        futures = [pool.submit(_run, job) for job in todo]
        try:
            for future in futures:
                yield _result(future)
        except BaseException:  # whoever stops does not wait for what was begun
            _end()
            pool.shutdown(cancel_futures=True)  # its thread is gone before the interpreter ends, which would wake it
            publishing.sweep(task.workspace.output)
            raise
    publishing.sweep(task.workspace.output)


def _result(future: Future[list[Artifact]]) -> Outcome:
    """Wait for a job, but not for ever; return what came of it."""
    if not wait([future], LIMIT).done:
        _end()
        message = f"it took longer than {LIMIT / 60:g} minutes and was stopped"
        return [], [Problem(Severity.ERROR, "build.time", message, None, "look for loops in its templates")]
    try:
        return _outcome(future.result)
    except BrokenProcessPool:
        message, hint = "the process that made this document died", "try again with -j 1"
        return [], [Problem(Severity.ERROR, "build.died", message, None, hint)]


def _end() -> None:
    """End the workers: they remove what they have begun, if they can."""
    workers, end = active_children(), time.monotonic() + END
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join(max(0.0, end - time.monotonic()))
        worker.kill()


def _load_writers(todo: Sequence[Job]) -> None:
    wanted = {name for job in todo for name in job.formats}
    if wanted & {"pdf", "docx"}:
        with contextlib.suppress(ReportError):  # a job that needs it will say so
            require_pango()
    for name in wanted & set(FORMATS):
        importlib.import_module(FORMATS[name])


_TASK: list[Task] = []
_DONE: list[str] = []
_BEGUN: list[Job] = []


def _begin(parent: int, task: Task) -> None:
    """Prepare a worker. Ctrl-C is for the command that started it, which then ends it; when that is gone, it ends, too."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    _TASK[:] = [task]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    threading.Thread(target=watch, daemon=True).start()


def _stop(*_: object) -> None:
    if not _BEGUN:
        os._exit(1)
    raise KeyboardInterrupt


def _run(job: Job) -> list[Artifact]:
    if _DONE:
        gc.collect()
    _DONE[:] = [job.document]
    _BEGUN[:] = [job]
    try:
        return _TASK[0](job)
    except KeyboardInterrupt:  # what was begun is removed
        os._exit(1)
    finally:
        _BEGUN.clear()


def _outcome(result: Callable[[], list[Artifact]]) -> Outcome:
    try:
        return result(), []
    except ReportError as error:
        if error.status == 3:
            raise
        return [], list(error.problems)
