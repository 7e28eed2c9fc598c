"""Numbers and dashes at the beginning of a line: lists where lists are meant, and the same numbers in every format."""

from __future__ import annotations

import dataclasses
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
    "12. February\n14. March": "<p>12. February\n14. March</p>",
    "12. April\n12. May": "<p>12. April\n12. May</p>",
    "13. May\n12. May": "<p>13. May\n12. May</p>",
    "24. декември\n26. декември": "<p>24. декември\n26. декември</p>",
    "- 12. February\n- 14. March": "<ul><li>12. February</li><li>14. March</li></ul>",
    "1. 12. February\n2. 14. March": "<ol><li>12. February</li><li>14. March</li></ol>",
    "- 1990. One.\n- 1992. Two.": "<ul><li>1990. One.</li><li>1992. Two.</li></ul>",
    "1. May\n1. June": "<p>1. May\n1. June</p>",
    "1. януари\n1. февруари": "<p>1. януари\n1. февруари</p>",
    "1. 5. 2004\n1. 6. 2004": "<p>1. 5. 2004\n1. 6. 2004</p>",
    "3. place in 2001\n3. place in 2005": "<p>3. place in 2001\n3. place in 2005</p>",
    "12. May\n13. May": '<ol start="12"><li>May</li><li>May</li></ol>',
    "1. one\n2. two\n2. three\n3. four": '<ol><li>one</li><li>two</li></ol><ol start="2"><li>three</li><li>four</li></ol>',
    " 9. nine\n10. ten": '<ol start="9"><li>nine</li><li>ten</li></ol>',
    "- 1. x\n  2. y\n- 1. z\n  2. w": "<ul><li><ol><li>x</li><li>y</li></ol></li><li><ol><li>z</li><li>w</li></ol></li></ul>",
    "1. a\n   1. x\n   2. y\n   2. z\n2. b": "<ol><li>a\n<ol><li>x</li><li>y\n2. z</li></ol></li><li>b</li></ol>",
    "• one\n• two": "<ul><li>one</li><li>two</li></ul>",
    "– one\n– two": "<ul><li>one</li><li>two</li></ul>",
    "Words:\n\n— one\n— two": "<p>Words:</p><ul><li>one</li><li>two</li></ul>",
    "She said:\n– Well.": "<p>She said:\n– Well.</p>",
    "• one\n  more\n• two": "<ul><li>one\nmore</li><li>two</li></ul>",
    "– one\n  more\n– two": "<ul><li>one\nmore</li><li>two</li></ul>",
    "\uf0b7 one\n\uf0b7 two": "<ul><li>one</li><li>two</li></ul>",
    "▪ one\n▪ two": "<ul><li>one</li><li>two</li></ul>",
    "-\u00a0one\n-\u00a0two": "<ul><li>one</li><li>two</li></ul>",
    "1.\u00a0one\n2.\u00a0two": "<ol><li>one</li><li>two</li></ol>",
    "- one\n\u00a0\u00a0- two\n\u00a0\u00a0- three": "<ul><li>one</li><li>two</li><li>three</li></ul>",
    "One.\n\u00a0\nTwo.": "<p>One.</p><p>Two.</p>",
    "a) one\nb) two": '<ol type="a"><li>one</li><li>two</li></ol>',
    "Words:\na) one\n   more\nb) two\n\nEnd.": '<p>Words:</p><ol type="a"><li>one\nmore</li><li>two</li></ol><p>End.</p>',
    "(a) one\n(b) two": '<ol type="a"><li>one</li><li>two</li></ol>',
    "a. one\nb. two": '<ol type="a"><li>one</li><li>two</li></ol>',
    "A) one\nB) two": '<ol type="A"><li>one</li><li>two</li></ol>',
    "i) one\nii) two\niii) three": '<ol type="i"><li>one</li><li>two</li><li>three</li></ol>',
    "(1) one\n(2) two\n\ni) three\nii) four": '<ol><li>one</li><li>two</li></ol><ol type="i"><li>three</li><li>four</li></ol>',
    "а) one\nб) two\nА) three\nБ) four": '<ol class="cyrillic"><li>one</li><li>two</li></ol><ol class="cyrillic capitals"><li>three</li><li>four</li></ol>',
    "a) one\nb) two\n\n1) three\n2) four": '<ol type="a"><li>one</li><li>two</li></ol><ol><li>three</li><li>four</li></ol>',
    "1. one\n2. two\n\n1. three\n2. four": "<ol><li>one</li><li>two</li></ol><ol><li>three</li><li>four</li></ol>",
    "h) eight\ni) nine": "<p>h) eight\ni) nine</p>",
    "(1) one\n(2) two": "<ol><li>one</li><li>two</li></ol>",
    "а) едно\nб) две": '<ol class="cyrillic"><li>едно</li><li>две</li></ol>',
    "А) едно\nБ) две": '<ol class="cyrillic capitals"><li>едно</li><li>две</li></ol>',
    "A. Smith\nB. Jones": "<p>A. Smith\nB. Jones</p>",
    "a) first\nand more": "<p>a) first\nand more</p>",
    "1. one\n   a) x\n   b) y\n2. two": '<ol><li>one<ol type="a"><li>x</li><li>y</li></ol></li><li>two</li></ol>',
}


