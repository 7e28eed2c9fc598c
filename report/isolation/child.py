"""What the process does that reads files from outside: one call after another, until nobody asks any more."""

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
"""Seconds of processor time beyond a call's limit after which the system ends this process, if its parent could not."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function by its names, what it is given, the folder it works in, and its seconds."""

    module: str
    function: str
    arguments: tuple[Any, ...]
    folder: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Returned:
    """What a function returned."""

    value: Any


@dataclass(frozen=True, slots=True)
class Raised:
    """The problems that a function raised."""

    error: ReportError


@dataclass(frozen=True, slots=True)
class Starved:
    """The memory did not suffice."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A function raised what it should not have: the error's type, its words, and where it came from."""

    kind: str
    message: str
    trace: str


_INSIDE = [False]


def enter() -> None:
    """Note that this process is limited already: what asks for another one runs here."""
    _INSIDE[0] = True


def inside() -> bool:
    """Say whether this process is limited already."""
    return _INSIDE[0]


def serve(requests: IO[bytes], answers: IO[bytes], most: int) -> None:
    """Answer calls until there are no more. Libraries that write to the standard streams write to nobody."""
    enter()
    _quiet()
    threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
    gc.enable()  # the command line holds it back, and a hostile file makes circles
    memory.limit(memory.used() + most)  # what a fork has from its parent is not its own
    starved = messages.packed(Starved())  # while there is memory for it
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
            answer = starved
        try:
            messages.send(answers, answer)
        except OSError:
            return


def _follow(parent: int) -> None:
    """End this process when its parent is gone: one that waits for a file takes no time that the system could limit."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _answer(call: Call) -> bytes:
    """Return what comes of a call, packed; whatever it raises is an answer."""
    limit_processor_time(call.seconds)
    try:
        os.chdir(call.folder)
        function = getattr(importlib.import_module(call.module), call.function)
        return messages.packed(Returned(function(*call.arguments)))
    except ReportError as error:
        return messages.packed(Raised(error))
    except (MemoryError, messages.TooLong):
        return messages.packed(Starved())
    except Exception as error:  # noqa: BLE001 - libraries fail on hostile files in every way; it is told, and with --debug shown
        return messages.packed(Failed(type(error).__name__, str(error), traceback.format_exc()))


def limit_processor_time(seconds: float) -> None:
    """Let the system end this process where it goes on long after its limit: its parent may be gone."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds + SPARE)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _quiet() -> None:
    """Leave Ctrl-C to the parent, and let nothing out by the standard streams."""
    faulthandler.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    sys.stdin, sys.stdout, sys.stderr = (open(os.devnull, mode, encoding="utf-8") for mode in ("r", "w", "w"))  # noqa: SIM115


def main() -> None:
    """Serve on the standard input and output; the program's argument is the memory in bytes."""
    with os.fdopen(os.dup(0), "rb") as requests, os.fdopen(os.dup(1), "wb") as answers:
        serve(requests, answers, int(sys.argv[1]))
