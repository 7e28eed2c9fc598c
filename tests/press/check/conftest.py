"""A print shop, and a way to check a planted file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from report.press.check.check import Preflight, check
from report.press.check.rules.expected import Expected
from report.profiles import load
from report.profiles.load import Shop
from report.workspace import Workspace
from tests.press import planted

Checked = Callable[..., Preflight]


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return load.printer(Workspace(tmp_path, tmp_path / "output"), "print-europe")


@pytest.fixture
def checked(tmp_path: Path, shop: Shop) -> Checked:
    """Write a plan's file and check it."""

    def run(plan: planted.Plan | None = None, expected: Expected | None = None, pages: int = 2, of: Shop = shop) -> Preflight:  # fmt: skip
        return check(planted.write(tmp_path / "file.pdf", plan, pages), of, expected)

    return run
