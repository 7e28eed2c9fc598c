"""Numbers and dashes at the beginning of a line: lists where lists are meant, and the same numbers in every format."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from docx import Document as WordFile

from report.compose.filters import Writer
from report.formats import docx, html, pdf
from report.formats.docx.xml import q
from report.model.text import Passage
from tests.formats.docx import support

RICH = {
    "24. December is our day.": "<p>24. December is our day.</p>",
    "12. Februar 2001 war der Tag.": "<p>12. Februar 2001 war der Tag.</p>",
    "- 5 degrees": "<p>- 5 degrees</p>",
    "3) of five": "<p>3) of five</p>",
    "It began\n24. December\nand went on.": "<p>It began\n24. December\nand went on.</p>",
    "2007. One year.\n2008. Another.": "<p>2007. One year.\n2008. Another.</p>",
    "1. one\n2. two": "<ol><li>one</li><li>two</li></ol>",
    "5. five\n6. six": '<ol start="5"><li>five</li><li>six</li></ol>',
    "1. one\n1. two": "<ol><li>one</li><li>two</li></ol>",
    "1. one\n\nWords.\n\n3. three": "<p>1. one</p><p>Words.</p><p>3. three</p>",
    "• one\n• two": "<ul><li>one</li><li>two</li></ul>",
    "– one\n– two": "<ul><li>one</li><li>two</li></ul>",
    "Words:\n\n— one\n— two": "<p>Words:</p><ul><li>one</li><li>two</li></ul>",
    "She said:\n– Well.": "<p>She said:\n– Well.</p>",
}


@pytest.mark.parametrize("text", RICH)
def test_lists_are_those_that_are_meant(text: str) -> None:
    made = Writer("en").rich(Passage.validate(text, "en"))
    assert str(made).replace(">\n<", "><") == RICH[text]


@pytest.mark.parametrize(
    ("text", "line"),
    [("24. December is our day.", "24. December is our day."), ("1. one\n1. two", "1. one 2. two"), ("5. five\n6. six", "5. five 6. six"), ("- a\n- b", "a b"), ("7) a\n8) b", "7) a 8) b")],
)  # fmt: skip
def test_a_line_keeps_its_numbers(text: str, line: str) -> None:
    assert Writer("en").text(Passage.validate(text, "en")) == line


def test_every_format_numbers_alike(tmp_path: Path) -> None:
    body = (
        '<main><ol start="24"><li>first</li><li>second</li><li value="30">third</li><li>fourth</li></ol>'
        '<ol type="a"><li>letter</li></ol><ol type="I" start="4"><li>roman</li></ol></main>'
    )
    document = support.document(body)
    with pypdfium2.PdfDocument(pdf.write(document, tmp_path / "x.pdf").path) as file:
        words = set(file[0].get_textpage().get_text_range().split())
    assert words >= {"24.", "25.", "30.", "31.", "a.", "IV."} and not words & {"1.", "2.", "26."}
    assert 'start="24"' in html.write(document, tmp_path / "x.html").path.read_text("utf-8")
    word = WordFile(str(docx.write(document, tmp_path / "x.docx").path))
    starts = [level.get(q("w:val")) for level in word.part.numbering_part.element.iter(q("w:startOverride"))]  # fmt: skip
    assert {"24", "30", "4"} <= set(starts)
