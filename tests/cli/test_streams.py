"""What is printed may not arrive: the disk is full, or nobody reads. The work is done all the same, and the status says what was lost."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.process import CALL
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
PRINTED = (("--help", 0), ("list", 0))
"""Commands that print what they were asked for, and their exit status."""
TOLD = (("nonsense", 2), ("press check nowhere.pdf", 1))
"""Commands that say what is wrong on standard error."""
FACTS = (
    "name: The Lantern Society\ncountry: IE\nlanguages: [en]\nabout: It keeps the lights of small harbours burning.\n"
)
DOCUMENTS = "documents: [{id: a, kind: annual-report, title: A, languages: [en], formats: [html], date: 2026-01-31}]"


def _run(
    folder: Path, command: str, redirection: str = "", unbuffered: bool = False, stdout: int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """Run a command line of a shell, with or without the variable that makes Python write at once."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"} | {"PYTHONPATH": str(ROOT)}
    if unbuffered:
        env["PYTHONUNBUFFERED"] = "1"
    words = ["sh", "-c", f"{shlex.join([*CALL, *command.split()])} {redirection}"]
    done = subprocess.run(words, cwd=folder, env=env, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=120)
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr
    return done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one small organisation."""
    made = tmp_path / "data" / "lantern"
    made.mkdir(parents=True)
    (made / "organisation.yaml").write_text(FACTS)
    (made / "documents.yaml").write_text(DOCUMENTS)
    return tmp_path


@pytest.fixture
def left() -> Iterator[int]:
    """A pipe that nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


@pytest.mark.quick("--help-0-False", "nonsense-2-True")
@pytest.mark.parametrize("unbuffered", [False, True])
@pytest.mark.parametrize(("command", "status"), [*PRINTED, *TOLD])
def test_a_full_disk_is_the_machines_problem(folder: Path, command: str, status: int, unbuffered: bool) -> None:
    printed = (command, status) in PRINTED
    done = _run(folder, command, ">/dev/full", unbuffered)
    assert done.returncode == (3 if printed else status) and done.stderr
    assert printed == done.stderr.endswith("No space left on device; output was lost\n")
    done = _run(folder, command, "2>/dev/full", unbuffered)
    assert done.returncode == (status if printed else 3) and printed == bool(done.stdout)
    assert _run(folder, command, ">/dev/full 2>&1", unbuffered).returncode == 3


@pytest.mark.quick("<&-", "2>&-")
@pytest.mark.parametrize("redirection", [">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(("command", "status"), [PRINTED[0], TOLD[0]])
def test_who_closes_a_stream_wants_no_output(folder: Path, command: str, status: int, redirection: str) -> None:
    assert _run(folder, command, redirection).returncode == status


@pytest.mark.quick("--help-0-True", "list-0-False")
@pytest.mark.parametrize("unbuffered", [False, True])
@pytest.mark.parametrize(("command", "status"), PRINTED)
def test_a_reader_may_leave(folder: Path, command: str, status: int, unbuffered: bool, left: int) -> None:
    done = _run(folder, command, unbuffered=unbuffered, stdout=left)
    assert (done.returncode, done.stderr) == (status, "")


@pytest.mark.slow
def test_the_work_is_done_all_the_same(folder: Path, left: int) -> None:
    _run(folder, "build lantern -o usual")
    whole = (folder / "usual" / "lantern" / "a" / "a-en.html").read_bytes()
    for number, redirection in enumerate(("", ">/dev/full", ">&- 2>&-")):
        _run(folder, f"build lantern --anew -o {number}", redirection, stdout=left)
        assert (folder / str(number) / "lantern" / "a" / "a-en.html").read_bytes() == whole
