"""Imported first by the process that workers are forked from: only the command handles Ctrl-C, and then stops them."""

from __future__ import annotations

import signal
import sys
from types import TracebackType

signal.signal(signal.SIGINT, signal.SIG_IGN)
if hasattr(signal, "pthread_sigmask"):  # it began with SIGINT blocked; a pending one is ignored now
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _excepthook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Hide the errors of a worker that starts while the command ends: what it needs is gone."""
    if not issubclass(kind, FileNotFoundError | EOFError | ConnectionError | KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _excepthook
