"""Batches on a Dask cluster: what dies, hangs or is killed there costs its own document alone."""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import importlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import distributed
import psutil
import pytest
from click.testing import CliRunner

from report.batch import cluster, dask_worker, retry
from report.batch.manifest import Entry
from report.cache import fingerprint
from report.cli.batch import command
from report.values import MissingSystemLibrary, ReportError, UsageError
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
    return {entry.job.document: entry.problems[0].code for entry in entries if not entry.succeeded}


def test_one_worker_makes_documents_and_tells_a_fault(shared: Workspace, tmp_path: Path) -> None:
    with grid.running(tmp_path) as small:
        small.workers("--no-nanny")
        entries = list(
            cluster.build(poison.units(shared, ["good-1", "raise-1", "good-2"]), small.cluster(), poison.take)
        )
    assert _codes(entries) == {"raise-1": "batch.fault"} and len(entries) == 3


@pytest.mark.slow
def test_only_documents_that_do_harm_are_lost(farm: grid.Grid, shared: Workspace) -> None:
    good = [f"good-{number}" for number in range(16)]
    units = poison.units(shared, [*good[:8], "crash-1", "hang-1", "once-1", "raise-1", "crash-2", *good[8:]])
    entries = list(cluster.build(units, farm.cluster(seconds=2), poison.take))
    assert _codes(entries) == {
        "crash-1": "batch.died", "crash-2": "batch.died", "hang-1": "batch.time", "raise-1": "batch.fault",
    }  # fmt: skip
    assert sorted(entry.job.document for entry in entries if entry.succeeded) == sorted([*good, "once-1"])
    assert sorted(path.stem for path in shared.output.glob("*.txt")) == sorted([*good, "once-1"])
    assert list(shared.output.rglob(".building-*")) == []
    assert not any(psutil.pid_exists(entry.worker) for entry in entries if entry.succeeded)


@pytest.mark.slow
def test_what_a_killed_dask_worker_had_is_made_by_another(farm: grid.Grid, shared: Workspace) -> None:
    units = poison.units(shared, [f"slow-{number}" for number in range(8)])
    nannies = farm.begun[1]

    def kill() -> None:
        grid.within(30, lambda: _begun(shared))
        grid.dask_workers(nannies)[0].kill()

    killer = threading.Thread(target=kill)
    killer.start()
    entries = list(cluster.build(units, farm.cluster(seconds=20), poison.take))
    killer.join()
    assert sorted(entry.job.document for entry in entries if entry.succeeded) == sorted(u.job.document for u in units)
    grid.within(10, lambda: not any(psutil.pid_exists(pid) for pid in _begun(shared)))


@pytest.mark.slow
def test_ten_processes_killed_three_crashes_and_two_loops(farm: grid.Grid, shared: Workspace) -> None:
    good = [f"slow-{number}" for number in range(30)]
    bad = ["crash-1", "crash-2", "crash-3", "hang-1", "hang-2"]
    killed: set[int] = set()

    def kill() -> None:
        while len(killed) < 10:
            for pid in _begun(shared) - killed:
                with contextlib.suppress(psutil.NoSuchProcess):
                    psutil.Process(pid).kill()
                    killed.add(pid)

    killer = threading.Thread(target=kill)
    killer.start()
    entries = list(cluster.build(poison.units(shared, [*good, *bad]), farm.cluster(seconds=5), poison.take))
    killer.join()
    assert sorted(_codes(entries)) == bad
    assert sorted(path.stem for path in shared.output.glob("*.txt")) == sorted(good)
    assert list(shared.output.rglob(".building-*")) == []


@pytest.mark.slow
def test_who_stops_leaves_nothing_behind(farm: grid.Grid, shared: Workspace) -> None:
    entries = cluster.build(poison.units(shared, ["good", "hang-1", "hang-2"]), farm.cluster(seconds=60), poison.take)
    assert next(entries).succeeded
    grid.within(20, lambda: _begun(shared))
    entries.close()  # what Ctrl-C comes to
    assert not any(psutil.pid_exists(pid) for pid in _begun(shared))
    assert list(shared.output.rglob(".building-*")) == []
    again = list(cluster.build(poison.units(shared, ["good-1", "good-2"]), farm.cluster(seconds=60), poison.take))
    assert [entry.succeeded for entry in again] == [True, True]


