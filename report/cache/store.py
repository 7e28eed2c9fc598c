"""The folder of the cache: one record for each command line, one record with its files for each document.

A record holds the fingerprint of what it was made from. One that does not fit is passed over, and written anew; so is a
file that was changed since. Nothing here raises: a cache that cannot be read or written costs time, not documents.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from report import files
from report.cache import records
from report.values import Artifact, Problem

Made = tuple[list[Artifact], list[Problem]]
_KEY = 64
_RECORD = ".record-"
OF_THE_MACHINE = frozenset({"docx.contents"})
"""Codes of problems that go away when something is installed, though no input changes."""


def same(path: Path, sha256: str) -> bool:
    """Say whether a file is there, with just those bytes."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def recall(record: Path, key: str) -> Made | None:
    """Return what a record of that fingerprint says, if all of its files are still in place as they were made."""
    found = _read(record, key)
    return found if found and all(same(a.path, a.sha256) for a in found[0] if a.sha256) else None


def remember(record: Path, key: str, made: Made) -> None:
    """Write a record of what would be made the same again: not of what this machine could not do today."""
    if lasting(made):
        _write(record, key.encode() + b"\n" + records.dump(*made))


def lasting(made: Made) -> bool:
    """Say whether nothing that was made lacks what a library of the machine would have given it."""
    artifacts, problems = made
    return not any(p.code in OF_THE_MACHINE for p in (*problems, *(p for a in artifacts for p in a.problems)))


def restore(folder: Path, key: str, target: Path) -> list[Artifact] | None:
    """Return a document's files, and put those in place at `target` that are not there, from the cache's own copies."""
    found = _read(folder / "record", key)
    if not found:
        return None
    made = []
    for artifact in found[0]:
        place = target / artifact.path.name
        if (
            artifact.sha256
            and not same(place, artifact.sha256)
            and not _copy(folder / artifact.path.name, artifact.sha256, place)
        ):
            return None
        made.append(artifact)
    return made


def keep(folder: Path, key: str, artifacts: list[Artifact]) -> None:
    """Keep a document's files with their record, instead of what was kept of it before."""
    if not lasting((artifacts, [])):
        return
    with contextlib.suppress(OSError):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        for artifact in artifacts:
            if artifact.sha256:
                _link(artifact.path, folder / artifact.path.name)
        remember(folder / "record", key, (artifacts, []))


def _read(record: Path, key: str) -> Made | None:
    try:
        content = record.read_bytes()
    except OSError:
        return None
    return records.load(content[_KEY + 1 :]) if content[:_KEY] == key.encode() else None


def _write(target: Path, content: bytes) -> None:
    with contextlib.suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=_RECORD + files.mark(), dir=target.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.replace(temporary, target)


def sweep(cache: Path) -> None:
    """Remove records that were being written when their process was killed."""
    for left in cache.rglob(f"{_RECORD}*"):
        if files.is_abandoned(left, _RECORD):
            with contextlib.suppress(OSError):  # another process was faster
                left.unlink()


def _copy(source: Path, sha256: str, target: Path) -> bool:
    """Put a copy in place in one step, if it is still what it was."""
    if not same(source, sha256):
        return False
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".building-" + files.mark(), dir=target.parent) as scratch:
            shutil.copyfile(source, Path(scratch) / target.name)
            os.replace(Path(scratch) / target.name, target)
    except OSError:
        return False
    return True


def _link(source: Path, target: Path) -> None:
    """Keep a file without a second copy of its bytes where the file system can."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
