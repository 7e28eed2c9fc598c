"""Run jobs on this machine's cores; the failure of one job does not affect the others."""

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
from dataclasses import dataclass, replace
from multiprocessing import active_children, get_context

from report import pipeline
from report.formats import FORMATS
from report.formats.collector import collect
from report.formats.libraries import require_pango
from report.isolation import child
from report.model.dossier import Dossier
from report.pipeline import publishing
from report.values import Job, Outcome, Problem, ReportError, Severity
from report.workspace import Workspace

LIMIT = 3600.0
"""Seconds that a document may take in a process of its own."""
END = 5.0
"""Seconds that a process may take to remove its unfinished files."""


@dataclass(frozen=True, slots=True)
class JobRunner:
    """Runs jobs with what they share; `dossier` is set where all jobs are of one organisation."""

    workspace: Workspace
    dossier: Dossier | None
    force: bool = False

    def run(self, job: Job) -> Outcome:
        return pipeline.run(self.workspace, job, self.dossier, force=self.force)


def build(runner: JobRunner, todo: Sequence[Job], workers: int | None = None) -> Iterator[Outcome]:
    """Run the jobs, in processes of their own where there are several; yield each one's files or problems, in order.

    `workers` is how many at a time, by default one per core. Raise `ReportError` for what every job needs.
    """
    publishing.sweep(runner.workspace.output)
    workers = workers or min(len(todo), os.cpu_count() or 1)
    if len(todo) < 2 or workers == 1:
        for number, job in enumerate(todo):
            if number:
                collect()  # the command line turns the collector off
            yield _outcome(functools.partial(runner.run, job))
        return
    yield from _in_processes(runner, todo, min(workers, len(todo)))


def _in_processes(runner: JobRunner, todo: Sequence[Job], workers: int) -> Iterator[Outcome]:
    forked = sys.platform == "linux" and threading.active_count() == 1
    if forked:  # what is loaded here need not be loaded in each worker
        _load_writers(todo)
    else:
        runner = replace(runner, dossier=None)
    context = get_context("fork" if forked else "spawn")
    with ProcessPoolExecutor(workers, context, _begin, (os.getpid(), runner)) as pool:
        futures = [pool.submit(_run, job) for job in todo]
        try:
            for future in futures:
                yield _result(future)
        except BaseException:  # stopping does not wait for unfinished documents
            _end_workers()
            pool.shutdown(cancel_futures=True)  # its thread is gone before the interpreter ends, which would wake it
            publishing.sweep(runner.workspace.output)
            raise
    publishing.sweep(runner.workspace.output)


def _result(future: Future[Outcome]) -> Outcome:
    """Wait for a job, up to `LIMIT`; return its outcome."""
    if not wait([future], LIMIT).done:
        _end_workers()
        message, hint = f"it took longer than {LIMIT / 60:g} minutes and was stopped", "look for loops in its templates"
        return Outcome(problems=(Problem(Severity.ERROR, "build.time", message, None, hint),))
    try:
        return _outcome(future.result)
    except BrokenProcessPool:
        message, hint = "the process that made this document died", "try again with -j 1"
        return Outcome(problems=(Problem(Severity.ERROR, "build.died", message, None, hint),))


def _end_workers() -> None:
    """End the workers: they remove their unfinished files, if they can."""
    workers, end = active_children(), time.monotonic() + END
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join(max(0.0, end - time.monotonic()))
        worker.kill()


def _load_writers(todo: Sequence[Job]) -> None:
    formats = {name for job in todo for name in job.formats}
    if formats & {"pdf", "docx"}:
        with contextlib.suppress(ReportError):  # reported with the first job that needs it
            require_pango()
    for name in formats & set(FORMATS):
        importlib.import_module(FORMATS[name])


_RUNNER: list[JobRunner] = []
_FINISHED: list[str] = []
_RUNNING: list[Job] = []


def _begin(parent: int, runner: JobRunner) -> None:
    """Prepare a worker. The command that started it handles Ctrl-C, and then ends it; when that is gone, it ends, too."""
    _RUNNER[:] = [runner]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    threading.Thread(target=child.end_with, args=(parent,), daemon=True).start()


def _stop(*_: object) -> None:
    if not _RUNNING:
        os._exit(1)
    raise KeyboardInterrupt


def _run(job: Job) -> Outcome:
    if _FINISHED:
        gc.collect()
    _FINISHED[:] = [job.document]
    _RUNNING[:] = [job]
    try:
        return _RUNNER[0].run(job)
    except KeyboardInterrupt:  # its unfinished files are removed
        os._exit(1)
    finally:
        _RUNNING.clear()


def _outcome(result: Callable[[], Outcome]) -> Outcome:
    try:
        return result()
    except ReportError as error:
        if error.status == 3:
            raise
        return Outcome(problems=error.problems)
