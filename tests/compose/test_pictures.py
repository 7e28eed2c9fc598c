"""Photographs of any shape fit the page in every format, upright, with their ratio and their caption."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pdfplumber
import pytest
from docx import Document as WordFile
from docx.oxml.ns import qn
from PIL import Image

from report import formats, pipeline
from report.values import Document, Job
from report.workspace import Workspace

SIZES = {
    "portrait.jpg": (1080, 1920),
    "landscape.jpg": (1920, 1080),
    "square.jpg": (1000, 1000),
    "panorama.jpg": (4000, 300),
    "tall.png": (100, 2900),
    "tiny.png": (12, 12),
    "turned.jpg": (1080, 1920),
    "mirrored.jpg": (1080, 1920),
}
"""Width and height as they are shown: the files of those that are turned lie."""
EXIF = {"turned.jpg": 6, "mirrored.jpg": 5}
CAPTION = "The third winter in the valley, with all who carried the books through the snow."
OWN = {
    "organisation.yaml": "name: {en: Amani, bg: Амани}\ncountry: KE\nlanguages: [en, bg]\nmission: {en: Peace., bg: Мир.}\n",
    "documents.yaml": "documents:\n  - {id: report, kind: annual-report, year: 2025, title: {en: Report, bg: Доклад}, languages: [en, bg], date: 2026-03-01}\n"
    "  - {id: booklet, kind: brochure-booklet, year: 2025, title: {en: Booklet, bg: Книжка}, languages: [en, bg], formats: [pdf], editions: [screen], date: 2026-03-01}\n",
    "programmes.yaml": "programmes:\n  - {id: wells, name: {en: Clean wells, bg: Чисти кладенци}, since: 2014, summary: {en: We dig., bg: Копаем.}}\n",
}  # fmt: skip


def _pictures(folder: Path, names: tuple[str, ...], caption: str = CAPTION) -> str:
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    for name in names:
        size, exif = SIZES[name], Image.Exif()
        if name in EXIF:
            size, exif[0x0112] = (size[1], size[0]), EXIF[name]
        Image.linear_gradient("L").convert("RGB").resize(size).save(folder / "pictures" / name, exif=exif)
    return "".join(
        f"  - {{file: pictures/{name}, alt: {{en: A, bg: А}}, caption: {{en: '{n}. {caption}', bg: '{n}. {caption}'}}, programme: wells}}\n"
        for n, name in enumerate(names)
    )


def _compose(folder: Path, pictures: str, document: str = "report", language: str = "en", **more: str) -> Document:
    own = folder / "data" / "amani"
    year = {"2025/year.yaml": f"summary: {{en: A year., bg: Година.}}\npictures:\n{pictures}"}
    for name, text in (OWN | year | {key.replace("__", "/") + ".yaml": text for key, text in more.items()}).items():
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(text, "utf-8")
    workspace = Workspace.at(folder)
    checked = pipeline.check(workspace, "amani")
    assert not checked.errors, checked.errors
    return pipeline.prepare(workspace, Job("amani", document, language, ("pdf", "docx", "html")))


def _on_pages(path: Path) -> list[tuple[int, float, float, float, float]]:
    """Return each picture's page, left, top, right and bottom in points, where it does not reach out of the page."""
    with pdfplumber.open(path) as opened:
        found = []
        for number, page in enumerate(opened.pages, 1):
            for image in page.images:
                assert image["x0"] >= -0.1 and image["x1"] <= page.width and image["top"] >= 0 and image["bottom"] <= page.height  # fmt: skip
                found.append((number, image["x0"], image["top"], image["x1"], image["bottom"]))
    return found


@pytest.mark.quick("turned.jpg", "tiny.png", "panorama.jpg")
@pytest.mark.parametrize("name", SIZES)
def test_a_photograph_fits_its_page_in_every_format(name: str, tmp_path: Path) -> None:
    document = _compose(
        tmp_path, _pictures(tmp_path / "data" / "amani", (name,)), language="bg" if name < "p" else "en"
    )
    ratio = SIZES[name][0] / SIZES[name][1]
    made = formats.write("pdf", document, tmp_path / "x.pdf")
    ((page, left, top, right, bottom),) = _on_pages(made.path)
    assert (right - left) / (bottom - top) == pytest.approx(ratio, rel=0.01)
    with pdfplumber.open(made.path) as opened:
        assert "third winter" in opened.pages[page - 1].extract_text()
        assert bottom < opened.pages[page - 1].height - 24 * 72 / 25.4
    word = WordFile(str(formats.write("docx", document, tmp_path / "x.docx").path))
    (shape,) = word.inline_shapes
    section = word.sections[0]
    assert shape.width / shape.height == pytest.approx(ratio, rel=0.01)
    assert shape.height <= section.page_height - section.top_margin - section.bottom_margin
    assert shape.width <= section.page_width - section.left_margin - section.right_margin
    assert shape.width.pt == pytest.approx(right - left, rel=0.02), "as large in Word as on the page"
    blip = word.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert Image.open(io.BytesIO(blip.blob)).size == SIZES[name]
    text = formats.write("html", document, tmp_path / "x.html").path.read_text("utf-8")
    assert re.search(r"img\s*\{[^}]*object-fit: contain", text) and re.search(r"img, svg \{[^}]*height: auto", text)


