"""One batch at a time for each manifest: two would make the same documents, and each other's temporary files their own."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from report.values import Location, ReportError

AGAIN = 20
"""So often a file is opened that another batch is just removing."""


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a lock file, which names this process and its machine; raise `ReportError` where another batch holds it.

    The system takes the lock from a process that ends, however it ends: a file that is left behind holds nobody up. Where
    nothing can be written, nothing is held.
    """
    try:
        file = _taken(path)
    except OSError:
        yield
        return
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            if os.name == "posix":  # Windows removes no open file
                path.unlink()
        file.close()
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True) if os.name != "posix" else None


def _taken(path: Path) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(AGAIN):
        file = path.open("a+b", buffering=0)
        try:
            if not _lock(file):
                raise _refused(path)
            state = os.fstat(file.fileno())
            if path.exists() and os.path.samestat(state, path.stat()):
                file.truncate(0)
                told = {"process": os.getpid(), "machine": platform.node(), "since": time.strftime("%Y-%m-%d %H:%M")}
                file.write(json.dumps(told).encode())
                return file
        except BaseException:
            file.close()
            raise
        file.close()  # its batch ended, and removed it, between opening and locking
    raise _refused(path)


def _lock(file: IO[bytes]) -> bool:
    """Lock a file, if no other process has; a file system without locks is trusted."""
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            file.seek(1 << 20)  # far behind what the file says, which others may read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def _refused(path: Path) -> ReportError:
    try:
        told = json.loads(path.read_bytes())
        who = f"process {told['process']} on {told['machine']}, since {told['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "another process"
    hint = "wait until it finishes, or write to another folder with -o DIR"
    return ReportError.of("batch.held", f"another batch writes to this folder: {who}", Location(path.parent), hint)
