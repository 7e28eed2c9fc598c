"""What WeasyPrint is spared changes no byte of what it writes, in the first document of a sheet and in the next."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import re
import subprocess
import sys
from importlib import import_module
from math import inf
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import cssselect2
import pytest
import weasyprint

from report.formats import pdf
from report.formats.pdf import cascade, lines, styles
from report.html.parser import parse
from report.values import Document, ReportError
from tests.conftest import ROOT
from tests.formats.docx import support
from tests.formats.pdf import rare

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
    """Return documents of one style sheet: of one look, with other ids, languages and widths; then those of rarer ones."""
    made = [
        support.document(_body("first", 20), fonts=True),
        support.document(_body("other", 30), language="bg", fonts=True),
        support.document(_body("first", 30), fonts=True),
    ]
    made = [dataclasses.replace(each, look=dataclasses.replace(each.look, styles=(SHEET,))) for each in made]
    return [*made, *rare.documents()]


def _written(folder: Path) -> list[str]:
    folder.mkdir(exist_ok=True)
    paths = [pdf.write(each, folder / f"{n}.pdf").path for n, each in enumerate(_documents())]
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]


PLAIN = """
import sys
from pathlib import Path
import weasyprint
from importlib import import_module
from report.formats.pdf import parsed, shortcuts
from tests.formats.pdf import test_shortcuts as here
shortcuts.install = lambda: None
class Fresh(weasyprint.HTML):
    def __init__(self, root, fetcher):
        super().__init__(string=html[0], base_url=fetcher.base, url_fetcher=fetcher)
write = import_module("report.formats.pdf.write")
html, write.tree, parsed.Parsed = [""], lambda text: html.__setitem__(0, text), Fresh
print(*here._written(Path(sys.argv[1])))
"""


@pytest.mark.slow
def test_the_bytes_are_those_that_weasyprint_writes_by_itself(tmp_path: Path):
    spared = _written(tmp_path / "spared")
    plain = subprocess.run(
        [sys.executable, "-c", PLAIN, tmp_path / "plain"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    told = [*(f"document {n}" for n in range(3)), *(name for name in rare.SHEETS for _ in range(3))]
    assert {name for name, *both in zip(told, spared, plain.stdout.split(), strict=True) if len(set(both)) > 1} == set()
    assert len(set(spared[:3])) == 3


def test_what_is_wrong_with_a_sheet_is_told_of_every_document(tmp_path: Path):
    wrong = [
        dataclasses.replace(each, look=dataclasses.replace(each.look, styles=(*each.look.styles, "p { colour: red }")))
        for each in _documents()[:2]
    ]
    for each in wrong:
        with pytest.raises(ReportError, match=re.escape("colour")):
            pdf.write(each, tmp_path / "wrong.pdf")


def test_kept_styles_are_bounded():
    store = styles.Store()
    for number in range(2 * styles.MOST + 1):
        store.place(store.root, number, {})
    assert len(store.root.below) <= styles.MOST


def test_kept_cascades_are_bounded():
    sheet = weasyprint.CSS(string="p { color: red }")
    cascades = cascade.Cascades()
    element = cssselect2.ElementWrapper.from_html_root(parse("<p>Words</p>")).query("p")
    for _ in range(cascade.MOST + 10):
        found = cascades.of(element, [(copy.copy(sheet), "author", None)])
    assert len(cascades) <= cascade.MOST
    assert found[None]["color"][1] == (3, inf, (0, 0, 1))


def test_lines_that_nobody_asks_for_are_forgotten():
    recent = lines.Recent(10)
    for number in range(100):
        recent[number] = str(number)
        assert recent.get(0) == "0"
        assert len(recent) <= 20
    assert recent.get(99) == "99" and recent.get(50) is None


def test_what_is_drawn_is_not_taken_where_a_font_has_other_widths():
    drawn = lines.Drawn()
    font = SimpleNamespace(key=1, widths={5: 600}, to_unicode={5: "a"})
    drawn.fonts.append(font)
    drawn.steps.append(("show_text", ("<0005>",)))
    said = []
    agrees = SimpleNamespace(widths={5: 600}, to_unicode={}, hash="A")
    other = SimpleNamespace(widths={5: 601}, to_unicode={}, hash="A")
    assert drawn.onto(SimpleNamespace(_fonts={1: agrees}, show_text=said.append))
    assert not drawn.onto(SimpleNamespace(_fonts={1: other}, show_text=said.append))
    assert said == ["<0005>"] and agrees.to_unicode == {5: "a"} and other.to_unicode == {}


@pytest.mark.parametrize(
    ("rule", "kept"), [("p{width:40mm}", True), ("p{width:calc(100VW - 1cm)}", False), ("p{top:.5pvmin}", False)]
)
def test_sheets_with_lengths_of_the_page_keep_no_styles(rule: str, kept: bool):
    fonts, _ = import_module("report.formats.pdf.write")._styles(rule)
    assert hasattr(fonts, "store") is kept
