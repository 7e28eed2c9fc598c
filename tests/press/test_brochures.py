"""Every brochure that the repository's organisations ask for, as a print shop gets it: it passes the shop's check, and folds."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from report import pipeline
from report.looks import kinds
from report.pipeline.loading import facts
from report.press.check.check import check
from report.press.check.rules.expected import Expected
from report.profiles import load
from report.values import Job, Printing, Severity
from report.workspace import Workspace
from tests.conftest import ROOT

ORGANISATIONS = ("lantern-bridge", "spoc")
PRINTERS = ("print-europe", "print-saxoprint", "print-uncoated")
MM = 72 / 25.4


def _jobs() -> Iterator[Job]:
    workspace = Workspace.at(ROOT)
    for name in ORGANISATIONS:
        dossier = facts(workspace, name).dossier
        assert dossier
        for request in dossier.documents:
            if kinds.load(workspace, request.kind)[0].press:
                for language in request.languages:
                    yield Job(name, request.id, language, ("pdf",), "print")


JOBS = list(_jobs())


def _made(workspace: Workspace, job: Job, printer: str = "print-europe") -> tuple[Path, Printing]:
    """Make a brochure for a print shop; return the file and how it is printed."""
    dossier = facts(workspace, job.organisation).dossier
    assert dossier
    documents = tuple(
        d.model_copy(update={"printer": printer}) if d.id == job.document else d for d in dossier.documents
    )
    dossier = dataclasses.replace(dossier, documents=documents)
    (made,) = pipeline.run(workspace, job, dossier).artifacts
    printing = pipeline.prepare(workspace, job, dossier).printing
    assert printing
    return made.path, printing


def test_both_organisations_ask_for_every_kind_of_brochure() -> None:
    workspace = Workspace.at(ROOT)
    press_kinds = {name for name in kinds.kinds(workspace) if kinds.load(workspace, name)[0].press}
    for name in ORGANISATIONS:
        dossier = facts(workspace, name).dossier
        assert dossier and {request.kind for request in dossier.documents} >= press_kinds
    assert {job.language for job in JOBS} == {"en", "bg"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "printer", [pytest.param(p, marks=[] if p == PRINTERS[0] else pytest.mark.slow) for p in PRINTERS]
)
@pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job.organisation}-{job.document}-{job.language}")
def test_a_brochure_passes_the_check_of_its_print_shop(repository: Workspace, job: Job, printer: str) -> None:
    path, printing = _made(repository, job, printer)
    shop = load.printer(repository, printer)
    width = sum(panel.width for panel in printing.panels if printing.sides and panel.id in printing.sides[0])
    expected = Expected((width or printing.width, printing.height), multiple=printing.multiple, folds=printing.folds)
    weights = {Severity.ERROR, Severity.WARNING} if printer == PRINTERS[0] else {Severity.ERROR}
    assert not [one for one in check(path, shop, expected).problems if one.severity in weights]
    with pikepdf.open(path) as pdf:
        claims = pdf.docinfo.get("/GTS_PDFXVersion", "") or str(pdf.open_metadata().get("pdfxid:GTS_PDFXVersion", ""))
    assert str(claims).startswith(shop.profile.standards[0])


FOLDED = [job for job in JOBS if job.document == "brochure"]


@pytest.mark.quick("lantern-bridge-bg")
@pytest.mark.parametrize("job", FOLDED, ids=lambda job: f"{job.organisation}-{job.language}")
def test_a_folded_brochure_reads_from_panel_to_panel(repository: Workspace, job: Job) -> None:
    """Fold the sheet as a reader has it in hand, and read its panels in turn: they are those of the edition for the screen."""
    path, printing = _made(repository, job)
    (screen,) = pipeline.run(repository, dataclasses.replace(job, edition="screen")).artifacts
    with pdfplumber.open(screen.path) as pdf:
        read = [_words(page) for page in pdf.pages]
    with pdfplumber.open(path) as pdf:
        outside, inside = (_panels(page, folds) for page, folds in zip(pdf.pages, printing.folds, strict=True))
    # In the hand: the front; opened, the flap on the right over what is inside; unfolded, the inside; turned over, the back.
    flap, back, front = outside
    assert [front, flap, *inside, back] == read
    assert all(read)
    # The sheet turns about its short edge's parallel: behind the flap is the last panel inside, which is as narrow.
    widths = [panel.width for panel in printing.panels]
    assert widths == [100, 97, 100, 100, 97, 100]
    assert printing.sides[0][0] == "flap" and printing.sides[1][-1] == "inside-3"


def _panels(page: pdfplumber.page.Page, folds: tuple[float, ...]) -> list[str]:
    """Cut a side of the sheet at its folds; return what each panel says, from left to right."""
    left, _, right, _ = page.trimbox if page.trimbox else page.bbox
    edges = [left, *(left + fold * MM for fold in folds), right]
    boxes = [(a, page.bbox[1], b, page.bbox[3]) for a, b in zip(edges, edges[1:], strict=False)]
    return [_words(page.crop(box, strict=False)) for box in boxes]


def _words(page: pdfplumber.page.Page) -> str:
    return " ".join(word["text"] for word in page.extract_words(use_text_flow=False, x_tolerance=1.5))
