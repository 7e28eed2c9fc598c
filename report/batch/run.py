"""Run a batch: plan it, make what is missing, and write down each document as it is finished."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from report.batch.manifest import Entry, Manifest
from report.batch.plan import Choice, plan
from report.batch.worker import Unit
from report.cache import store
from report.pipeline import publishing
from report.values import Problem
from report.workspace import Workspace

Engine = Callable[[Iterable[Unit]], Iterator[Entry]]
"""What makes documents: the workers of this machine, or of a cluster."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A batch that begins: how many documents are to be made, how many files were there before, and what is wrong."""

    todo: int
    unchanged: int
    problems: tuple[Problem, ...]
    entries: Generator[Entry, None, None]


def begin(
    workspace: Workspace, choice: Choice, engine: Engine, options: Mapping[str, Any], *, anew: bool = False
) -> Begun:
    """Plan a batch; its `entries` are made as they are asked for, each in the manifest before it is yielded."""
    manifest = Manifest(workspace.output, choice.shard)
    planned = plan(workspace, choice, {} if anew else manifest.entries(), anew=anew)
    return Begun(
        len(planned.units),
        planned.unchanged,
        tuple(planned.problems),
        _made(workspace, manifest, planned.units, engine, options),
    )


def _made(
    workspace: Workspace, manifest: Manifest, units: list[Unit], engine: Engine, options: Mapping[str, Any]
) -> Generator[Entry, None, None]:
    if not units:
        return
    publishing.sweep(workspace.output)
    manifest.begin(options)
    try:
        for entry in engine(units):
            manifest.add(entry)
            yield entry
    finally:
        manifest.close()
        publishing.sweep(workspace.output, deep=True)
        store.sweep(workspace.cache)
