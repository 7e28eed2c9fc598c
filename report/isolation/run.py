"""Call a function in the process that reads files from outside; what befalls that process is a problem of the file."""

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
from report.isolation.child import Call, Failed, Raised, Returned, Starved, enter, inside
from report.isolation.limits import DEBUG, Limits
from report.isolation.worker import CannotBegin, Died, Gone, TookTooLong, Worker
from report.values import Location, ReportError

__all__ = ["enter", "run"]

Result = TypeVar("Result")
_MOST_CALLS = 200
"""After so many calls another process takes the place of the one that answers: libraries lose memory."""
_LOCK = threading.Lock()
_WARM: list[Worker] = []
"""The process that answers, once there is one."""


def run(function: Callable[..., Result], *arguments: Any, about: Path, limits: Limits | None = None) -> Result:
    """Return what a function of a module returns, called in a process with limits of time and memory.

    `about` is the file that it reads: where it takes too long, too much memory, or kills the process, `ReportError` says so
    of that file. Its own `ReportError` is raised here as it is. In a process that has limits already the function is simply
    called. Arguments and result are pickled.
    """
    if inside():
        _require_ordinary(about)
        return function(*arguments)
    _require_ordinary(about)
    limits = limits or Limits.from_environment()
    call = Call(function.__module__, function.__name__, arguments, os.getcwd(), limits.seconds)
    with _LOCK:
        answer = _answer(call, about, limits)
    if isinstance(answer, Returned):
        return answer.value  # type: ignore[no-any-return]
    if isinstance(answer, Raised):
        raise answer.error
    if isinstance(answer, Starved):
        raise _starved(about, limits)
    raise _failed(about, answer)


def _require_ordinary(path: Path) -> None:
    """Raise `ReportError` for a pipe or a device, which is read without end, or not at all; what is missing is told by who reads."""
    with contextlib.suppress(OSError, ValueError):
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            hint = "name a file; save the output of a pipe or device to a file first"
            raise ReportError.of("file.kind", "this is not an ordinary file", Location(path), hint)


def _answer(call: Call, about: Path, limits: Limits) -> child.Returned | Raised | Starved | Failed:
    try:
        try:
            answer = _worker(limits.memory).call(call)
        except Gone:  # something else ended it since its last call
            close()
            answer = _worker(limits.memory).call(call)
    except (MemoryError, messages.TooLong):  # what it is given, or returned, is too much for this process
        answer = Starved()
    except (pickle.UnpicklingError, AttributeError, ImportError, IndexError, TypeError, ValueError) as error:
        answer = Failed(type(error).__name__, str(error), traceback.format_exc())
    except (CannotBegin, Gone):
        message = "the process that reads foreign files cannot be started"
        raise ReportError.of(
            "file.reader", message, Location(about), "reinstall the program as the README describes"
        ) from None
    except TookTooLong:
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
        if _WARM and (_WARM[0].calls >= _MOST_CALLS or not _WARM[0].alive or _WARM[0].is_full):
            close()
    if isinstance(answer, Starved | Failed):
        close()  # what it has taken may not come back
    return answer  # type: ignore[no-any-return]


def _worker(memory: int) -> Worker:
    """Return the process that answers: the one that is there, or a new one where it is another's or has other limits."""
    if _WARM and _WARM[0].owner != os.getpid():  # it was forked together with this process, and is its parent's
        _WARM.pop().forget()
    if _WARM and _WARM[0].memory != memory:
        close()
    if not _WARM:
        _WARM.append(Worker(memory))
    return _WARM[0]


def close() -> None:
    """End the process that answers, where there is one of this process."""
    while _WARM:
        worker = _WARM.pop()
        if worker.owner == os.getpid():
            worker.end()


atexit.register(close)


def _starved(about: Path, limits: Limits) -> ReportError:
    megabytes = limits.memory / 1_000_000
    message = f"reading it needs more than {megabytes:g} MB of memory"
    hint = f"ask for a simpler file, or allow more:  report --read-memory {megabytes * 3:g} …"
    return ReportError.of("file.memory", message, Location(about), hint)


def _failed(about: Path, failed: Failed) -> Exception:
    """Return the problem of a file on which a library, or the program, failed in a way that nobody foresaw."""
    if os.environ.get(DEBUG):
        return RuntimeError(failed.trace)
    message = f"the file cannot be read: internal error ({failed.kind})"
    hint = (
        "open it in the program that made it and save it again; if that does not help, please report it, with the file"
    )
    return ReportError.of("file.fault", message, Location(about), hint)
