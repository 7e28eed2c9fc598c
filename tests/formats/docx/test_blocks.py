"""Headings, lists, figures, panels: what stands under what, and how it is numbered."""

from __future__ import annotations

import pytest

from report.formats.ooxml import q
from tests.formats.docx.support import make, picture, style, text


def numbered(opened):
    """Return (numId, level, text) of every paragraph that has a marker."""
    found = []
    for paragraph in opened.find(".//w:p[w:pPr/w:numPr]"):
        (level,), (number,) = (opened.find(f"w:pPr/w:numPr/w:{n}/@w:val", paragraph) for n in ("ilvl", "numId"))
        found.append((int(number), int(level), text(paragraph)))
    return found


def level(opened, number):
    """Return the level definition that a list instance uses, and its start."""
    root = opened.part("numbering")
    (instance,) = opened.find(f"w:num[@w:numId='{number}']", root)
    (abstract,) = opened.find("w:abstractNumId/@w:val", instance)
    start = opened.find("w:lvlOverride/w:startOverride/@w:val", instance)
    at = (opened.find("w:lvlOverride/@w:ilvl", instance) or ["0"])[0]
    (found,) = opened.find(f"w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='{at}']", root)
    return found, (start or [None])[0]


def test_headings_have_levels_and_bookmarks_of_their_own():
    long = "a-very-long-identifier-that-is-longer-than-forty-characters"
    opened = make(
        f"<h1 id=a>A</h1><h2 id='1-b'>B</h2><h3 id='{long}'>C</h3><h4 id=глава>D</h4><h5 id=a-b>E</h5><h6 id=a_b>F</h6>"
    )
    assert opened.lines() == [(f"Heading{n}", c) for n, c in enumerate("ABCDEF", 1)]
    names = opened.find(".//w:bookmarkStart/@w:name")
    assert len({n.lower() for n in names}) == 6
    assert all(len(n) <= 40 and n.isascii() and n[0].isalpha() and n.replace("_", "").isalnum() for n in names)
    styles = opened.part("styles")
    for n in range(1, 7):
        assert opened.find(f"w:style[@w:styleId='Heading{n}']/w:pPr/w:outlineLvl/@w:val", styles) == [str(n - 1)]
        assert opened.find(f"w:style[@w:styleId='Heading{n}']/w:name/@w:val", styles) == [f"heading {n}"]


def test_every_list_starts_anew():
    opened = make("<ol><li>a<li>b</ol><p>x</p><ol start=5><li>c<li>d</ol><ol type=i><li>e</ol>")
    found = numbered(opened)
    assert [t for *_, t in found] == list("abcde")
    first, second, third = found[0][0], found[2][0], found[4][0]
    assert len({first, second, third}) == 3
    assert [level(opened, n)[1] for n in (first, second, third)] == ["1", "5", "1"]
    kinds = [level(opened, n)[0].xpath("w:numFmt/@w:val", namespaces=opened.body.nsmap)[0] for n in (first, third)]
    assert kinds == ["decimal", "lowerRoman"]


def test_mixed_nesting_and_continuations():
    opened = make("<ul><li>a<ol type=A><li>b<ul><li>c</ul></ol></li><li><p>d</p><p>e</p></li></ul>")
    assert [(at, t) for _, at, t in numbered(opened)] == [(0, "a"), (1, "b"), (2, "c"), (0, "d")]
    (plain,) = [p for p in opened.find(".//w:p") if text(p) == "e"]
    marker = level(opened, numbered(opened)[0][0])[0]
    assert opened.find("w:pPr/w:ind/@w:left", plain) == opened.find("w:pPr/w:ind/@w:left", marker)


def test_a_list_inside_an_item_without_text_keeps_both_markers():
    opened = make("<ul><li><ul><li>deep</ul></ul>")
    assert [(at, t) for _, at, t in numbered(opened)] == [(0, ""), (1, "deep")]


def test_value_moves_the_count_on():
    opened = make("<ol><li>a<li value=9>b<li>c</ol>")
    first, second, third = (n for n, *_ in numbered(opened))
    assert first != second == third and level(opened, second)[1] == "9"


def test_a_list_without_markers_and_one_with_symbols():
    opened = make("<ul role=list><li>a</ul><ul class=joint><li>b</ul>")
    ((number, _, shown),) = numbered(opened)
    assert shown == "b"
    found = level(opened, number)[0]
    assert opened.find("w:lvlText/@w:val", found) == ["●"]
    assert opened.find("w:rPr/w:rFonts/@w:ascii", found) == ["IBM Plex Math"]
    assert opened.find("w:rPr/w:color/@w:val", found) == ["D9542B"]


