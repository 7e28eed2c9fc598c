"""Workers that die, hang, grow or fail: exactly the documents that do this are reported, all others are made."""

from __future__ import annotations

import os
import signal
import sys
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pebble
import pytest
from pebble.pool.base_pool import PoolStatus

from report.batch import local_workers, worker
from report.batch.local_workers import LocalWorkers
from report.batch.manifest import Entry
from report.batch.sources import Folder
from report.batch.worker import Unit
from report.formats.charts import render
from report.isolation import memory
from report.values import Job, ReportError
from report.workspace import Workspace


def _units(root: Path, *names: str) -> list[Unit]:
    workspace = Workspace(root, root / "output")
    return [Unit(workspace, Job(name, "slip", "en", ("html",)), Folder(name), "key", "", 1) for name in names]


def _call(unit: Unit) -> Entry:
    """Stand in for making a document; what an organisation is called says what befalls its worker."""
    name = unit.job.organisation
    mark = unit.workspace.root / f"{name}.begun"
    first = not mark.exists()
    mark.touch()
    if "abort" in name:
        os.abort()
    if "leave" in name:
        os._exit(3)
    if "endless" in name:
        while True:
            time.sleep(0.01)
    if "raise" in name:
        raise ValueError("a slip of ours")
    if "grow" in name:
        bytearray(900_000_000)
    if "once" in name and first:
        os.kill(os.getpid(), signal.SIGKILL)
    return Entry(unit.job, unit.key, unit.choice, unit.of, "made", worker=os.getpid())


def _made(root: Path, *names: str, workers: int = 2) -> dict[str, Entry]:
    found = list(local_workers.build(_units(root, *names), LocalWorkers(workers, 1, 400_000_000), _call))
    assert len(found) == len(names)
    return {entry.job.organisation: entry for entry in found}


@pytest.mark.slow
def test_exactly_the_poison_is_reported(tmp_path: Path) -> None:
    good = [f"good-{number}" for number in range(8)]
    found = _made(tmp_path, *good[:3], "abort", "endless", *good[3:5], "leave", "raise", "grow", *good[5:], "once")
    assert {name for name, entry in found.items() if not entry.succeeded} == {
        "abort",
        "endless",
        "leave",
        "raise",
        "grow",
    }
    codes = {name: entry.problems[0].code for name, entry in found.items() if not entry.succeeded}
    assert codes == {
        "abort": "batch.died", "leave": "batch.died", "endless": "batch.time", "raise": "batch.fault",
        "grow": "batch.memory",
    }  # fmt: skip
    assert all(entry.problems[0].hint for entry in found.values() if not entry.succeeded)


def test_one_that_died_is_made_alone_in_a_new_process(tmp_path: Path) -> None:
    found = _made(tmp_path, "once-1", "once-2", "good", workers=1)
    assert all(entry.succeeded for entry in found.values())
    assert len({entry.worker for entry in found.values()}) == 3


def test_a_worker_that_is_killed_while_idle_is_replaced(tmp_path: Path) -> None:
    made = local_workers.build(_idle(tmp_path), LocalWorkers(1, 20), _call)
    assert [entry.succeeded for entry in made] == [True, True]


@pytest.mark.quick("1")
@pytest.mark.parametrize("lost", [1, 2])
def test_a_document_that_a_pool_lost_is_made_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: int
) -> None:
    """Its worker died while it had nothing to do, at the very moment when the document came."""

    class Losing(pebble.ProcessPool):
        given = 0

        def schedule(self, *arguments: Any, **named: Any) -> Any:
            Losing.given += 1
            if Losing.given > lost:
                return super().schedule(*arguments, **named)
            super().schedule(pow, (1, 1)).result()
            self._context.status = PoolStatus.ERROR
            return Future()

    monkeypatch.setattr(pebble, "ProcessPool", Losing)
    (entry,) = local_workers.build(_units(tmp_path, "good"), LocalWorkers(1, 20), _call)
    assert entry.succeeded if lost == 1 else entry.problems[0].code == "batch.died"


@pytest.mark.quick("1")
@pytest.mark.parametrize("failures", [1, 99])
def test_a_worker_that_cannot_be_started_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    class Failing(pebble.ProcessPool):
        tried = 0

        def schedule(self, *arguments: Any, **named: Any) -> Any:
            Failing.tried += 1
            if Failing.tried <= failures:
                raise BrokenProcessPool from OSError(11, "Resource temporarily unavailable")
            return super().schedule(*arguments, **named)

    monkeypatch.setattr(pebble, "ProcessPool", Failing)
    monkeypatch.setattr(local_workers, "PAUSE", 0.1)
    if failures == 1:
        assert _made(tmp_path, "good")["good"].succeeded
        return
    with pytest.raises(ReportError, match="no worker can be started: .*Resource temporarily unavailable") as raised:
        _made(tmp_path, "good")
    assert "--resume" in str(raised.value.problems[0].hint)


def _idle(root: Path):  # noqa: ANN202
    """Yield a document, kill the worker that made it, and yield another."""
    yield _units(root, "first")[0]
    before = {*_workers()}
    for process in before:
        os.kill(process, signal.SIGKILL)
    time.sleep(0.5)
    yield _units(root, "second")[0]


def _workers() -> list[int]:
    import multiprocessing

    return [p.pid for p in multiprocessing.active_children() if p.pid and p.name.startswith("pebble")]


def test_what_was_begun_ends_with_the_run(tmp_path: Path) -> None:
    made = local_workers.build(_units(tmp_path, "good", "endless"), LocalWorkers(2, 300), _call)
    next(made)
    assert _workers()
    made.close()
    assert not _workers()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such limit")
def test_the_limit_of_memory_bites_and_the_chart_engine_starts_under_it(tmp_path: Path) -> None:
    units = _units(tmp_path, "chart", "grow")
    found = {e.job.organisation: e for e in local_workers.build(units, LocalWorkers(1, 60, 300_000_000), _drawn)}
    assert found["chart"].succeeded and not found["grow"].succeeded


def _drawn(unit: Unit) -> Entry:
    if unit.job.organisation == "chart":
        vega = render._engine()
        drawn = vega.vegalite_to_svg({"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a"}}})
        assert drawn.startswith("<svg")
    else:
        bytearray(300_000_000)
    return Entry(unit.job, unit.key, unit.choice, unit.of, "made")


def test_nothing_breaks_where_there_is_no_such_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    memory.limit(1)
    memory.reserve.__wrapped__()
    monkeypatch.setitem(sys.modules, "resource", None)
    assert worker.peak() == 0


def test_a_worker_is_replaced_before_it_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_workers, "PER_WORKER", 2)
    found = _made(tmp_path, *[f"good-{number}" for number in range(6)], workers=1)
    assert len({entry.worker for entry in found.values()}) == 3
