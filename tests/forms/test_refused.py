"""Files that are no form, or no safe one, are refused with a reason, and left alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from report.forms import places
from report.forms.package import open_form
from report.values import ReportError
from tests.cli.test_commands import run
from tests.forms import funder

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _external(kind: str, target: str) -> bytes:
    relation = f'<Relationship Id="rId5" Type="{_RELATION}/{kind}" Target="{target}" TargetMode="External"/>'
    return funder.package(funder.p("x"), relations=relation)


def _bomb() -> bytes:
    return funder.replaced(funder.unpp(), {"word/media/image2.png": b"\0" * 60_000_000})


def _macros() -> bytes:
    types = '<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    return funder.package(funder.p("x"), {"word/vbaProject.bin": b"macros"}, types=types)


def _entities() -> bytes:
    declared = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
    return funder.replaced(funder.part_b(), {"word/document.xml": declared})


def _twice() -> bytes:
    out = io.BytesIO(funder.part_b())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("WORD/document.xml", "<x/>")
    return out.getvalue()


def _encrypted() -> bytes:
    content = bytearray(funder.part_b())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "half of a file": (lambda: funder.unpp()[:900], "damaged"),
    "no ZIP at all": (lambda: b"Dear applicant,", "damaged"),
    "an empty file": (lambda: b"", "damaged"),
    "a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
    "an encrypted part": (_encrypted, "encrypted"),
    "macros": (_macros, "macros"),
    "a bomb": (_bomb, "bomb"),
    "a template from the network": (lambda: _external("attachedTemplate", "https://example.org/t.dotm"), "outside"),
    "a template from a share": (lambda: _external("attachedTemplate", "file://server/t.dotm"), "outside"),
    "a picture from the network": (lambda: _external("image", "https://example.org/p.png"), "outside"),
    "an object from the network": (lambda: _external("oleObject", "https://example.org/o.bin"), "outside"),
    "a frame": (lambda: _external("subDocument", "https://example.org/d.docx"), "outside"),
    "broken XML": (lambda: funder.replaced(funder.unpp(), {"word/document.xml": "<w:document"}), "word/document.xml"),
    "entities": (_entities, "document type"),
    "a spreadsheet": (lambda: funder.replaced(funder.unpp(), {"[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"}), "no Word"),
    "a part twice": (_twice, "same name"),
    "a part outside": (lambda: funder.replaced(funder.unpp(), {"../evil.xml": "<x/>"}), "outside the package"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_a_reason(name: str, tmp_path: Path) -> None:
    content, word = REFUSED[name]
    path = tmp_path / "form.docx"
    path.write_bytes(content())
    with pytest.raises(ReportError) as raised:
        open_form(path)
    (problem,) = raised.value.problems
    assert problem.code == "form.refused" and word in problem.message and problem.location.path == path


def test_the_command_refuses_without_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(_macros())
    done = run("form", "map", str(path), cwd=tmp_path)
    assert (
        done.returncode == 1
        and "form.docx: error: this form is refused" in done.stderr
        and ".docx, which leaves" in done.stderr
    )
    assert list(tmp_path.iterdir()) == [path]
    assert run("form", "map", str(tmp_path / "none.docx"), cwd=tmp_path).returncode == 1


def test_a_link_and_the_authors_own_template_are_no_reason(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    for content in (
        _external("hyperlink", "https://example.org"),
        _external("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm"),
    ):
        path.write_bytes(content)
        assert places.find(open_form(path)) == []


def test_a_template_file_is_a_form_too(tmp_path: Path) -> None:
    path = tmp_path / "form.dotx"
    path.write_bytes(
        funder.package(funder.line("Name: ", funder.control("Name", "<w:text/>", number=3)), main="template")
    )
    assert [place.address for place in places.find(open_form(path))] == ["control:Name"]
