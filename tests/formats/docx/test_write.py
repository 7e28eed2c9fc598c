"""The whole file: every element of the list, before the judges; our own judge bites; files are whole or not there."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import warnings
import zipfile
from pathlib import Path

import pytest

from report.formats.docx import render, write
from report.formats.docx.package import archive
from report.html.elements import ELEMENTS
from report.values import ReportError
from tests.formats.docx.support import Opened, document, make, picture, text
from tests.judges.docx_structure import findings

SINK = Path(__file__).with_name("kitchen-sink.html")


@pytest.fixture(scope="module")
def sink(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("sink")
    assets = {"picture.png": picture(folder / "p.png"), "picture.jpg": picture(folder / "p.jpg", (300, 300))}
    made = document(SINK.read_text(encoding="utf-8"), assets=assets, fonts=True)
    target = folder / "sink.docx"
    write(made, target, {"one": 3})
    return target


def test_the_kitchen_sink_has_every_element():
    html = SINK.read_text(encoding="utf-8") + "<html><head><body><title><meta>"
    assert set(re.findall(r"<([a-z0-9]+)", html)) >= ELEMENTS - {"tbody"}


def test_the_kitchen_sink_satisfies_openxml_audit(sink):
    import openxml_audit

    result = openxml_audit.OpenXmlValidator(openxml_audit.FileFormat.MICROSOFT_365, max_errors=0).validate(sink)
    assert [str(e) for e in result.errors if "stylesWithEffects" not in str(e)] == []


def test_the_kitchen_sink_satisfies_our_own_checks(sink):
    assert findings(sink) == []


def test_python_docx_opens_the_kitchen_sink(sink):
    import docx

    opened = docx.Document(str(sink))
    assert opened.core_properties.title == "Title"
    assert len(opened.sections) == 4


def test_no_word_is_lost(sink):
    opened = Opened(sink.read_bytes())
    written = "".join(text(opened.body).split()) + "".join(text(opened.part("footnotes")).split())
    html = re.sub(r"<p data-running.*?</p>", "", SINK.read_text(encoding="utf-8"))
    html = re.sub(r"<[^>]+>", " ", html.replace("&shy;", "\u00ad"))
    missing = [word for word in html.split() if word not in written]
    assert missing == []


def test_writing_says_what_it_wrote_and_leaves_nothing_half_done(tmp_path):
    target = tmp_path / "x.docx"
    artifact = write(document("<p>x</p>"), target)
    assert artifact.format == "docx" and artifact.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    before = target.read_bytes()
    with pytest.raises(ReportError):
        write(document("<video></video>"), target)
    assert target.read_bytes() == before and list(tmp_path.iterdir()) == [target]


def test_writing_cleans_up_where_the_target_cannot_be_replaced(tmp_path):
    target = tmp_path / "x.docx"
    target.mkdir()
    with pytest.raises(ReportError):
        write(document("<p>x</p>"), target)
    assert list(tmp_path.iterdir()) == [target]


def test_an_empty_document_is_a_document(tmp_path):
    target = tmp_path / "x.docx"
    write(document(""), target)
    assert findings(target) == []


FAULTS = {
    "bookmark": (r"<w:bookmarkEnd [^>]*/>", ""),
    "bookmark-id": (r'(<w:bookmarkStart w:id=)"2"', r'\1"1"'),
    "bookmark-name": (r'w:name="wide"', 'w:name="one"'),
    "field": (r'<w:fldChar w:fldCharType="end"/>', ""),
    "grid": (r'<w:gridSpan w:val="4"/>', '<w:gridSpan w:val="5"/>'),
    "cell": (r"(</w:tcPr>)<w:p>(?:(?!</?w:p>).)*</w:p></w:tc>", r"\1</w:tc>"),
    "image": (r'descr="A teal rectangle"', 'descr=""'),
    "heading": (r'w:val="Heading3"', 'w:val="Heading5"'),
    "anchor": (r'w:anchor="wide"', 'w:anchor="gone"'),
    "relationship": (r'r:embed="rId\d+"', 'r:embed="rId999"'),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_planted_fault_is_caught(code, sink, tmp_path):
    pattern, replacement = FAULTS[code]
    spoiled = tmp_path / "spoiled.docx"
    with zipfile.ZipFile(sink) as source, zipfile.ZipFile(spoiled, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                changed, count = re.subn(pattern, replacement, content.decode(), count=1)
                assert count == 1, "the fault was not planted"
                content = changed.encode()
            target.writestr(name, content)
    assert f"{code}:" in " ".join(findings(spoiled))


def test_a_missing_part_is_caught(sink, tmp_path):
    spoiled = tmp_path / "spoiled.docx"
    with zipfile.ZipFile(sink) as source, zipfile.ZipFile(spoiled, "w") as target:
        for name in source.namelist():
            if not name.startswith("word/media/"):
                target.writestr(name, source.read(name))
    assert "relationship:" in " ".join(findings(spoiled))


def test_nothing_warns():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert zipfile.is_zipfile(io.BytesIO(render(document("<p>x</p>"))))
    assert make("<p>x</p>").names[0] == "[Content_Types].xml"


def test_an_archive_has_the_bytes_that_the_zip_module_writes():
    members = [("word/a.xml", b"<a/>" * 99), ("word/fonts/font1.odttf", b"a font " * 999), ("word/z.png", b"a picture")]
    levels = {".xml": 6, ".odttf": 3, ".png": 0}
    expected = io.BytesIO()
    with zipfile.ZipFile(expected, "w") as file:
        for name, blob in members:
            info, level = zipfile.ZipInfo(name, (2026, 6, 30, 0, 0, 0)), levels[Path(name).suffix]
            info.create_system, info.external_attr = 3, 0o600 << 16
            info.compress_type = zipfile.ZIP_DEFLATED if level else zipfile.ZIP_STORED
            file.writestr(info, blob, compresslevel=level)
    packed = archive.pack(members, datetime.date(2026, 6, 30), levels)
    assert packed == archive.pack(members, datetime.date(2026, 6, 30), levels) == expected.getvalue()
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert file.testzip() is None and [(name, file.read(name)) for name in file.namelist()] == members
