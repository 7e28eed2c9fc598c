"""``report build`` in several processes: none is waited for without end, and who stops the command stops them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from report.batch import pool
from report.values import Artifact, Job, Outcome
from report.workspace import Workspace
from tests.batch.support import begun, left, tiny, until

JOBS = [Job("lantern", name, "en", ("xlsx",)) for name in ("good", "hang", "other")]


class _Runner(pool.JobRunner):
    """What is done instead of making a document; a class, since workers may have to import it."""

    def run(self, job: Job) -> Outcome:
        if job.document == "hang":
            time.sleep(3600)
        return Outcome((Artifact(Path(job.document), "xlsx", ""),))


@pytest.fixture
def runner(tmp_path: Path) -> pool.JobRunner:
    (tmp_path / "data" / "lantern").mkdir(parents=True)
    return _Runner(Workspace.at(tmp_path), None)


@pytest.mark.slow
def test_a_document_that_never_ends_is_stopped(runner: pool.JobRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "LIMIT", 10.0)
    outcomes = list(pool.build(runner, JOBS, 2))
    assert [artifact.path.name for artifact in outcomes[0].artifacts] == ["good"]
    assert [problem.code for problem in outcomes[1].problems] == ["build.time"] and outcomes[1].problems[0].hint
    assert len(outcomes) == 3 and not multiprocessing.active_children()


def test_who_stops_does_not_wait(runner: pool.JobRunner) -> None:
    outcomes = pool.build(runner, JOBS, 2)
    assert next(outcomes).artifacts
    outcomes.close()
    assert not multiprocessing.active_children()


@pytest.mark.quick("[2]")
@pytest.mark.skipif(os.name != "posix", reason="other systems have no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_stopped_says_so_and_leaves_nothing(tmp_path: Path, number: int) -> None:
    tiny(tmp_path, "Good", *["Slow"] * 6)
    with begun(tmp_path, "-j", "2", command="build") as process:
        assert until(lambda: list((tmp_path / "output").rglob("*.xlsx")))
        if number == signal.SIGINT:
            os.killpg(process.pid, number)  # as a terminal does it: to the workers, too
        else:
            process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130 and "Traceback" not in err
    assert err.strip().endswith("interrupted; finished files are kept")  # a finished document may have a warning before
    assert not left(tmp_path) and "org-07" not in out
