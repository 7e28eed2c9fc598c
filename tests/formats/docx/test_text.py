"""Inline content: white space, characters, emphasis, links, languages, fields, footnotes."""

from __future__ import annotations

import pytest

from report.values import ReportError
from tests.formats.docx.support import make, style, text


def runs(opened, of):
    """Return the run properties of the run that holds `of`, as {name: value}."""
    (run,) = [r for r in opened.find(".//w:r") if text(r) == of]
    return {p.tag.split("}")[1]: p.get(f"{{{p.nsmap['w']}}}val", "") for p in run.find("{*}rPr")}


def test_white_space_collapses_across_elements_and_lines():
    opened = make("<p>  One\n <em> two </em> <b> three</b><br>  four  </p>\n\n<p> </p><p></p>")
    assert opened.lines() == [("BodyText", "One two three\nfour")]


def test_characters_that_word_has_elements_for():
    opened = make("<p>a\u00adb\u2011c and &#1;d<wbr>e</p><pre>\nx\n\ty  z\n</pre>")
    assert opened.lines()[0][1] == "a\u00adb\u2011c and \ufffdd\u200be"
    assert len(opened.find(".//w:softHyphen")) == len(opened.find(".//w:noBreakHyphen")) == 1
    assert opened.lines()[1] == ("HTMLPreformatted", "x\n\ty  z")


def test_symbols_take_the_font_that_has_them():
    opened = make("<p>full ● and ◆</p>")
    for symbol in "●◆":
        assert "rFonts" in runs(opened, symbol)
    (run,) = [r for r in opened.find(".//w:r") if text(r) == "●"]
    assert run.xpath("w:rPr/w:rFonts/@w:ascii", namespaces=run.nsmap) == ["IBM Plex Math"]
    assert not opened.find(".//w:r[w:t='full ']/w:rPr/w:rFonts")


@pytest.mark.parametrize(("tag", "expected"), [
    ("strong", {"rStyle": "Strong"}), ("b", {"rStyle": "Strong"}), ("em", {"rStyle": "Emphasis"}),
    ("i", {"rStyle": "Emphasis"}), ("cite", {"rStyle": "HTMLCite"}), ("code", {"rStyle": "HTMLCode"}),
    ("kbd", {"rStyle": "HTMLKeyboard"}), ("sub", {"vertAlign": "subscript"}), ("sup", {"vertAlign": "superscript"}),
    ("u", {"u": "single"}), ("s", {"strike": ""}), ("mark", {"shd": "clear"}),
])  # fmt: skip
def test_inline_elements(tag, expected):
    found = runs(make(f"<p>a <{tag}>x</{tag}> b</p>"), "x")
    assert expected.items() <= found.items()


def test_nested_styles_keep_both_looks_and_bold_does_not_cancel_out():
    opened = make("<p><em>a<strong>x</strong></em></p><h3>b <strong>y</strong></h3>")
    assert runs(opened, "x") == {"i": "", "iCs": "", "rStyle": "Strong"}
    assert runs(opened, "y") == {"rStyle": "Strong", "b": "", "bCs": ""}


def test_links_lead_out_and_inside():
    opened = make('<h1 id="top">T</h1><p><a href="https://example.org/ä b?x=1&amp;y">out</a> <a href="#top">in</a> '
                  '<a href="mailto:a@example.org">m</a> <a href="https://example.org/ä b?x=1&amp;y">again</a>'
                      '</p>')  # fmt: skip
    rels = opened.raw("word/_rels/document.xml.rels").decode()
    assert rels.count('TargetMode="External"') == 2
    assert "https://example.org/%C3%A4%20b?x=1&amp;y" in rels and "mailto:a@example.org" in rels
    assert opened.find(".//w:hyperlink/@w:anchor") == ["top"]
    assert opened.find(".//w:bookmarkStart/@w:name") == ["top"]


def test_a_dangling_link_is_refused():
    with pytest.raises(ReportError, match="#nowhere") as caught:
        make('<p><a href="#nowhere">x</a></p>')
    assert caught.value.problems[0].code == "docx.anchor"


def test_languages_and_quotation_marks():
    opened = make('<p>a <span lang="bg">бе <q>це</q></span> <q>x <q>y</q></q></p><p lang="de"><q>z</q></p>')
    assert [t for _, t in opened.lines()] == ["a бе „це“ “x ‘y’”", "„z“"]
    assert opened.find(".//w:r/w:rPr/w:lang/@w:val") == ["bg-BG", "de-DE"]
    assert opened.part("styles").xpath("//w:rPrDefault//w:lang/@w:val", namespaces=opened.body.nsmap) == ["en-GB"]


def test_footnotes_are_footnotes():
    opened = make('<p>Text<span role="doc-footnote">A <em>note</em>, '
        '<a href="https://example.org/n">link</a>.</span> on.</p>'
                  '<p lang="bg">още<span role="doc-footnote">бележка</span></p>')  # fmt: skip
    notes = opened.part("footnotes")
    assert [n.get(f"{{{notes.nsmap['w']}}}id") for n in notes] == ["-1", "0", "1", "2"]
    assert opened.find(".//w:footnoteReference/@w:id") == ["1", "2"]
    assert [text(n) for n in notes[2:]] == [" A note, link.", " бележка"]
    assert [style(p) for p in opened.find("//w:p", notes)[2:]] == ["FootnoteText", "FootnoteText"]
    assert "https://example.org/n" in opened.raw("word/_rels/footnotes.xml.rels").decode()
    assert opened.lines()[0][1] == "Text on."
    assert opened.find("//w:footnote[4]//w:lang/@w:val", notes) == ["bg-BG"]


@pytest.mark.parametrize("body", [
    "<p><blink>x</blink></p>", "<video></video>", "<p><img src='p.png'></p>", "<p><img src='p.png' alt=' '></p>",
    "<ol reversed><li>x</li></ol>", "<li>x</li>", "<ul><p>x</p></ul>", "<p><svg></svg></p>", "<ol type='x'>"
        "<li>1</li></ol>",
    "<div><span><div>x</div></span></div>",
])  # fmt: skip
def test_what_word_cannot_say_is_refused(body):
    with pytest.raises(ReportError) as caught:
        make(body)
    assert caught.value.problems[0].code == "docx.element"


@pytest.mark.parametrize(("body", "code"), [
    ("<p id=a>x</p><p id=a>y</p>", "docx.id"), ("<p><img src='p.png' alt='x'></p>", "docx.image"),
    ("<p>x<span role=doc-footnote>y<span role=doc-footnote>z</span></span></p>", "docx.footnote"),
    ("<p>x<span role=doc-footnote> </span></p>", "docx.footnote"), ("<p><span data-field=date></span>"
        "</p>", "docx.field"),
])  # fmt: skip
def test_other_mistakes_are_named(body, code):
    with pytest.raises(ReportError) as caught:
        make(body)
    assert caught.value.problems[0].code == code
