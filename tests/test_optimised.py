"""``python -O``: the same files, and the same answers to mistakes. Asserts, which it leaves out, do no work here."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from report import pipeline
from report.values import Job, required
from report.workspace import Workspace
from tests.batch.support import tiny
from tests.conftest import ROOT


def _optimised(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-O", "-c", "from report.cli.main import main; main()", *arguments]
    return subprocess.run(
        command, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


def test_the_program_has_no_asserts() -> None:
    texts = {path: path.read_text("utf-8") for path in (ROOT / "report").rglob("*.py")}
    modules = {path: ast.parse(text) for path, text in texts.items() if "assert" in text}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: an assert is left out by python -O; see report.values.required"
        for path, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assert)
    ]
    assert modules and found == []


def test_a_value_that_is_missing_is_a_fault_under_it_too() -> None:
    assert required(0) == 0 and required("") == ""
    with pytest.raises(RuntimeError, match="an earlier step"):
        required(None)


@pytest.mark.slow
@pytest.mark.parametrize("document", ["leaflet", pytest.param("poster", marks=pytest.mark.slow)])
def test_the_same_bytes(repository: Workspace, tmp_path: Path, document: str) -> None:
    """Both have a background whose place and size WeasyPrint sets in an assert."""
    job = Job("spoc", document, "en", ("pdf",), "print")
    (usual,) = [a for a in pipeline.run(repository, job).artifacts if a.format == "pdf"]
    options = ("--lang", "en", "--format", "pdf", "--edition", "print", "--anew")
    done = _optimised("build", "spoc", document, *options, "-w", str(ROOT), "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "spoc" / document / usual.path.name).read_bytes() == usual.path.read_bytes()


def test_what_a_library_refuses_by_an_assert_is_told(tmp_path: Path) -> None:
    tiny(tmp_path, "Good")
    (tmp_path / "templates/slip/sections/only.html.j2").write_text("<h1>{{ 'It is too long'|truncate(1) }}</h1>")
    done = _optimised("build", "-w", str(tmp_path))
    assert (
        done.returncode == 1
        and "only.html.j2:1:1: error: a value does not fit here: expected length >= 3" in done.stderr
    )
