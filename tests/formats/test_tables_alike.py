"""Tables have the same columns on the page and in Word, none of them narrower than its numbers."""

from __future__ import annotations

import dataclasses
import io
import re
from pathlib import Path

import pdfplumber
import pytest
from docx import Document as WordFile
from weasyprint.formatting_structure import boxes

from report.formats import docx, html, pdf
from report.formats.pdf import render
from report.html.parser import parse
from report.html.tree import Tree
from report.language import numbers
from report.values import Document
from tests.formats.docx import support
from tests.judges import docx_render

NB = "\u00a0"
WORD = "Donaudampfschifffahrtsgesellschaftskapitän"
LINE = "a line of some words that goes on and on and is wider than its column is"


def _table(rows: list[list[str]], cols: str = "") -> str:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<h1>T</h1><table>{cols}<tbody>{cells}</tbody></table>"


def _cols(*widths: float) -> str:
    columns = "".join(f'<col data-width="{width}">' for width in widths)
    return f"<colgroup>{columns}</colgroup>"


TABLES = {
    "a long word": (_table([[WORD, "1,234.50"], ["x", "9"]]), ["1,234.50"]),
    "two long words": (_table([[WORD * 2, WORD, "12,345,678.90"]]), ["12,345,678.90"]),
    "a long line": (_table([[LINE * 9, f"1{NB}250{NB}000,00{NB}лв."]]), [f"1{NB}250{NB}000,00{NB}лв."]),
    "a narrow column": (_table([[LINE, "1,250,000", "1"]], _cols(88, 6, 6)), ["1,250,000"]),
    "narrow columns": (_table([["x", "−1,250,000.00", f"12,5{NB}%", LINE]], _cols(40, 5, 4, 51)), ["−1,250,000.00", f"12,5{NB}%"]),
    "a bold number": (_table([[LINE, "<strong>1,250,000,000</strong>"]], _cols(92, 8)), ["1,250,000,000"]),
    "pieces of a number": (_table([[LINE, f"<strong>1,250,000</strong>{NB}<small>EUR</small>"]], _cols(94, 6)), [f"1,250,000{NB}EUR"]),
    "numbers in words": (_table([[LINE, "aim of 1,250,000 (2030)"]], _cols(95, 5)), ["1,250,000", "(2030)"]),
    "some widths": (_table([[LINE, "1,250,000", WORD]], '<colgroup><col data-width="60"><col><col></colgroup>'), ["1,250,000"]),
    "a span": (
        f"<h1>T</h1><table>{_cols(90, 5, 5)}<tbody><tr><td>{LINE}</td><td>1</td><td>2</td></tr>"
        '<tr><td>All</td><td colspan="2">1,250,000,000.00</td></tr></tbody></table>',
        ["1,250,000,000.00"],
    ),
}  # fmt: skip


def _document(body: str, language: str = "en") -> Document:
    made = support.document(f"<main>{body}</main>", fonts=True, language=language)
    styles = ((support.TEMPLATES / "elements.css").read_text("utf-8"),)
    return dataclasses.replace(made, look=dataclasses.replace(made.look, styles=styles))


def _page(document: Document) -> list[float]:
    """Return the shares of the columns on the page."""
    with render.laid_out(document) as (laid_out, _):
        (table,) = [each for each in laid_out.pages[0]._page_box.descendants() if isinstance(each, boxes.TableBox)]
    return [width / sum(table.column_widths) for width in table.column_widths]


def _word(document: Document) -> list[float]:
    grid = WordFile(io.BytesIO(docx.render(document))).tables[0]._tbl.tblGrid
    widths = [int(column.w) for column in grid.gridCol_lst]
    return [width / sum(widths) for width in widths]


@pytest.mark.parametrize("language", ["en", "bg"])
@pytest.mark.parametrize("name", TABLES)
def test_columns_are_those_of_the_page_in_word_too(name: str, language: str) -> None:
    document = _document(TABLES[name][0], language)
    for page, word in zip(_page(document), _word(document), strict=True):
        assert page == pytest.approx(word, abs=0.02)


