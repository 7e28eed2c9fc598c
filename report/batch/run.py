"""Run a batch: plan it, make what is missing, and write down each document as it is finished."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from report.batch import facts, lock
from report.batch.manifest import Entry, Manifest
from report.batch.plan import Choice, plan
from report.batch.worker import Unit
from report.cache import store
from report.values import Problem
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.model.tables import Organisations

Engine = Callable[[Iterable[Unit]], Generator[Entry, None, None]]
"""What makes documents: the workers of this machine, or of a cluster. They are stopped when it is closed."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A batch that begins: how many documents are to be made, how many files were there before, and what is wrong."""

    todo: int
    unchanged: int
    problems: tuple[Problem, ...]
    entries: Generator[Entry, None, None]


@contextlib.contextmanager
def begun(
    workspace: Workspace,
    choice: Choice,
    engine: Engine,
    options: Mapping[str, Any],
    table: Organisations | None = None,
    *,
    anew: bool = False,
    resumed: bool = False,
) -> Iterator[Begun]:
    """Plan a batch; its `entries` are made as they are asked for, each in the manifest before it is yielded.

    Where all is made `anew`, what the run that is `resumed` made so already stays.

    What is under way is stopped, and what it leaves removed, when the context ends, whatever ends it. Raise `ReportError`
    where another batch writes to the same manifest.
    """
    manifest = Manifest(workspace.output, choice.shard)
    before = workspace.output.is_dir()
    try:
        with lock.held(manifest.path.with_suffix(".lock")):
            already = (manifest.made_anew() if resumed else {}) if anew else None
            planned = plan(workspace, choice, manifest.entries(), table, anew=already)
            wrong = (*(facts.apart(table) if table else ()), *planned.problems)
            entries = _made(workspace, manifest, planned.units, engine, {**options, "anew": anew, "resumed": resumed})
            with contextlib.closing(entries):
                yield Begun(len(planned.units), planned.unchanged, wrong, entries)
    finally:
        if not before:
            with contextlib.suppress(OSError):  # it is not empty
                workspace.output.rmdir()


def _made(
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
