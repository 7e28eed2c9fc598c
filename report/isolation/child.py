"""What runs in the process that reads foreign files: one call after another, until there are no more."""

from __future__ import annotations

import faulthandler
import gc
import importlib
import math
import os
import signal
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from typing import IO, Any

from report.isolation import memory, messages
from report.values import ReportError

SPARE = 5
"""Seconds of processor time beyond a call's limit after which the system ends this process, if its parent has not."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function by its names, its arguments, its working folder, and its time limit in seconds."""

    module: str
    function: str
    arguments: tuple[Any, ...]
    folder: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Returned:
    """The result of a function."""

    value: Any


@dataclass(frozen=True, slots=True)
class Raised:
    """The problems that a function raised."""

    error: ReportError


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The function needed too much memory."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A function raised another error: its type, its message and its traceback."""

    kind: str
    message: str
    trace: str


_INSIDE = [False]


def enter() -> None:
    """Declare that this process has limits of its own: `run` calls functions directly."""
    _INSIDE[0] = True


def inside() -> bool:
    """Say whether this process has limits of its own."""
    return _INSIDE[0]


def serve(requests: IO[bytes], answers: IO[bytes], most: int) -> None:
    """Answer calls until there are no more. What libraries write to the standard streams is discarded."""
    enter()
    _detach()
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    gc.enable()  # the command line turns it off, and a hostile file may create cycles
    memory.limit(memory.used() + most)  # the memory that a fork shares with its parent does not count
    out_of_memory = messages.packed(OutOfMemory())  # while there is memory
    try:
        messages.send(answers, messages.packed(None))  # ready
    except OSError:
        return
    while True:
        try:
            call: Call = messages.receive(requests)
        except (EOFError, OSError):
            return
        try:
            answer = _answer(call)
        except MemoryError:
            answer = out_of_memory
        try:
            messages.send(answers, answer)
        except OSError:
            return


def end_with(parent: int) -> None:
    """End this process when its parent is gone: one that waits for a file uses no processor time that could be limited."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _answer(call: Call) -> bytes:
    """Return the answer to a call, packed; whatever it raises is an answer, too."""
    limit_processor_time(call.seconds)
    try:
        os.chdir(call.folder)
        function = getattr(importlib.import_module(call.module), call.function)
        return messages.packed(Returned(function(*call.arguments)))
    except ReportError as error:
        return messages.packed(Raised(error))
    except (MemoryError, messages.TooLong):
        return messages.packed(OutOfMemory())
    except Exception as error:  # noqa: BLE001 - libraries fail on hostile files in every way; --debug shows how
        return messages.packed(Failed(type(error).__name__, str(error), traceback.format_exc()))


def limit_processor_time(seconds: float) -> None:
    """Let the system end this process when it runs long after its limit: its parent may be gone."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds + SPARE)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _detach() -> None:
    """Leave Ctrl-C to the parent, and replace the standard streams by the null device."""
    faulthandler.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.close(null)
    sys.stdin, sys.stdout, sys.stderr = (open(os.devnull, mode, encoding="utf-8") for mode in ("r", "w", "w"))  # noqa: SIM115


def main() -> None:
    """Serve on standard input and output; the argument of the program is the memory limit in bytes."""
    with os.fdopen(os.dup(0), "rb") as requests, os.fdopen(os.dup(1), "wb") as answers:
        serve(requests, answers, int(sys.argv[1]))
