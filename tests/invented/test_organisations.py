"""Three invented organisations with few facts, odd amounts, values that nobody knows and a broken document among good ones.

Everything that can be made is made, what is left out is told, and every judge passes.
"""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from report import pipeline
from report.cli.main import cli
from report.values import Problem, Severity
from report.workspace import Workspace
from tests.judges import judge, judge_params

HERE = Path(__file__).parent
PICTURES = {"amani/pump.jpg": (1080, 1920), "amani/field.jpg": (4000, 300), "most/kombe.jpg": (720, 1280)}
MADE = {
    "amani": {
        "report-2025-en.pdf", "report-2025-en.docx", "report-2025-en.html", "report-2025-en.xlsx", "report-2024-en.pdf", "report-2024-en.docx",
        "report-2024-en-redacted.pdf", "report-2024-en-redacted.docx", "projects-en.pdf", "projects-en.docx", "similar-en.pdf", "similar-en.docx",
        "capacity-en.pdf", "capacity-en.docx", "leaflet-en.pdf", "booklet-en.pdf",
    },
    "most": {
        *(f"annual-report-2025-{language}.{form}" for language in ("mk", "en") for form in ("pdf", "docx", "html")),
        *(f"affiliations-annex-{language}.{form}" for language in ("mk", "en") for form in ("pdf", "docx")),
        "brochure-en.pdf",
    },
}  # fmt: skip
FOR_THE_PRESS = {"leaflet", "booklet", "brochure"}
"""PDF/X for a print shop, which has a check of its own."""
STOPPED = {"amani": ("kind.unknown",), "most": ("data.missing", "data.unknown")}
TOLD = {
    "amani": {
        "fact.unknown": 11, "money.incomparable": 1, "undated.since": 1, "document.leaves-out": 9,
    },
    "most": {"fact.unknown": 8, "undated.since": 1, "document.leaves-out": 3},
}  # fmt: skip


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The organisations, with their pictures."""
    folder = tmp_path_factory.mktemp("invented")
    for name in ("data", "templates"):
        if (HERE / name).is_dir():
            shutil.copytree(HERE / name, folder / name)
    for name, size in PICTURES.items():
        Image.linear_gradient("L").resize(size).convert("RGB").save(folder / "data" / name, quality=60)
    return Workspace.at(folder)


@pytest.fixture(scope="session")
def made(invented: Workspace) -> Callable[[str], Path]:
    """The folder of an organisation's documents, which are built when they are first asked for."""

    @functools.cache
    def build(name: str) -> Path:
        done = CliRunner().invoke(cli, ["build", name, "-w", str(invented.root), "-j", "1"])
        assert done.exit_code == 1 and "not built: broken" in done.output, done.output
        return invented.output / name

    return build


def problems(workspace: Workspace, organisation: str) -> list[Problem]:
    return list(pipeline.check(workspace, organisation).problems)


@pytest.mark.quick("amani")
@pytest.mark.parametrize("organisation", MADE)
def test_everything_that_can_be_made_is_made(made: Callable[[str], Path], organisation: str) -> None:
    assert {path.name for path in made(organisation).rglob("*.*")} == MADE[organisation]


@pytest.mark.parametrize("organisation", MADE)
def test_what_is_left_out_is_told(invented: Workspace, organisation: str) -> None:
    found = problems(invented, organisation)
    assert tuple(sorted(p.code for p in found if p.severity is Severity.ERROR)) == STOPPED[organisation]
    counted = {code: sum(p.code == code for p in found) for code in TOLD[organisation]}
    assert counted == TOLD[organisation]
    assert all(p.location and (p.location.line or p.location.path.suffix == ".po") for p in found)


@pytest.mark.quick("amani")
@pytest.mark.parametrize("organisation", MADE)
@pytest.mark.parametrize("which", [*judge_params(".pdf"), *judge_params(".docx")])
def test_every_judge_passes(made: Callable[[str], Path], organisation: str, which) -> None:  # type: ignore[no-untyped-def]
    files = list(made(organisation).rglob(f"*{which.suffix}"))
    files = [path for path in files if path.parent.name not in FOR_THE_PRESS]
    assert files
    assert {path.name: found for path in files if (found := judge(which, path))} == {}
