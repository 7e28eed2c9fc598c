"""What is higher than a page breaks over pages: no heading or caption stands alone, and heads of columns are repeated."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pdfplumber
import pytest

from report.formats import docx, pdf
from report.values import Document
from tests.formats.docx import support
from tests.judges import docx_render, pdf_fast

EN = "We visit every household of the valley twice a month and write down what people ask for. "
BG = "Посещаваме всяко домакинство в долината два пъти месечно и записваме от какво имат нужда хората. "
HEAD = (
    '<colgroup><col data-width="30"><col data-width="40"><col data-width="30"></colgroup>'
    '<thead><tr><th scope="col">First</th><th scope="col">Second</th><th scope="col">Third</th></tr></thead>'
)
FOOT = '<tfoot><tr><th scope="row">All</th><td>x</td><td data-type="number">9</td></tr></tfoot>'


def _long(length: int, text: str = EN) -> str:
    return (text * 99)[:length].rpartition(" ")[0]


def _table(rows: str, foot: str = FOOT, before: str = "", kind: str = "") -> str:
    caption = "<caption>Table 1. Caption</caption>"
    return f'<h1>Title</h1>{before}<h2>Heading</h2><table class="{kind}">{caption}{HEAD}<tbody>{rows}</tbody>{foot}</table>'


def _row(first: str, second: str = "m", span: str = "") -> str:
    return f'<tr><th scope="row"{span}>{first}</th><td>{second}</td><td>1</td></tr>'


ITEMS = "".join(f"<li>{_long(150)}</li>" for _ in range(40))
GROUP = '<tr><th scope="rowgroup" colspan="3">Group</th></tr>'
TABLES = {
    "first column": _table(_row(_long(5000))),
    "second column": _table(_row("a", _long(5000, BG))),
    "all at once": _table(_row(_long(4000), _long(4000)) * 2),
    "list": _table(_row("a", f"<ul>{ITEMS}</ul>")),
    "paragraphs": _table(_row("a", f"<p>{_long(900)}</p>" * 7)),
    "under a group": _table(GROUP + _row(_long(5000))),
    "kept whole": _table(_row("a") + _row("b", _long(5000)), kind="whole"),
    "after others": _table(_row("a") * 12 + _row("b", _long(5000))),
    "before others": _table(_row("b", _long(5000)) + _row("a") * 3),
    "over rows": _table(_row(_long(4000), span=' rowspan="3"') + "<tr><td>i</td><td>v</td></tr>" * 2),
    "late on its page": _table(_row(_long(2500)), before=f"<p>{_long(4300)}</p>"),
    "total": _table(_row("a") * 3, f"<tfoot>{_row('All', _long(5000))}</tfoot>"),
}
BLOCKS = {
    "item": f"<h1>Title</h1><p>{_long(900)}</p><h2>Heading</h2><ul><li>{_long(7000)}</li><li>next</li></ul>",
    "quotation": f"<h1>Title</h1><p>{_long(900)}</p><h2>Heading</h2><blockquote><p>{_long(7000)}</p></blockquote>",
    "facts": f'<h1>Title</h1><p>{_long(900)}</p><h2>Heading</h2><aside class="facts"><dl><dt>a</dt><dd>{_long(7000)}</dd></dl></aside>',
    "brief": f'<h1>Title</h1><p>{_long(900)}</p><h2>Heading</h2><dl class="brief"><dt>a</dt><dd>{_long(7000)}</dd></dl>',
}


def _document(body: str, css: str = "") -> Document:
    made = support.document(f"<main>{body}</main>", fonts=True)
    styles = ((support.TEMPLATES / "elements.css").read_text("utf-8") + css,)
    return dataclasses.replace(made, look=dataclasses.replace(made.look, styles=styles))


def _pages(path: Path) -> list[str]:
    with pdfplumber.open(path) as opened:
        return [page.extract_text() or "" for page in opened.pages]


def _letters(text: str) -> int:
    return len(re.sub(r"\W", "", text))


def _stand_together(pages: list[str], body: str) -> None:
    (page,) = [page for page in pages if "Heading" in page]
    begun = page.partition("Heading")[2].replace("Table 1. Caption", "").replace("First Second Third", "")
    assert _letters(begun) > 30, "the heading stands alone"
    if "<table" in body:
        rest = [page for page in pages[pages.index(page) :] if _letters(page) > 1]
        assert len(rest) > 1 and all("First Second Third" in page for page in rest)


@pytest.mark.quick("all at once", "facts", "first column", "quotation", "total", "over rows")
@pytest.mark.parametrize("name", [*TABLES, *BLOCKS])
def test_what_is_higher_than_a_page_breaks(name: str, tmp_path: Path) -> None:
    body = (TABLES | BLOCKS)[name]
    path = pdf.write(_document(body), tmp_path / "x.pdf").path
    pages = _pages(path)
    _stand_together(pages, body)
    said = _letters(re.sub("<[^>]+>", " ", body))
    printed = _letters("".join(pages)) - (len("FirstSecondThird") * (sum("First Second" in page for page in pages) - 1) if "<table" in body else 0)  # fmt: skip
    markers = len(re.findall("<li>", body))
    assert printed - markers <= said <= printed, "text was lost, or printed twice"
    assert pdf_fast.findings(path) == []


def test_a_row_that_fits_on_a_page_stays_on_one(tmp_path: Path) -> None:
    body = _table("".join(_row(f"begin{n} {_long(300)} end{n}") for n in range(40)), "")
    for page in _pages(pdf.write(_document(body), tmp_path / "x.pdf").path):
        assert re.findall(r"begin(\d+)", page) == re.findall(r"end(\d+)", page)


@pytest.mark.slow
def test_no_cell_of_a_row_that_breaks_begins_a_page_after_the_others(tmp_path: Path) -> None:
    """A cell needs room for three lines: with fewer left on a page, the short cells beside it would begin without it."""
    for gap in range(20, 80, 4):
        css = f"h2 {{ margin-top: {gap}mm }}"
        body = _table(_row("short", "begin " + _long(4500)), before=f"<p>{_long(3700)}</p>")
        pages = _pages(pdf.write(_document(body, css), tmp_path / "x.pdf").path)
        (page,) = [page for page in pages if "begin We" in page]
        assert "short" in page and "Heading" in page and "First Second Third" in page, gap


@pytest.mark.slow
@pytest.mark.parametrize("name", [*TABLES, *BLOCKS])
def test_word_breaks_it_too(name: str, tmp_path: Path) -> None:
    body = (TABLES | BLOCKS)[name]
    path = docx.write(_document(body), tmp_path / "x.docx").path
    _stand_together(_pages(docx_render.to_pdf(path, tmp_path / "made")), body)


def test_what_one_long_row_may_do_rows_like_it_may_not(tmp_path: Path) -> None:
    """Rows that are alike share a style, which the long one must not change."""
    css = "tr { break-inside: auto }"
    body = _table(_row("a", _long(4800)) + "".join(_row(f"begin{n} {_long(300)} end{n}") for n in range(30)), "")
    with_own = _pages(pdf.write(_document(body, css), tmp_path / "x.pdf").path)
    assert any(re.findall(r"begin(\d+)", page) != re.findall(r"end(\d+)", page) for page in with_own)
