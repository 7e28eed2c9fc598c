"""Whatever would fetch, start or take in something when a filled form is opened: however it is written, it is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from report.forms.word.package import open_form
from report.values import ReportError
from tests.forms import funder

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
FETCH = 'INCLUDEPICTURE "http://x.org/a.png"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def chars(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(*runs: str) -> bytes:
    return funder.package(f"<w:p>{chars('begin')}{''.join(runs)}{chars('separate')}{chars('end')}</w:p>")


def said(text: str, tag: str = "instrText") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def shown(inner: str) -> bytes:
    """Return a file whose relationship says that it is a link to click on, and which something else loads."""
    relation = f'<Relationship Id="rId5" Type="{R}/hyperlink" Target="http://x.org/a" TargetMode="External"/>'
    return funder.package(f"<w:p><w:r>{inner}</w:r></w:p>", relations=relation)


def part(name: str, content: str | bytes, kind: str) -> bytes:
    types = f'<Override PartName="/{name}" ContentType="{kind}"/>'
    return funder.package(funder.p("x"), {name: content}, types=types)


def document(before: str) -> bytes:
    body = f"<w:document xmlns:w=\"{W}\"><w:body><w:p><w:fldSimple w:instr='{FETCH}'/></w:p></w:body></w:document>"
    return funder.replaced(funder.unpp(), {"word/document.xml": before + body})


def elsewhere() -> bytes:
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{R}/officeDocument" Target="word/real.xml"/></Relationships>'
    real = f'<w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>'
    return funder.replaced(funder.unpp(), {"_rels/.rels": relations, "word/real.xml": real})


VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
REFUSED: dict[str, Callable[[], bytes]] = {
    "spaces before the part": lambda: document(" " * 300),
    "a comment in the code": lambda: code(said('INC<!-- c -->LUDEPICTURE "http://x.org"')),
    "an instruction for programs in the code": lambda: code(said('INC<?p x?>LUDEPICTURE "http://x.org"')),
    "the code as text": lambda: code(said(FETCH, "t")),
    "half of the code as text": lambda: code(said("INCLUDE"), said('PICTURE "http://x.org"', "t")),
    "a name that another field makes": lambda: code(said(" I"), chars("begin"), said("QUOTE NCLUDEPICTURE"), chars("separate"), said("x", "t"), chars("end"), said(' "http://x.org"')),
    "a name that another field's result ends": lambda: code(said(" "), chars("begin"), said("QUOTE INCLUDEPICTURE"), chars("separate"), said("INCLUDEPICTURE", "t"), chars("end"), said(' "http://x.org"')),
    "deleted words before the name": lambda: code(f'<w:del w:id="1" w:author="a">{said("PAGE ", "delInstrText")}</w:del>', said(FETCH)),
    "a header of the Strict namespace": lambda: part("word/header9.xml", f"<w:hdr xmlns:w='{STRICT_W}'><w:p><w:fldSimple w:instr='{FETCH}'/></w:p></w:hdr>", f"{_TYPE}.header+xml"),
    "a part of another ending": lambda: part("word/notes.bin", f"<w:ftr xmlns:w='{W}'><w:p><w:fldSimple w:instr='{FETCH}'/></w:p></w:ftr>", f"{_TYPE}.footer+xml"),
    "a part in UTF-16": lambda: part("word/footer9.xml", f"<?xml version='1.0' encoding='UTF-16'?><w:ftr xmlns:w='{W}'><w:p><w:fldSimple w:instr='{FETCH}'/></w:p></w:ftr>".encode("utf-16"), f"{_TYPE}.footer+xml"),
    "a document of another name": elsewhere,
    "a picture of VML by its number": lambda: shown(f'<w:pict><v:shape {VML}><v:imagedata r:id="rId5" xmlns:r="{R}"/></v:shape></w:pict>'),
    "a picture of VML by its address": lambda: shown(f'<w:pict><v:shape {VML}><v:imagedata r:href="rId5" xmlns:r="{R}"/></v:shape></w:pict>'),
    "a document within": lambda: shown(f'<w:subDoc r:id="rId5" xmlns:r="{R}"/>'),
    "a template": lambda: shown(f'<w:attachedTemplate r:id="rId5" xmlns:r="{R}"/>'),
    "a frame": lambda: shown(f'<w:sourceFileName r:id="rId5" xmlns:r="{R}"/>'),
    "an object that is linked": lambda: shown(f'<w:object><o:OLEObject {VML} r:id="rId5" xmlns:r="{R}" UpdateMode="Always"/></w:object>'),
    "a Strict picture": lambda: shown(f'<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:link="rId5" xmlns:r="{STRICT_W.replace("wordprocessingml/main", "officeDocument/relationships")}"/>'),
    "another address of a picture": lambda: funder.package(f'<w:p><w:r><w:pict><v:shape {VML}><v:imagedata src="a.png" o:althref="http://x.org/a"/></v:shape></w:pict></w:r></w:p>'),
    "an address of the office's": lambda: funder.package(f'<w:p><w:r><w:pict><v:shape {VML}><v:fill o:href="http://x.org/a"/></v:shape></w:pict></w:r></w:p>'),
    "a control that runs": lambda: funder.package(f'<w:p><w:r><w:object><w:control w:name="x" r:id="rId9" xmlns:r="{R}"/></w:object></w:r></w:p>'),
    "the data of one": lambda: part("word/activeX/activeX1.xml", "<ax:ocx xmlns:ax='http://schemas.microsoft.com/office/2006/activeX'/>", "application/vnd.ms-office.activeX+xml"),
    "a pane of an add-in": lambda: part("word/webextensions/taskpanes.xml", "<wetp:taskpanes xmlns:wetp='http://schemas.microsoft.com/office/webextensions/taskpanes/2010/11'/>", "application/vnd.ms-office.webextensiontaskpanes+xml"),
    "macros by another spelling": lambda: part("word/vba.bin", b"macros", "application/vnd.ms-office.vba&#80;roject"),
    "a source of letters": lambda: part("word/settings9.xml", f"<w:settings xmlns:w='{W}'><w:mailMerge><w:odso><w:udl w:val='x'/></w:odso></w:mailMerge></w:settings>", f"{_TYPE}.settings+xml"),
    "a drawing that shows another": lambda: part("word/media/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><image href='http://x.org/a'/></svg>", "image/svg+xml"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(REFUSED[name]())
    with pytest.raises(ReportError) as raised:
        open_form(path)
    (problem,) = raised.value.problems
    assert problem.code == "form.refused" and problem.hint


ACCEPTED: dict[str, Callable[[], bytes]] = {
    "a link to click on": lambda: funder.package(f'<w:p><w:hyperlink r:id="rId5" xmlns:r="{R}"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>', relations=f'<Relationship Id="rId5" Type="{R}/hyperlink" Target="http://x.org/a" TargetMode="External"/>'),
    "a field with another in it": lambda: code(said(" IF "), chars("begin"), said(" PAGE "), chars("separate"), said("1", "t"), chars("end"), said(' = 1 "a" "b" ')),
    "a sum": lambda: code(said(" =SUM(ABOVE) ")),
    "a field's result": lambda: funder.package(f"<w:p>{chars('begin')}{said(' PAGE ')}{chars('separate')}{said('LINK DDE', 't')}{chars('end')}</w:p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_a_form_has_is_taken(name: str, tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(ACCEPTED[name]())
    assert open_form(path).stories
