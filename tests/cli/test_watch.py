"""``report watch``: what an editor reads of it, from the first build to Ctrl-C."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.process import CALL, ROOT

GOLDEN = Path(__file__).parents[1] / "golden" / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN, tmp_path / "data")
    return tmp_path


@pytest.fixture
def watch(folder: Path) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n" + CALL[2]
    )  # a shell may ignore it
    words = [*CALL[:2], code, "watch", "lantern", "report", "--lang", "en"]
    child = subprocess.Popen(
        words, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    yield child
    child.kill()
    child.communicate()


def build(child: subprocess.Popen[str]) -> list[str]:
    """Wait for the end of a build, and return what it says."""
    assert child.stdout
    lines: list[str] = []
    for line in child.stdout:
        lines.append(line.rstrip("\n"))
        if line.startswith("watch: waiting for changes ("):
            return lines
    raise AssertionError(f"{lines} {child.stderr and child.stderr.read()}")


def change(folder: Path, before: str, after: str) -> None:
    path = folder / "data" / "lantern" / "organisation.yaml"
    said = path.read_text("utf-8")
    assert before in said
    path.write_text(said.replace(before, after, 1), "utf-8")


def test_what_changes_is_built_again_and_problems_are_told_at_their_place(
    folder: Path, watch: subprocess.Popen[str]
) -> None:
    first = build(watch)
    assert first[0] == "watch: building lantern" and first[1:-1] == [
        "output/lantern/report/report-en.pdf", "output/lantern/report/report-en.docx",
    ]  # fmt: skip
    change(folder, "founded: 1987", "founded: 1988")
    second = build(watch)
    assert second[:2] == ["changed: data/lantern/organisation.yaml", "watch: building lantern"]
    assert "output/lantern/report/report-en.pdf" in second and "(2 files written, 0 errors" in second[-1]
    change(folder, "country: ", "country: XQ # ")
    third = build(watch)
    assert any(line.startswith("data/lantern/organisation.yaml:2:10: error: ") for line in third)
    assert "(0 files written, 1 error" in third[-1]
    change(folder, "country: XQ # ", "country: ")
    assert "0 errors" in build(watch)[-1]


@pytest.mark.slow
def test_a_folder_that_is_gone_is_told_and_waited_for(folder: Path, watch: subprocess.Popen[str]) -> None:
    build(watch)
    (folder / "data" / "lantern").rename(folder / "aside")
    assert any("[organisation.unknown]" in line for line in build(watch))
    (folder / "aside").rename(folder / "data" / "lantern")
    assert "0 errors" in build(watch)[-1]


@pytest.mark.slow
def test_ctrl_c_ends_it_and_leaves_nothing_half_written(folder: Path, watch: subprocess.Popen[str]) -> None:
    build(watch)
    change(folder, "founded: 1987", "founded: 1988")
    watch.send_signal(signal.SIGINT)
    _, said = watch.communicate(timeout=60)
    assert watch.returncode == 130 and said.strip() == "interrupted; finished files are kept"
    assert sorted(path.name for path in (folder / "output" / "lantern" / "report").iterdir()) == [
        "report-en.docx",
        "report-en.pdf",
    ]