def test_two_portraits_stand_beside_each_other(tmp_path: Path) -> None:
    names = ("portrait.jpg", "turned.jpg")
    document = _compose(tmp_path, _pictures(tmp_path / "data" / "amani", names))
    one, other = _on_pages(formats.write("pdf", document, tmp_path / "x.pdf").path)
    assert one[0] == other[0] and one[2] == pytest.approx(other[2]) and one[3] < other[1]
    assert all(
        (x1 - x0) / (bottom - top) == pytest.approx(1080 / 1920, rel=0.01) for _, x0, top, x1, bottom in (one, other)
    )
    word = WordFile(str(formats.write("docx", document, tmp_path / "x.docx").path))
    (row,) = [row for table in word.tables for row in table.rows if len(row._tr.findall(f".//{qn('wp:inline')}")) == 2]
    assert len({shape.height for shape in word.inline_shapes}) == 1 and len(row.cells) == 2


@pytest.mark.quick("1500")
@pytest.mark.parametrize("length", [300, 1500, 4000])
def test_a_caption_stays_with_its_photograph(length: int, tmp_path: Path) -> None:
    caption = ("and so on " * 600)[:length].strip() + " end-of-it"
    document = _compose(tmp_path, _pictures(tmp_path / "data" / "amani", ("portrait.jpg",), caption))
    path = formats.write("pdf", document, tmp_path / "x.pdf").path
    ((page, *_),) = _on_pages(path)
    with pdfplumber.open(path) as opened:
        assert "end-of-it" in opened.pages[page - 1].extract_text()


@pytest.mark.quick("turned.jpg-report", "panorama.jpg-booklet")
@pytest.mark.parametrize(("name", "document"), [("portrait.jpg", "report"), ("turned.jpg", "report"), ("portrait.jpg", "booklet"), ("panorama.jpg", "booklet")])  # fmt: skip
def test_a_story_has_its_photograph_whole(name: str, document: str, tmp_path: Path) -> None:
    _pictures(tmp_path / "data" / "amani", (name,))
    story = (
        "stories:\n  - {id: ann, person: {en: Ann, bg: Ана}, title: {en: Ann, bg: Ана}, text: {en: She came., bg: Дойде.}, "
        f"picture: {{file: pictures/{name}, alt: {{en: A, bg: А}}}}, consent: {{by: person, date: 2025-01-02}}}}\n"
    )
    composed = _compose(tmp_path, "  []\n", document, **{"2025__stories": story})
    ((_, x0, top, x1, bottom),) = _on_pages(formats.write("pdf", composed, tmp_path / "x.pdf").path)
    assert (x1 - x0) / (bottom - top) == pytest.approx(SIZES[name][0] / SIZES[name][1], rel=0.01)


@pytest.mark.quick("tall.png")
@pytest.mark.parametrize("name", ["portrait.jpg", "tall.png", "panorama.jpg"])
def test_a_template_that_gives_a_width_squashes_nothing(name: str, tmp_path: Path) -> None:
    own = tmp_path / "templates" / "annual-report" / "sections"
    own.mkdir(parents=True)
    (own / "programmes.html.j2").write_text(
        f'<section data-page="landscape"><h1>P</h1><p><img src="pictures/{name}" alt="A" width="900"></p></section>'
        f'<section><h1>Q</h1><p><img src="pictures/{name}" alt="A" width="60%"></p></section>',
        "utf-8",
    )
    document = _compose(tmp_path, _pictures(tmp_path / "data" / "amani", (name,)))
    ratio = SIZES[name][0] / SIZES[name][1]
    on_pages = _on_pages(formats.write("pdf", document, tmp_path / "x.pdf").path)
    assert len(on_pages) == 2
    for _, x0, top, x1, bottom in on_pages:
        assert (x1 - x0) / (bottom - top) == pytest.approx(ratio, rel=0.01)
    word = WordFile(str(formats.write("docx", document, tmp_path / "x.docx").path))
    sections = {section.page_width > section.page_height: section for section in word.sections}
    for shape, section in zip(word.inline_shapes, (sections[True], sections[False]), strict=True):
        assert shape.width / shape.height == pytest.approx(ratio, rel=0.01)
        assert shape.height <= section.page_height - section.top_margin - section.bottom_margin
