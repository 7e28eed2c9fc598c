"""``report new``: what it asks, what it writes, and that the first report is there."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.cli.process import CALL, ROOT
from tests.cli.test_commands import run

OPTIONS = ("--name", "Lantern", "--country", "IE", "--languages", "en", "--about", "It keeps lights burning.")


def test_with_everything_given_nothing_is_asked_and_the_report_is_built(tmp_path: Path) -> None:
    done = run("new", *OPTIONS, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:2] == ["data/lantern/documents.yaml", "data/lantern/organisation.yaml"]
    assert (tmp_path / "output/lantern/annual-report/annual-report-en.pdf").stat().st_size > 1000
    assert (tmp_path / "output/lantern/annual-report/annual-report-en.docx").stat().st_size > 1000
    again = run("new", *OPTIONS, "--no-build", cwd=tmp_path)
    assert again.returncode == 2 and "[new.id]" in again.stderr


def test_facts_alone(tmp_path: Path) -> None:
    done = run("new", "other", *OPTIONS, "--no-build", cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.splitlines() == [
        "data/other/documents.yaml",
        "data/other/organisation.yaml",
        "next: write more facts in data/other/organisation.yaml, with  report watch other  beside it",
    ]
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (OPTIONS[:4], "usage.new"),
        (("--name", "日本", *OPTIONS[2:]), "new.id"),
        ((*OPTIONS, "--like", "spoc"), "usage.like"),
        (("--like", "spoc", "--name", "Lantern"), "organisation.unknown"),
        (("--country", "XQ", *OPTIONS[:2], *OPTIONS[4:]), "new.country"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_written(tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    done = run("new", *words, cwd=tmp_path)
    assert done.returncode == 2 and f"[{code}]" in done.stderr and "hint:" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_where_there_is_no_folder(tmp_path: Path) -> None:
    done = run("new", *OPTIONS, "-w", "nowhere", cwd=tmp_path)
    assert done.returncode != 0 and "hint:" in done.stderr and list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_person_is_asked_until_the_answer_is_good(tmp_path: Path) -> None:
    controller, terminal = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    child = subprocess.Popen(
        [*CALL, "new", "--no-build"], cwd=tmp_path, env=environment, stdin=terminal, stdout=terminal, stderr=terminal
    )
    os.close(terminal)
    os.write(controller, "Сдружение „Фар“\nBulgaria\nBG\nенглиш\nbg, en\nПазим светлината: винаги.\n".encode())
    shown = b""
    try:
        while more := os.read(controller, 4096):
            shown += more
    except OSError:  # the other end is closed
        pass
    assert child.wait(60) == 0, shown.decode()
    text = (tmp_path / "data" / "sdruzhenie-far" / "organisation.yaml").read_text("utf-8")
    assert (
        "write BG" in shown.decode() and 'about: "Пазим светлината: винаги."' in text and "languages: [bg, en]" in text
    )
