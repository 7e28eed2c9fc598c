"""PDFs that ask for endless work or memory get a short answer: findings, or a refusal with its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from report.press import sandbox
from report.press.check.check import check
from report.press.check.rules.expected import Expected
from report.press.impose.impose import ImpositionOrder
from report.profiles import load
from report.values import ReportError
from report.workspace import Workspace
from tests.conftest import ROOT
from tests.press.bombs import BOMBS, write

SMALL = 0.01
_AMISS = re.compile(r"0x[0-9a-f]{6,}|index out of range|object has no attribute|NoneType|pikepdf")


def answers(name: str, scale: float, folder: Path) -> list[str]:
    """Return what the two commands say of a bomb; what the program did not foresee fails."""
    path = write(name, folder / "bomb.pdf", scale)
    shop = load.printer(Workspace.at(ROOT), "print-europe")
    said: list[str] = []
    for ask in (
        lambda: [one.message for one in sandbox.check(path, shop, Expected()).problems],
        lambda: [one.message for one in sandbox.impose(path, ImpositionOrder(scheme="n-up", fit=True)).problems],
    ):
        try:
            said += ask()
        except ReportError as error:
            assert not any(p.code in ("file.fault", "file.died", "file.time", "file.memory") for p in error.problems), (
                error
            )
            said += [problem.message for problem in error.problems]
    return said


@pytest.mark.quick("extremes", "objects-in-a-stream", "filters", "lying-jpx", "fonts", "fields", "truncated")
@pytest.mark.parametrize("name", list(BOMBS)[::6])
def test_a_small_bomb_has_a_clean_answer(name: str, tmp_path: Path) -> None:
    said = answers(name, SMALL, tmp_path)
    assert not any(_AMISS.search(one) for one in said), said


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_has_a_clean_answer(name: str, tmp_path: Path) -> None:
    said = answers(name, 1.0, tmp_path)
    assert not any(_AMISS.search(one) for one in said), said


@pytest.mark.slow
def test_who_allows_more_time_has_more_pages_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write("full-pages-by-the-hundred", tmp_path / "pages.pdf", 0.02)
    shop = load.printer(Workspace.at(ROOT), "print-europe")
    monkeypatch.setenv("REPORT_READ_SECONDS", "3")
    few = check(file, shop, Expected())
    assert 1 <= few.facts.checked < few.facts.pages
    (told,) = [one for one in few.problems if one.code == "print.unread" and one.location.page is None]
    assert (
        told.message
        == f"the file has {few.facts.pages} pages; the first {few.facts.checked} are checked; the others are too complex to read"
    )
    assert told.hint and "report --read-seconds" in told.hint
    monkeypatch.setenv("REPORT_READ_SECONDS", "12")
    assert check(file, shop, Expected()).facts.checked > few.facts.checked
