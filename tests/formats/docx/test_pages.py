"""Sections, running headers, the contents and the cover."""

from __future__ import annotations

from tests.formats.docx.support import COVER, make, style, text

RUNNING = (
    '<p data-running="header">Head</p><p data-running="footer">Page <span data-field="page">'
    '</span>/<span data-field="pages"></span></p>'
)
COVERED = '<section role="doc-cover"><p class="organisation">O</p><h1>T</h1></section>'
CONTENTS = ('<nav role="doc-toc" data-page="new"><h1 id="c">Contents</h1><ol><li><a href="#a">Chapter <em>A</em></a>'
            '<ol><li><a href="#b">Part B</a></li></ol></li></ol></nav>')  # fmt: skip


def sections(opened):
    return opened.find(".//w:sectPr")


def test_cover_and_turned_pages_are_sections_with_everything_said():
    opened = make(RUNNING + COVERED + "<main><section><h1>A</h1><p>a</p></section>"
                  '<section data-page="landscape"><h1>B</h1><table><tr><td>t</td></tr></table></section>'
                  "<section><h1>C</h1></section></main>")  # fmt: skip
    found = sections(opened)
    assert len(found) == 4 and found[-1].getparent() is opened.body
    assert [opened.find("w:pgSz/@w:orient", s) for s in found] == [[], [], ["landscape"], []]
    sizes = [tuple(s[2:][1].attrib.values())[:2] for s in found]
    assert sizes[0] == sizes[1] == sizes[3] == tuple(reversed(sizes[2]))
    references = [opened.find("w:headerReference/@r:id | w:footerReference/@r:id", s) for s in found]
    assert all(len(r) == 2 for r in references)
    assert references[1] == references[3] != references[2] and references[0] != references[1]
    assert {opened.find("w:type/@w:val", s)[0] for s in found} == {"nextPage"}
    assert not opened.find(".//w:titlePg") and not opened.find(".//w:pgNumType")


def test_running_paragraphs_have_fields_and_the_cover_has_none():
    opened = make(RUNNING + COVERED + "<main><p>x</p></main>")
    footers = sorted(n for n in opened.names if n.startswith("word/footer"))
    texts = [text(opened.part(n[5:-4])) for n in footers]
    assert sorted(texts) == ["", "Page 1/1"]
    (full,) = [opened.part(n[5:-4]) for n in footers if text(opened.part(n[5:-4]))]
    assert [c.strip() for c in opened.find("//w:instrText/text()", full)] == ["PAGE", "NUMPAGES"]
    assert opened.find("//w:fldChar/@w:fldCharType", full) == ["begin", "separate", "end"] * 2
    assert [t for _, t in opened.lines()] == ["O", "T", "x"]


def test_no_stray_paragraphs_and_no_second_break():
    opened = make(COVERED + '<main><section data-page="new"><h1>A</h1></section><section data-page="new">'
        '<h1>B</h1></section>'
                  '<section data-page="landscape"><p>c</p></section></main>')  # fmt: skip
    assert [t for _, t in opened.lines()] == ["O", "T", "A", "B", "c"]
    breaks = opened.find(".//w:p[w:pPr/w:pageBreakBefore]")
    assert [text(p) for p in breaks] == ["B"]
    assert len(sections(opened)) == 3 and opened.body[-1].tag.endswith("}sectPr")
    assert not opened.find(".//w:p/w:pPr/w:sectPr[../../following-sibling::w:p[1]/w:pPr/w:pageBreakBefore]")


def test_the_contents_are_a_field_with_page_numbers():
    opened = make(f'<main>{CONTENTS}<section data-page="new"><h1 id="a">Chapter A</h1><h2 id="b">Part B</h2>'
        f'</section></main>',
                  {"a": 3, "b": 12})  # fmt: skip
    (control,) = opened.find("w:sdt")
    assert opened.find("w:sdtPr/w:docPartObj/w:docPartGallery/@w:val", control) == ["Table of Contents"]
    lines = [(style(p), text(p)) for p in opened.find(".//w:p", control)]
    assert lines == [("TOCHeading", "Contents"), ("TOC1", "Chapter A\t3"), ("TOC2", "Part B\t12")]
    codes = [c.strip() for c in opened.find(".//w:instrText/text()", control)]
    assert codes == ['TOC \\o "1-2" \\h \\z \\u', "PAGEREF a \\h", "PAGEREF b \\h"]
    assert opened.find(".//w:hyperlink/@w:anchor", control) == ["a", "b"]
    assert not opened.find(".//w:hyperlink//w:rStyle[@w:val='Hyperlink']", control)
    assert "updateFields" not in opened.raw("word/settings.xml").decode()
    assert not opened.find(".//@w:dirty")


def test_contents_without_a_layout_and_of_second_level_headings():
    opened = make('<main><nav role="doc-toc"><ol><li><a href="#a">A</a></li></ol></nav><h2 id="a">A</h2></main>')
    (line,) = opened.find(".//w:sdt//w:p")
    assert (style(line), text(line)) == ("TOC2", "A\t–")
    names = opened.find("w:style/w:name/@w:val", opened.part("styles"))
    assert "toc 2" in names and "toc 1" not in names


def test_the_cover_is_painted_with_decoration():
    opened = make(COVERED + "<main><p>x</p></main>")
    anchors = opened.find(".//wp:anchor")
    assert len(anchors) == len(COVER)
    assert {a.get("behindDoc") for a in anchors} == {"1"}
    assert opened.find(".//a:prstGeom/@prst") == [s.kind for s in COVER]
    assert opened.find(".//wp:docPr//adec:decorative/@val") == ["1"] * len(COVER)
    first = opened.find("w:p[1]//wp:posOffset/text()")
    assert first[:4] == ["0", "0", str(120 * 36000), str(150 * 36000)]
    assert style(opened.find("w:p[2]")[0]) == "Title"
