"""What one command line made: told again, before anything is parsed, if no byte of what goes in or came out changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from report.cache import fingerprint, store
from report.workspace import Workspace


def inputs(workspace: Workspace, organisations: tuple[str, ...]) -> str:
    """Return the fingerprint of all that the documents of some organisations are made from; nothing if unreadable."""
    try:
        return fingerprint.inputs(workspace, organisations)
    except OSError:  # told when it is read
        return ""


def recall(workspace: Workspace, organisations: tuple[str, ...], choice: Iterable[object]) -> store.Made | None:
    """Return what the same command made before, if it would make the same again."""
    record = _record(workspace, organisations, choice)
    key = inputs(workspace, organisations) if record.is_file() else ""
    return store.recall(record, key) if key else None


def remember(
    workspace: Workspace, organisations: tuple[str, ...], choice: Iterable[object], key: str, made: store.Made
) -> None:
    """Write down what a command made of inputs that had the fingerprint `key` when it began."""
    if key:
        store.remember(_record(workspace, organisations, choice), key, made)


def _record(workspace: Workspace, organisations: tuple[str, ...], choice: Iterable[object]) -> Path:
    name = hashlib.sha256(repr((str(workspace.root), str(workspace.output), organisations, tuple(choice))).encode())
    return workspace.cache / "builds" / name.hexdigest()[:32]
