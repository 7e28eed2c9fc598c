"""No wait of a batch is endless: a worker that never begins, one that is stopped, a scheduler that falls silent, a lost result."""

from __future__ import annotations

import dataclasses
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pebble
import psutil
import pytest

from report.batch import cluster, dask_worker, local_workers, timeouts
from report.batch.local_workers import LocalWorkers
from report.cache import fingerprint
from report.values import ReportError
from report.workspace import Workspace
from tests.batch import grid, poison

SLOW = [f"slow-{number}" for number in range(8)]


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[grid.Grid]:
    """A scheduler with one worker."""
    with grid.running(tmp_path_factory.mktemp("waits")) as made:
        made.workers()
        yield made


@pytest.fixture
def shared(tmp_path: Path) -> Workspace:
    (tmp_path / "data" / "lantern").mkdir(parents=True)
    (tmp_path / "output").mkdir()
    return Workspace.at(tmp_path)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeouts, "END", 1.0)


class _Sleeper:
    """What takes an hour to read: the worker that is given it never says that it has begun."""

    def __reduce__(self) -> Any:
        return time.sleep, (3600,)


def _unreadable(workspace: Workspace) -> Any:
    (unit,) = poison.units(workspace, ["good"])
    return dataclasses.replace(unit, source=_Sleeper())


def test_a_call_that_takes_too_long_is_left_to_itself() -> None:
    assert timeouts.within(60, lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        timeouts.within(60, lambda: 1 / 0)
    with pytest.raises(TimeoutError, match="no answer for 0.1 seconds"):
        timeouts.within(0.1, lambda: time.sleep(3600))


@pytest.mark.slow
def test_a_document_that_is_never_begun_is_given_up(shared: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    (good,) = poison.units(shared, ["good"])
    assert [entry.succeeded for entry in local_workers.build([good], LocalWorkers(1, 60), poison.take)] == [True]
    monkeypatch.setattr(timeouts, "START", 2.0)
    (lost,) = local_workers.build([_unreadable(shared)], LocalWorkers(1, 1), poison.take)
    assert lost.problems[0].code == "batch.time"


@pytest.mark.slow
def test_a_dask_worker_gives_it_up_too(shared: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    (mark := shared.output / "mark").mkdir(parents=True)
    order = dask_worker.Settings(mark, fingerprint.program(), fingerprint.inputs(shared, ()), 60, 10**9, poison.take)
    (good,) = poison.units(shared, ["good"])
    assert dask_worker.build(good, order).succeeded
    with monkeypatch.context() as hurried:
        hurried.setattr(timeouts, "START", 2.0)
        assert isinstance(dask_worker.build(_unreadable(shared), dataclasses.replace(order, seconds=1)), TimeoutError)
    assert dask_worker.build(good, order).succeeded
    dask_worker._stop_pool()


def test_workers_that_cannot_begin_are_told(shared: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent(pebble.ProcessPool):
        def schedule(self, *_: Any, **__: Any) -> Any:
            time.sleep(3600)

        stop = join = schedule

    monkeypatch.setattr(pebble, "ProcessPool", Silent)
    monkeypatch.setattr(timeouts, "START", 0.2)
    monkeypatch.setattr(timeouts, "END", 0.1)
    monkeypatch.setattr(local_workers, "PAUSE", 0.1)
    with pytest.raises(ReportError, match="no worker can be started: TimeoutError no answer for 0.2 seconds"):
        list(local_workers.build(poison.units(shared, ["good"]), LocalWorkers(1, 5), poison.take))


@pytest.mark.slow
def test_a_worker_that_is_stopped_does_not_hold_the_command(
    farm: grid.Grid, shared: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounds = farm.cluster(seconds=100)
    entries = cluster.build(poison.units(shared, ["good", *SLOW]), bounds, poison.take)
    assert next(entries).succeeded
    (worker,) = grid.dask_workers(farm.begun[1])
    worker.suspend()
    monkeypatch.setattr(timeouts, "WORKER_GIVEN_UP", 2 - bounds.seconds - bounds.patience)
    try:
        with pytest.raises(ReportError, match="have finished no document for 2 seconds") as raised:
            list(entries)
    finally:
        worker.resume()
    assert (raised.value.problems[0].code, bool(raised.value.problems[0].hint)) == ("batch.stuck", True)


@pytest.mark.slow
def test_a_scheduler_that_falls_silent_is_told(farm: grid.Grid, shared: Workspace) -> None:
    entries = cluster.build(poison.units(shared, ["good", *SLOW]), farm.cluster(patience=10), poison.take)
    assert next(entries).succeeded
    scheduler = psutil.Process(farm.begun[0].pid)
    scheduler.suspend()
    try:
        with pytest.raises(ReportError, match="does not answer .no answer for 10 seconds"):
            list(entries)
    finally:
        scheduler.resume()


@pytest.mark.slow
def test_one_that_takes_the_call_and_says_nothing_is_told(farm: grid.Grid, shared: Workspace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        silent = dataclasses.replace(farm.cluster(patience=1), address=f"tls://127.0.0.1:{mute.getsockname()[1]}")
        with pytest.raises(ReportError, match="does not answer"):
            list(cluster.build(poison.units(shared, ["good"]), silent, poison.take))


@pytest.mark.slow
def test_a_result_that_is_lost_is_waited_for_anew(
    farm: grid.Grid, shared: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a worker dies between saying that a document is done and handing on what came of it."""
    outcome, asked = cluster._result, []

    def lose(future: Any) -> Any:
        asked.append(future)
        return None if len(asked) < 3 else outcome(future)

    monkeypatch.setattr(cluster, "_result", lose)
    (entry,) = cluster.build(poison.units(shared, ["good"]), farm.cluster(), poison.take)
    assert entry.succeeded and len(asked) == 3


def test_a_result_that_does_not_arrive_is_no_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    class Future:
        def result(self, timeout: float | None = None) -> None:
            assert timeout is not None, "this would wait for ever"
            raise TimeoutError

    assert cluster._result(Future()) is None
