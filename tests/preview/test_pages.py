"""Pictures of pages show what the PDF shows, and each field where its words stand."""

from __future__ import annotations

import dataclasses
import hashlib
import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from report import pipeline
from report.pipeline.loading import facts
from report.preview.pages import DPI, Studio
from report.preview.requests import Failed, Page, Show
from report.values import Job
from report.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
REPORT = ("lantern-bridge", "annual-report-2026")


def pages(studio: Studio, show: Show) -> list[Page]:
    """Return the pages that a request gives, in their order."""
    answers = list(studio.show(show))
    assert all(isinstance(one, Page) for one in answers), answers
    found = [one for one in answers if isinstance(one, Page)]
    assert found[-1].last and [page.number for page in found[-found[0].count :]] == list(range(1, found[0].count + 1))
    return found[-found[0].count :]


def edited(workspace: Workspace, name: str, before: str, after: str) -> dict[Path, str]:
    """Return the text of a data file with one change that is not saved."""
    path = workspace.data / name
    assert before in path.read_text("utf-8")
    return {path: path.read_text("utf-8").replace(before, after, 1)}


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio(Workspace.at(ROOT))


def _jobs(organisation: str) -> list[Job]:
    """Return the documents of an organisation as they are on a screen: colours of what goes to a print shop are others."""
    workspace = Workspace.at(ROOT)
    dossier = facts(workspace, organisation).dossier
    assert dossier is not None
    jobs = {one.document + one.language: one for one in pipeline.jobs(dossier, (), (), ("pdf",))}
    return [dataclasses.replace(job, edition="screen") for job in jobs.values()]


@pytest.mark.quick("spoc-annual-report-bg", "lantern-bridge-leaflet-en")
@pytest.mark.parametrize(
    "job", _jobs("spoc") + _jobs("lantern-bridge"), ids="{0.organisation}-{0.document}-{0.language}".format
)
def test_a_page_looks_as_in_the_pdf(job: Job, repository: Workspace) -> None:
    made = pages(Studio(repository), Show(job.organisation, job.document, job.language, job.edition))
    (file,) = pipeline.run(repository, job).artifacts
    with pypdfium2.PdfDocument(file.path) as pdf:
        assert len(pdf) == len(made)
        for page, shown in zip(pdf, made, strict=True):
            picture = page.render(scale=DPI / 72, rev_byteorder=True).to_pil().convert("RGB")
            assert hashlib.blake2b(picture.tobytes(), digest_size=8).hexdigest() == shown.fingerprint
            with Image.open(io.BytesIO(shown.jpeg or b"")) as jpeg:
                assert jpeg.size == picture.size


def test_each_field_stands_where_its_words_are(studio: Studio) -> None:
    made = pages(studio, Show(*REPORT, "en"))
    named = {(one.file, one.steps): (page, one) for page in made for one in page.printed}
    page, mission = named["organisation.yaml", ("mission", "full")]
    assert mission.boxes and all(0 < box.left < box.right < 1 for box in mission.boxes)
    assert {file for file, _ in named} >= {"affiliations.yaml", "networks.yaml", "2026/activities.yaml", "people.yaml"}
    assert len(named) > 300


def test_what_is_typed_is_shown_before_it_is_saved(workspace: Workspace) -> None:
    studio, show = Studio(workspace), Show("spoc", "annual-report", "en")
    before = pages(studio, show)
    typed = edited(workspace, "spoc/organisation.yaml", "Association SPOC works", "Association SPOC tirelessly works")
    known = tuple(page.fingerprint for page in before)
    focus = ("organisation.yaml", ("about",))
    answers = list(studio.show(dataclasses.replace(show, texts=typed, known=known, focus=focus)))
    assert [page.number for page in answers if page.jpeg is not None] == [
        answers[0].number
    ]  # no other page has changed
    (again,) = (page for page in answers[1:] if page.number == answers[0].number)
    assert any(one.file == "organisation.yaml" and one.steps[0] == "about" for one in again.printed)
    assert "tirelessly" not in (workspace.data / "spoc" / "organisation.yaml").read_text("utf-8")
    again = pages(studio, dataclasses.replace(show, known=known))
    assert all(page.jpeg is None for page in again)


@pytest.mark.slow
def test_of_a_long_document_the_section_that_is_edited_is_laid_out_alone(studio: Studio) -> None:
    whole = pages(studio, Show(*REPORT, "en"))
    part = pages(studio, Show(*REPORT, "en", focus=("2026/activities.yaml", ("activities", 1))))
    assert {page.section for page in whole} == {None}
    assert {page.section for page in part} == {"programmes"}
    assert len(part) < len(whole) / 3
    everywhere = pages(studio, Show(*REPORT, "en", focus=("organisation.yaml", ("email",))))
    assert {page.section for page in everywhere} == {None}


@pytest.mark.parametrize(
    ("name", "before", "after", "code"),
    [
        ("spoc/organisation.yaml", "name:", "name: [", "yaml.syntax"),
        ("spoc/organisation.yaml", "country: BG", "country: XQ", "data.country"),
        ("spoc/documents.yaml", "  - id: annual-report", "  - id: annual-reports", "document.unknown"),
    ],
)
def test_why_there_are_no_pages_is_told_and_the_next_request_goes_well(
    workspace: Workspace, name: str, before: str, after: str, code: str
) -> None:
    studio, show = Studio(workspace), Show("spoc", "annual-report", "en")
    (failed,) = studio.show(dataclasses.replace(show, texts=edited(workspace, name, before, after)))
    assert isinstance(failed, Failed)
    assert code in {problem.code for problem in failed.problems}
    assert len(pages(studio, show)) == 8
