"""A document's files are put in place together, whatever stops the work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from report import files
from report.pipeline import publishing
from report.values import Artifact
from report.workspace import Workspace


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError])
def test_files_are_replaced_together_or_not_at_all(tmp_path: Path, monkeypatch, stop: type[BaseException]) -> None:
    scratch, folder = tmp_path / "scratch", tmp_path / "made"
    scratch.mkdir()
    folder.mkdir()
    (folder / "x.pdf").write_text("old")
    made = []
    for name in ("pdf", "docx"):
        (scratch / f"x.{name}").write_text("new")
        made.append(Artifact(scratch / f"x.{name}", name, ""))
    replace = os.replace

    def interrupted(source: Path, target: Path) -> None:
        if str(source).endswith("x.docx"):
            raise stop
        replace(source, target)

    monkeypatch.setattr(publishing.os, "replace", interrupted)
    with pytest.raises(stop):
        publishing.publish(tuple(made), folder, scratch)
    assert (folder / "x.pdf").read_text() == "old" and not (folder / "x.docx").exists()


def test_the_editions_of_the_data_are_those_that_are_made() -> None:
    from typing import get_args

    from report.model.document import Edition
    from report.values import EDITIONS

    assert get_args(Edition) == EDITIONS


@pytest.mark.skipif(sys.platform != "linux", reason="containers are Linux's")
def test_what_a_container_makes_is_not_swept_away_by_its_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both may have one name, and each numbers its processes by itself."""
    gone = str(int(Path("/proc/sys/kernel/pid_max").read_text()) + 1)
    left = tmp_path / f".building-{files.mark().replace(str(os.getpid()), gone)}x"
    with monkeypatch.context() as inside:
        inside.setattr(os, "readlink", lambda _path: "pid:[1]")
        theirs = tmp_path / f".building-{files.mark().replace(str(os.getpid()), gone)}x"
    left.mkdir()
    theirs.mkdir()
    publishing.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == [theirs]


def test_what_a_killed_process_left_beside_a_file_is_removed_with_the_next(tmp_path: Path) -> None:
    target = tmp_path / ("a long name " * 18 + ".pdf")
    dead = next(number for number in range(99_999, 999_999) if not files._alive(number))
    begin = f".{files._shortened(target.name)}."
    left = [tmp_path / f"{begin}{files._machine()}-{dead}-x{n}" for n in range(2)]
    alive = tmp_path / f"{begin}{files.mark()}x"
    left[1].mkdir()
    for path in (left[0], left[1] / "inner", alive, tmp_path / ".another.pdf"):
        path.write_text("x")
    files.replace(target, b"whole")
    assert {path.name for path in tmp_path.iterdir()} == {target.name, alive.name, ".another.pdf"}


@pytest.mark.slow
def test_no_temporary_file_is_left_by_a_build_in_processes(small: Workspace, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    code = "from report.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "build", "lantern-bridge", "annual-report-2025", "--format", "pdf", "-j", "2", "-q"],
        cwd=small.root, env={**os.environ, "TMPDIR": str(temporary)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert list(small.output.rglob("*.pdf")) and not list(temporary.iterdir())