@pytest.mark.parametrize("text", RICH)
def test_lists_are_those_that_are_meant(text: str) -> None:
    made = Writer("en").rich(Passage.validate(text, "en"))
    assert str(made).replace(">\n<", "><").replace("one\n<ol", "one<ol").replace("one\n<ul", "one<ul") == RICH[text]


@pytest.mark.parametrize(
    ("text", "line"),
    [("24. December is our day.", "24. December is our day."), ("1. one\n1. two", "1. one 2. two"), ("5. five\n6. six", "5. five 6. six"), ("- a\n- b", "a b"), ("7) a\n8) b", "7) a 8) b"),
     ("a) x\nb) y", "a) x b) y"), ("а) x\nб) y", "а) x б) y"), ("i) x\nii) y", "i) x ii) y"), ("(1) x\n(2) y", "1) x 2) y")],
)  # fmt: skip
def test_a_line_keeps_its_numbers(text: str, line: str) -> None:
    assert Writer("en").text(Passage.validate(text, "en")) == line


def test_every_format_numbers_alike(tmp_path: Path) -> None:
    body = (
        '<main><ol start="24"><li>first</li><li>second</li><li value="30">third</li><li>fourth</li></ol>'
        '<ol type="a"><li>letter</li></ol><ol type="I" start="4"><li>roman</li></ol>'
        '<ol class="cyrillic"><li>едно</li><li>две</li></ol><ol class="cyrillic capitals"><li>три</li></ol></main>'
    )
    document = support.document(body)
    sheet = Path(__file__).resolve().parents[2] / "templates" / "elements.css"
    document = dataclasses.replace(
        document, look=dataclasses.replace(document.look, styles=(sheet.read_text("utf-8"),))
    )
    with pypdfium2.PdfDocument(pdf.write(document, tmp_path / "x.pdf").path) as file:
        words = set(file[0].get_textpage().get_text_range().split())
    assert words >= {"24.", "25.", "30.", "31.", "a.", "IV.", "а.", "б.", "А."} and not words & {"1.", "2.", "26."}
    assert 'start="24"' in html.write(document, tmp_path / "x.html").path.read_text("utf-8")
    word = WordFile(str(docx.write(document, tmp_path / "x.docx").path))
    numbers = {level.get(q("w:val")) for level in word.part.numbering_part.element.iter(q("w:numFmt"))}
    assert {"decimal", "lowerLetter", "upperRoman", "russianLower", "russianUpper"} <= numbers
    starts = [level.get(q("w:val")) for level in word.part.numbering_part.element.iter(q("w:startOverride"))]  # fmt: skip
    assert {"24", "30", "4"} <= set(starts)
