"""A document whose worker died, or that took too long, is tried once more, alone; on one machine and on many."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool

from report.batch.manifest import Entry
from report.batch.worker import Unit
from report.values import Problem, Severity

Result = Entry | Exception
"""A document's entry, or why the process that built it gave none."""
Run = Callable[[Iterator[Unit], bool], Iterator[tuple[Unit, Result]]]
"""Build documents, in any order: many at a time, or, where the second is true, one at a time in a new process each."""
_NO_PICKLE = "Unpicklable"
"""So Pebble says that a worker's answer, an internal error, did not arrive."""


def with_retry(units: Iterable[Unit], run: Run, seconds: float, memory: int) -> Generator[Entry, None, None]:
    """Yield each document's entry as it is finished; a failed process is reported when its document has failed alone, too.

    `seconds` and `memory`, in bytes, are the limits of a document, for the messages.
    """
    again: list[Unit] = []
    for unit, result in run(iter(units), False):
        if isinstance(result, Entry) and not _ran_out_of_memory(result):
            yield result
        else:
            again.append(unit)
    for unit, result in run(iter(again), True):
        yield result if isinstance(result, Entry) else failure(unit, result, seconds, memory)


def _ran_out_of_memory(entry: Entry) -> bool:
    """Say whether a template ran out of memory: earlier documents may have used up the worker's."""
    return any(problem.code == "template.memory" for problem in entry.problems)


def failure(unit: Unit, error: Exception, seconds: float, memory: int) -> Entry:
    """Return the entry of a document that could not be built even alone."""
    from pebble import ProcessExpired

    code, message, hint = "batch.fault", f"internal error: {type(error).__name__} {error}", "please report it"
    if isinstance(error, TimeoutError):
        code, message = "batch.time", f"it took longer than {seconds:g} seconds, twice"
        hint = "look for loops in its templates, or allow more time: --timeout SECONDS"
    elif isinstance(error, MemoryError):
        code, message = "batch.memory", f"it needed more than {memory // 1_000_000} MB of memory, twice"
        hint = "look for huge pictures, or allow more: --memory MB"
    elif isinstance(error, ProcessExpired) or (isinstance(error, BrokenProcessPool) and _NO_PICKLE not in str(error)):
        status = f" (status {number})" if (number := getattr(error, "exitcode", 0)) else ""
        code, message = "batch.died", f"the process that made it died, twice{status}"
        one = f"{unit.job.organisation} --document {unit.job.document}" if unit.job.document else unit.job.organisation
        hint = f"try it alone:  report batch {one}  , or allow more memory: --memory MB"
    return Entry(unit.job, "", "", 0, "failed", problems=(Problem(Severity.ERROR, code, message, None, hint),))
