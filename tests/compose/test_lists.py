"""Numbers and dashes at the beginning of a line: lists where lists are meant, and the same numbers in every format."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pypdfium2
import pytest
from docx import Document as WordFile

from report.formats import docx, html, pdf
from report.formats.ooxml import q
from report.language.writer import Writer
from report.model.text import Passage
from tests.formats.docx import support

RICH = {
    "24. December is our day.": "<p>24. December is our day.</p>",
    "12. Februar 2001 war der Tag.": "<p>12. Februar 2001 war der Tag.</p>",
    "- 5 degrees": "<p>- 5 degrees</p>",
    "3) of five": "<p>3) of five</p>",
    "It began\n24. December\nand went on.": "<p>It began\n24. December\nand went on.</p>",
    "It began in\n2007. That was\n2008. And so on.": "<p>It began in\n2007. That was\n2008. And so on.</p>",
    "2007. One year.\n2008. Another.": '<ol start="2007" class="wide"><li>One year.</li><li>Another.</li></ol>',
    "1. one\n2. two": "<ol><li>one</li><li>two</li></ol>",
    "5. five\n6. six": '<ol start="5"><li>five</li><li>six</li></ol>',
    "1. one\n1. two": "<ol><li>one</li><li>two</li></ol>",
    "1. one\n\nWords.\n\n3. three": "<p>1. one</p><p>Words.</p><p>3. three</p>",
    "12. February\n14. March": '<ol start="12"><li>February</li><li value="14">March</li></ol>',
    "12. April\n12. May": '<ol start="12"><li>April</li><li value="12">May</li></ol>',
    "13. May\n12. May": '<ol start="13"><li>May</li><li value="12">May</li></ol>',
    "24. декември\n26. декември": '<ol start="24"><li>декември</li><li value="26">декември</li></ol>',
    "- 12. February\n- 14. March": "<ul><li>12. February</li><li>14. March</li></ul>",
    "1. 12. February\n2. 14. March": "<ol><li>12. February</li><li>14. March</li></ol>",
    "- 1990. One.\n- 1992. Two.": "<ul><li>1990. One.</li><li>1992. Two.</li></ul>",
    "1. May\n1. June": '<ol><li>May</li><li value="1">June</li></ol>',
    "1. януари\n1. февруари": '<ol><li>януари</li><li value="1">февруари</li></ol>',
    "1. 5. 2004\n1. 6. 2004": '<ol><li>5. 2004</li><li value="1">6. 2004</li></ol>',
    "3. place in 2001\n3. place in 2005": '<ol start="3"><li>place in 2001</li><li value="3">place in 2005</li></ol>',
    "12. May\n13. May": '<ol start="12"><li>May</li><li>May</li></ol>',
    "1. one\n2. two\n2. three\n3. four": '<ol><li>one</li><li>two</li><li value="2">three</li><li>four</li></ol>',
    " 9. nine\n10. ten": '<ol start="9"><li>nine</li><li>ten</li></ol>',
    "- 1. x\n  2. y\n- 1. z\n  2. w": "<ul><li><ol><li>x</li><li>y</li></ol></li><li><ol><li>z</li><li>w</li></ol></li></ul>",
    "1. a\n   1. x\n   2. y\n   2. z\n2. b": '<ol><li>a\n<ol><li>x</li><li>y</li><li value="2">z</li></ol></li><li>b</li></ol>',
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
    "h) eight\ni) nine": '<ol start="8" type="a"><li>eight</li><li>nine</li></ol>',
    "(1) one\n(2) two": "<ol><li>one</li><li>two</li></ol>",
    "а) едно\nб) две": '<ol class="cyrillic"><li>едно</li><li>две</li></ol>',
    "А) едно\nБ) две": '<ol class="cyrillic capitals"><li>едно</li><li>две</li></ol>',
    "1. a\n2. b\n4. c": '<ol><li>a</li><li>b</li><li value="4">c</li></ol>',
    "1989. a\n1990. b\n1995. c": '<ol start="1989" class="wide"><li>a</li><li>b</li><li value="1995">c</li></ol>',
    "Words:\n1989. a\n1995. b": '<p>Words:</p><ol start="1989" class="wide"><li>a</li><li value="1995">b</li></ol>',
    "i) a\nii) b\niv) c": '<ol type="i"><li>a</li><li>b</li><li value="4">c</li></ol>',
    "a) a\nc) b": '<ol type="a"><li>a</li><li value="3">b</li></ol>',
    "а) a\nб) b\nг) c": '<ol class="cyrillic"><li>a</li><li>b</li><li value="4">c</li></ol>',
    "(1) a\n(2) b\n(5) c": '<ol><li>a</li><li>b</li><li value="5">c</li></ol>',
    "v) five\nvi) six": '<ol start="5" type="i"><li>five</li><li>six</li></ol>',
    "3. c\n2. b\n1. a": '<ol start="3"><li>c</li><li value="2">b</li><li value="1">a</li></ol>',
    "0. a\n1. b": '<ol start="0"><li>a</li><li>b</li></ol>',
    "1. a\n2. b\n2. c": '<ol><li>a</li><li>b</li><li value="2">c</li></ol>',
    "2. a\n2. b": '<ol start="2"><li>a</li><li value="2">b</li></ol>',
    "Words:\n5. a\n6. b": '<p>Words:</p><ol start="5"><li>a</li><li>b</li></ol>',
    "1. one\n   5. a\n   7. b\n2. two": '<ol><li>one<ol start="5"><li>a</li><li value="7">b</li></ol></li><li>two</li></ol>',
    "1. one\n  - a\n  - b\n2. two": "<ol><li>one<ul><li>a</li><li>b</li></ul></li><li>two</li></ol>",
    "1. one\n  a) x\n  b) y\n2. two": '<ol><li>one<ol type="a"><li>x</li><li>y</li></ol></li><li>two</li></ol>',
    "Words\n– a\n– b": "<p>Words</p><ul><li>a</li><li>b</li></ul>",
    "Words:\n-one\n-two": "<p>Words:</p><ul><li>one</li><li>two</li></ul>",
    "–one\n–two": "<ul><li>one</li><li>two</li></ul>",
    "•one\n•two": "<ul><li>one</li><li>two</li></ul>",
    "*one\n*two": "<ul><li>one</li><li>two</li></ul>",
    "*one*\n*two*": "<p><em>one</em><em>two</em></p>",
    "-5 degrees\n-6 degrees": "<p>-5 degrees\n-6 degrees</p>",
    "1.first\n2.second": "<ol><li>first</li><li>second</li></ol>",
    "1)first\n2)second": "<ol><li>first</li><li>second</li></ol>",
    "a)first\nb)second": '<ol type="a"><li>first</li><li>second</li></ol>',
    "1.5 million\n2.5 million": "<p>1.5 million\n2.5 million</p>",
    "- a\n– b": "<ul><li>a</li><li>b</li></ul>",
    "– one\nmore\n– two": "<ul><li>one\nmore</li><li>two</li></ul>",
    "I. one\nII. two\nIV. four": '<ol type="I"><li>one</li><li>two</li><li value="4">four</li></ol>',
    "I. Ivanov\nV. Petrov": "<p>I. Ivanov\nV. Petrov</p>",
    "Text\n1. one\n\nText\n2. two": '<p>Text</p><ol><li>one</li></ol><p>Text</p><ol start="2"><li>two</li></ol>',
    "A. Smith\nB. Jones": "<p>A. Smith\nB. Jones</p>",
    "a) first\nand more": "<p>a) first\nand more</p>",
    "1. Set of books\n1. Other": "<ol><li>Set of books</li><li>Other</li></ol>",
    "1. Act one\n1. Mart hall\n1. Dec": "<ol><li>Act one</li><li>Mart hall</li><li>Dec</li></ol>",
    "1. March for peace\n1. Walk": "<ol><li>March for peace</li><li>Walk</li></ol>",
    "1. март\n1. април": '<ol><li>март</li><li value="1">април</li></ol>',
    "Peace.\n²) Since 2010.": "<p>Peace.\n²) Since 2010.</p>",
    "(¹) one\n(²) two": "<p>(¹) one\n(²) two</p>",
    "①) one\n②) two": "<p>①) one\n②) two</p>",
    "١. one\n٢. two": "<p>١. one\n٢. two</p>",
    "(१) one\n(२) two": "<p>(१) one\n(२) two</p>",
    "+ 359 2 111\n+ 359 2 222": "<p>+ 359 2 111\n+ 359 2 222</p>",
    "- + 359 2 111\n- +\u00a0359 2 222": "<ul><li>+ 359 2 111</li><li>+\u00a0359 2 222</li></ul>",
    "1. + 254 1\n2. + 254 2": "<ol><li>+ 254 1</li><li>+ 254 2</li></ol>",
    "+ one\n+ two": "<ul><li>one</li><li>two</li></ul>",
    "1.\n2.\n3.": "<ol><li></li><li></li><li></li></ol>",
    "xxvii) a\nxxviii) b\nxxix) c": '<ol start="27" type="i" class="wide"><li>a</li><li>b</li><li>c</li></ol>',
    "(XXXVII) a\n(XXXVIII) b": '<ol start="37" type="I" class="wide"><li>a</li><li>b</li></ol>',
    "xxxvii. a\nxxxviii. b": '<ol start="37" type="i" class="wide"><li>a</li><li>b</li></ol>',
    "1. one\n   a) x\n   b) y\n2. two": '<ol><li>one<ol type="a"><li>x</li><li>y</li></ol></li><li>two</li></ol>',
}


@pytest.mark.parametrize("text", RICH)
def test_lists_are_those_that_are_meant(text: str) -> None:
    made = Writer("en").rich(Passage.validate(text, "en"))
    assert str(made).replace(">\n<", "><").replace("one\n<ol", "one<ol").replace("one\n<ul", "one<ul") == RICH[text]


@pytest.mark.parametrize(
    ("text", "line"),
    [("24. December is our day.", "24. December is our day."), ("1. one\n1. two", "1. one; 2. two"), ("5. five\n6. six", "5. five; 6. six"), ("- a\n- b", "a; b"), ("7) a\n8) b", "7) a; 8) b"),
     ("a) x\nb) y", "a) x; b) y"), ("а) x\nб) y", "а) x; б) y"), ("i) x\nii) y", "i) x; ii) y"), ("(1) x\n(2) y", "1) x; 2) y"),
     ("1.\n2.\n3.", "1. 2. 3."), ("1. \n2. x", "1. 2. x"), ("7)\n8) x", "7); 8) x"), ("1.\n   - x\n   - y\n2. z", "1. x; y; 2. z"), ("- 1. x\n  2. y\n- 1. z\n  2. w", "1. x; 2. y; 1. z; 2. w"),
     ("0. x\n1. y", "0. x; 1. y"), ("1. x\n2. y\n4. z", "1. x; 2. y; 4. z")],
)  # fmt: skip
def test_a_line_keeps_its_numbers(text: str, line: str) -> None:
    assert Writer("en").text(Passage.validate(text, "en")) == line


@pytest.mark.parametrize("indent", ["  ", "   ", "    ", "\t"])
def test_lists_within_lists_keep_every_item(indent: str) -> None:
    text = "\n".join(f"{indent * depth}{sign} item" for sign in ("-", "1.") for depth in range(30))
    made = Writer("en").rich(Passage.validate(text, "en"))
    assert made.count("item") == 60 and made.count("<li>") == 60


def test_every_format_numbers_alike(tmp_path: Path) -> None:
    body = (
        '<main><ol start="24"><li>first</li><li>second</li><li value="30">third</li><li>fourth</li></ol>'
        '<ol type="a"><li>letter</li></ol><ol type="I" start="4"><li>roman</li><li value="8">eighth</li></ol>'
        '<ol class="cyrillic"><li>едно</li><li>две</li><li value="4">г</li></ol><ol class="cyrillic capitals"><li>три</li></ol>'
        '<ol class="wide" start="1989"><li>year</li><li value="1995">another</li></ol></main>'
    )
    document = support.document(body)
    sheet = Path(__file__).resolve().parents[2] / "templates" / "elements.css"
    document = dataclasses.replace(
        document, look=dataclasses.replace(document.look, styles=(sheet.read_text("utf-8"),))
    )
    with pypdfium2.PdfDocument(pdf.write(document, tmp_path / "x.pdf").path) as file:
        words = set(file[0].get_textpage().get_text_range().split())
    assert words >= {
        "24.",
        "25.",
        "30.",
        "31.",
        "a.",
        "IV.",
        "VIII.",
        "а.",
        "б.",
        "г.",
        "А.",
        "1989.",
        "1995.",
    } and not words & {"1.", "2.", "26."}
    assert 'start="24"' in html.write(document, tmp_path / "x.html").path.read_text("utf-8")
    word = WordFile(str(docx.write(document, tmp_path / "x.docx").path))
    numbers = {level.get(q("w:val")) for level in word.part.numbering_part.element.iter(q("w:numFmt"))}
    assert {"decimal", "lowerLetter", "upperRoman", "russianLower", "russianUpper"} <= numbers
    starts = [level.get(q("w:val")) for level in word.part.numbering_part.element.iter(q("w:startOverride"))]  # fmt: skip
    assert {"24", "30", "4", "8", "1989", "1995"} <= set(starts)
