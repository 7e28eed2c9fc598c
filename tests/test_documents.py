"""Every document that the repository makes passes every judge, comes out the same twice, and is in its language."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import tinyhtml5
from PIL import ImageOps

from report import pipeline
from report.formats.pdf import weasyprint
from report.html import parser
from report.html.text import words
from report.values import Job
from report.workspace import Workspace
from tests.conftest import ROOT
from tests.judges import judge, judge_params


def _files(built, suffix: str) -> list[Path]:
    name = suffix.removeprefix(".")
    found = [files[name].path for _, files in built.values() if name in files]  # a print shop's edition is PDF alone
    assert len(found) >= 2
    return found


@pytest.mark.parametrize("which", judge_params(".pdf"))
def test_every_pdf_passes(which, built) -> None:
    assert {path.name: judge(which, path) for path in _files(built, ".pdf")} == {
        path.name: [] for path in _files(built, ".pdf")
    }


@pytest.mark.parametrize("which", judge_params(".docx"))
def test_every_docx_passes(which, built) -> None:
    assert {path.name: judge(which, path) for path in _files(built, ".docx")} == {
        path.name: [] for path in _files(built, ".docx")
    }


@pytest.mark.slow
@pytest.mark.parametrize("which", judge_params(".pdf"))
def test_every_pdf_of_every_edition_passes(which, every_edition) -> None:
    found = {path.name: judge(which, path) for path in _files(every_edition, ".pdf")}
    assert any("-redacted" in name for name in found) and any("-print" in name for name in found)
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.slow
@pytest.mark.parametrize("which", judge_params(".docx"))
def test_every_docx_of_every_edition_passes(which, every_edition) -> None:
    assert {path.name: p for path in _files(every_edition, ".docx") if (p := judge(which, path))} == {}


@pytest.mark.quick("annual-report", "leaflet")
@pytest.mark.parametrize(
    ("organisation", "document"), [("spoc", "annual-report"), ("spoc", "leaflet"), ("lantern-bridge", "*")]
)
def test_two_builds_give_the_same_bytes(
    built, repository: Workspace, tmp_path: Path, organisation: str, document: str
) -> None:
    other = Workspace.at(repository.root, tmp_path)
    for job in (job for job in built if job.organisation == organisation and document in (job.document, "*")):
        _, files = built[job]
        again = {artifact.format: artifact.sha256 for artifact in pipeline.run(other, job).artifacts}
        assert again == {name: artifact.sha256 for name, artifact in files.items()}, job


@pytest.mark.slow
def test_plain_weasyprint_writes_the_same_bytes(every_edition, repository: Workspace, tmp_path: Path) -> None:
    """Every document in every edition, built once more in a process that leaves all speed-ups out."""
    environment = os.environ | {weasyprint.VARIABLE: "1", "PYTHONPATH": str(ROOT)}
    for name in sorted({job.organisation for job in every_edition}):
        command = [sys.executable, "-c", "from report.cli.main import main; main()", "build", name, "--format", "pdf"]
        command += ["--workspace", repository.root, "--output", tmp_path, "-j", "1", "--anew", "--quiet"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    for job, (_, files) in every_edition.items():
        path = tmp_path / files["pdf"].path.relative_to(repository.output)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == files["pdf"].sha256, job


def test_a_pdf_says_what_it_is(built) -> None:
    for job, (document, files) in built.items():
        with pikepdf.open(files["pdf"].path) as pdf:
            assert str(pdf.Root.Lang) == job.language
            assert str(pdf.docinfo["/Title"]) == document.title
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            metadata = pdf.Root.Metadata.read_bytes()
            assert b'part="3"' in metadata and b'conformance="A"' in metadata and b'pdfuaid:part="1"' in metadata
            assert len(pdf.pages) == files["pdf"].pages
            assert [str(item.title) for item in pdf.open_outline().root][:2] != []
            assert pdf.attachments["facts.json"].get_file().read_bytes() == document.attachments[0].content


def test_bulgarian_has_no_english_sentence(built) -> None:
    for job, (document, _) in built.items():
        if job.language != "bg":
            continue
        text = re.sub(r'<(span|p)[^>]* lang="[^"]+"[^>]*>.*?</\1>', "", document.html)
        text = re.sub(r"<a [^>]*>[^<]*@?[a-z-]+\.[a-z.-]+[^<]*</a>", "", text)  # addresses are in no language
        text = re.sub(r"https?://\S+", "", text)
        text = re.sub(r"<head>.*?</head>|<[^>]+>", " ", text, flags=re.DOTALL)
        text = " ".join(text.split())
        english = {e.strip(" ,.(") for e in re.findall(r"(?:\b[A-Za-z’]+\b[ ,.(]*){3,}", text)}
        assert english <= {"IBM Plex Sans, IBM Plex Serif"}  # names, and nothing else
        day = {11: "ноември", 4: "април", 5: "май"}[document.date.month]
        assert f"{document.date.day} {day} {document.date.year} г." in text
        assert "Съдържание" in text or "doc-toc" not in document.html


def test_bulgarian_letterforms_are_used(built, tmp_path: Path) -> None:
    """The same letters in Bulgarian and in Russian come out as different glyphs of the same font."""
    asked = ("spoc", "affiliations-annex", "bg")
    document, files = next(
        value for job, value in built.items() if (job.organisation, job.document, job.language) == asked
    )
    assert _glyphs_of(files["pdf"].path) - _glyphs_of(_as_russian(document, tmp_path))


def _as_russian(document, folder: Path) -> Path:
    import dataclasses

    from report.formats import pdf

    russian = dataclasses.replace(
        document, tree=parser.tree(document.html.replace('lang="bg"', 'lang="ru"')), language="ru"
    )
    return pdf.write(russian, folder / "ru.pdf").path


def _glyphs_of(path: Path) -> set[tuple[str, int]]:
    """Return (font, glyph) of every glyph that a PDF embeds with an outline."""
    import io

    from fontTools.ttLib import TTFont

    found = set()
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor" and "/FontFile2" in item:
                with TTFont(io.BytesIO(item.FontFile2.read_bytes())) as font:
                    name = str(item.FontName).split("+")[-1]
                    found |= {(name, g) for g in range(len(font["loca"]) - 1) if font["loca"][g] != font["loca"][g + 1]}
    return found


def test_the_text_of_a_document_says_all_that_its_tree_does(built) -> None:
    for document, _ in built.values():
        parsed = parser.tree(document.html)
        assert parsed.html.replace("\n", "") == document.html.replace("\n", "")


def test_contents_lead_to_the_right_pages(built) -> None:
    """The page numbers that the PDF prints and that Word is given are those of the headings."""
    for document, files in built.values():
        anchors = files["pdf"].anchors
        root = tinyhtml5.parse(document.html, namespace_html_elements=False)
        headings = {e.get("id"): words(e) for e in root.iter() if e.tag in ("h1", "h2") and e.get("id") in anchors}
        assert len(headings) > (4 if "doc-toc" in document.html else 0)
        with pypdfium2.PdfDocument(files["pdf"].path) as pdf:
            text = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
        for name, heading in headings.items():
            assert heading in text[anchors[name] - 1], (name, heading)


def test_no_page_is_half_empty(built) -> None:
    """Pages but the last are filled to the middle at least, and the last is not nearly empty."""
    for job, (_, files) in built.items():
        depths = _depths(files["pdf"].path)
        assert min(depths[1:-1], default=1) > 0.5, (job, [(n, d) for n, d in enumerate(depths, 1) if d <= 0.5])
        assert depths[-1] > 0.2, (job, depths[-1])


def _depths(path: Path) -> list[float]:
    """Return how far down each page something stands above its footer, as a share of its height."""
    found = []
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            picture = ImageOps.invert(page.render(scale=0.5, grayscale=True).to_pil())
            body = picture.crop((0, 0, picture.width, round(picture.height * 0.93)))
            box = body.point(lambda value: 255 if value > 12 else 0).getbbox()
            found.append(box[3] / picture.height if box else 0.0)
    return found


def test_a_job_travels_between_processes(jobs: list[Job]) -> None:
    import pickle

    assert pickle.loads(pickle.dumps(jobs)) == jobs


def _of_the_report(made) -> dict[str, int]:
    report = ("lantern-bridge", "annual-report-2026", "screen")
    return {
        job.language: files["pdf"].pages
        for job, (_, files) in made.items()
        if (job.organisation, job.document, job.edition) == report
    }


def test_the_complete_report_has_forty_pages_at_most(built) -> None:
    """Nothing of it is in smaller type; tables and drawings flow."""
    found = _of_the_report(built)
    assert found and all(28 <= pages <= 40 for pages in found.values()), found


@pytest.mark.slow
def test_the_complete_report_has_forty_pages_at_most_in_every_language(every_edition) -> None:
    found = _of_the_report(every_edition)
    assert set(found) == {"en", "bg"} and all(28 <= pages <= 40 for pages in found.values()), found
