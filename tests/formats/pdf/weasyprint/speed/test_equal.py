"""Speed-ups change no byte of what WeasyPrint writes, in the first document of a sheet and in the next."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from report.formats import pdf
from report.formats.pdf import weasyprint
from report.values import Document, ReportError
from tests.conftest import ROOT
from tests.formats.docx import support
from tests.formats.pdf.weasyprint.speed import rare

SHEET = """
@page { size: A5; margin: 12mm; @bottom-right { content: counter(page) " / " counter(pages) } @top-left { content: element(header) } }
[data-running=header] { position: running(header) }
[role=doc-footnote] { float: footnote; font-size: 80% }
main { columns: 2; column-gap: 4mm }
h1 { column-span: all; letter-spacing: .04em; text-decoration: underline; font-size: 1.6em; break-before: page }
h2::before { content: counter(item) ". "; counter-increment: item }
.a { display: flex; gap: 2mm } .a > * { flex: 1; padding: 3%; box-sizing: border-box; border: 1px solid }
.b { display: grid; grid-template-columns: 1fr 2fr; margin: 0 calc(5% - 1mm); min-height: 10% }
.c::first-letter { font-size: 2em } .c::first-line { font-variant: small-caps }
nav a::after { content: leader(".") target-counter(attr(href), page) }
table { border-collapse: collapse; width: 80%; table-layout: fixed } td { border: .5pt solid; padding: 1mm 2% }
.d table { border-collapse: separate } .d { overflow: hidden; position: relative; text-align: justify; hyphens: auto }
q { font-style: italic } li::marker { color: #800 }
@layer low, high; @layer high { .e { color: #060 } } @layer low { .e { color: #006; font-weight: 700 } }
.e { margin-left: 1mm !important; padding-left: 2mm } #first-e { padding-left: 3mm } .e::after { content: " –" }
.f { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; width: 30mm } .g { max-lines: 2; block-ellipsis: auto }
.h { font-variant: small-caps; word-spacing: .1em } .h b { font-size: 1.3em } del { text-decoration: line-through }
"""
DRAWING = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='60' font-family='IBM Plex Sans'><text x='5' y='20'>A letter "
    "after a letter</text><text x='90' y='40' text-anchor='middle' font-weight='700' letter-spacing='1'>Буква</text>"
    "<text x='5' y='55' font-size='9' rotate='10'>A letter</text></svg>"
)
TEXT = "Some words of a paragraph that goes on, <em>some of them</em> in italics, <q>and a few quoted</q>, to the next line. "


def _body(name: str, width: int) -> str:
    cells = f"<td>{name}</td><td>1,234</td><td><p>{TEXT}</p></td>"
    columns = f'<colgroup><col data-width="{width}"><col data-width="{90 - width}"><col></colgroup>'
    table = f'<table id="{name}-table">{columns}<thead><tr><th>A</th><th>B</th><th>C</th></tr></thead><tbody>'
    table += f"<tr>{cells}</tr>" * 9 + "</tbody></table>"
    return f"""<p data-running="header">{name}</p><nav><a href="#{name}-2">Second</a></nav><main>
<h1 id="{name}">{name}</h1><p class="c">{TEXT * 3}<span role="doc-footnote">A note of <b>{name}</b>.</span></p>
<ol><li>one</li><li>two <a href="https://example.org">three</a></li></ol><div class="a"><p>{TEXT}</p><p>left</p></div>
{table}<h1 id="{name}-2" lang="bg">Второ</h1><h2>Точка</h2><div class="b"><p>{TEXT}</p><ul><li>x</li></ul></div>
<p class="e" id="{name}-e" style="padding-left: 5mm; margin-left: 9mm">One</p><p class="e" style="color: #900">Two</p>
<p class="e">Three</p><p class="e" lang="bg">Три</p><p class="f">{TEXT}</p><div class="g">{TEXT * 2}</div>
<p class="h">Some words <b>Some words</b> and <del>Some words</del>, Some words</p>
<div class="d">{table.replace("-table", "-again")}<h2>Next</h2><p>{TEXT * 4}</p></div></main><p><img alt="A drawing" src="data:image/svg+xml,{quote(DRAWING)}"></p>"""


def _documents() -> list[Document]:
    """Return documents of one style sheet and look, with other ids, languages and widths."""
    made = [
        support.document(_body("first", 20), fonts=True),
        support.document(_body("other", 30), language="bg", fonts=True),
        support.document(_body("first", 30), fonts=True),
    ]
    return [dataclasses.replace(each, look=dataclasses.replace(each.look, styles=(SHEET,))) for each in made]


def _written(folder: Path, every: bool) -> list[str]:
    folder.mkdir(exist_ok=True)
    documents = [*_documents()[: None if every else 2], *(rare.documents() if every else ())]
    paths = [pdf.write(each, folder / f"{n}.pdf").path for n, each in enumerate(documents)]
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]


def _plain(folder: Path, every: bool) -> list[str]:
    """Write the same documents in a process that leaves all speed-ups out."""
    code = (
        f"from pathlib import Path; from {__name__} import _written; print(*_written(Path({str(folder)!r}), {every}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {weasyprint.VARIABLE: "1", "PYTHONPATH": str(ROOT)},
    )
    return done.stdout.split()


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_the_bytes_are_those_that_weasyprint_writes_by_itself(every: bool, tmp_path: Path) -> None:
    """Documents of one sheet; then of sheets that ask for all that others may (`test_documents.py` has those of the repository)."""
    fast, plain = _written(tmp_path / "fast", every), _plain(tmp_path / "plain", every)
    names = [
        *(f"document {n}" for n in range(3 if every else 2)),
        *(name for name in rare.SHEETS for _ in range(3) if every),
    ]
    assert {name for name, one, other in zip(names, fast, plain, strict=True) if one != other} == set()
    assert len(set(fast[:3])) == (3 if every else 2)


def test_what_is_wrong_with_a_sheet_is_told_of_every_document(tmp_path: Path):
    short = support.document("<p>One</p>", fonts=True)
    wrong = [
        dataclasses.replace(short, look=dataclasses.replace(short.look, styles=(SHEET, "p { colour: red }")))
        for _ in range(2)
    ]
    for each in wrong:
        with pytest.raises(ReportError, match=re.escape("colour")):
            pdf.write(each, tmp_path / "wrong.pdf")
