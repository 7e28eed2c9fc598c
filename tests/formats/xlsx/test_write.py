"""Tables as sheets of a workbook: numbers are numbers, totals are formulas, equal documents give equal bytes."""

from __future__ import annotations

import dataclasses
import datetime
import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from report import formats
from report.formats import sheets, xlsx
from report.formats.xlsx import book, cells
from report.html.parser import tree
from report.values import Document, Problem, Severity
from tests.formats.docx.support import look

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BUDGET = """<table><caption><span class="caption-label">Table 1.</span> Budget [EUR]: all/years</caption>
<thead><tr><th scope="col">Costs</th><th scope="col" data-type="number">Total</th></tr></thead>
<tbody><tr><th scope="rowgroup" colspan="2">People</th></tr>
<tr><th scope="row">Librarian</th><td data-type="number" data-value="1234.50">1,234.50</td></tr>
<tr><th scope="row">Driver</th><td data-type="number" data-value="1000.10">1,000.10 <span class="note">(half a year)</span></td></tr>
<tr><th scope="row">Subtotal</th><td data-type="number" data-formula="SUM" data-value="2234.60">2,234.60</td></tr></tbody>
<tbody><tr><th scope="row">Van<br>and fuel</th><td data-type="number" data-value="-0.60">−0.60</td></tr>
<tr><th scope="row">=1+1</th><td><a href="https://example.org/a?b=1&amp;c=2">example.org</a></td></tr></tbody>
<tfoot><tr><th scope="row">All</th><td data-type="number" data-formula="SUM" data-value="2234.00">2,234.00</td></tr></tfoot></table>"""


def document(body: str, **changed: object) -> Document:
    html = f'<!DOCTYPE html><html lang="bg"><head><title>Т</title></head><body><main>{body}</main></body></html>'
    made = Document("Т", "bg", "annex", tree(html), datetime.date(2027, 5, 10), look(), author="A & B")
    return dataclasses.replace(made, **changed)


def write(tmp_path: Path, made: Document) -> tuple[tuple[Problem, ...], zipfile.ZipFile]:
    artifact = xlsx.write(made, tmp_path / "made.xlsx")
    return formats.problems("xlsx", made), zipfile.ZipFile(io.BytesIO(artifact.path.read_bytes()))


def values(package: zipfile.ZipFile, sheet: int = 1) -> dict[str, object]:
    """Return what the cells of a sheet hold: texts, numbers, and formulas with what they come to."""
    strings = ["".join(si.itertext()) for si in etree.fromstring(package.read("xl/sharedStrings.xml"))]
    found: dict[str, object] = {}
    for cell in etree.fromstring(package.read(f"xl/worksheets/sheet{sheet}.xml")).iter(f"{S}c"):
        value, formula = cell.findtext(f"{S}v"), cell.findtext(f"{S}f")
        if formula is not None:
            found[cell.get("r")] = (formula, float(value))
        elif value is not None:
            found[cell.get("r")] = strings[int(value)] if cell.get("t") == "s" else float(value)
    return found


def test_numbers_are_numbers_and_sums_are_formulas(tmp_path: Path) -> None:
    problems, package = write(tmp_path, document(BUDGET))
    found = values(package)
    assert found["A1"] == "Budget [EUR]: all/years" and (found["A2"], found["B2"]) == ("Costs", "Total")
    assert (found["B4"], found["B5"], found["B7"]) == (1234.5, 1000.1, -0.6)
    assert found["B6"] == ("SUM(B4:B5)", 2234.6)
    assert found["B9"] == ("SUM(B4:B5,B7:B7)", 2234.0), "the subtotal does not count twice"
    assert found["A7"] == "Van\nand fuel" and found["A8"] == "=1+1", "a text is no formula"
    assert problems == ()


def test_a_number_is_written_as_the_document_writes_it(tmp_path: Path) -> None:
    table = "<table><tbody><tr><td data-value='67'>67 %</td><td data-value='1234.50'>1.234,50</td></tr></tbody></table>"
    _, package = write(tmp_path, document(table))
    formats = re.findall(r'formatCode="([^"]+)"', package.read("xl/styles.xml").decode())
    assert "#,##0&quot;\u00a0%&quot;" in formats
    assert "<v>1234.5</v>" in package.read("xl/worksheets/sheet1.xml").decode()


