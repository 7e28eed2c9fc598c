"""Output may not arrive: the disk is full, or the reader is gone. Neither ends the work, nor Python in its own way.

Python raises where a line is printed, and once more where it flushes while it ends: with status 120 and a traceback.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Guarded(io.FileIO):
    """A descriptor that is replaced by the null device when writing fails; `failure` is why, unless the reader left."""

    failure: OSError | None = None

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            reader_left = isinstance(error, ConnectionError) or os.name == "nt" and error.errno == errno.EINVAL
            self.failure = None if reader_left else error
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, self.fileno())
            os.close(null)
            return memoryview(data).nbytes


_COMMANDS = re.compile("\x1b(?!\\[[0-9;]*m)|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
"""Control sequences of a terminal, except colours; names in files may contain them."""


class _Terminal(io.TextIOWrapper):
    """A stream that passes no control sequences of others to a terminal; a file gets the text as it is."""

    def write(self, text: str, /) -> int:
        super().write(_COMMANDS.sub("\ufffd", text) if self.isatty() else text)
        return len(text)


def guard() -> None:
    """Guard standard output and error, as UTF-8. One that is closed becomes the null device, so that no opened file takes its place."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest free number, so this one
    sys.stdout, sys.stderr = _guarded(sys.stdout), _guarded(sys.stderr)


def _guarded(stream: TextIO | None) -> TextIO:
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")
    if not isinstance(stream, io.TextIOWrapper):
        return stream  # replaced by another program
    stream.reconfigure(encoding="utf-8", errors="replace")
    if not isinstance(getattr(stream.buffer, "raw", stream.buffer), io.FileIO):  # a console of Windows
        return stream
    raw = _Guarded(stream.fileno(), "w", closefd=False)
    return _Terminal(
        io.BufferedWriter(raw), "utf-8", "replace",
        line_buffering=stream.line_buffering, write_through=stream.write_through,
    )  # fmt: skip


def finish() -> OSError | None:
    """Flush both streams; return why some output did not arrive, if so."""
    failure: OSError | None = None
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
        raw = getattr(getattr(stream, "buffer", None), "raw", None)
        failure = failure or getattr(raw, "failure", None)
    return failure
