"""Wait for changes of the files that an organisation's documents are made of. Files are looked at twice a second: no other program is needed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from report.model.loading.load import SHARED
from report.workspace import Workspace

INTERVAL = 0.5
"""Seconds between two looks."""
SETTLED = 0.1
"""Seconds for which nothing changes before a change counts: editors write a file in several steps."""
_MOST = 20
"""Looks after which a change counts although files still change."""

Snapshot = dict[str, tuple[int, int, int]]
"""The time of the last change in nanoseconds, the size in bytes and the number of each file, by its path."""


def snapshot(workspace: Workspace, organisation: str) -> Snapshot:
    """Return the state of an organisation's folder, of what organisations share, of profiles and of templates."""
    found: Snapshot = {}
    for folder in (workspace.data / organisation, *workspace.profile_roots, *workspace.template_roots):
        found.update(_states(folder))
    for name in SHARED:
        found.update(_state(workspace.data / name))
    return found


def changes(
    workspace: Workspace, organisation: str, sleep: Callable[[float], None] = time.sleep
) -> Iterator[list[Path]]:
    """Yield the files that are changed, added or removed from now on, each time that there are some; without end.

    What is changed while the caller works is not lost: it is the next change.
    """
    return _changes(workspace, organisation, sleep, snapshot(workspace, organisation))


def _changes(
    workspace: Workspace, organisation: str, sleep: Callable[[float], None], before: Snapshot
) -> Iterator[list[Path]]:
    while True:
        after = snapshot(workspace, organisation)
        if after == before:
            sleep(INTERVAL)
            continue
        for _ in range(_MOST):
            sleep(SETTLED)
            later = snapshot(workspace, organisation)
            if later == after:
                break
            after = later
        changed = [Path(name) for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
        before = after
        if changed:
            yield sorted(changed)


def _states(folder: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Yield the files in a folder and below it; hidden ones, such as those that editors write aside, do not count."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith((".", "#")) or entry.name.endswith("~") or entry.name == "__pycache__":
            continue
        try:
            is_folder = entry.is_dir(follow_symlinks=False)
        except OSError:
            continue
        yield from _states(Path(entry.path)) if is_folder else _state(Path(entry.path))


def _state(path: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    try:
        state = path.stat()
    except OSError:
        return
    yield str(path), (state.st_mtime_ns, state.st_size, state.st_ino)
