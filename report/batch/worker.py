"""What a worker of a batch does: it builds one document after another, and keeps what they share."""

from __future__ import annotations

import functools
import gc
import os
import sys
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from report import isolation
from report.batch.manifest import Entry, WrittenFile, written_file
from report.batch.sources import Source
from report.isolation import memory
from report.values import Job, Problem, ReportError, Severity
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.pipeline import Checked

COLLECT = 25
"""After this many documents all garbage is collected; after each, only what the document itself has left."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A document to build and the source of its facts; `key`, `choice` and `of` are those of `report.batch.manifest.Entry`."""

    workspace: Workspace
    job: Job
    source: Source
    key: str
    choice: str
    of: int
    force: bool = False


_count = 0


def begin(parent: int, most: int, workspace: Workspace) -> None:
    """Prepare a worker: limit its memory to so many bytes, and end it when the process that started it is gone."""
    memory.limit(most)
    isolation.enter()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    gc.collect()
    gc.freeze()  # what is loaded stays: the collector need not look at it again
    gc.disable()


def build(unit: Unit) -> Entry:
    """Build a document and return its entry; only an internal error is raised."""
    from report import pipeline

    global _count
    began, cpu = time.perf_counter(), time.process_time()
    files: tuple[WrittenFile, ...] = ()
    problems: list[Problem] = []
    status = "failed"
    try:
        checked = _checked(unit.workspace, unit.source, unit.key)
        job = unit.job
        if checked.dossier and job.document:
            problems += [*checked.of(job.document, job.language), *checked.errors_of_no_document]
        else:
            problems += checked.problems
        if checked.dossier and not checked.errors and not (job.document and job.language):
            message, hint = "documents.yaml changed during the run", "run the command again"
            problems.append(Problem(Severity.ERROR, "facts.changed", message, None, hint))
        elif checked.dossier and job.document and not checked.stops(job.document, job.language):
            outcome = pipeline.run(unit.workspace, unit.job, checked.dossier, force=unit.force)
            problems += outcome.problems
            files = tuple(written_file(a, unit.workspace.output) for a in outcome.artifacts)
            status = "made"
    except ReportError as error:
        problems += error.problems
    _count += 1
    gc.collect(0 if _count % COLLECT else 2)
    reported = tuple(p for p in dict.fromkeys(problems) if p.severity is not Severity.NOTE)
    elapsed, used = round(time.perf_counter() - began, 3), round(time.process_time() - cpu, 3)
    entry = Entry(unit.job, unit.key, unit.choice, unit.of, status, files, elapsed, used, problems=reported)
    return replace(entry, memory=peak(), worker=os.getpid())


@functools.lru_cache(maxsize=2)
def _checked(workspace: Workspace, source: Source, _key: str) -> Checked:
    """Check an organisation once for all of its documents, which come one after another."""
    return source.check(workspace)


def peak() -> int:
    """Return the peak memory of this process, in bytes; 0 where the system does not report it."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _end_with(parent: int) -> None:
    while _exists(parent):
        time.sleep(1)
    os._exit(1)


def _exists(process: int) -> bool:
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    # A killed process stays in the table until its own parent has waited for it.
    state = Path(f"/proc/{process}/stat")
    try:
        return state.read_text("ascii", "replace").rpartition(")")[2].split()[0] != "Z"
    except (OSError, IndexError):
        return True
