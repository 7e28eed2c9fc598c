"""``report batch`` while its workers die, its documents do harm, or it is stopped: what is left, and how it goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.batch.support import batch, begun, in_session, left, tiny, told, until

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")


def _made(root: Path) -> list[str]:
    return [entry["job"]["organisation"] for entry in told(root) if entry["status"] == "made"]


def _files(root: Path, names: list[str]) -> dict[str, int]:
    return {name: (root / "output" / name / "slip" / "slip-en.xlsx").stat().st_mtime_ns for name in names}


def _gone(process: subprocess.Popen[str]) -> bool:
    return until(lambda: not in_session(process.pid), 5)


def test_poison_is_reported_and_the_others_are_made(tmp_path: Path) -> None:
    tiny(tmp_path, "Good", "Endless", "Huge", "Good", "Wrong", "Good")
    with begun(tmp_path, "-j", "2", "--timeout", "3", "--memory", "600") as process:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 1 and _gone(process)
        assert sorted(_made(tmp_path)) == ["org-01", "org-04", "org-06"] and len(told(tmp_path)) == 6
        codes = {e["job"]["organisation"]: e["problems"][0]["code"] for e in told(tmp_path) if e["status"] == "failed"}
        assert codes == {"org-02": "batch.time", "org-03": "template.memory", "org-05": "template.undefined"}
        assert "3 files written" in out and "3 documents failed" in out
        assert err.count("was not built:") == 3 and "--timeout SECONDS" in err and "Traceback" not in err
        assert not left(tmp_path)


@pytest.mark.slow
def test_documents_whose_workers_are_killed_are_made_after_all(tmp_path: Path) -> None:
    tiny(tmp_path, *["Slow"] * 20)  # so many that none is tried alone yet when the last worker is killed
    with begun(tmp_path, "-j", "2") as process:
        for _ in range(3):
            _kill(process)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert "20 files written" in out and sorted(_made(tmp_path)) == [f"org-{n:02}" for n in range(1, 21)]
        assert not left(tmp_path) and _gone(process)


def _kill(process: subprocess.Popen[str]) -> None:
    """Kill a worker in the middle of a document."""
    at_work: list[int] = []
    assert until(lambda: at_work.extend(_workers(process)) or at_work)
    os.kill(at_work[0], signal.SIGKILL)
    assert until(lambda: at_work[0] not in in_session(process.pid))


def _workers(process: subprocess.Popen[str]) -> list[int]:
    """Return the workers that are in the middle of a document: their temporary folders name them."""
    folder = Path(process.args[process.args.index("-w") + 1]) / "output"  # type: ignore[index,union-attr]
    found = [int(path.name.split("-")[2]) for path in folder.glob(".building-*")]
    return [worker for worker in found if worker in in_session(process.pid)]


@pytest.mark.slow
def test_a_run_that_is_killed_is_taken_up_and_nothing_is_made_twice(tmp_path: Path) -> None:
    tiny(tmp_path, *["Slow"] * 8)
    with begun(tmp_path, "-j", "2", "--format", "xlsx") as process:
        assert until(lambda: (tmp_path / "output" / "manifest.jsonl").exists() and len(_made(tmp_path)) >= 2)
        process.kill()
        process.communicate()
        assert until(lambda: not in_session(process.pid), 3 + 3), "workers outlive the command"
        before = _made(tmp_path)
        files = _files(tmp_path, before)
        assert 2 <= len(before) < 8
        with (tmp_path / "output" / "manifest.jsonl").open("ab") as manifest:
            manifest.write(b'{"job": {"organisation": "org-')  # the power failed in the middle of a line
        status, out, err = batch(tmp_path, "-j", "2", "--resume")
        assert status == 0, err
        assert f"{len(before)} unchanged" in out and sorted(_made(tmp_path)) == [f"org-{n:02}" for n in range(1, 9)]
        assert files == _files(tmp_path, before), "a file was written twice"
        assert not left(tmp_path)


@pytest.mark.quick("15")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_says_what_is_left(tmp_path: Path, number: int) -> None:
    tiny(tmp_path, *["Slow"] * 6)
    with begun(tmp_path, "-j", "2") as process:
        assert until(lambda: (tmp_path / "output" / "manifest.jsonl").exists() and _made(tmp_path))
        if number == signal.SIGINT:
            os.killpg(process.pid, number)  # as a terminal does it: to the workers, too
        else:
            process.send_signal(number)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 130 and "Traceback" not in err
        said = [
            f"interrupted: {n} built, {6 - n} left:  report batch --resume\n" for n in range(1 + len(_made(tmp_path)))
        ]
        assert err.endswith(tuple(said[-2:])), "it may be stopped between a line of the manifest and its count"
        assert not left(tmp_path) and _gone(process)


@pytest.mark.quick("0.1")
@pytest.mark.parametrize("seconds", [0, 0.05, 0.1, 0.3, 0.6])
def test_a_run_that_is_stopped_while_its_workers_begin_says_no_more(tmp_path: Path, seconds: float) -> None:
    tiny(tmp_path, *["Slow"] * 6)
    with begun(tmp_path, "-j", "2") as process:
        assert until(lambda: (tmp_path / "output" / "manifest.jsonl").exists())
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 130 and err.startswith("interrupted: ") and err.count("\n") == 1
        assert not left(tmp_path) and _gone(process)


@pytest.mark.slow
def test_two_batches_do_not_write_to_one_folder(tmp_path: Path) -> None:
    tiny(tmp_path, *["Slow"] * 6)
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "manifest.lock").write_text('{"process": 1, "machine": "gone", "since": "2020"}')
    with begun(tmp_path, "-j", "1") as first:
        assert until(lambda: (tmp_path / "output" / "manifest.jsonl").exists())
        status, _, err = batch(tmp_path, "-j", "1")
        assert status == 1 and f"another batch writes to this folder: process {first.pid} on " in err
        first.send_signal(signal.SIGTERM)
        first.communicate(timeout=60)
        assert not left(tmp_path) and _gone(first)


def test_a_run_that_cannot_begin_tells_programs_in_a_line(tmp_path: Path) -> None:
    tiny(tmp_path, "Alpha")
    status, out, err = batch(tmp_path, "--json", "--table", "none.csv", "--base", "org-01")
    assert status == 1 and json.loads(out)["problem"]["code"] == "file.unreadable" and not err