def _begun(workspace: Workspace) -> set[int]:
    """Return the processes that began a slow document, or one that hangs."""
    return {int(path.read_text() or 0) for path in workspace.output.glob("*.begun")} - {0}


LANTERN = """name: The Lantern Society
country: IE
languages: [en]
about: The society keeps the lights of small harbours burning.
"""
DOCUMENTS = (
    "documents: [{id: report, kind: annual-report, title: Report, languages: [en], formats: [html], date: 2026-01-31}]"
)


@pytest.mark.slow
def test_the_command_makes_real_documents_on_a_cluster(farm: grid.Grid, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "lantern"
    folder.mkdir(parents=True)
    (folder / "organisation.yaml").write_text(LANTERN)
    (folder / "documents.yaml").write_text(DOCUMENTS)
    shown, address = farm.certificates, f"tls://127.0.0.1:{farm.port}"
    words = [sys.executable, "-c", "from report.cli.main import main; main()", "batch", "-w", str(tmp_path), "--json"]
    words += ["--scheduler", address, "--tls-ca", str(shown.ca), "--tls-cert", str(shown.cert)]
    done = subprocess.run(
        [*words, "--tls-key", str(shown.key)], capture_output=True, text=True, cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(grid.ROOT)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert told[0]["files"] == ["lantern/report/report-en.html"]
    assert (tmp_path / "output" / told[0]["files"][0]).is_file()
    assert told[-1]["summary"]["made"] == 1


def _error(kind: type[ReportError], cluster_: object) -> str:
    with pytest.raises(kind) as caught:
        list(cluster_())  # type: ignore[operator]
    problem = caught.value.problems[0]
    assert problem.hint
    return f"{problem.code}: {problem.message}"


@pytest.mark.parametrize("address", ["tcp://here:8786", "here:8786", "tls://", "ucx://here:8786"])
def test_what_is_not_encrypted_is_refused(address: str) -> None:
    assert "over TLS" in _error(UsageError, lambda: [cluster.Cluster(address)])


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--scheduler", "tcp://here:8786"], "over TLS"),
        (["--scheduler", "tls://here:8786", "-j", "4"], "-j cannot be used with --scheduler"),
        (["--tls-ca", "ca.pem"], "certificates need --scheduler"),
        (["--scheduler", "tls://here:8786", "--tls-ca", "ca.pem"], "no such file"),
    ],
)
def test_the_command_refuses_what_makes_no_sense(shared: Workspace, options: list[str], told: str) -> None:
    words = ["-w", str(shared.root), *options]
    assert told in _error(UsageError, lambda: [CliRunner().invoke(command, words, catch_exceptions=False)])
    assert not shared.output.exists()


def test_certificates_must_be_there_and_be_certificates(shared: Workspace, tmp_path: Path) -> None:
    units = poison.units(shared, ["good"])
    assert "no such file" in _error(UsageError, lambda: [cluster.Cluster("tls://here:8786", tmp_path / "ca.pem")])
    assert "needs certificates" in _error(UsageError, lambda: cluster.build(units, cluster.Cluster("tls://here:8786")))
    (tmp_path / "ca.pem").write_text("nothing")
    wrong = cluster.Cluster("tls://here:8786", *[tmp_path / "ca.pem"] * 3)
    assert "cannot be used" in _error(UsageError, lambda: cluster.build(units, wrong))
    assert list(shared.output.iterdir()) == []


