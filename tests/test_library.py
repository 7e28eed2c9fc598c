"""The library interface: docs/api.md does what it shows, and `build` gives what the command line gives."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import report
from report.values import ReportError, Severity, UsageError
from report.workspace import Workspace
from tests.cli.process import CALL
from tests.conftest import ROOT


@pytest.fixture
def lantern(tmp_path: Path) -> Path:
    """A workspace of the two files with which docs/facts.md begins."""
    page = (ROOT / "docs" / "facts.md").read_text("utf-8")
    for name, text in re.findall(r"`(data/lantern/\S+)`:\n\n```yaml\n(.*?)```", page, re.S):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_the_page_of_the_library_does_what_it_shows(lantern: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(lantern)
    failed, tried = doctest.testfile(str(ROOT / "docs" / "api.md"), module_relative=False, encoding="utf-8")
    assert failed == 0 and tried > 9


@pytest.mark.fonts
def test_a_script_and_the_command_line_write_the_same(lantern: Path) -> None:
    outcome = report.open(lantern, lantern / "a").build("lantern", formats=["docx", "html"])
    command = [*CALL, "build", "lantern", "--format", "docx,html", "-o", "b"]
    subprocess.run(command, cwd=lantern, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    files = {path.relative_to(lantern / "b"): path.read_bytes() for path in (lantern / "b").glob("lantern/*/*")}
    assert len(files) == 2
    assert {a.path.relative_to(lantern / "a"): a.path.read_bytes() for a in outcome.artifacts} == files


def test_an_error_stops_what_it_concerns(small: Workspace) -> None:
    (folder,) = (path.parent for path in small.data.glob("*/documents.yaml"))
    requests = folder / "documents.yaml"
    requests.write_text(
        requests.read_text("utf-8") + "  - {id: broken, kind: annual-raport, title: B, languages: [en]}\n"
    )
    workspace = report.open(small.root)
    ready = {job.document for job in workspace.jobs(folder.name)}
    assert ready and "broken" not in ready
    outcome = workspace.build(folder.name, *sorted(ready)[:1], languages=["en"], formats=["html"])
    assert [a.path.name for a in outcome.artifacts] and outcome.failed
    assert any(p.severity is Severity.ERROR and p.location and p.location.path == requests for p in outcome.problems)
    with pytest.raises(ReportError) as raised:
        workspace.compose(folder.name, "broken", "en")
    assert any(problem.severity is Severity.ERROR for problem in raised.value.problems)


@pytest.mark.parametrize(
    "arguments", [{"formats": ["odt"]}, {"editions": ["draft"]}, {"languages": ["fr"]}], ids=lambda one: next(iter(one))
)
def test_a_name_that_does_not_exist_is_refused(lantern: Path, arguments: dict[str, list[str]]) -> None:
    with pytest.raises(UsageError) as raised:
        report.open(lantern).build("lantern", **arguments)
    assert raised.value.problems[0].hint


def test_a_folder_without_data_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="no data folder"):
        report.open(tmp_path)


def test_importing_the_package_loads_nothing_of_it() -> None:
    code = "import report, sys; print(*sorted(name for name in sys.modules if name.startswith('report.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=os.environ)
    assert done.stdout.split() == [] and done.returncode == 0
