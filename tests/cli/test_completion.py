"""What shells complete: their own scripts are run by real shells, and an answer loads nothing that builds documents."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import ROOT
from tests.cli.test_commands import run


def offered(line: str, folder: Path = ROOT) -> list[str]:
    """Return what is offered for the last word of a line, as the script for bash asks for it."""
    words = line.split(" ")
    told = {
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
        "_REPORT_COMPLETE": "bash_complete",
        "PYTHONPATH": str(ROOT),
    }
    code = "import sys; sys.argv = ['report']; from report.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env={**os.environ, **told}, capture_output=True, text=True
    )
    assert done.stderr == ""
    return [row.partition(",")[2] for row in done.stdout.splitlines() if row]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("report bu", ["build"]),
        ("report build s", ["spoc"]),
        ("report build spoc bo", ["booklet"]),
        ("report build spoc --lang en,b", ["en,bg"]),
        ("report build spoc --format pdf,d", ["pdf,docx"]),
        ("report watch spoc le", ["leaflet"]),
        ("report check lan", ["lantern-bridge"]),
        ("report check --profile bg-", ["bg-zyulnts-art40"]),
        ("report press check --profile print-s", ["print-saxoprint"]),
        ("report submit cerv", ["cerv-2027"]),
        ("report new --like sp", ["spoc"]),
        ("report completion f", ["fish"]),
        ("report build --for", ["--format", "--force"]),
        ("report build nobody x", []),
    ],
)
def test_words_are_completed(line: str, words: list[str]) -> None:
    assert sorted(offered(line)) == sorted(words)


def test_where_there_is_no_workspace_or_a_broken_one_nothing_is_offered(tmp_path: Path) -> None:
    assert offered("report build s", tmp_path) == []
    (tmp_path / "data" / "spoc").mkdir(parents=True)
    (tmp_path / "data" / "spoc" / "documents.yaml").write_text("documents: [", "utf-8")
    assert offered("report build s", tmp_path) == ["spoc"]
    assert offered("report build spoc a", tmp_path) == []


@pytest.mark.parametrize(
    "line", ["report ", "report build ", "report check s", "report watch spoc ", "report press check --profile "]
)
def test_an_answer_loads_nothing_that_checks_or_builds(line: str) -> None:
    told = {
        "COMP_WORDS": line,
        "COMP_CWORD": str(line.count(" ")),
        "_REPORT_COMPLETE": "bash_complete",
        "PYTHONPATH": str(ROOT),
    }
    code = (
        "import atexit, sys; sys.argv = ['report']\n"
        "heavy = {'pydantic', 'jinja2', 'weasyprint', 'docx', 'lxml', 'pikepdf', 'babel'}\n"
        "atexit.register(lambda: print('heavy', sorted(heavy & set(sys.modules)), file=sys.stderr))\n"
        "from report.cli.main import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **told}, capture_output=True, text=True
    )
    assert done.stderr == "heavy []\n" and done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_takes_the_script(shell: str, tmp_path: Path) -> None:
    script = run("completion", shell, cwd=tmp_path).stdout
    assert "_REPORT_COMPLETE" in script
    (tmp_path / "script").write_text(script, "utf-8")
    if shutil.which(shell):  # bash is everywhere
        assert subprocess.run([shell, "-n", tmp_path / "script"], capture_output=True).stderr == b""


def test_bash_itself_completes(tmp_path: Path) -> None:
    program = tmp_path / "report"
    program.write_text(
        f"#!{sys.executable}\nimport sys; sys.path.insert(0, {str(ROOT)!r})\nfrom report.cli.main import main\nmain()\n",
        "utf-8",
    )
    program.chmod(0o755)
    script = (
        'eval "$(report completion bash)"\n'
        "COMP_WORDS=(report build sp); COMP_CWORD=2\n"
        "_report_completion report sp build\n"
        'echo "${COMPREPLY[@]}"\n'
    )
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("spoc\n", "")