def test_dask_is_an_extra(shared: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    made = cluster.build(poison.units(shared, ["good"]), cluster.Cluster("tls://here:8786"))
    with pytest.raises(MissingSystemLibrary) as caught:
        next(made)
    assert "pip install 'ngo-report[dask]'" in (caught.value.problems[0].hint or "")


def test_another_authority_is_told(farm: grid.Grid, shared: Workspace, tmp_path: Path) -> None:
    other = grid.Grid(grid.certificates(tmp_path / "other"), tmp_path, farm.port).cluster()
    assert "different authorities" in _error(
        ReportError, lambda: cluster.build(poison.units(shared, ["good"]), other, poison.take)
    )


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Dask's, closing what is no more
def test_a_scheduler_that_is_silent_idle_or_gone_is_told(
    shared: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = poison.units(shared, ["good"])
    with grid.running(tmp_path) as alone:
        silent = dataclasses.replace(alone.cluster(patience=1), address="tls://127.0.0.1:1")
        assert "does not answer" in _error(ReportError, lambda: cluster.build(units, silent, poison.take))
        assert "no worker has joined" in _error(
            ReportError, lambda: cluster.build(units, alone.cluster(patience=5), poison.take)
        )
        monkeypatch.setattr(cluster, "_require_workers", lambda *_: alone.begun[0].kill())
        assert "was lost" in _error(ReportError, lambda: cluster.build(units, alone.cluster(patience=30), poison.take))
    gc.collect()


def test_a_worker_that_is_unfit_says_why(shared: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    unit = poison.units(shared, ["good"])[0]
    mark = shared.output / "mark"
    mark.mkdir(parents=True)
    fit = dask_worker.Settings(mark, fingerprint.program(), fingerprint.inputs(shared, ()), 10, 1, poison.take)
    dask_worker._require_fit(unit, fit)
    other = dataclasses.replace(unit, workspace=Workspace(tmp_path / "elsewhere", shared.output))
    for given, order, told in (
        (other, fit, "cannot see the folder"),
        (unit, dataclasses.replace(fit, mark=shared.output / "gone"), "cannot see the folder"),
        (unit, dataclasses.replace(fit, program="another"), "another version"),
        (unit, dataclasses.replace(fit, inputs="others"), "other templates"),
    ):
        outcome = dask_worker.build(given, order)
        assert isinstance(outcome, dask_worker.Unfit) and told in str(outcome)
    monkeypatch.setattr(dask_worker.multiprocessing, "current_process", lambda: type("Daemon", (), {"daemon": True}))
    assert "is not allowed to start processes" in str(dask_worker.build(unit, fit))


@pytest.mark.slow
def test_a_worker_that_is_unfit_stops_the_batch(shared: Workspace, tmp_path: Path) -> None:
    with grid.running(tmp_path) as daemons:
        daemons.workers(DASK_DISTRIBUTED__WORKER__DAEMON="True")
        units = poison.units(shared, ["good"])
        assert "is not allowed to start processes" in _error(
            ReportError, lambda: cluster.build(units, daemons.cluster(), poison.take)
        )


def test_a_cluster_that_lacks_the_program_is_told(
    farm: grid.Grid, shared: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "only_here.py").write_text("def take(unit):\n    return unit\n")
    monkeypatch.syspath_prepend(tmp_path)
    call = importlib.import_module("only_here").take
    told = _error(ReportError, lambda: cluster.build(poison.units(shared, ["good"]), farm.cluster(), call))
    assert told.startswith("batch.cluster: the cluster cannot run the program") and "only_here" in told


def test_what_killed_every_worker_is_tried_alone(shared: Workspace) -> None:
    class Future:
        def result(self, timeout: float | None = None) -> None:
            raise distributed.KilledWorker("key", None, 3)

    outcome = cluster._result(Future())
    assert isinstance(outcome, Exception)
    problem = retry.failure(poison.units(shared, ["good"])[0], outcome, 300, 1_000_000_000).problems[0]
    assert (problem.code, problem.message) == ("batch.died", "the process that made it died, twice")


def test_another_dask_is_told() -> None:
    class Client:
        def get_versions(self) -> dict:
            return {"scheduler": {"packages": {"distributed": "2020.1"}}}

    assert "has Dask 2020.1" in _error(ReportError, lambda: cluster._require_same_dask(Client(), "2026.8") or [])
