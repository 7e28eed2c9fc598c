"""``word.yaml``: mistakes in it are named; tokens, rules and fonts arrive in the file."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from report.formats.docx import render
from report.values import ReportError
from tests.formats.docx.support import Opened, document, faces, make


def refuse(**options) -> list[str]:
    with pytest.raises(ReportError) as caught:
        make("<p>x</p>", **options)
    return [p.message for p in caught.value.problems]


def test_every_mistake_in_the_schema_is_told_at_once():
    messages = refuse(styles={"Lead": {"sizee": "1pt"}}, rules=[{"select": "p", "run": {"weight": "black"}}])
    assert any("Lead → sizee: there is no such key" in m for m in messages)
    assert any("`p` → run → weight" in m for m in messages)


@pytest.mark.parametrize(("options", "named"), [
    ({"styles": {"X": {"colour": "colour-primry"}}}, "colour-primry"),
    ({"styles": {"X": {"before": "space-nothing"}}}, "space-nothing"),
    ({"styles": {"X": {"colour": "size-text"}}}, "size-text"),
    ({"styles": {"X": {"font": "comic"}}}, "comic"),
    ({"styles": {"X": {"based_on": "Y"}}}, "Y"),
    ({"styles": {"X": {"based_on": "X"}}}, "X"),
    ({"styles": {"X": {"next": "Y"}}}, "Y"),
    ({"styles": {"X": {"borders": {"top": "thick"}}}}, "thick"),
    ({"rules": [{"select": "p >"}]}, "p >"),
    ({"rules": [{"select": "p", "style": "Nowhere"}]}, "Nowhere"),
    ({"rules": [{"select": "p", "style": "Strong"}]}, "Strong"),
])  # fmt: skip
def test_what_does_not_exist_is_named(options, named):
    assert any(named in message for message in refuse(**options))


def test_a_later_rule_of_the_same_property_wins_whatever_its_selector():
    rules = [{"select": "main p.x", "run": {"italic": True, "caps": True}}, {"select": "p", "run": {"italic": False}}]
    opened = make("<main><p class=x>a</p></main>", rules=rules)
    assert opened.find(".//w:r/w:rPr/w:i/@w:val") == ["0"] and opened.find(".//w:r/w:rPr/w:caps")


def test_rules_may_look_at_neighbours_and_positions():
    rules = [{"select": "p + p", "run": {"italic": True}}, {"select": "p:last-child", "run": {"strike": True}}]
    opened = make("<main><p>a</p><p>b</p><h2>x</h2><p>c</p></main>", rules=rules)
    assert opened.find(".//w:r[w:rPr/w:i]/w:t/text()") == ["b"]
    assert opened.find(".//w:r[w:rPr/w:strike]/w:t/text()") == ["c"]
    assert make("<main><p>a</p><p>b</p><p>c</p></main>", rules=rules[:1]).find(".//w:r[w:rPr/w:i]/w:t/text()") == [
        "b",
        "c",
    ]


def test_tokens_become_styles():
    opened = make("<p>x</p>")
    styles = opened.part("styles")
    assert opened.find("//w:rPrDefault//w:sz/@w:val", styles) == ["19"]
    (heading,) = opened.find("w:style[@w:styleId='Heading1']", styles)
    assert opened.find("w:rPr/w:color/@w:val", heading) == ["0F3D4C"]
    assert opened.find("w:rPr/w:rFonts/@w:ascii", heading) == ["IBM Plex Serif"]
    (normal,) = opened.find("w:style[@w:styleId='Normal']", styles)
    assert opened.find("w:pPr/w:spacing/@w:line", normal) == ["285"]
    assert opened.find("w:pPr/w:spacing/@w:lineRule", normal) == ["atLeast"]


def test_fonts_are_embedded_and_can_be_read_back():
    opened = make("<p>x</p>", fonts=True)
    table = opened.part("fontTable")
    fonts = {n: f for f in table for n in opened.find("@w:name", f)}
    assert set(fonts) == {"IBM Plex Sans", "IBM Plex Serif", "IBM Plex Math"}
    assert [len(f) for _, f in sorted(fonts.items())] == [3, 7, 7]
    rels = dict(re.findall(r'Id="(\w+)"[^>]*Target="([^"]+)"', opened.raw("word/_rels/fontTable.xml.rels").decode()))
    rels |= {
        i: t
        for t, i in re.findall(r'Target="([^"]+)"[^>]*Id="(\w+)"', opened.raw("word/_rels/fontTable.xml.rels").decode())
    }
    (bold,) = opened.find("w:font[@w:name='IBM Plex Sans']/w:embedBold", table)
    key, relation = (opened.find(a, bold)[0] for a in ("@w:fontKey", "@r:id"))
    blob = opened.raw(f"word/{rels[relation]}")
    mask = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
    plain = bytes(b ^ mask[i % 16] for i, b in enumerate(blob[:32])) + blob[32:]
    source = next(f.path for f in faces() if f.family == "IBM Plex Sans" and f.weight == 700 and not f.italic)
    assert plain == source.read_bytes()
    assert "embedTrueTypeFonts" in opened.raw("word/settings.xml").decode()


def test_properties_and_settings():
    core = make("<p>x</p>", language="bg").raw("docProps/core.xml").decode()
    for part in (
        "<dc:title>Title<",
        ">An author<",
        "<dc:language>bg-BG<",
        "2025-03-14T00:00:00Z",
        "<dc:subject>A subject<",
    ):
        assert part in core
    settings = make("<p>x</p>").raw("word/settings.xml").decode()
    assert 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"' in settings
    assert "autoHyphenation" in settings


def test_equal_documents_give_equal_bytes():
    body = "<main><h1 id=a>A</h1><p>x<span role=doc-footnote>n</span></p><ul><li>a</ul></main>"
    first, second = render(document(body)), render(document(body))
    assert first == second


def test_a_cover_without_art_has_no_drawings():
    plain = document("<section role=doc-cover><h1>T</h1></section><main><p>x</p></main>")
    opened = Opened(render(replace(plain, look=replace(plain.look, cover=()))))
    assert not opened.find(".//w:drawing")
