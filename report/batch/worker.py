"""What a worker of a batch does: it makes one document after another, and keeps what they share."""

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
from report.batch.facts import Source
from report.batch.manifest import Entry, made_file
from report.formats import FORMATS
from report.isolation import memory
from report.values import Job, Problem, ReportError, Severity
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.pipeline import Checked

COLLECT = 25
"""After so many documents all garbage is collected; after each, what the document itself has left."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A document to make, where its facts come from, and what identifies these; see `report.batch.manifest.Entry`."""

    workspace: Workspace
    job: Job
    source: Source
    key: str
    choice: str
    of: int
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """The process that a worker belongs to, and how much memory it may take, in bytes."""

    parent: int
    memory: int


_COUNT = [0]


def begin(limits: Limits, workspace: Workspace) -> None:
    """Prepare a worker: it takes no more memory than it may, and ends when the command that started it is gone."""
    memory.limit(limits.memory)
    isolation.enter()
    threading.Thread(target=_watch, args=(limits.parent,), daemon=True).start()
    gc.collect()
    gc.freeze()  # what is loaded stays: nothing of it is looked through again
    gc.disable()


def make(unit: Unit) -> Entry:
    """Make a document and return what became of it; whatever is no problem of the user's is raised."""
    from report import pipeline

    began, cpu = time.perf_counter(), time.process_time()
    files, problems, status = (), [], "failed"
    try:
        checked = _checked(unit.workspace, unit.source, unit.key)
        job = unit.job
        if checked.dossier and job.document:
            problems += [*checked.of(job.document, job.language), *checked.of_none]
        else:
            problems += checked.problems
        if checked.dossier and not checked.errors and not (job.document and job.language):
            message, hint = "documents.yaml changed during the run", "run the command again"
            problems.append(Problem(Severity.ERROR, "facts.changed", message, None, hint))
        elif checked.dossier and job.document and not checked.stops(job.document, job.language):
            artifacts = pipeline.run(unit.workspace, unit.job, checked.dossier, anew=unit.anew)
            problems += [problem for artifact in artifacts for problem in artifact.problems]
            files = tuple(made_file(a.path, unit.workspace.output, a) for a in artifacts if a.format in FORMATS)
            status = "made"
    except ReportError as error:
        problems += error.problems
    _COUNT[0] += 1
    gc.collect(0 if _COUNT[0] % COLLECT else 2)
    told = tuple(p for p in dict.fromkeys(problems) if p.severity is not Severity.NOTE)
    entry = Entry(unit.job, unit.key, unit.choice, unit.of, status, files, problems=told)
    return replace(
        entry,
        seconds=round(time.perf_counter() - began, 3),
        cpu=round(time.process_time() - cpu, 3),
        memory=peak(),
        worker=os.getpid(),
    )


@functools.lru_cache(maxsize=2)
def _checked(workspace: Workspace, source: Source, _key: str) -> Checked:
    """Check an organisation once for all of its documents that come one after another."""
    return source.check(workspace)


def peak() -> int:
    """Return the most memory that this process had so far, in bytes; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _watch(parent: int) -> None:
    while _there(parent):
        time.sleep(1)
    os._exit(1)


def _there(process: int) -> bool:
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    # A process that was killed stays in the table until its own parent has asked after it.
    state = Path(f"/proc/{process}/stat")
    try:
        return state.read_text("ascii", "replace").rpartition(")")[2].split()[0] != "Z"
    except (OSError, IndexError):
        return True
