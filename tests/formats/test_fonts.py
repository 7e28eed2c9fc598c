"""A theme's font file that changes while a process goes on: the next document is made with what the file is now."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from report import files
from report.formats import charts, html, pdf
from report.formats.charts import measure
from report.values import Chart, Document, FontFace, Series
from tests.conftest import ROOT
from tests.formats.docx import support

pytestmark = pytest.mark.fonts
FAMILY = "Quayside"
CHART = Chart(
    "chart", "bar", "A chart", "a and o", ("a", "o"), (Series("Values", (Decimal(1), Decimal(2)), ("1", "2")),)
)


@pytest.fixture
def made(tmp_path: Path) -> Document:
    """A document whose text is set in a font of its own."""
    found = support.document("<p>a word</p>", fonts=True)
    faces = [_moved(face, tmp_path) for face in found.look.fonts if face.role == "text" and not face.italic]
    look = dataclasses.replace(found.look, fonts=tuple(faces), styles=("body { font-family: var(--font-text) }",))
    return dataclasses.replace(found, look=look)


def _moved(face: FontFace, folder: Path) -> FontFace:
    path = folder / face.path.name
    with TTFont(face.path) as font:
        for name in font["name"].names:
            if name.nameID in (1, 4, 16):
                font["name"].setName(FAMILY, name.nameID, name.platformID, name.platEncID, name.langID)
        font.save(path)
    return dataclasses.replace(face, path=path, family=FAMILY)


def _change(document: Document) -> None:
    """Give the letter a the form of the letter o, and a greater width."""
    for face in document.look.fonts:
        with TTFont(face.path) as font:
            font["glyf"]["a"] = font["glyf"]["o"]
            font["hmtx"]["a"] = (font["hmtx"]["a"][0] + 90, font["hmtx"]["o"][1])
            font.save(face.path)


def _pdf(document: Document, folder: Path) -> bytes:
    return pdf.write(document, folder / "made.pdf").path.read_bytes()


def _html(document: Document, folder: Path) -> bytes:
    return html.write(document, folder / "made.html").path.read_bytes()


def _measured(document: Document, _folder: Path) -> float:
    return measure.width("a word", (document.look.fonts[0].path,), 10)


def _drawn(document: Document, folder: Path) -> bytes:
    """Return a drawing; what is kept in a folder is found there in later runs, too."""
    charts.cache_in(folder / "charts")
    try:
        return charts.png(CHART, document.look)
    finally:
        charts.cache_in(None)


@pytest.mark.parametrize("make", [_pdf, _html, _measured, _drawn])
def test_a_font_that_changes_is_read_anew(
    made: Document, tmp_path: Path, make: Callable[[Document, Path], object]
) -> None:
    before = make(made, tmp_path)
    assert make(made, tmp_path) == before
    _change(made)
    assert make(made, tmp_path) != before


@pytest.mark.parametrize("name", ["IBMPlexSans-Regular.ttf", "IBMPlexSansArabic-Bold.ttf"])
def test_the_part_of_a_font_is_that_of_fonttools_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its table of names is kept from fontTools, which would leave the same in it."""
    path = ROOT / "templates/fonts/ibm-plex" / name
    face = FontFace("text", "IBM Plex", path, 400, False, "Arab" if "Arabic" in name else "")
    made = [html._font.__wrapped__(face, frozenset("Aa سلام"), files.state(path))]
    monkeypatch.setattr(html, "_NAMING", ("name",))  # every font has it: fontTools does all by itself
    assert made == [html._font.__wrapped__(face, frozenset("Aa سلام"), files.state(path))]
