"""HTML, PDF and Word say the same: the same words in the same order, headings, cells, links and pictures."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from report.formats import docx, pdf
from report.values import Document
from tests.formats.docx import support
from tests.parity import from_docx, from_html, from_pdf
from tests.parity.content import Content, first_difference


def compare(html: Content, other: Content, *, links: bool = True) -> None:
    """Assert that a file says what the HTML says. A PDF's links have names of places, and no words of their own."""
    assert html.words == other.words, first_difference(html.words, other.words)
    assert sorted(html.notes) == sorted(other.notes)
    assert html.headings == other.headings
    assert _cells(html) == _cells(other)
    assert html.pictures == other.pictures
    if not links:  # those of footnotes and to pictures stand elsewhere in a Word file
        return
    if any(text for text, _ in other.links):
        assert html.destinations() == other.destinations()
    else:
        assert [target for _, target in html.links] == [target for _, target in other.links]


def _cells(content: Content) -> list[list[list[str]]]:
    """Return the tables without the empty cells at the ends of rows, which a format adds to short ones."""
    return [[row[: max((n for n, cell in enumerate(row, 1) if cell), default=0)] for row in t] for t in content.tables]


@pytest.mark.slow
def test_what_the_repository_makes_says_the_same(built) -> None:
    for document, files in built.values():
        html = from_html.read(document.html)
        assert len(html.words) > (30 if document.printing else 200) and html.headings
        compare(html, from_pdf.read(files["pdf"].path))
        compare(html, from_docx.read(files["docx"].path))


@pytest.mark.slow
def test_every_edition_says_the_same(every_edition) -> None:
    for document, files in every_edition.values():
        html = from_html.read(document.html)
        compare(html, from_pdf.read(files["pdf"].path))
        if "docx" in files:  # a print shop's edition is PDF alone
            compare(html, from_docx.read(files["docx"].path))


@pytest.fixture
def kitchen_sink(tmp_path: Path) -> Document:
    """A document with every element of the list."""
    pictures = {name: support.picture(tmp_path / name) for name in ("picture.png", "picture.jpg")}
    body = (Path(support.__file__).parent / "kitchen-sink.html").read_text("utf-8")
    made = support.document(body, assets=pictures)
    styles = ((support.TEMPLATES / "elements.css").read_text("utf-8"),)
    return dataclasses.replace(made, look=dataclasses.replace(made.look, styles=styles))


def test_every_element_says_the_same_in_a_pdf(kitchen_sink: Document, tmp_path: Path) -> None:
    artifact = pdf.write(kitchen_sink, tmp_path / "sink.pdf")
    compare(from_html.read(kitchen_sink.html), from_pdf.read(artifact.path))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<td class="mark">●</td><td class="mark"></td>', '<td class="mark"></td><td class="mark">●</td>'),
        ('href="#network-', 'href="#imprint" class="'),
    ],
)
def test_a_mark_in_another_column_and_a_wrong_link_are_noticed(built, old: str, new: str) -> None:
    document, files = next(made for job, made in built.items() if job.organisation == "spoc")
    assert old in document.html
    html = from_html.read(document.html.replace(old, new, 1))
    for found in (from_pdf.read(files["pdf"].path), from_docx.read(files["docx"].path)):
        with pytest.raises(AssertionError):
            compare(html, found)


def test_every_element_says_the_same_in_word(kitchen_sink: Document, tmp_path: Path) -> None:
    artifact = docx.write(kitchen_sink, tmp_path / "sink.docx")
    html, word = from_html.read(kitchen_sink.html), from_docx.read(artifact.path)
    compare(html, word, links=False)


def test_a_lost_word_is_noticed(built) -> None:
    document, files = next(made for job, made in built.items() if job.organisation == "spoc")
    html = from_html.read(document.html.replace("leading ", "", 1).replace("водещи ", "", 1))
    with pytest.raises(AssertionError):
        compare(html, from_pdf.read(files["pdf"].path))
    with pytest.raises(AssertionError):
        compare(html, from_docx.read(files["docx"].path))
