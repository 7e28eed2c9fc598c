"""Batches on a Dask cluster: what dies, hangs or is killed there costs its own document alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from report.batch import cluster
from report.batch.manifest import Entry
from report.workspace import Workspace
from tests.batch import grid, poison


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[grid.Grid]:
    """A scheduler and two worker processes, each under its nanny."""
    with grid.running(tmp_path_factory.mktemp("cluster")) as made:
        made.workers("--nworkers", "2")
        yield made


@pytest.fixture
def shared(tmp_path: Path) -> Workspace:
    (tmp_path / "data" / "lantern").mkdir(parents=True)
    return Workspace.at(tmp_path)


def _codes(entries: list[Entry]) -> dict[str, str]:
    return {entry.job.document: entry.problems[0].code for entry in entries if not entry.made}


def test_only_documents_that_do_harm_are_lost(farm: grid.Grid, shared: Workspace) -> None:
    good = [f"good-{number}" for number in range(16)]
    units = poison.units(shared, [*good[:8], "crash-1", "hang-1", "once-1", "raise-1", "crash-2", *good[8:]])
    entries = list(cluster.made(units, farm.cluster(seconds=2), poison.take))
    assert _codes(entries) == {
        "crash-1": "batch.died", "crash-2": "batch.died", "hang-1": "batch.time", "raise-1": "batch.fault",
    }  # fmt: skip
    assert sorted(entry.job.document for entry in entries if entry.made) == sorted([*good, "once-1"])
    assert sorted(path.stem for path in shared.output.glob("*.txt")) == sorted([*good, "once-1"])
    assert list(shared.output.glob(".building-*")) == []
    grid.within(10, lambda: not any(psutil.pid_exists(entry.worker) for entry in entries if entry.made))


def test_what_a_killed_dask_worker_had_is_made_by_another(farm: grid.Grid, shared: Workspace) -> None:
    units = poison.units(shared, [f"slow-{number}" for number in range(8)])
    nannies = farm.begun[1]

    def kill() -> None:
        grid.within(20, lambda: any(shared.output.glob("*.begun")))
        grid.dask_workers(nannies)[0].kill()

    killer = threading.Thread(target=kill)
    killer.start()
    entries = list(cluster.made(units, farm.cluster(seconds=20), poison.take))
    killer.join()
    assert sorted(entry.job.document for entry in entries if entry.made) == sorted(u.job.document for u in units)