def test_definitions_as_paragraphs_and_in_columns():
    opened = make(
        "<dl><dt>T</dt><dd>D</dd></dl><aside class=facts><dl><div><dt>A</dt><dd>B</dd><dd>C</dd></div>"
        "<dt>E</dt><dd>F</dd></dl></aside>"
    )
    assert opened.lines()[:2] == [("DefinitionTerm", "T"), ("Definition", "D")]
    cells = [[text(p) for p in opened.find("w:p", c)] for c in opened.find(".//w:tc")]
    assert cells == [["A"], ["B", "C"], ["E"], ["F"]]
    assert opened.find(".//w:tc[1]/w:tcPr/w:shd/@w:fill") == ["EEF4F4"] * 2


def test_key_figures_stand_side_by_side():
    items = "".join(f"<li><strong class=value>{n}</strong> <span class=label>l{n}</span></li>" for n in range(4))
    opened = make(f"<ul class=figures role=list>{items}</ul><p>after</p>")
    assert len(opened.find(".//w:tr")) == 1
    assert [[(style(p), text(p)) for p in opened.find("w:p", c)] for c in opened.find(".//w:tc")] == [
        [("FigureValue", str(n)), ("FigureLabel", f"l{n}")] for n in range(4)
    ]
    assert opened.find(".//w:p[last()]/w:pPr/w:spacing/@w:before")


def test_a_box_shades_its_paragraphs_and_joins_them():
    opened = make("<p>x</p><aside><h3>H</h3><p>a</p><ul><li>b<p>c</p></ul></aside><p>y</p>")
    boxed = opened.find(".//w:p[w:pPr/w:shd]")
    assert [text(p) for p in boxed] == ["H", "a", "b", "\tc"]
    assert len({tuple(b.attrib.values()) for p in boxed for b in opened.find("w:pPr/w:pBdr/w:left", p)}) == 1
    assert not opened.find(".//w:p[not(w:pPr/w:shd)]/w:pPr/w:pBdr")


def test_figures_hold_together_and_images_have_their_text(tmp_path):
    assets = {"p.png": picture(tmp_path / "p.png"), "q.jpg": picture(tmp_path / "q.jpg", (3000, 1000))}
    opened = make('<figure><img src="p.png" alt="A &lt;teal&gt; one"><figcaption>Figure 1</figcaption></figure>'
                  '<p><img src="q.jpg" alt="wide"><img src="p.png" alt="again" width="50%">'
                      '<img src="p.png" alt="c" width=40></p>',
                  assets=assets)  # fmt: skip
    assert opened.find(".//wp:docPr/@descr") == ["A <teal> one", "wide", "again", "c"]
    assert len(set(opened.find(".//wp:docPr/@id"))) == 4
    wide = round(210 * 56.6929) - round(28 * 56.6929) - round(24 * 56.6929)
    sizes = [(int(e.get("cx")), int(e.get("cy"))) for e in opened.find(".//wp:extent")]
    assert sizes[0] == (400 * 9525, 200 * 9525) and sizes[3][0] == 40 * 9525
    assert abs(sizes[1][0] - wide * 635) < 2000 and abs(sizes[2][0] * 2 - sizes[1][0]) < 4
    assert len([n for n in opened.names if n.startswith("word/media/")]) == 2
    (figure, caption, _) = opened.find(".//w:p")
    assert opened.find("w:pPr/w:pStyle/@w:val", caption) == ["Caption"]
    keeps = [opened.find("w:pPr/w:keepNext", p) for p in (figure, caption)]
    assert keeps[0] and not keeps[1]


@pytest.mark.parametrize(("html", "expected"), [
    ("<blockquote><p>a</p><p><cite>b</cite></p></blockquote>", [("Quote", "a"), ("Quote", "b")]),
    ("<address>a<br>b</address>", [("Address", "a\nb")]),
    ("<hr>", [("HorizontalLine", "")]),
    ("<p class=lead>a</p>", [("Lead", "a")]),
    ("<p class=kicker>k</p><h2>h</h2>", [("Kicker", "k"), ("Heading2", "h")]),
    ("<div>a<p>b</p>c</div>", [("BodyText", "a"), ("BodyText", "b"), ("BodyText", "c")]),
    ("<article><header>a</header><footer>b</footer></article>", [("BodyText", "a"), ("BodyText", "b")]),
    ("<div role=presentation></div><p>x</p>", [("BodyText", "x")]),
    ("<h1>a</h1><p role=doc-subtitle>b</p>", [("Heading1", "a"), ("Subtitle", "b")]),
    ("<section class=imprint><p>a</p></section>", [("Imprint", "a")]),
])  # fmt: skip
def test_blocks_have_their_styles(html, expected):
    assert make(f"<main>{html}</main>").lines() == expected


