"""Imported first by the process that workers are forked from: Ctrl-C is for the command alone, which then stops them."""

from __future__ import annotations

import signal
import sys
from types import TracebackType

signal.signal(signal.SIGINT, signal.SIG_IGN)
if hasattr(signal, "pthread_sigmask"):  # it began with Ctrl-C held back; what came since is ignored now
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _hushed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say nothing of a worker that was to begin while the command ended: what it needs is gone."""
    if not issubclass(kind, FileNotFoundError | EOFError | ConnectionError | KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _hushed
