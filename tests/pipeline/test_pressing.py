"""What a print shop gets of a brochure: panels on their sheet, in its colours; pages in fours."""

from __future__ import annotations

import shutil
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
import yaml

from report import pipeline
from report.profiles import load
from report.values import Artifact, Job, ReportError, Severity
from report.workspace import Workspace
from tests.pipeline.test_fitting import KIND, _with, cards  # noqa: F401 - a fixture

MM = 72 / 25.4


def _made(workspace: Workspace, edition: str = "print", formats: tuple[str, ...] = ("pdf",)) -> tuple[Artifact, ...]:
    checked = pipeline.check(workspace, "mill")
    assert checked.dossier and not checked.errors, checked.errors
    return pipeline.run(workspace, Job("mill", "card", "en", formats, edition), checked.dossier).artifacts


def _box(page: pikepdf.Page, name: str) -> list[float]:
    return [round(float(side) / MM, 2) for side in page.obj[name]]


def test_panels_come_side_by_side_as_pdf_x(cards: Workspace) -> None:  # noqa: F811
    (made,) = _made(cards)
    assert made.path.name == "card-en.pdf" and made.pages == 1
    with pikepdf.open(made.path) as pdf:
        (page,) = pdf.pages
        assert _box(page, "/TrimBox") == [3, 3, 123, 93] and _box(page, "/MediaBox") == [0, 0, 126, 96]
        assert pdf.Root.OutputIntents[0].OutputConditionIdentifier == "FOGRA39"
        assert "/StructTreeRoot" not in pdf.Root


def test_the_edition_for_the_screen_keeps_its_pages(cards: Workspace) -> None:  # noqa: F811
    (made,) = _made(cards, "screen")
    assert made.path.name == "card-en-screen.pdf" and made.pages == 2
    with pikepdf.open(made.path) as pdf:
        assert [_box(page, "/MediaBox") for page in pdf.pages] == [[0, 0, 62, 90], [0, 0, 58, 90]]
        assert "/StructTreeRoot" in pdf.Root


def test_pages_come_in_fours_and_the_last_stays_the_last(cards: Workspace) -> None:  # noqa: F811
    kind = KIND | {
        "press": {"layouts": {"a6": {"width": 105, "height": 148, "multiple": 4}}, "panels": ["front", "back"]}
    }
    (cards.root / "templates/card/kind.yaml").write_text(yaml.safe_dump(kind, sort_keys=False), "utf-8")
    (made,) = _made(cards)
    assert made.pages == 4
    with pikepdf.open(made.path) as pdf:
        assert len({tuple(_box(page, "/TrimBox")) for page in pdf.pages}) == 1
    with pdfplumber.open(made.path) as read:
        assert [bool(page.chars) for page in read.pages] == [True, False, False, True]


def test_other_formats_are_not_for_the_press_and_that_is_said(cards: Workspace) -> None:  # noqa: F811
    outcome = pipeline.run(cards, Job("mill", "card", "en", ("docx",), "print"), pipeline.check(cards, "mill").dossier)
    (problem,) = outcome.problems
    assert not outcome.artifacts and not outcome.failed and "PDF alone" in problem.message and problem.location
    assert {a.format for a in _made(cards, "screen", ("pdf", "html", "docx"))} >= {"pdf", "html", "docx"}


def test_two_runs_give_the_same_bytes(cards: Workspace) -> None:  # noqa: F811
    first = _made(cards)[0].path.read_bytes()
    checked = pipeline.check(cards, "mill")
    (again,) = pipeline.run(cards, Job("mill", "card", "en", ("pdf",), "print"), checked.dossier, force=True).artifacts
    assert again.path.read_bytes() == first


def test_nothing_is_left_where_the_text_does_not_fit(cards: Workspace, tmp_path: Path) -> None:  # noqa: F811
    workspace = _with(cards.root, {"short": "word " * 900})
    with pytest.raises(ReportError):
        _made(workspace)
    assert not [p for p in workspace.output.rglob("*") if p.is_file() and ".cache" not in p.parts]


def test_another_icc_profile_of_the_same_name_makes_the_file_anew(cards: Workspace) -> None:  # noqa: F811
    icc = load.printer(cards, "print-europe").icc
    own = cards.data / "profiles/icc" / icc.name
    own.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(icc, own)
    (before,) = _made(cards)
    (again,) = _made(cards)
    assert again.sha256 == before.sha256
    content = bytearray(own.read_bytes())
    content[24:36] = bytes([7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0])  # the day on which it was made (ICC.1:2010 7.2.1)
    own.write_bytes(content)
    (after,) = _made(cards)
    assert after.sha256 != before.sha256


def test_an_edition_that_the_kind_does_not_have_is_told_and_not_made(cards: Workspace) -> None:  # noqa: F811
    outcome = pipeline.run(
        cards, Job("mill", "card", "en", ("pdf",), "redacted"), pipeline.check(cards, "mill").dossier
    )
    (problem,) = outcome.problems
    assert problem.severity is Severity.WARNING and "no edition 'redacted'" in problem.message and problem.location
    assert problem.hint == "available: print, screen" and not list(cards.output.glob("**/card-*"))


def test_what_a_print_shop_refuses_is_told_of_the_file_and_of_no_temporary_one(cards: Workspace) -> None:  # noqa: F811
    shop = (
        load.printer(cards, "print-europe")
        .file.text.replace("most: 300", "most: 100")
        .replace("uncoated: 280", "uncoated: 100")
    )
    (cards.data / "profiles").mkdir(exist_ok=True)
    (cards.data / "profiles/print-europe.yaml").write_text(shop, "utf-8")
    with pytest.raises(ReportError) as caught:
        _made(cards)
    found = [p for p in caught.value.problems if p.code == "print.ink"]
    assert found and all(p.location and p.location.path == cards.output / "mill/card/card-en.pdf" for p in found)
    assert not list(cards.output.glob("**/card-en.pdf"))
