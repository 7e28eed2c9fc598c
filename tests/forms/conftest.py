"""The facts that forms are filled from, checked once."""

from __future__ import annotations

import pytest

from report import pipeline
from report.model.dossier import Dossier
from report.workspace import Workspace
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def spoc_dossier() -> Dossier:
    checked = pipeline.check(Workspace.at(ROOT), "spoc", templates=False)
    assert checked.dossier, checked.errors
    return checked.dossier
