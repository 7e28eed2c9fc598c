"""The folder of the cache: one record for each command line, one record with its files for each document.

A record holds the fingerprint of its inputs. One with another fingerprint is ignored and replaced; so is a file that has changed
since. Nothing here raises: a cache that cannot be read or written costs time, not documents.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from report import files
from report.cache import fingerprint, records
from report.values import Artifact, Problem
from report.workspace import Workspace

Result = tuple[list[Artifact], list[Problem]]
_KEY = 64
_RECORD = ".record-"
OF_THE_MACHINE = frozenset({"docx.contents"})
"""Codes of problems that go away when something is installed, though no input changes."""


def is_unchanged(path: Path, sha256: str) -> bool:
    """Say whether a file exists with exactly these bytes."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def is_reproducible(result: Result) -> bool:
    """Say whether nothing in a result is missing because this machine lacks a library."""
    artifacts, problems = result
    return not any(p.code in OF_THE_MACHINE for p in (*problems, *(p for a in artifacts for p in a.problems)))


def inputs(workspace: Workspace, organisations: tuple[str, ...]) -> str:
    """Return the fingerprint of all inputs of some organisations' documents; empty if they cannot be read."""
    try:
        return fingerprint.inputs(workspace, organisations)
    except OSError:  # reported when they are read
        return ""


def recall_build(workspace: Workspace, organisations: tuple[str, ...], choice: Iterable[object]) -> Result | None:
    """Return the earlier result of a command line, if its inputs and all of its files are unchanged; nothing is parsed."""
    record = _build_record(workspace, organisations, choice)
    key = inputs(workspace, organisations) if record.is_file() else ""
    result = _read(record, key) if key else None
    return result if result and all(is_unchanged(a.path, a.sha256) for a in result[0] if a.sha256) else None


def remember_build(
    workspace: Workspace, organisations: tuple[str, ...], choice: Iterable[object], key: str, result: Result
) -> None:
    """Record the result of a command line whose inputs had the fingerprint `key` when it began."""
    if key:
        _remember(_build_record(workspace, organisations, choice), key, result)


def _build_record(workspace: Workspace, organisations: tuple[str, ...], choice: Iterable[object]) -> Path:
    name = hashlib.sha256(repr((str(workspace.root), str(workspace.output), organisations, tuple(choice))).encode())
    return workspace.cache / "builds" / name.hexdigest()[:32]


def restore(folder: Path, key: str, target: Path) -> list[Artifact] | None:
    """Return a document's files; those that are not in `target` are copied there from the cache."""
    result = _read(folder / "record", key)
    if not result:
        return None
    for artifact in result[0]:
        place = target / artifact.path.name
        in_place = not artifact.sha256 or is_unchanged(place, artifact.sha256)
        if not in_place and not _copy(folder / artifact.path.name, artifact.sha256, place):
            return None
    return result[0]


def keep(folder: Path, key: str, artifacts: list[Artifact]) -> None:
    """Save a document's files with their record, in place of earlier ones."""
    if not is_reproducible((artifacts, [])):
        return
    with contextlib.suppress(OSError):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        for artifact in artifacts:
            if artifact.sha256:
                _link(artifact.path, folder / artifact.path.name)
        _remember(folder / "record", key, (artifacts, []))


def _read(record: Path, key: str) -> Result | None:
    try:
        content = record.read_bytes()
    except OSError:
        return None
    return records.load(content[_KEY + 1 :]) if content[:_KEY] == key.encode() else None


def _remember(target: Path, key: str, result: Result) -> None:
    """Write a record of a result that would be the same again, on any machine."""
    if not is_reproducible(result):
        return
    with contextlib.suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=_RECORD + files.mark(), dir=target.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.encode() + b"\n" + records.dump(*result))
        os.replace(temporary, target)


def sweep(cache: Path) -> None:
    """Remove unfinished records of processes that were killed."""
    for left in cache.rglob(f"{_RECORD}*"):
        if files.is_abandoned(left, _RECORD):
            with contextlib.suppress(OSError):  # another process was faster
                left.unlink()


def _copy(source: Path, sha256: str, target: Path) -> bool:
    """Put a copy in place in one step, if it is unchanged."""
    if not is_unchanged(source, sha256):
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
    """Keep a file without a second copy of its bytes, where the file system can."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
