"""A workspace to spoil, and every document that the repository makes, built once."""

from __future__ import annotations

import dataclasses
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from report import pipeline
from report.formats import html
from report.model.dossier import Dossier
from report.pipeline.fitting import fitted
from report.values import Artifact, Document, FontFace, Job
from report.workspace import Workspace
from tests import guard
from tests.judges.kept import FOLDER
from tests.processor import Meter

guard.install()
Built = dict[Job, tuple[Document, dict[str, Artifact]]]
ROOT = Path(__file__).resolve().parents[1]


_font = html._font


def _no_font(face: FontFace, letters: frozenset[str], state: tuple[int, int]) -> str:
    return "data:font/woff2;base64,"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave the fonts out of pages for a browser, ten of which take two seconds to cut, but for tests that are marked `fonts`."""
    html._font = _font if item.get_closest_marker("fonts") else _no_font


@pytest.fixture(autouse=True)
def _nothing_reaches_out() -> Iterator[None]:
    """Fail a test in which anything reached beyond this machine, or started a program that is not on the list."""
    before = len(guard.violations())
    yield
    assert not (done := guard.violations()[before:]), f"this reaches out: {done}"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A copy of the repository's data, with the bundled templates; SPOC asks for its report alone, so that slips are few."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    documents = tmp_path / "data" / "spoc" / "documents.yaml"
    head, mark, rest = documents.read_text("utf-8").partition("  - id: ")
    documents.write_text(f"{head}{mark}{rest.partition('  - id: ')[0].rstrip()}\n", "utf-8")
    return Workspace.at(tmp_path)


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    """A copy of a small organisation with three reporting years, whose facts only the tests need."""
    shutil.copytree(ROOT / "tests" / "data", tmp_path / "data")
    return Workspace.at(tmp_path)


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The repository's own data; what is built goes to a temporary folder. Workers share what each of them makes."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return dataclasses.replace(Workspace.at(ROOT, tmp_path_factory.mktemp("output")), kept=shared / "cache")


FEW = 6
"""An organisation with more documents has each in one language here, in turn; `every_edition` has all."""


@pytest.fixture(scope="session")
def dossiers(repository: Workspace) -> dict[str, Dossier]:
    """The checked facts of each of the repository's organisations."""
    return {name: _dossier(repository, name) for name in repository.organisations()}


def _dossier(workspace: Workspace, name: str) -> Dossier:
    checked = pipeline.check(workspace, name, templates=False)
    assert checked.dossier, checked.errors
    return checked.dossier


@pytest.fixture(scope="session")
def jobs(dossiers: dict[str, Dossier]) -> list[Job]:
    """Every document on the screen; in every language where the organisation has few documents."""
    found = _jobs(dossiers, ("screen",))
    documents = {name: [*dict.fromkeys(j.document for j in found if j.organisation == name)] for name in _names(found)}
    return [job for job in found if _wanted(job, documents[job.organisation], found)]


def _names(jobs: list[Job]) -> set[str]:
    return {job.organisation for job in jobs}


def _wanted(job: Job, documents: list[str], found: list[Job]) -> bool:
    languages = [j.language for j in found if (j.organisation, j.document) == (job.organisation, job.document)]
    return len(documents) <= FEW or job.language == languages[documents.index(job.document) % len(languages)]


@pytest.fixture(scope="session")
def built(repository: Workspace, dossiers: dict[str, Dossier], jobs: list[Job]) -> Built:
    """Every document with the files made of it, by format."""
    return _built(repository, dossiers, jobs)


@pytest.fixture(scope="session")
def every_edition(repository: Workspace, dossiers: dict[str, Dossier]) -> Built:
    """Every document in every edition that is asked for, but for what goes to a print shop: `tests/press` has that."""
    jobs = [job for job in _jobs(dossiers, ()) if not _for_the_press(repository, job, dossiers[job.organisation])]
    return _built(repository, dossiers, jobs)


def _jobs(dossiers: dict[str, Dossier], editions: tuple[str, ...]) -> list[Job]:
    return [job for one in dossiers.values() for job in pipeline.jobs(one, (), (), ("pdf", "docx"), editions)]


def _for_the_press(repository: Workspace, job: Job, dossier: Dossier) -> bool:
    return job.edition == "print" and pipeline.prepare(repository, job, dossier).printing is not None


def _built(repository: Workspace, dossiers: dict[str, Dossier], jobs: list[Job]) -> Built:
    """Build each document, or take what another worker made of it."""
    made = {}
    for job in jobs:
        facts = dossiers[job.organisation]
        made[job] = (
            composed(repository, job, facts),
            {a.format: a for a in pipeline.run(repository, job, facts).artifacts},
        )
    return made


def composed(workspace: Workspace, job: Job, dossier: Dossier | None = None) -> Document:
    """Compose a document as it is written: the texts of a brochure fit their panels."""
    return fitted(
        pipeline.prepare(workspace, job, dossier), lambda lengths: pipeline.prepare(workspace, job, dossier, lengths)
    )


def change(workspace: Workspace, file: str, old: str, new: str) -> int:
    """Replace the only `old` in a data file and return the line, from 1, where it stood."""
    path = workspace.data / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    path.write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write the golden files again")
    parser.addoption("--cpu", type=int, metavar="N", help="show the N files and tests that take most processor time")


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder in which workers keep what they found out of files."""
    if FOLDER not in os.environ:
        os.environ[FOLDER] = folder = tempfile.mkdtemp(prefix="report-tests-")
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    if shown := config.getoption("--cpu"):
        config.pluginmanager.register(Meter(shown))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark as `slow` the cases of a test that its mark `quick` does not name; a name that no case has is an error."""
    names, used = set(), set()
    for item in items:
        for mark in item.iter_markers("quick"):
            test = item.nodeid.partition("[")[0]
            case = item.nodeid.removeprefix(test)
            named = {(test, name) for name in mark.args if name in case}
            names |= {(test, name) for name in mark.args}
            used |= named
            if not named:
                item.add_marker(pytest.mark.slow)
    if names - used and not any("::" in argument for argument in config.args):
        raise pytest.UsageError(f"the mark 'quick' names cases that do not exist: {sorted(names - used)}")


def pytest_collection_finish() -> None:
    """Let the collector of garbage look at what tests leave, seldom, and not at the program again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Let tests that share what is slow to make go to the same worker."""
    from tests.workers import Scheduler

    return Scheduler(config, log) if config.option.dist == "load" else None
