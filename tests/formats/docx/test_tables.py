"""Tables: the grid, header rows, captions, widths, nesting."""

from __future__ import annotations

import pytest

from report.values import ReportError
from tests.formats.docx.support import make, style, text


def grid(opened, table):
    """Return each row as (text, span, merge) per cell."""
    rows = []
    for row in opened.find("w:tr", table):
        cells = []
        for cell in opened.find("w:tc", row):
            span = opened.find("w:tcPr/w:gridSpan/@w:val", cell) or ["1"]
            merge = opened.find("w:tcPr/w:vMerge/@w:val", cell) or [None]
            cells.append((text(cell), int(span[0]), merge[0]))
        rows.append(cells)
    return rows


def test_spans_in_any_combination():
    opened = make("<table><tr><td rowspan=2 colspan=2>a<td>b</tr><tr><td rowspan=2>c</tr><tr><td>d<td>e</tr>"
                  "<tr><td rowspan=9>f<td colspan=9>g</tr></table>")  # fmt: skip
    (table,) = opened.find(".//w:tbl")
    widest = len(opened.find("w:tblGrid/w:gridCol", table))
    found = grid(opened, table)
    assert all(sum(span for _, span, _ in row) == widest for row in found)
    assert found[0][:2] == [("a", 2, "restart"), ("b", 1, None)]
    assert found[1][:2] == [("", 2, "continue"), ("c", 1, "restart")]
    assert found[2][:3] == [("d", 1, None), ("e", 1, None), ("", 1, "continue")]
    assert found[3] == [("f", 1, None), ("g", 9, None)]


def test_ragged_rows_are_padded_and_rowspan_ends_with_its_group():
    opened = make("<table><thead><tr><th rowspan=0>h<th>i</tr></thead><tbody><tr><td>a</tr></tbody></table>")
    assert grid(opened, opened.find(".//w:tbl")[0]) == [
        [("h", 1, None), ("i", 1, None)], [("a", 1, None), ("", 1, None)],
    ]  # fmt: skip


def test_header_rows_repeat_and_rows_do_not_split():
    opened = make(
        "<table><thead><tr><th>h</th></tr><tr><th>i</th></tr></thead><tfoot><tr><td>f</td></tr>"
        "</tfoot><tbody><tr><td>b</td></tr></tbody></table>"
    )
    assert [text(r) for r in opened.find(".//w:tr")] == ["h", "i", "b", "f"]
    assert [text(r) for r in opened.find(".//w:tr[w:trPr/w:tblHeader]")] == ["h", "i"]
    assert len(opened.find(".//w:trPr/w:cantSplit")) == 4
    assert opened.find(".//w:tblLook/@w:firstRow") == ["1"]
    assert opened.find(".//w:tr[2]//w:tcBorders/w:bottom/@w:color") == ["0F3D4C"]


def test_a_caption_stands_above_and_describes():
    opened = make(
        "<table id=t><caption>Table 1. Of <em>things</em></caption><tr><th scope=row>a</th><td>b</td>"
        "</tr></table><p><a href='#t'>x</a></p>"
    )
    assert opened.body[0].tag.endswith("}p") and style(opened.body[0]) == "Caption"
    assert opened.find("w:p[1]/w:pPr/w:keepNext") and opened.find("w:p[1]/w:bookmarkStart/@w:name") == ["t"]
    assert opened.find(".//w:tblCaption/@w:val") == ["Table 1. Of things"]
    assert opened.find(".//w:tblLook/@w:firstColumn") == ["1"]


def test_numbers_are_flush_right_everywhere_in_the_cell():
    opened = make("<table><tr><td data-type=number>1</td><th data-type=number><p>2</p></th><td>3</td></tr></table>")
    assert [opened.find("w:p/w:pPr/w:jc/@w:val", c) for c in opened.find(".//w:tc")] == [["right"], ["right"], []]


def test_columns_are_as_wide_as_they_are_told():
    opened = make(
        "<table><colgroup><col data-width=50><col data-width='30%'><col></colgroup><tr><td>a<td>b<td>c</tr></table>"
    )
    widths = [int(w) for w in opened.find(".//w:gridCol/@w:w")]
    assert [round(100 * w / sum(widths)) for w in widths] == [50, 30, 20]
    assert opened.find(".//w:tblLayout/@w:type") == ["fixed"]
    assert [int(w) for w in opened.find(".//w:tcW/@w:w")] == widths


def test_columns_without_a_width_go_by_what_they_hold():
    opened = make("<table><tr><td>a rather long text that goes on and on</td><td>1</td></tr></table>")
    wide, narrow = (int(w) for w in opened.find(".//w:gridCol/@w:w"))
    assert wide > 3 * narrow


def test_cells_end_with_a_paragraph_and_tables_do_not_grow_together():
    opened = make(
        "<table><tr><td><table><tr><td>in</td></tr></table></td><td></td></tr></table><table><tr>"
        "<td>x</td></tr></table>"
    )
    assert all(cell[-1].tag.endswith("}p") for cell in opened.find(".//w:tc"))
    assert [child.tag.split("}")[1] for child in opened.body] == ["tbl", "p", "tbl", "p", "sectPr"]


@pytest.mark.parametrize("html", ["<table><tr><td colspan=x>a</td></tr></table>",
                                  "<table><colgroup><col data-width=wide></colgroup><tr><td>a</td></tr>"
                                      "</table>"])  # fmt: skip
def test_nonsense_is_refused(html):
    with pytest.raises(ReportError):
        make(html)


def test_no_row_stands_alone_on_a_page():
    rows = "".join(f"<tr><th scope='row'>{n}</th><td>x</td></tr>" for n in range(4))
    group = "<tr><th scope='rowgroup' colspan='2'>Group</th></tr>"
    opened = make(
        "<table><thead><tr><th>A</th><th>B</th></tr></thead>"
        f"<tbody>{group}{rows}</tbody><tbody>{group}{rows}</tbody>"
        "<tfoot><tr><th>All</th><td>x</td></tr></tfoot></table>"
    )
    kept = [bool(opened.find(".//w:pPr/w:keepNext", row)) for row in opened.find(".//w:tr")]
    styled = "TableGroup", "TableHead"
    by_style = [any(s in styled for s in opened.find(".//w:pStyle/@w:val", row)) for row in opened.find(".//w:tr")]
    stays = [one or other for one, other in zip(kept, by_style, strict=True)]
    body = [True, False, False, True, False]  # the group's head, and the last row but one
    assert stays == [True, *body, *body[:-1], True, False]