def test_what_stands_beside_a_number_is_a_comment(tmp_path: Path) -> None:
    _, package = write(tmp_path, document(BUDGET))
    assert "(half a year)" in package.read("xl/comments1.xml").decode()


def test_the_head_is_frozen_and_has_a_filter(tmp_path: Path) -> None:
    _, package = write(tmp_path, document(BUDGET))
    sheet = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    assert sheet.find(f".//{S}pane").get("topLeftCell") == "A3"
    assert sheet.find(f"{S}autoFilter").get("ref") == "A2:B8", "the total is not filtered"
    assert sheet.find(f"{S}mergeCells/{S}mergeCell").get("ref") == "A3:B3"
    assert len(sheet.findall(f"{S}cols/{S}col")) == 2
    relations = package.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert "https://example.org/a?b=1&amp;c=2" in relations


def test_equal_documents_give_equal_bytes_with_one_date_and_a_language(tmp_path: Path) -> None:
    one, other = (xlsx.write(document(BUDGET), tmp_path / f"{name}.xlsx") for name in ("one", "other"))
    assert one.sha256 == other.sha256
    package = zipfile.ZipFile(one.path)
    assert {info.date_time for info in package.infolist()} == {(2027, 5, 10, 0, 0, 0)}
    core = package.read("docProps/core.xml").decode()
    assert "<dc:language>bg</dc:language>" in core and "2027-05-10T00:00:00Z" in core and "A &amp; B" in core


def test_sheets_have_names_that_excel_takes() -> None:
    long = "Target, result and last year’s result of each indicator"
    names = book._names([long, long, "a/b: [c]?*", "History", "'quoted'", "", "x" * 40, "x" * 40])
    assert names[0].startswith("Target, result") and names[1].endswith("(2)")
    assert names[2:6] == ["a b c", "History (2)", "quoted", "6"]
    assert len({name.lower() for name in names}) == 8 and max(map(len, names)) <= book.MOST_NAME


def test_a_total_that_is_not_the_sum_is_told(tmp_path: Path) -> None:
    problems, package = write(tmp_path, document(BUDGET.replace('data-value="2234.00"', 'data-value="2234.01"')))
    (problem,) = problems
    assert problem.code == "xlsx.sum" and problem.severity is Severity.WARNING and "2234.01" in problem.message
    assert values(package)["B9"][1] == 2234.0


def test_a_document_without_tables_has_an_empty_workbook_and_a_warning(tmp_path: Path) -> None:
    problems, _ = write(tmp_path, document("<p>Words</p>"))
    assert [p.code for p in problems] == ["xlsx.empty"]


def test_spans_are_merged_and_a_long_text_is_cut() -> None:
    table = f"<table><tbody><tr><td rowspan='2'>a</td><td>b</td></tr><tr><td>{'c' * 40_000}</td></tr></tbody></table>"
    (sheet,) = cells.sheets(document(table).tree.copy())
    assert [(c.row, c.column, c.height, c.width) for c in sheet.cells] == [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)]
    package = zipfile.ZipFile(io.BytesIO(book.render(document(table), (sheet,))))
    assert max(map(len, map(str, values(package).values()))) == sheets.MOST_TEXT


def test_a_text_that_is_cut_is_told_of(tmp_path: Path) -> None:
    problems, _ = write(tmp_path, document(f"<table><tbody><tr><td>{'c' * 40_000}</td></tr></tbody></table>"))
    (problem,) = problems
    assert (problem.code, problem.severity) == (
        "xlsx.cut",
        Severity.WARNING,
    ) and "has 40,000 and is cut" in problem.message


@pytest.mark.parametrize(
    "body", ["<td>1<span role='doc-footnote'>why</span></td>", "<td><ul><li>1</li><li>2</li></ul></td>"]
)
def test_blocks_and_footnotes_are_kept(body: str) -> None:
    (sheet,) = cells.sheets(document(f"<table><tbody><tr>{body}</tr></tbody></table>").tree.copy())
    assert sheet.cells[0].text in ("1 (why)", "1\n2")
