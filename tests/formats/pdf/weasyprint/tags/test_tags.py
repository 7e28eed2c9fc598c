"""What a screen reader gets: languages, header scopes, notes, lists, links and tables that a page break split."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from report.formats import pdf
from report.values import ReportError
from tests.formats.docx import support
from tests.judges import pdf_fast

HEADER = '<p data-running="header">Running</p><p data-running="footer">page <span data-field="page"></span></p>'


@pytest.fixture
def make(tmp_path: Path):
    """Write the inside of a body as PDF and open its structure tree; the fast judge must pass it."""
    opened = []

    def made(body: str, language: str = "en", css: str = "") -> list[Any]:
        import dataclasses

        pictures = {name: support.picture(tmp_path / name) for name in ("picture.png", "picture.jpg", "снимка 1.png")}
        document = support.document(HEADER + body, language=language, assets=pictures)
        styles = (support.TEMPLATES / "elements.css").read_text("utf-8") + css
        document = dataclasses.replace(document, look=dataclasses.replace(document.look, styles=(styles,)))
        path = pdf.write(document, tmp_path / "made.pdf").path
        assert pdf_fast.findings(path) == []
        opened.append(pikepdf.open(path))
        return list(walk(opened[-1].Root.StructTreeRoot))

    yield made
    for file in opened:
        file.close()


def walk(element: Any) -> Iterator[Any]:
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from walk(kid)


def kinds(elements: list[Any], *names: str) -> list[Any]:
    return [e for e in elements if str(e.S)[1:] in names]


def test_words_of_another_language_say_so(make) -> None:
    tree = make('<h1>Report</h1><p>Our <span lang="bg">мрежа</span></p><p lang="fr">Programme</p>')
    assert [str(e.Lang) for e in tree if "/Lang" in e] == ["bg", "fr"]


def test_header_cells_have_their_scope(make) -> None:
    tree = make(
        '<h1>T</h1><table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody>'
        '<tr><th scope="rowgroup" colspan="2">group</th></tr><tr><th scope="row">r</th><td>1</td></tr></tbody></table>'
    )
    assert [str(e.A.Scope) for e in kinds(tree, "TH")] == ["/Column", "/Column", "/Column", "/Row"]


def test_blocks_in_a_list_item_stand_in_its_body(make) -> None:
    tree = make("<h1>T</h1><ul><li>plain</li><li><p>one</p><p>two</p><ol><li>inner</li></ol></li></ul>")
    for item in kinds(tree, "LI"):
        assert {str(k.S) for k in item.K} <= {"/Lbl", "/LBody"} and sum(k.S == "/LBody" for k in item.K) == 1


def test_a_term_and_its_descriptions_are_one_item(make) -> None:
    tree = make("<h1>T</h1><dl><dt>Name</dt><dd>SPOC</dd><dt>Works for</dt><dd>children</dd><dd>families</dd></dl>")
    assert [[str(k.S) for k in item.K] for item in kinds(tree, "LI")] == [["/Lbl", "/LBody"]] * 2


def test_a_link_around_an_element_owns_its_annotation(make) -> None:
    tree = make(
        '<h1 id="t">T</h1><p><a href="https://example.org"><em>there</em></a> <a href="#t"><span lang="bg">горе</span></a></p>'
    )
    holders = [
        str(e.S)
        for e in tree
        for kid in e.get("/K", ())
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
    ]
    assert len(kinds(tree, "Link")) == 2 and set(holders) == {"/Link"}


def test_a_footnote_is_a_note(make) -> None:
    tree = make(
        '<h1>T</h1><p>Text<span role="doc-footnote">First</span> and<span role="doc-footnote">second</span></p>'
    )
    notes = kinds(tree, "Note")
    assert len({str(note.ID) for note in notes}) == 2 and len(kinds(tree, "Reference")) == 2


def test_a_table_over_several_pages_is_one_table_with_one_header(make) -> None:
    rows = "".join(f"<tr><th scope='row'>{n}</th><td>{n * n}</td></tr>" for n in range(120))
    head = '<thead><tr><th scope="col">n</th><th scope="col">n²</th></tr></thead>'
    tree = make(f"<h1>T</h1><table>{head}<tbody>{rows}</tbody></table>")
    (table,) = kinds(tree, "Table")
    assert len(kinds(tree, "THead")) == 1 and len(kinds(tree, "TR")) == 121
    ids = {str(cell.ID) for cell in kinds(tree, "TH")}
    assert all({str(h) for h in cell.A.Headers} <= ids and len(cell.A.Headers) == 2 for cell in kinds(tree, "TD"))
    assert len({cell.Pg.objgen for cell in kinds(tree, "TD")}) >= 3


def test_a_list_and_a_paragraph_over_a_page_are_one(make) -> None:
    long = " ".join(["word"] * 900)
    tree = make(f"<h1>T</h1><p>{long}</p><ul>{''.join(f'<li>item {n}</li>' for n in range(60))}</ul>")
    assert len(kinds(tree, "L")) == 1 and len(kinds(tree, "LI")) == 60 and len(kinds(tree, "P")) == 1


def test_running_headers_are_no_content(make) -> None:
    tree = make("<h1>T</h1><p>Text</p>")
    assert [str(e.S) for e in tree if str(e.S) not in ("/Span",)] == ["/Document", "/H1", "/P"]


def test_the_kitchen_sink_conforms(make) -> None:
    body = (Path(support.__file__).parent / "kitchen-sink.html").read_text("utf-8")
    tree = make(body[body.index("<section") :])
    assert [str(e.Alt) for e in kinds(tree, "Figure")] == ["A teal rectangle", "A photo"]
    assert {"Table", "L", "Note", "Link", "BlockQuote", "H6"} <= {str(e.S)[1:] for e in tree}


def test_what_the_layout_complains_of_is_an_error(tmp_path: Path) -> None:
    import dataclasses

    document = support.document("<h1>T</h1>")
    bad = dataclasses.replace(document, look=dataclasses.replace(document.look, styles=("h1 { colr: red }",)))
    with pytest.raises(ReportError) as caught:
        pdf.write(bad, tmp_path / "bad.pdf")
    assert "colr" in caught.value.problems[0].message and not list(tmp_path.glob("*.pdf"))


def test_nothing_is_fetched(tmp_path: Path) -> None:
    import dataclasses

    document = support.document("<h1>T</h1>")
    secret = tmp_path / "secret.png"
    support.picture(secret)
    for address in (secret.as_uri(), "http://127.0.0.1:9/x.png"):
        look = dataclasses.replace(document.look, styles=(f"h1 {{ background: url({address}) }}",))
        with pytest.raises(ReportError) as caught:
            pdf.write(dataclasses.replace(document, look=look), tmp_path / "bad.pdf")
        assert "outside the workspace" in caught.value.problems[0].message


def test_pictures_are_found_by_any_name(make) -> None:
    tree = make(
        '<h1>T</h1><p><img src="снимка 1.png" alt="one"> <img src="./picture.jpg" alt="two" width="40"></p>'.replace(
            "./", ""
        )
    )
    assert [str(e.Alt) for e in kinds(tree, "Figure")] == ["one", "two"]


@pytest.mark.parametrize("first", ["short", " ".join(["word"] * 4000)])
def test_a_row_that_breaks_is_one_row_and_each_of_its_cells_one_cell(make, first: str) -> None:
    long = " ".join(["word"] * 4000)
    head = '<thead><tr><th scope="col">a</th><th scope="col">b</th><th scope="col">c</th></tr></thead>'
    rows = f'<tr><th scope="row">{first}</th><td>{long}</td><td>1</td></tr><tr><th scope="row">d</th><td>e</td><td>2</td></tr>'
    tree = make(f"<h1>T</h1><table>{head}<tbody>{rows}</tbody></table>")
    assert [[str(cell.S) for cell in row.K] for row in kinds(tree, "TR")] == [["/TH"] * 3, *[["/TH", "/TD", "/TD"]] * 2]
    long_cell = kinds(tree, "TD")[0]
    assert len({element.Pg.objgen for element in [long_cell, *walk(long_cell)]}) >= 2, "it goes on on the next page"
