"""Call a function in the process that reads foreign files; whatever happens to that process is a problem of the file."""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import stat
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from report.isolation import child, messages
from report.isolation.child import Call, Failed, OutOfMemory, Raised, Returned, enter, inside
from report.isolation.limits import DEBUG, Limits
from report.isolation.reader import CannotStart, Died, NotReached, Reader, TimedOut
from report.values import Location, ReportError

__all__ = ["enter", "run"]

Result = TypeVar("Result")
_MOST_CALLS = 200
"""Calls after which a new process takes the place of the reader: libraries leak memory."""
_LOCK = threading.Lock()
_READERS: list[Reader] = []
"""The reader of this process, once there is one."""


def run(function: Callable[..., Result], *arguments: Any, about: Path, limits: Limits | None = None) -> Result:
    """Return the result of a function of a module, called in a process with limits of time and memory.

    `about` is the file that it reads: a `ReportError` for that file is raised where the function takes too long or too much
    memory, or kills the process. Its own `ReportError` is raised as it is. In a process that has limits of its own the
    function is simply called. Arguments and result are pickled.
    """
    _require_file(about)
    if inside():
        return function(*arguments)
    limits = limits or Limits.from_environment()
    call = Call(function.__module__, function.__name__, arguments, os.getcwd(), limits.seconds)
    with _LOCK:
        answer = _answer(call, about, limits)
    if isinstance(answer, Returned):
        return answer.value  # type: ignore[no-any-return]
    if isinstance(answer, Raised):
        raise answer.error
    if isinstance(answer, OutOfMemory):
        raise _out_of_memory(about, limits)
    raise _failed(about, answer)


def _require_file(path: Path) -> None:
    """Raise `ReportError` for a pipe or a device, which may be endless; a missing file is reported when it is read."""
    with contextlib.suppress(OSError, ValueError):
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            hint = "name a file; save the output of a pipe or device to a file first"
            raise ReportError.of("file.kind", "this is not an ordinary file", Location(path), hint)


def _answer(call: Call, about: Path, limits: Limits) -> child.Returned | Raised | OutOfMemory | Failed:
    try:
        try:
            answer = _reader(limits.memory).call(call)
        except NotReached:  # it has ended since its last call
            close()
            answer = _reader(limits.memory).call(call)
    except (MemoryError, messages.TooLong):  # the arguments or the result are too much for this process
        answer = OutOfMemory()
    except (pickle.UnpicklingError, AttributeError, ImportError, IndexError, TypeError, ValueError) as error:
        answer = Failed(type(error).__name__, str(error), traceback.format_exc())
    except (CannotStart, NotReached):
        message = "the process that reads foreign files cannot be started"
        raise ReportError.of(
            "file.reader", message, Location(about), "reinstall the program as the README describes"
        ) from None
    except TimedOut:
        message = f"reading it took longer than {limits.seconds:g} seconds and was stopped"
        hint = f"ask for a simpler file, or allow more:  report --read-seconds {limits.seconds * 3:g} …"
        raise ReportError.of("file.time", message, Location(about), hint) from None
    except Died as death:
        name = f" (signal {death.signal})" if death.signal else ""
        message = (
            f"the process that read it died{name}: a library failed on this file, "
            f"or needed more than {limits.memory / 1_000_000:g} MB of memory"
        )
        hint = f"open it in the program that made it and save it again; or allow more:  report --read-memory {limits.memory * 3 / 1_000_000:g} …"  # fmt: skip
        raise ReportError.of("file.died", message, Location(about), hint) from None
    finally:
        if _READERS and (_READERS[0].calls >= _MOST_CALLS or not _READERS[0].alive or _READERS[0].is_full):
            close()
    if isinstance(answer, OutOfMemory | Failed):
        close()  # its memory may not be freed
    return answer  # type: ignore[no-any-return]


def _reader(memory: int) -> Reader:
    """Return the reader of this process with these limits, or a new one."""
    if _READERS and _READERS[0].owner != os.getpid():  # it belongs to the parent that this process was forked from
        _READERS.pop().close()
    if _READERS and _READERS[0].memory != memory:
        close()
    if not _READERS:
        _READERS.append(Reader(memory))
    return _READERS[0]


def close() -> None:
    """End the reader of this process, if there is one."""
    while _READERS:
        reader = _READERS.pop()
        if reader.owner == os.getpid():
            reader.end()


atexit.register(close)


def _out_of_memory(about: Path, limits: Limits) -> ReportError:
    megabytes = limits.memory / 1_000_000
    message = f"reading it needs more than {megabytes:g} MB of memory"
    hint = f"ask for a simpler file, or allow more:  report --read-memory {megabytes * 3:g} …"
    return ReportError.of("file.memory", message, Location(about), hint)


def _failed(about: Path, failed: Failed) -> Exception:
    """Return the problem of a file that led to an unexpected error."""
    if os.environ.get(DEBUG):
        return RuntimeError(failed.trace)
    message = f"the file cannot be read: internal error ({failed.kind})"
    hint = (
        "open it in the program that made it and save it again; if that does not help, please report it, with the file"
    )
    return ReportError.of("file.fault", message, Location(about), hint)