def test_a_kept_container_stays_on_one_page():
    opened = make("<aside><p>a</p><table><tr><td>b</td></tr><tr><td>c</td></tr></table></aside><p>d</p>")
    assert [text(p) for p in opened.find(".//w:p[w:pPr/w:keepNext]")] == ["a", "b"]


@pytest.mark.parametrize(("before", "kept"), [
    ("<p>x</p><p>a</p>", ["a"]),
    ("<p>x</p><table><tr><td>a</td></tr><tr><td>b</td></tr></table>", ["a", "b"]),
    ("", []),
])  # fmt: skip
def test_facts_keep_what_stands_before_them(before, kept):
    opened = make(f"<main>{before}<aside class=facts><p>f</p></aside></main>")
    assert [text(p) for p in opened.find(".//w:p[w:pPr/w:keepNext]")] == kept


def test_a_kept_row_group_stays_on_one_page():
    rows = "".join(f"<tr><td>{c}</td></tr>" for c in "abcde")
    rule = {"select": "tbody.kept", "keep": True}
    opened = make(f"<table><tbody class=kept>{rows}</tbody><tbody>{rows.upper()}</tbody></table>", rules=[rule])
    assert [text(p) for p in opened.find(".//w:p[w:pPr/w:keepNext]")] == ["a", "b", "c", "d", "A", "D"]


PICTURED = '<figure class="photograph"><p><img src="a.png" alt="a" width="100%"></p><figcaption>c</figcaption></figure>'
SIDE_BY_SIDE = [
    f'<ul class="album" role="list"><li>{PICTURED}</li><li>{PICTURED}</li></ul>',
    f'<ul class="album" role="list">{f"<li>{PICTURED}</li>" * 5}</ul>',
    '<ul class="figures two" role="list"><li><strong class="value">1</strong> <span class="label">a</span></li></ul>',
    '<aside class="facts"><dl><dt>a</dt><dd>b</dd></dl></aside>',
]


@pytest.mark.parametrize("block", SIDE_BY_SIDE)
def test_a_heading_hangs_on_to_what_stands_side_by_side_and_that_to_nothing(block, tmp_path):
    """Rows that hang on to the next make a chain of more than a page, of which Word keeps nothing together."""
    html = f"<main><h1>The year</h1>{block}<h1>After</h1><p>x</p></main>"
    opened = make(html, assets={"a.png": picture(tmp_path / "a.png", (300, 500))})
    heading, following = opened.body[:2]
    assert text(heading) == "The year" and following.tag == q("w:tbl")
    assert not opened.find("w:tr[not(w:trPr/w:cantSplit)]", following)
    styles = opened.part("styles")
    for paragraph in opened.find(".//w:p", following):
        said = opened.find("w:pPr/w:keepNext", paragraph)
        above = opened.find(f"w:style[@w:styleId='{style(paragraph)}']/w:pPr/w:keepNext", styles)
        assert [one.get(q("w:val")) for one in said] == ["0"] if above or said else not said


def test_a_kept_container_keeps_the_rows_of_what_stands_side_by_side(tmp_path):
    rule = {"select": "section.kept", "keep": True}
    html = f"<section class=kept>{SIDE_BY_SIDE[1]}<p>x</p></section>"
    opened = make(html, rules=[rule], assets={"a.png": picture(tmp_path / "a.png")})
    kept = opened.find(".//w:tbl//w:p[w:pPr/w:keepNext[not(@w:val)]]")
    assert kept and len(kept) == len(opened.find(".//w:tbl//w:p[w:pPr]"))


@pytest.mark.parametrize("size", [(300, 520), (200, 2000), (700, 1100)])
def test_a_picture_leaves_room_for_its_heading(size, tmp_path):
    html = '<main><h1>The year</h1><p><img src="a.png" alt="a" width="100%"></p></main>'
    opened = make(html, assets={"a.png": picture(tmp_path / "a.png", size)})
    (height,) = (int(one) for one in opened.find(".//wp:extent/@cy"))
    page, margins = opened.find(".//w:pgSz")[0], opened.find(".//w:pgMar")[0]
    room = sum(
        int(e.get(q(f"w:{n}"))) * s for e, n, s in ((page, "h", 1), (margins, "top", -1), (margins, "bottom", -1))
    )
    assert height <= 635 * (room - 1500)
