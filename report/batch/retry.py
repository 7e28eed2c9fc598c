"""What died with its worker, or took too long, is tried once more, alone; this tells what became of it. It is the same on
one machine and on many.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from report.batch.manifest import Entry, failed
from report.batch.worker import Unit

Outcome = Entry | Exception
"""What became of a document, or what befell the process that made it."""
Run = Callable[[Iterator[Unit], bool], Iterator[tuple[Unit, Outcome]]]
"""Makes documents, in any order: many at a time, or, where the second is true, one at a time in a new process each."""


_NO_PICKLE = "Unpicklable"
"""So Pebble says that what a worker told, an error of ours, did not arrive."""


class Bounds(Protocol):
    """What a document may take: seconds, and bytes of memory for the process that makes it."""

    @property
    def seconds(self) -> float: ...
    @property
    def memory(self) -> int: ...


def twice(units: Iterable[Unit], run: Run, bounds: Bounds) -> Generator[Entry, None, None]:
    """Yield each document's entry as it is finished; what befell a process is told when its document failed alone, too."""
    again: list[Unit] = []
    for unit, outcome in run(iter(units), False):
        if isinstance(outcome, Entry) and not _starved(outcome):
            yield outcome
        else:
            again.append(unit)
    for unit, outcome in run(iter(again), True):
        yield outcome if isinstance(outcome, Entry) else lost(unit, bounds, outcome)


def _starved(entry: Entry) -> bool:
    """Say whether a template ran out of memory: the worker may have grown by what it made before."""
    return any(problem.code == "template.memory" for problem in entry.problems)


def lost(unit: Unit, bounds: Bounds, error: Exception) -> Entry:
    """Return the entry of a document that could not be made even alone."""
    from pebble import ProcessExpired

    code, message, hint = "batch.fault", f"internal error: {type(error).__name__} {error}", "please report it"
    if isinstance(error, TimeoutError):
        code, message = "batch.time", f"it took longer than {bounds.seconds:g} seconds, twice"
        hint = "look for loops in its templates, or allow more time: --timeout SECONDS"
    elif isinstance(error, MemoryError):
        code, message = "batch.memory", f"it needed more than {bounds.memory // 1_000_000} MB of memory, twice"
        hint = "look for huge pictures, or allow more: --memory MB"
    elif isinstance(error, ProcessExpired) or (isinstance(error, BrokenProcessPool) and _NO_PICKLE not in str(error)):
        status = f" (status {number})" if (number := getattr(error, "exitcode", 0)) else ""
        code, message = "batch.died", f"the process that made it died, twice{status}"
        one = f"{unit.job.organisation} --document {unit.job.document}" if unit.job.document else unit.job.organisation
        hint = f"try it alone:  report batch {one}  , or allow more memory: --memory MB"
    return failed(unit.job, code, message, hint)
