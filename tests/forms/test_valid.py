"""Filled forms are what the Open XML SDK accepts: our own three, and those that the invented organisation's calls fill."""

from __future__ import annotations

from pathlib import Path

import pytest

from report import pipeline
from report.forms import fill, form_map
from report.forms.fill import FactSource
from report.forms.word.package import open_form
from report.workspace import Workspace
from tests.conftest import ROOT
from tests.forms import funder, support
from tests.forms.test_fill import FIELDS
from tests.judges import JUDGES, judge

pytestmark = pytest.mark.slow
_SDK = next(which for which in JUDGES if which.name == "docx-sdk")


@pytest.mark.parametrize("name", FIELDS)
def test_a_filled_form_is_valid(name: str, tmp_path: Path) -> None:
    workspace = Workspace.at(ROOT)
    dossier = pipeline.check(workspace, "spoc", templates=False).dossier
    made = support.filled(
        funder.write(tmp_path, name), FIELDS[name], FactSource(dossier, workspace.data / "spoc", "bg")
    )
    path = tmp_path / "filled.docx"
    assert made.content is not None
    path.write_bytes(made.content)
    assert judge(_SDK, path) == []


@pytest.mark.parametrize("language", ["en", "bg"])
@pytest.mark.parametrize("name", ["part-b", "prag-a2", "unpp"])
def test_the_forms_of_calls_are_filled_and_valid(name: str, language: str, tmp_path: Path) -> None:
    workspace = Workspace.at(ROOT)
    folder = workspace.data / "lantern-bridge"
    dossier = pipeline.check(workspace, "lantern-bridge", templates=False).dossier
    made = fill.fill(
        open_form(folder / "forms" / f"{name}.docx"),
        *form_map.load(folder / "forms" / f"{name}.map.yaml"),
        FactSource(dossier, folder, language),
    )
    assert made.content is not None, made.problems
    path = tmp_path / "filled.docx"
    path.write_bytes(made.content)
    assert judge(_SDK, path) == []
