"""Files that are no form, or no safe one, are refused with a reason, and left alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from report.forms.fields.families import find_fields
from report.forms.word.package import open_form
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


def _another_kind() -> bytes:
    """Return a file whose main part the package calls another's, though a Word document's type is named for a part."""
    types = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><!-- of Word -->"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types += f"<Default Extension='xml' ContentType='application/xml'/><Override PartName='/word/x.xml' ContentType='{main}'/></Types>"
    return funder.replaced(funder.unpp(), {"[Content_Types].xml": types})


def _named_as_relationships(name: str) -> bytes:
    """Return a file whose header has the name of a part for relationships, with a field that starts a program."""
    types = f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>'
    field = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:fldSimple w:instr=" DDEAUTO cmd x "/></w:p></w:hdr>'
    return funder.package(funder.p("x"), {name: field}, types=types)


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


def _field(*codes: str) -> bytes:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    said = "".join(f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>' for code in codes)
    return funder.package(f"<w:p>{begin}{said}{end}</w:p>")


def _relations(name: str, mode: str) -> bytes:
    relation = (
        f'<Relationship Id="rId5" Type="{_RELATION}/attachedTemplate" Target="https://example.org/t.dotm"{mode}/>'
    )
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    return funder.replaced(funder.part_b(), {name: relations})


def _packed(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(funder.part_b())) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name), method)
    return out.getvalue()


def _elsewhere() -> bytes:
    """Return a file whose directory says that a part begins before the file does."""
    content = bytearray(funder.part_b())
    at = content.rindex(b"PK\x05\x06") + 16
    content[at : at + 4] = (int.from_bytes(content[at : at + 4], "little") + 5_000).to_bytes(4, "little")
    return bytes(content)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "half of a file": (lambda: funder.unpp()[:900], "damaged"),
    "no ZIP at all": (lambda: b"Dear applicant,", "damaged"),
    "an empty file": (lambda: b"", "damaged"),
    "a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
    "an encrypted part": (_encrypted, "encrypted"),
    "macros": (_macros, "macros"),
    "a field in a part named like relationships": (lambda: _named_as_relationships("word/h.rels"), "DDEAUTO"),
    "a field in a folder of relationships": (lambda: _named_as_relationships("word/_RELS/header1.xml.RELS"), "DDEAUTO"),
    "a main part of another kind": (_another_kind, "not a Word document"),
    "a bomb": (_bomb, "bomb"),
    "a template from the network": (lambda: _external("attachedTemplate", "https://example.org/t.dotm"), "outside"),
    "a template from a share": (lambda: _external("attachedTemplate", "file://server/t.dotm"), "outside"),
    "a picture from the network": (lambda: _external("image", "https://example.org/p.png"), "outside"),
    "an object from the network": (lambda: _external("oleObject", "https://example.org/o.bin"), "outside"),
    "a frame": (lambda: _external("subDocument", "https://example.org/d.docx"), "outside"),
    "broken XML": (lambda: funder.replaced(funder.unpp(), {"word/document.xml": "<w:document"}), "word/document.xml"),
    "entities": (_entities, "document type"),
    "a spreadsheet": (lambda: funder.replaced(funder.unpp(), {"[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"}), "not a Word"),
    "relationships in capitals": (lambda: _relations("word/_rels/settings.xml.RELS", ' TargetMode="External"'), "outside"),
    "a mode in small letters": (lambda: _relations("word/_rels/settings.xml.rels", ' TargetMode="external"'), "outside"),
    "an address without a mode": (lambda: _relations("word/_rels/settings.xml.rels", ""), "outside"),
    "a kind that ends like a link": (lambda: _external("frame/hyperlink", "https://example.org"), "outside"),
    "a field that starts a program": (lambda: _field(' DDEAUTO c:\\cmd.exe "/k"'), "reaches outside"),
    "such a field in pieces": (lambda: _field(" DDE", "AUTO c:\\cmd.exe"), "reaches outside"),
    "a field that fetches": (lambda: _field(' INCLUDEPICTURE "https://example.org/p.png" \\d'), "reaches outside"),
    "a packing of other programs": (lambda: _packed(zipfile.ZIP_LZMA), "does not read"),
    "a directory that is wrong": (_elsewhere, "damaged"),
    "strict Open XML": (lambda: funder.replaced(funder.unpp(), {"word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'}), "Strict"),
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
        assert find_fields(open_form(path)) == []


def test_a_template_file_is_a_form_too(tmp_path: Path) -> None:
    path = tmp_path / "form.dotx"
    path.write_bytes(
        funder.package(funder.line("Name: ", funder.control("Name", "<w:text/>", number=3)), main="template")
    )
    assert [place.address for place in find_fields(open_form(path))] == ["control:Name"]


def test_a_document_of_another_name_is_a_form(tmp_path: Path) -> None:
    """Word on the web names it document2.xml."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(funder.part_b())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            said = old.read(name).replace(b"document.xml", b"document2.xml")
            new.writestr(name.replace("document.xml", "document2.xml"), said)
    path = tmp_path / "form.docx"
    path.write_bytes(out.getvalue())
    assert [place.part for place in find_fields(open_form(path))] == ["word/document2.xml"] * 6
