"""A print shop, and one with marks on uncoated paper."""

from __future__ import annotations

import pytest

from report.profiles.load import Shop, printer
from report.workspace import Workspace


@pytest.fixture(scope="session")
def shop(repository: Workspace) -> Shop:
    """Three millimetres of bleed, 300 % of ink, no marks."""
    return printer(repository, "print-europe")


@pytest.fixture(scope="session")
def uncoated(repository: Workspace) -> Shop:
    """Five millimetres of bleed, 280 % of ink, marks outside the bleed."""
    return printer(repository, "print-uncoated")
