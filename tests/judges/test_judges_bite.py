"""Planted faults prove that every judge bites, and that none of them bites a good file.

What the two PDF judges say is compared on each fault: the fast tier stands in for the reference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pikepdf
import pytest

from report.formats.libraries import missing_libraries
from tests.judges import (
    JUDGES,
    Judge,
    JudgeMissing,
    judge,
    judge_params,
    judges_for,
    missing,
    pdf_fast,
    required,
    samples,
)
from tests.judges.samples import HTML, in_body, make_docx, make_pdf

needs_pango = pytest.mark.skipif(bool(missing_libraries()), reason="this machine has no Pango")


def drop_fonts(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
            for key in {"/FontFile", "/FontFile2", "/FontFile3"} & set(thing.keys()):
                del thing[key]


def interpolate(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
            thing.Interpolate = True


def untag(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot
    del pdf.Root.MarkInfo


def drop_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


# What is planted → what both PDF/A and PDF/UA judges must find.
PDF_FAULTS = {
    "missing alt": {"html": HTML.replace(' alt="A blue square"', "")},
    "missing title": {"html": HTML.replace("<title>Our networks</title>", "")},
    "missing language": {"html": HTML.replace(' lang="en"', "")},
    "language removed": {"spoil": drop_language},
    "skipped heading": {"html": HTML.replace("h2>", "h4>")},
    "missing glyph": {"html": HTML.replace("A paragraph", "A \U0001f9ff paragraph")},
    "font not embedded": {"spoil": drop_fonts},
    "interpolated image": {"spoil": interpolate},
    "not tagged": {"spoil": untag},
    "paragraph in a list item": {"html": HTML.replace("<li>One", "<li><p>One</p>")},
    "element in a link": {"html": HTML.replace("a link", "<em>a link</em>")},
    "no pdfuaid": {"xmp": b""},
    "pdfuaid without its schema": {"xmp": samples.PDFUA_PART},
}
CONFORMANCE = [p for p in judge_params(".pdf") if p.id in ("pdf-page", "pdf-vera")]
PDF_JUDGES = judge_params(".pdf")


@needs_pango
@pytest.mark.parametrize("which", PDF_JUDGES)
def test_a_good_pdf_passes(which: Judge, tmp_path: Path):
    # PDF/A-3a and PDF/UA-1 in one file: pdfuaid and its extension schema put into WeasyPrint's XMP.
    assert judge(which, make_pdf(tmp_path / "good.pdf")) == []


@needs_pango
@pytest.mark.parametrize("which", CONFORMANCE)
@pytest.mark.parametrize("fault", PDF_FAULTS)
def test_a_planted_fault_is_found(which: Judge, fault: str, tmp_path: Path):
    found = judge(which, make_pdf(tmp_path / "bad.pdf", **PDF_FAULTS[fault]))
    assert found
    assert not any("crashed" in line for line in found)  # it judged: it did not merely fail to read the file


@needs_pango
@pytest.mark.parametrize("which", CONFORMANCE)
def test_compressed_metadata_is_no_fault(which: Judge, tmp_path: Path):
    path = tmp_path / "compressed.pdf"
    path.write_bytes(samples.render())  # pikepdf would write the metadata uncompressed
    with pikepdf.open(path) as pdf:
        assert "/Filter" in pdf.Root.Metadata
    found = judge(which, path)
    assert found and not [line for line in found if line.startswith(("PDF_A_3A", "PDFA-3A"))]


@needs_pango
def test_the_false_alarm_is_still_raised():
    import page

    report = page.validate_pdf_bytes(samples.render(), profile=page.ValidationProfile.PDF_A_3A)
    # When page-validation is mended this fails: then take the exception out of pdf_fast.
    assert {f.rule_id for f in report.failures} == pdf_fast.FALSE_ALARMS


@needs_pango
@pytest.mark.parametrize("which", PDF_JUDGES)
@pytest.mark.parametrize("damage", ["broken xref", "cut short", "not a PDF"])
def test_a_damaged_pdf_is_found(which: Judge, damage: str, tmp_path: Path):
    path = make_pdf(tmp_path / "damaged.pdf")
    content = path.read_bytes()
    damaged = {
        "broken xref": re.sub(rb"startxref\s+\d+", b"startxref\n99", content),
        "cut short": content[: len(content) // 2],
        "not a PDF": b"",
    }
    path.write_bytes(damaged[damage])
    assert judge(which, path)


@needs_pango
@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "said"), [("font not embedded", "not embedded"), ("not tagged", "not tagged"), ("missing title", "title")]
)
def test_poppler_finds_its_part(fault: str, said: str, tmp_path: Path):
    (which,) = [j for j in JUDGES if j.name == "pdf-syntax"]
    found = judge(which, make_pdf(tmp_path / "bad.pdf", **PDF_FAULTS[fault]))
    assert any(said in line for line in found)


def drop_styles(parts: dict[str, bytes]) -> None:
    del parts["word/styles.xml"]


def drop_relationship(parts: dict[str, bytes]) -> None:
    name = "word/_rels/document.xml.rels"
    parts[name] = re.sub(rb"<Relationship [^>]*/image[^>]*/>", b"", parts[name])


def empty_body(parts: dict[str, bytes]) -> None:
    name = "word/document.xml"
    parts[name] = re.sub(rb"<w:body>.*</w:body>", b"<w:body/>", parts[name], flags=re.DOTALL)


DOCX_FAULTS = {
    "unknown element": in_body(b"<w:paragraf/>"),
    "bad attribute value": in_body(b'<w:p><w:pPr><w:jc w:val="middel"/></w:pPr></w:p>'),
    "wrong order": in_body(b"<w:p><w:r><w:t>x</w:t><w:rPr><w:b/></w:rPr></w:r></w:p>"),
    "missing part": drop_styles,
    "missing relationship": drop_relationship,
    "broken XML": in_body(b"<w:p>"),
}
SCHEMA = [p for p in judge_params(".docx") if p.id in ("docx-audit", "docx-sdk")]
DOCX_JUDGES = judge_params(".docx")


@pytest.mark.parametrize("which", DOCX_JUDGES)
def test_a_good_docx_passes(which: Judge, tmp_path: Path):
    assert judge(which, make_docx(tmp_path / "good.docx")) == []


@pytest.mark.quick("unknown element", "missing relationship", "wrong order")
@pytest.mark.parametrize("which", SCHEMA)
@pytest.mark.parametrize("fault", DOCX_FAULTS)
def test_a_spoilt_docx_is_found(which: Judge, fault: str, tmp_path: Path):
    found = judge(which, make_docx(tmp_path / "bad.docx", DOCX_FAULTS[fault]))
    assert found
    assert not any("crashed" in line for line in found)


@pytest.mark.parametrize("which", DOCX_JUDGES)
@pytest.mark.parametrize("size", [0, 9000])
def test_a_truncated_docx_is_found(which: Judge, size: int, tmp_path: Path):
    path = make_docx(tmp_path / "cut.docx")
    path.write_bytes(path.read_bytes()[:size])
    assert judge(which, path)


@pytest.mark.slow
@pytest.mark.parametrize("spoil", [empty_body, in_body(b"<w:p>")], ids=["blank page", "broken XML"])
def test_libreoffice_finds_its_part(spoil, tmp_path: Path):
    (which,) = [j for j in JUDGES if j.name == "docx-render"]
    assert judge(which, make_docx(tmp_path / "bad.docx", spoil))


def test_every_judge_has_a_tier_and_a_suffix():
    assert {j.tier for j in JUDGES} == {"fast", "slow"}
    assert judges_for(".pdf", "fast") and judges_for(".docx", "fast")
    assert len({j.name for j in JUDGES}) == len(JUDGES)


class TestMissing:
    """A judge that is not installed: a skip for a developer, a failure where judges are required."""

    @pytest.fixture
    def absent(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Judge:
        monkeypatch.setenv("PATH", os.fspath(tmp_path))  # there is no program at all
        (which,) = [j for j in JUDGES if j.name == "pdf-syntax"]
        return which

    def test_it_says_so(self, absent: Judge, tmp_path: Path):
        with pytest.raises(JudgeMissing, match="qpdf"):
            absent.findings(tmp_path / "any.pdf")

    def test_a_developer_skips(self, absent: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.delenv("CI", raising=False)
        monkeypatch.delenv("REPORT_JUDGES", raising=False)
        with pytest.raises(pytest.skip.Exception):
            judge(absent, tmp_path / "any.pdf")

    @pytest.mark.parametrize("variable", [{"CI": "true"}, {"CI": "1"}, {"REPORT_JUDGES": "required"}], ids=str)
    def test_required_fails(self, absent: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: dict):
        monkeypatch.delenv("CI", raising=False)
        monkeypatch.delenv("REPORT_JUDGES", raising=False)
        assert not required()
        for name, value in variable.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(pytest.fail.Exception, match="make judges"):
            judge(absent, tmp_path / "any.pdf")


def test_a_judge_that_crashes_has_failed_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from tests.judges import pdf_pikepdf

    def crash(path: Path) -> list[str]:
        raise RuntimeError("no such luck")

    monkeypatch.setattr(pdf_pikepdf, "findings", crash)
    assert judge(JUDGES[0], tmp_path / "any.pdf") == ["pdf-syntax-pikepdf crashed: RuntimeError: no such luck"]


def test_a_program_that_hangs_is_ended():
    import subprocess

    with pytest.raises(subprocess.TimeoutExpired):
        missing.run("sleep", "9", timeout=0.1)
