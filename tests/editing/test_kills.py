"""A process that is killed while it saves leaves every file whole: as it was, or as it was to be."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from report import files
from report.editing.editor import Editor
from report.editing.journal import Journal
from report.source import read
from report.source.patch import geometry
from report.workspace import Workspace

ROOT = Path(__file__).parents[2]
CHILD = """
import sys
from pathlib import Path
from report.editing.editor import Editor
from report.source.patch import Set, read_address
from report.workspace import Workspace
editor = Editor(Workspace.at(Path(sys.argv[1])), "lantern")
number = 0
print("ready", flush=True)
while True:
    number += 1
    editor.change("organisation.yaml", Set(read_address("acronym"), f"L{number}" * (1 + number % 40)))
    editor.change("objectives.yaml", Set(read_address("objectives"), editor.data("objectives.yaml")["objectives"][::-1]))
    editor.save()
"""


def killed(workspace: Workspace, times: int) -> None:
    """Kill a process that changes and saves, again and again; hold every file whole."""
    chance = random.Random(1)
    folder = workspace.data / "lantern"
    said = {path.name: geometry.comments(read(path).node, path.read_text("utf-8")) for path in folder.glob("*.yaml")}
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for _ in range(times):
        child = subprocess.Popen([sys.executable, "-c", CHILD, workspace.root], env=environment, stdout=subprocess.PIPE)
        assert child.stdout and child.stdout.readline() == b"ready\n"
        time.sleep(chance.random() / 5)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        for path in folder.glob("*.yaml"):
            file = read(path)
            assert file.data and not file.problems
            assert sorted(geometry.comments(file.node, file.text)) == sorted(said[path.name])
    assert len(Journal(workspace.output / ".edits" / "lantern.jsonl").steps) >= times // 2
    editor = Editor(workspace, "lantern")
    assert editor.undo()
    editor.save()
    left = [path.name for path in folder.iterdir() if path.suffix != ".yaml"]
    assert left == [], left
    assert files.mark()


@pytest.fixture
def lantern(tmp_path: Path) -> Workspace:
    shutil.copytree(Path(__file__).parents[1] / "golden" / "data", tmp_path / "data")
    path = tmp_path / "data" / "lantern" / "organisation.yaml"
    path.write_text("# the society\n" + path.read_text("utf-8") + "acronym: L # short\n", "utf-8")
    return Workspace.at(tmp_path)


def test_a_few_kills(lantern: Workspace) -> None:
    killed(lantern, 3)


@pytest.mark.slow
def test_two_hundred_kills(lantern: Workspace) -> None:
    killed(lantern, 200)
