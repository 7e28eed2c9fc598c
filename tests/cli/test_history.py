"""``report history``: what was changed is listed, taken back, made again and forgotten."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from report.editing.editor import Editor
from report.source.patch import Set
from report.workspace import Workspace
from tests.cli.test_commands import run

GOLDEN = Path(__file__).parents[1] / "golden" / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN, tmp_path / "data")
    editor = Editor(Workspace.at(tmp_path), "lantern")
    editor.change("organisation.yaml", Set(("founded",), "1999"))
    editor.change("organisation.yaml", Set(("acronym",), "Secret\x1b[31m"[:6]))
    editor.save()
    return tmp_path


def test_changes_are_listed_taken_back_and_made_again(folder: Path) -> None:
    listed = run("history", "lantern", cwd=folder).stdout.splitlines()
    assert len(listed) == 2 and "organisation.yaml  acronym  nothing → “acronym: Secret”" in listed[0]
    assert [row["address"] for row in json.loads(run("history", "lantern", "--json", cwd=folder).stdout)] == [
        "acronym",
        "founded",
    ]
    path = folder / "data" / "lantern" / "organisation.yaml"
    assert run("history", "lantern", "--undo", cwd=folder).stdout.startswith("taken back: ")
    assert "Secret" not in path.read_text("utf-8") and "1999" in path.read_text("utf-8")
    assert run("history", "lantern", "--redo", cwd=folder).stdout.startswith("made again: ")
    assert "Secret" in path.read_text("utf-8")
    assert run("history", "lantern", "--redo", cwd=folder).stdout == "there is none\n"


def test_the_history_is_forgotten(folder: Path) -> None:
    assert run("history", "lantern", "--forget", cwd=folder).stdout == "2 changes forgotten\n"
    assert run("history", "lantern", cwd=folder).stdout == "nothing was changed\n"
    assert not [path for path in (folder / "output").rglob("*") if path.is_file()]


def test_an_organisation_that_is_not_there_is_told(folder: Path) -> None:
    done = run("history", "lanterns", cwd=folder)
    assert done.returncode == 2 and "did you mean 'lantern'" in done.stderr
