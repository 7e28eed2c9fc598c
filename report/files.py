"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
import functools
import glob
import hashlib
import os
import platform
import re
import shutil
import tempfile
import time
from pathlib import Path

from report.values import Location, ReportError


def replace(target: Path, content: bytes, *, durable: bool = False) -> str:
    """Put `content` in place of `target` in one step and return its SHA-256 in hexadecimal.

    What is `durable` is there after a loss of power, too. The bytes go to a temporary file beside the target first, so a good file is never replaced by half of another; those that
    killed processes left there are removed. Raise `ReportError` where the folder cannot be written to.
    """
    temporary = None
    if not target.is_file() and (target.exists() or target.is_symlink()):
        hint = "name another file" if target.exists() else "remove it, or name another file"
        what = "a folder" if target.is_dir() else "not an ordinary file" if target.exists() else "a broken link"
        raise ReportError.of("output.write", f"cannot be written: it is {what}", Location(target), hint)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep_beside(target.parent)
        begin = f".{_shortened(target.name)}."
        descriptor, temporary = tempfile.mkstemp(prefix=begin + mark(), dir=target.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~umask())
        os.replace(temporary, target)
        temporary = None
    except OSError as error:
        raise ReportError.of(
            "output.write",
            f"cannot be written: {error.strerror}",
            Location(target),
            "is it open in another program, or the disk full?",
        ) from None
    finally:
        if temporary:
            os.unlink(temporary)
    return hashlib.sha256(content).hexdigest()


def sweep(folder: Path, begin: str) -> None:
    """Remove the files and folders in `folder` whose names begin with `begin`, where the process that made them is gone."""
    for left in folder.glob(f"{glob.escape(begin)}*"):
        if is_abandoned(left, begin):
            _remove(left)


_BESIDE = re.compile(r"\..+\.(?=[0-9a-f]{8}-\d+-[^.]+$)")
"""How the name of a temporary file begins, before the mark of its process."""


@functools.lru_cache(maxsize=4096)
def _sweep_beside(folder: Path) -> None:
    """Remove the temporary files of a folder whose process is gone, once for this process: a folder may have thousands."""
    for left in folder.glob(".*"):
        if (begin := _BESIDE.match(left.name)) and is_abandoned(left, begin[0]):
            _remove(left)


def _remove(left: Path) -> None:
    """Remove what a process left; what is another user's stays."""
    with contextlib.suppress(OSError):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


SCRATCH = "report-scratch-"
"""How folders begin that are made among the system's temporary files."""


def sweep_temporary() -> None:
    """Remove the folders among the system's temporary files whose process is gone."""
    sweep(Path(tempfile.gettempdir()), SCRATCH)


_LONGEST = 100
"""Bytes of a name that are kept in a temporary one, which may have 255 with its mark."""


def _shortened(name: str) -> str:
    encoded = os.fsencode(name)
    if len(encoded) <= _LONGEST:
        return name
    return encoded[: _LONGEST - 9].decode("utf-8", "ignore") + "-" + hashlib.sha256(encoded).hexdigest()[:8]


def state(path: Path) -> tuple[int, int]:
    """Return what changes with the content of a file: its time of modification in nanoseconds, and its size in bytes."""
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; it is read once, unless it changes."""
    return _digest(path, state(path))


@functools.lru_cache(maxsize=4096)
def _digest(path: Path, _state: tuple[int, int]) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def mark() -> str:
    """Return the beginning of the names of this process's temporary files: machine, since folders are shared, and process."""
    return f"{_machine()}-{os.getpid()}-"


def is_abandoned(path: Path, begin: str) -> bool:
    """Say whether the process of a temporary file is gone, whose mark follows `begin` in its name; or the file a day old."""
    machine, _, rest = path.name.removeprefix(begin).partition("-")
    process = rest.partition("-")[0]
    if machine == _machine() and process.isdigit() and os.name == "posix":  # signal 0 would end a process on Windows
        return not _alive(int(process))
    try:
        return time.time() - path.stat().st_mtime > 86400
    except OSError:  # it is gone by now
        return False


def _machine() -> str:
    """Return 8 digits for this machine; a container with the name of its host still numbers its processes itself."""
    namespace = ""
    with contextlib.suppress(OSError):  # not Linux
        namespace = os.readlink("/proc/self/ns/pid")
    return hashlib.sha256(f"{platform.node()}{namespace}".encode()).hexdigest()[:8]


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # another user's
        return True
    return True


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
