"""Word files laid out by LibreOffice: the page numbers that their contents were given, no empty pages, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest

from report.html import parser
from report.html.text import words
from tests.judges import docx_render

pytestmark = pytest.mark.slow


def test_contents_give_the_pages_where_headings_stand(built, tmp_path: Path) -> None:
    for job, (document, files) in built.items():
        if "doc-toc" not in document.html:
            continue
        with pdfplumber.open(docx_render.to_pdf(files["docx"].path, tmp_path)) as pdf:
            lines = [[_bare(line["text"]) for line in page.extract_text_lines()] for page in pdf.pages]
        assert abs(len(lines) - files["pdf"].pages) <= 1, job
        assert all(len("".join(page)) > 150 for page in lines[1:]), "an empty page"
        drift = {
            name: _page(text, files["pdf"].anchors[name], lines) - files["pdf"].anchors[name]
            for name, text in _listed(document.html)
        }
        long = files["pdf"].pages > 12  # a line more on one page moves what follows, until a section begins a new one
        assert max(map(abs, drift.values())) <= (2 if long else 1), (job, drift)
        assert long or sum(map(abs, drift.values())) <= 2, (job, drift)


def _listed(html: str) -> list[tuple[str, str]]:
    """Return (id, words) of every heading that the contents list."""
    nav = next(e for e in parser.parse(html).iter("nav") if e.get("role") == "doc-toc")
    return [(link.get("href")[1:], words(link)) for link in nav.iter("a")]


def _bare(text: str) -> str:
    return "".join(text.split())


def _page(heading: str, expected: int, lines: list[list[str]]) -> int:
    """Return the page, nearest to the expected one, with a line that begins as the heading does."""
    found = [
        n for n, page in enumerate(lines, 1) if any(_bare(heading).startswith(line) for line in page if len(line) > 3)
    ]
    assert found, heading
    return min(found, key=lambda number: abs(number - expected))
