"""Run a batch: plan it, build what is missing, and write each document to the manifest as it is finished."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import filelock

from report.batch import sources
from report.batch.choice import Choice
from report.batch.manifest import Entry, Manifest
from report.batch.plan import plan
from report.batch.worker import Unit
from report.cache import store
from report.values import Location, Problem, ReportError
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.model.tables import Organisations

Engine = Callable[[Iterable[Unit]], Generator[Entry, None, None]]
"""Builds documents: the workers of this machine, or of a cluster. They are stopped when it is closed."""
PATIENCE = 0.2
"""Seconds to wait for a lock: another batch may be just removing its file."""


@dataclass(frozen=True, slots=True)
class Run:
    """A batch that has begun: how many documents are to be built, how many files are unchanged, and what is wrong."""

    todo: int
    unchanged: int
    problems: tuple[Problem, ...]
    entries: Generator[Entry, None, None]


@contextlib.contextmanager
def start(
    workspace: Workspace,
    choice: Choice,
    engine: Engine,
    options: Mapping[str, Any],
    table: Organisations | None = None,
    *,
    force: bool = False,
    resumed: bool = False,
) -> Iterator[Run]:
    """Plan a batch; its `entries` are built as they are asked for, each in the manifest before it is yielded.

    With `force`, only what the run that is `resumed` has already built is left as it is. Documents in progress are stopped, and
    their temporary files removed, when the context ends, however it ends. Raise `ReportError` where another batch writes
    to the same manifest.
    """
    manifest = Manifest(workspace.output, choice.shard)
    existed = workspace.output.is_dir()
    try:
        with _locked(manifest.path.with_suffix(".lock")):
            forced = (manifest.forced() if resumed else {}) if force else None
            planned = plan(workspace, choice, manifest.entries(), table, forced=forced)
            problems = (*(sources.table_problems(table) if table else ()), *planned.problems)
            options = {**options, "anew": force, "resumed": resumed}
            entries = _build(workspace, manifest, planned.units, engine, options)
            with contextlib.closing(entries):
                yield Run(len(planned.units), planned.unchanged, problems, entries)
    finally:
        if not existed:
            with contextlib.suppress(OSError):  # it is not empty
                workspace.output.rmdir()


def _build(
    workspace: Workspace, manifest: Manifest, units: list[Unit], engine: Engine, options: Mapping[str, Any]
) -> Generator[Entry, None, None]:
    if not units:
        return
    from report.pipeline import publishing

    publishing.sweep(workspace.output)
    manifest.begin(options)
    try:
        with contextlib.closing(engine(units)) as entries:
            for entry in entries:
                manifest.add(entry)
                yield entry
    finally:
        manifest.close()
        publishing.sweep(workspace.output, deep=True)
        store.sweep(workspace.cache)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock file; raise `ReportError` where another batch holds it, with the process that does.

    The system takes the lock from a process that ends, however it ends: a file that is left behind blocks nobody. Where no
    file can be written or locked, nothing is. A note beside the lock names its process: Windows lets nobody read a locked file.
    """
    lock, note = filelock.FileLock(path), path.with_name(path.name + ".json")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=PATIENCE, poll_interval=PATIENCE / 10)
    except filelock.Timeout:
        raise _refusal(path.parent, note) from None
    except (OSError, NotImplementedError):
        yield
        return
    try:
        with contextlib.suppress(OSError):
            holder = {"process": os.getpid(), "machine": platform.node(), "since": time.strftime("%Y-%m-%d %H:%M")}
            note.write_text(json.dumps(holder), "utf-8")
        yield
    finally:
        with contextlib.suppress(OSError):
            note.unlink(missing_ok=True)
        if os.name == "posix":  # Windows removes no open file
            path.unlink(missing_ok=True)
        lock.release()
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True) if os.name != "posix" else None


def _refusal(folder: Path, note: Path) -> ReportError:
    try:
        holder = json.loads(note.read_bytes())
        who = f"process {holder['process']} on {holder['machine']}, since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "another process"
    hint = "wait until it finishes, or write to another folder with -o DIR"
    return ReportError.of("batch.held", f"another batch writes to this folder: {who}", Location(folder), hint)