def _whole(pdf_path: Path, numbers: list[str]) -> None:
    """Hold that each number stands on one line, and beside nothing that it touches."""
    with pdfplumber.open(pdf_path) as opened:
        lines = [line["text"] for line in opened.pages[0].extract_text_lines()]
    flat = [re.sub(f"[ {NB}]", "", line) for line in lines]
    for number in numbers:
        assert any(re.sub(f"[ {NB}]", "", number) in line for line in flat), (number, lines)


@pytest.mark.parametrize("name", TABLES)
def test_no_number_is_broken_on_the_page(name: str, tmp_path: Path) -> None:
    body, numbers = TABLES[name]
    made = pdf.write(_document(body), tmp_path / "x.pdf")
    _whole(made.path, numbers)
    assert made.too_wide == ()


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES)
def test_no_number_is_broken_in_word(name: str, tmp_path: Path) -> None:
    body, numbers = TABLES[name]
    _whole(docx_render.to_pdf(docx.write(_document(body), tmp_path / "x.docx").path, tmp_path / "made"), numbers)


def test_what_has_room_stays_as_its_template_says(tmp_path: Path) -> None:
    document = _document(_table([[LINE, "1,250", "x"]], _cols(60, 25, 15)))
    assert _page(document) == pytest.approx([0.6, 0.25, 0.15], abs=1e-6)
    assert _word(document) == pytest.approx([0.6, 0.25, 0.15], abs=1e-3)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (_table([["1" * 60, "2" * 70]]), {"1" * 60, "2" * 70}),
        (_table([[f"word {WORD} word", "1,250,000,000" * 4]], _cols(80, 20)), {"1,250,000,000" * 4}),
        ('<h1>T</h1><ul class="figures" role="list"><li><strong class="value">1,250,000,000</strong></li><li>x</li></ul>', {"1,250,000,000"}),
        (_table([[LINE, "1,250,000"]]), set()),
        (f"<h1>T</h1><p>{LINE} 1,250,000</p>", set()),
    ],
)  # fmt: skip
def test_a_number_without_room_is_told_and_not_broken(body: str, told: set[str], tmp_path: Path) -> None:
    made = pdf.write(_document(body), tmp_path / "x.pdf")
    assert {text for text, _ in made.too_wide} == told == {text for text, _ in pdf.layout(_document(body)).too_wide}
    with pdfplumber.open(made.path) as opened:
        chars = opened.pages[0].chars
    for number in told:  # its digits are on one line, whatever they reach over
        tops = {round(char["top"]) for char in chars if char["text"] == number[-1]}
        assert len(tops) == 1


@pytest.mark.parametrize("count", ["one", "two", "three", "four"])
@pytest.mark.parametrize(
    "value", ["1,250,000", f"BGN{NB}112,676", f"KES{NB}125,000,000", f"1{NB}250{NB}000{NB}000{NB}лв."]
)
def test_key_figures_have_room_beside_each_other(value: str, count: str, tmp_path: Path) -> None:
    item = f'<li><strong class="value long">{value}</strong> <span class="label">a label</span></li>'
    items = item * ["one", "two", "three", "four"].index(count) + item
    root = parse(_document(f'<h1>T</h1><ul class="figures {count}" role="list">{items}</ul>').html)
    numbers.size(root)
    document = dataclasses.replace(_document(""), tree=Tree(root))
    assert pdf.layout(document).too_wide == ()


def test_a_browser_lays_tables_out_by_what_they_hold(tmp_path: Path) -> None:
    text = html.write(_document(TABLES["a narrow column"][0]), tmp_path / "x.html").path.read_text("utf-8")
    rules = re.findall(r"(?<![\w-])table\s*\{([^}]*)\}", text)
    assert "table-layout: auto" in rules[-1]
