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
from report.values import Artifact, Outcome
from report.workspace import Workspace

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


def is_reproducible(outcome: Outcome) -> bool:
    """Return whether nothing is missing in the files because this machine lacks a library."""
    return not any(problem.code in OF_THE_MACHINE for problem in outcome.problems)


def inputs(workspace: Workspace, organisations: tuple[str, ...]) -> str:
    """Return the fingerprint of all inputs of some organisations' documents; empty if they cannot be read."""
    try:
        return fingerprint.inputs(workspace, organisations)
    except OSError:  # reported when they are read
        return ""


def recall_build(workspace: Workspace, organisations: tuple[str, ...], choice: Iterable[object]) -> Outcome | None:
    """Return the earlier outcome of a command line, if its inputs and all of its files are unchanged; nothing is parsed."""
    record = _build_record(workspace, organisations, choice)
    key = inputs(workspace, organisations) if record.is_file() else ""
    outcome = _read(record, key) if key else None
    return outcome if outcome and all(is_unchanged(a.path, a.sha256) for a in outcome.artifacts) else None


def remember_build(
    workspace: Workspace, organisations: tuple[str, ...], choice: Iterable[object], key: str, outcome: Outcome
) -> None:
    """Record the outcome of a command line whose inputs had the fingerprint `key` when it began."""
    if key:
        _remember(_build_record(workspace, organisations, choice), key, outcome)


def _build_record(workspace: Workspace, organisations: tuple[str, ...], choice: Iterable[object]) -> Path:
    name = hashlib.sha256(repr((str(workspace.root), str(workspace.output), organisations, tuple(choice))).encode())
    return workspace.cache / "builds" / name.hexdigest()[:32]


def restore(folder: Path, key: str, target: Path) -> Outcome | None:
    """Return a document's outcome; those of its files that are not in `target` are copied there from the cache."""
    outcome = _read(folder / "record", key)
    if not outcome or not all(_restore(folder, artifact, target) for artifact in outcome.artifacts):
        return None
    return outcome


def _restore(folder: Path, artifact: Artifact, target: Path) -> bool:
    """Copy a file to `target` unless it is there; return whether it is there now."""
    place = target / artifact.path.name
    return is_unchanged(place, artifact.sha256) or _copy(folder / artifact.path.name, artifact.sha256, place)


def keep(folder: Path, key: str, outcome: Outcome) -> None:
    """Save a document's files with their record, in place of earlier ones."""
    if not is_reproducible(outcome):
        return
    with contextlib.suppress(OSError):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        for artifact in outcome.artifacts:
            _link(artifact.path, folder / artifact.path.name)
        _remember(folder / "record", key, outcome)


def _read(record: Path, key: str) -> Outcome | None:
    try:
        content = record.read_bytes()
    except OSError:
        return None
    return records.load(content[_KEY + 1 :]) if content[:_KEY] == key.encode() else None


def _remember(target: Path, key: str, outcome: Outcome) -> None:
    """Write a record of an outcome that would be the same again, on any machine."""
    if not is_reproducible(outcome):
        return
    with contextlib.suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=_RECORD + files.mark(), dir=target.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.encode() + b"\n" + records.dump(outcome))
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
