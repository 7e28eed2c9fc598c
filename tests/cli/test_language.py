"""``report language``: what it writes, what it says, and what it leaves alone."""

from __future__ import annotations

import json
import shutil

import pytest

from report.workspace import Workspace
from tests.cli.test_commands import run


@pytest.fixture(autouse=True)
def _one_organisation(workspace: Workspace) -> None:
    shutil.rmtree(workspace.data / "lantern-bridge")


def test_a_catalogue_is_written_and_kept(workspace: Workspace) -> None:
    done = run("language", "mk", cwd=workspace.root)
    path = workspace.root / "templates/locale/mk.po"
    assert done.returncode == 0 and done.stdout.startswith("templates/locale/mk.po: written\n"), done.stderr
    assert "needed by the documents here" in done.stdout and "the words after #. are Bulgarian" in done.stdout
    first = path.read_text("utf-8")
    path.write_text(first.replace('msgid "Member"\nmsgstr ""', 'msgid "Member"\nmsgstr "Членка"'), "utf-8")
    again = run("language", "mk", cwd=workspace.root)
    assert again.returncode == 0 and "is as it should be" in again.stdout and "Членка" in path.read_text("utf-8")
    listed = run("language", "mk", "--missing", cwd=workspace.root).stdout.splitlines()
    told = json.loads(run("language", "mk", "--json", cwd=workspace.root).stdout)
    assert told["open"] == listed and "Member" not in listed and "Partner" in listed
    assert told["labels"] == len(listed) + 1 and told["nearest"] == "bg" and not told["written"]


def test_what_is_missing_is_listed_and_nothing_written(workspace: Workspace) -> None:
    done = run("language", "pl", "--missing", cwd=workspace.root)
    assert done.returncode == 0 and "Member" in done.stdout.splitlines()
    assert not (workspace.root / "templates").exists()


@pytest.mark.quick("sr_latn", "bgx", "../mk")
@pytest.mark.parametrize(
    ("language", "hint"),
    [
        ("Macedonian", "write mk"),
        ("sr_latn", "write sr-Latn"),
        ("bgx", "did you mean 'bg'"),
        ("en", "name another"),
        ("../mk", "write a code"),
    ],
)
def test_what_is_no_language_is_told(workspace: Workspace, language: str, hint: str) -> None:
    done = run("language", language, cwd=workspace.root)
    assert done.returncode == 2 and hint in done.stderr and not (workspace.root / "templates").exists()


def test_a_file_that_is_no_catalogue_is_left_alone(workspace: Workspace) -> None:
    path = workspace.root / "templates/locale/mk.po"
    path.parent.mkdir(parents=True)
    path.write_text("nothing of the kind\n", "utf-8")
    done = run("language", "mk", cwd=workspace.root)
    assert (
        done.returncode == 1 and "label.catalogue" in done.stderr and path.read_text("utf-8") == "nothing of the kind\n"
    )
