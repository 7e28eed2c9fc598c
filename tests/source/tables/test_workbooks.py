"""Workbooks of XLSX and ODS: what a spreadsheet shows is read, or refused at the cell; nothing is dropped in silence."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import Any

import pytest

from report.source.tables import archive as zipped
from report.source.tables import limits
from report.source.tables.marks import Marks
from report.values import ReportError
from tests.source.tables.support import (
    HEADER,
    SHEET,
    cell,
    cells,
    edit,
    ods,
    pack,
    refused,
    row,
    table,
    told,
    xlsx,
)

ROWS = [HEADER, ("a", "Деца", "012345678", "2003"), ("b", "Ж", "987654321", "2004")]


def _formatted(code: str, value: Any) -> Any:
    def also(book: Any, sheet: Any) -> None:
        sheet.write(1, 2, value, book.add_format({"num_format": code}))

    return also


def test_values_become_texts(tmp_path: Path) -> None:
    rows = [HEADER, ("a", "one\r\ntwo ", 123456789, 12.5), ("b", True, 0.1 + 0.2, 8000000000017)]
    assert cells(table(xlsx(tmp_path / "m.xlsx", rows))) == [
        ("a", "one\ntwo", "123456789", "12.5"),
        ("b", "true", "0.3", "8000000000017"),
    ]


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("yyyy-mm-dd", datetime.date(2003, 5, 31), "2003-05-31"),
        ("dd.mm.yyyy", datetime.date(2003, 5, 31), "2003-05-31"),
        ("mmm yyyy", datetime.date(2003, 5, 1), "2003-05"),
        ("yyyy", datetime.date(2003, 1, 1), "2003"),
        ("[$-402]d mmmm yyyy \\г.", datetime.date(2003, 5, 31), "2003-05-31"),
        ("dd.mm.yyyy hh:mm", datetime.datetime(2003, 5, 31, 12, 30), "2003-05-31 12:30"),
        ("000000000", 12345678, "012345678"),
        ("0.00", 12.5, "12.5"),
        ("#,##0", 1234567, "1234567"),
    ],
)
def test_numbers_and_dates_are_read_as_they_are_shown(tmp_path: Path, code: str, value: Any, text: str) -> None:
    made = table(xlsx(tmp_path / "m.xlsx", [HEADER, ("a", "x")], _formatted(code, value)))
    assert made.rows[0].cells[2] == text
    assert told(made) == ([("table.zeros", "Sheet1!C2")] if text.startswith("0") else [])


def test_a_number_that_lost_its_last_digits_is_refused(tmp_path: Path) -> None:
    assert told(table(xlsx(tmp_path / "m.xlsx", [HEADER, ("a", "x", 1234567890123456)]))) == [
        ("table.digits", "Sheet1!C2")
    ]


def test_errors_and_formulas_without_a_value_are_refused_at_the_cell(tmp_path: Path) -> None:
    def also(book: Any, sheet: Any) -> None:
        sheet.write_formula("C2", "=NA()", None, "#N/A")
        sheet.write_formula("D2", "=1+1", None, 2)
        sheet.write_formula("C3", "=1+2", None, 77)
        sheet.write_formula("D3", "=X1", None, "there")
        sheet.write_formula("D4", "=3+4", None, 99)

    path = xlsx(tmp_path / "m.xlsx", [HEADER, ("a", "x"), ("b", "y")], also)
    edit(path, "<v>there</v>", "<v></v>")  # an empty text, as Excel writes it
    edit(path, "<f>3+4</f><v>99</v>", "<f>3+4</f><v></v>")  # as openpyxl writes it
    made = table(edit(path, "<f>1+2</f><v>77</v>", "<f>1+2</f>"))
    assert told(made) == [("table.error", "Sheet1!C2"), ("table.formula", "Sheet1!C3"), ("table.formula", "Sheet1!D4")]
    assert made.rows[0].cells[3] == "2" and made.rows[1].cells[3] == ""


def test_a_row_of_nothing_but_an_error_is_not_dropped(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "m.xlsx", ROWS, lambda book, sheet: sheet.write_formula("A4", "=NA()", None, "#N/A"))
    assert told(table(path)) == [("table.error", "Sheet1!A4")]


def test_values_that_are_not_read_are_refused(tmp_path: Path) -> None:
    rows = [HEADER, ("a", "x", 77)]
    for kind in ('t="new"', 't="s"'):  # a kind that nobody knows; a text that is not there
        path = edit(xlsx(tmp_path / "m.xlsx", rows), '<c r="C2"><v>77', f'<c r="C2" {kind}><v>77')
        assert refused(path).code == "table.broken"
    marks = Marks()
    for place in ((1, 0), (1, 1), (2, 16383), (3, 0)):
        marks.hold(*place)
    assert list(marks.lost([["", "x"], [0.0]])) == [(1, 0), (2, 16383), (3, 0)]


def test_iso_dates_are_read(tmp_path: Path) -> None:
    path = edit(
        xlsx(tmp_path / "m.xlsx", [HEADER, ("a", "x", 77)]),
        '<c r="C2"><v>77</v></c>',
        '<c r="C2" t="d"><v>2003-05-31</v></c>',
    )
    assert table(path).rows[0].cells[2] == "2003-05-31" and told(table(path)) == []


def test_cells_without_addresses_are_counted(tmp_path: Path) -> None:
    path = edit(
        xlsx(tmp_path / "m.xlsx", [HEADER, ("a", None, 5)]), '<c r="C2"><v>5</v></c>', '<c t="e"><v>#REF!</v></c>'
    )
    assert told(table(path)) == [("table.error", "Sheet1!B2")]


@pytest.mark.parametrize(
    ("span", "refused_at"), [("B2:B3", "Sheet1!B2"), ("A2:B2", "Sheet1!A2"), ("A1:B1", "Sheet1!A1"), ("F9:G9", None)]
)
def test_merged_cells_among_the_data_are_refused(tmp_path: Path, span: str, refused_at: str | None) -> None:
    made = table(xlsx(tmp_path / "m.xlsx", ROWS, lambda book, sheet: sheet.merge_range(span, "")))
    assert [place for code, place in told(made) if code == "table.merged"] == ([refused_at] if refused_at else [])
    if refused_at:
        found = [*made.problems, *(problem for line in made.rows for problem in made.of_row(line))]
        assert any(span in problem.message for problem in found)


def test_a_title_above_the_header_may_be_merged(tmp_path: Path) -> None:
    def also(book: Any, sheet: Any) -> None:
        sheet.merge_range("A1:D1", "Members of the network")

    made = table(xlsx(tmp_path / "m.xlsx", [(), (), *ROWS], also))
    assert told(made) == [("table.title", "Sheet1!A1")]
    assert made.header.number == 3 and [r.number for r in made.rows] == [4, 5]


def test_hidden_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    def also(book: Any, sheet: Any) -> None:
        sheet.autofilter("A1:D3")
        sheet.set_row(2, options={"hidden": True})
        sheet.set_column("C:C", None, None, {"hidden": True})

    made = table(xlsx(tmp_path / "m.xlsx", ROWS, also))
    assert cells(made) == ROWS[1:]
    assert told(made) == [("table.hidden", "Sheet1!A3"), ("table.hidden", "Sheet1!C1")]


def test_blank_rows(tmp_path: Path) -> None:
    made = table(xlsx(tmp_path / "m.xlsx", [HEADER, ("a", "x"), (None, "  "), (), ("b", "y"), (None, " ")]))
    assert told(made) == [("table.blank", "Sheet1!A3")] and "3–4" in made.problems[0].message
    assert [r.number for r in made.rows] == [2, 5]


def test_cells_below_no_heading_are_refused(tmp_path: Path) -> None:
    made = table(xlsx(tmp_path / "m.xlsx", [("id", None, "name"), ("a", "x", "y", "z")]))
    assert told(made) == [("table.heading", "Sheet1!B2"), ("table.heading", "Sheet1!D2")]


def test_sheets_are_chosen_by_name(tmp_path: Path) -> None:
    def also(book: Any, sheet: Any) -> None:
        other = book.add_worksheet("Members 2026")
        other.write_row(0, 0, HEADER)
        other.write_row(1, 0, ("c", "z"))

    path = xlsx(tmp_path / "m.xlsx", ROWS, also)
    assert told(table(path)) == [("table.sheets", "")] and "Members 2026" in table(path).problems[0].message
    made = table(path, sheet="members 2026")
    assert (
        told(made) == [] and cells(made)[0][:2] == ("c", "z") and made.where(made.rows[0], 1).cell == "Members 2026!B2"
    )
    assert "Members 2026" in refused(path, sheet="Members 2025").hint


def test_a_hidden_sheet_is_not_the_first(tmp_path: Path) -> None:
    def also(book: Any, sheet: Any) -> None:
        other = book.add_worksheet("Members")
        other.write_row(0, 0, HEADER)
        other.write_row(1, 0, ("c", "z"))
        other.activate()
        other.set_first_sheet()
        sheet.hide()

    made = table(xlsx(tmp_path / "m.xlsx", [("id",), ("lists",)], also))
    assert cells(made)[0][:2] == ("c", "z") and "Sheet1" in made.problems[0].message


def test_a_workbook_with_macros_is_read_without_them(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "m.xlsx", ROWS)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    plain, macros = b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    types = parts["[Content_Types].xml"].replace(b"openxmlformats-officedocument." + plain, macros)
    pack(tmp_path / "m.xlsm", {**parts, "[Content_Types].xml": types, "xl/vbaProject.bin": zipped.CFB + b"\0" * 500})
    assert cells(table(tmp_path / "m.xlsm")) == ROWS[1:]


def test_strict_workbooks_are_read_alike(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "m.xlsx", ROWS, lambda book, sheet: sheet.write_formula("C2", "=NA()", None, "#N/A"))
    transitional = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    edit(path, f'xmlns="{transitional}"', 'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"')
    assert told(table(path)) == [("table.error", "Sheet1!C2")]


# bytes, code
REFUSED = {
    "a password": (zipped.CFB + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "table.password"),
    "an old workbook": (zipped.CFB + b"\0" * 600 + "Workbook".encode("utf-16-le"), "table.xls"),
    "no archive": (zipped.ZIP + b"nothing", "table.broken"),
    "a page of HTML": (b"<html><table><tr><td>id</td></tr></table></html>", "table.kind"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_workbook_is_refused(tmp_path: Path, name: str) -> None:
    content, code = REFUSED[name]
    (tmp_path / "m.xlsx").write_bytes(content)
    assert refused(tmp_path / "m.xlsx").code == code


def test_other_archives_are_refused(tmp_path: Path) -> None:
    pack(tmp_path / "m.xlsx", {"word/document.xml": b"<a/>"})
    assert refused(tmp_path / "m.xlsx").code == "table.kind"
    with zipfile.ZipFile(xlsx(tmp_path / "n.xlsx", ROWS)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    pack(tmp_path / "n.xlsx", {**parts, SHEET: parts[SHEET][:-200]})
    assert refused(tmp_path / "n.xlsx").code == "table.broken"
    with zipfile.ZipFile(tmp_path / "m.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
    (tmp_path / "m.xlsx").write_bytes((tmp_path / "m.xlsx").read_bytes().replace(b"<a/>", b"<b/>"))
    assert refused(tmp_path / "m.xlsx").code == "table.broken"  # what is stored has another checksum


def test_bombs_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(xlsx(tmp_path / "m.xlsx", ROWS)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts[SHEET].replace(b"</sheetData>", b" " * 20_000_000 + b"</sheetData>")
    pack(tmp_path / "m.xlsx", {**parts, SHEET: sheet})
    assert refused(tmp_path / "m.xlsx").code == "table.bomb"
    far = parts[SHEET].replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    pack(tmp_path / "m.xlsx", {**parts, SHEET: far})
    assert refused(tmp_path / "m.xlsx").code == "table.bomb"
    hidden = parts[SHEET].replace(b'r="A2"', b'r="XFD1048576"')
    pack(tmp_path / "m.xlsx", {**parts, SHEET: hidden})
    assert refused(tmp_path / "m.xlsx").code == "table.broken"  # a cell far away inside a near row
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    head, mark, rest = parts[SHEET].partition(b"<worksheet")
    pack(tmp_path / "m.xlsx", {**parts, SHEET: head + entities + mark + rest.replace(b"<v>", b"<v>&b;", 1)})
    assert cells(table(tmp_path / "m.xlsx")) == ROWS[1:] or refused(tmp_path / "m.xlsx")


def test_a_styled_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    path = edit(
        xlsx(tmp_path / "m.xlsx", ROWS), "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    )
    assert cells(table(path)) == ROWS[1:]


@pytest.mark.slow
def test_many_rows_of_a_workbook(tmp_path: Path) -> None:
    rows = [HEADER, *((f"a{n}", "Деца", n, 2003) for n in range(20_000))]
    made = table(xlsx(tmp_path / "m.xlsx", rows))
    assert len(made.rows) == 20_000 and made.where(made.rows[-1], 2).cell == "Sheet1!C20001"


def test_ods_values(tmp_path: Path) -> None:
    made = table(
        ods(
            tmp_path / "m.ods",
            [
                row(*HEADER),
                row("a", "Деца & „Ж“", cell("float", "123456789"), cell("date", "2003-05-31")),
                row("b", cell("boolean", "true"), cell("float", "12345678", 'table:style-name="zeros"'),
                    cell("date", "2003-05-01", 'table:style-name="month"')),
            ],
        )
    )  # fmt: skip
    assert cells(made) == [("a", "Деца & „Ж“", "123456789", "2003-05-31"), ("b", "true", "012345678", "2003-05")]
    assert told(made) == [("table.zeros", "Sheet1!C3")]


def test_ods_styles_of_columns(tmp_path: Path) -> None:
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="zeros"/>'
    made = table(ods(tmp_path / "m.ods", [row(*HEADER), row("a", "x", cell("float", "12345678"))], columns))
    assert cells(made)[0][2] == "012345678"


def test_ods_errors_formulas_and_repeated_cells(tmp_path: Path) -> None:
    error = '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
    bare = '<table:table-cell table:formula="of:=1+1" table:number-columns-repeated="2"/>'
    reckoned = cell("float", "2", 'table:formula="of:=1+1"')
    path = ods(tmp_path / "m.ods", [row(*HEADER), row("a", error, reckoned), row("b", "x", bare)])
    assert told(table(path)) == [
        ("table.error", "Sheet1!B2"),
        ("table.formula", "Sheet1!C3"),
        ("table.formula", "Sheet1!D3"),
    ]
    assert cells(table(path))[0][2] == "2"


def test_ods_blank_hidden_and_merged(tmp_path: Path) -> None:
    path = ods(
        tmp_path / "m.ods",
        [
            row("Members", attributes='table:number-rows-repeated="1"'),
            row(*HEADER),
            row("a", "x", attributes='table:visibility="filter"'),
            row("", attributes='table:number-rows-repeated="2"'),
            row(
                "b",
                '<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>y</text:p></table:table-cell>',
            ),
            row("c", "<table:covered-table-cell/>"),
            row("", attributes='table:number-rows-repeated="1048000"'),
        ],
    )
    found = dict(told(table(path)))
    assert found == {
        "table.title": "Sheet1!A1",
        "table.hidden": "Sheet1!A3",
        "table.blank": "Sheet1!A4",
        "table.merged": "Sheet1!B6",
    }
    assert [r.number for r in table(path).rows] == [3, 6, 7]


def test_ods_with_a_password_or_a_bomb(tmp_path: Path) -> None:
    assert refused(ods(tmp_path / "m.ods", [row("id")], locked="<manifest:encryption-data/>")).code == "table.password"
    many = row("a", "x", attributes='table:number-rows-repeated="1048576"'), row("b" * 10, "y")
    wide = '<table:table-cell office:value-type="string" table:number-columns-repeated="9000"><text:p>x</text:p></table:table-cell>'
    assert refused(ods(tmp_path / "n.ods", [row(*HEADER), *many, row(wide)])).code == "table.bomb"
    assert limits.MAX_CELLS < 1048576 * 9000


def test_ods_sheets(tmp_path: Path) -> None:
    more = f'<table:table table:name="Other">{row(*HEADER)}{row("c", "z")}</table:table>'
    path = ods(tmp_path / "m.ods", [row(*HEADER), row("a", "x")], more=more)
    assert told(table(path)) == [("table.sheets", "")]
    assert cells(table(path, sheet="Other"))[0][:2] == ("c", "z")


BETA = '<c r="B3" t="s"><v>6</v></c>'
STRINGS = "xl/sharedStrings.xml"


def _plain(path: Path) -> Path:
    return xlsx(path, [HEADER, ("a", "Alpha"), (None, "Beta")])


# what stands in B3 instead of its text; what is told
SPOILT = {
    "an error that calamine does not know": ('<c r="B3" t="e"><v>#SPILL!</v></c>', "table.error"),
    "an error without a word": ('<c r="B3" t="e"/>', "table.error"),
    "a text by a negative number": ('<c r="B3" t="s"><v>-1</v></c>', "table.unread"),
    "a text by a word": ('<c r="B3" t="s"><v>x</v></c>', "table.unread"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_spoilt_is_told_at_its_cell(tmp_path: Path, name: str) -> None:
    cell_, code = SPOILT[name]
    path = edit(_plain(tmp_path / "m.xlsx"), BETA, cell_)
    if "#SPILL!" in cell_:
        problem = refused(path)
        assert (problem.code, problem.location.cell) == (code, "Sheet1!B3")
    else:
        assert (code, "Sheet1!B3") in told(table(path))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<row r="3"', '<row r="2"'),  # one of two rows would be read
        ('r="B3"', 'r="A3"'),
        ('r="B3"', 'r="XFE3"'),
        ('r="B3"', 'r="ZZZ3"'),
    ],
)
def test_rows_and_cells_that_are_there_twice_or_nowhere_are_refused(tmp_path: Path, old: str, new: str) -> None:
    path = xlsx(tmp_path / "m.xlsx", [HEADER, ("a", "Alpha"), ("b", "Beta")])
    if "row" in new:
        edit(edit(path, 'r="A3"', 'r="D2"'), 'r="B3"', 'r="E2"')
    problem = refused(edit(path, old, new))
    assert problem.code == "table.broken" and problem.hint


def test_signs_that_xml_cannot_carry_are_read_once(tmp_path: Path) -> None:
    path = edit(_plain(tmp_path / "m.xlsx"), "<t>Beta</t>", "<t>_x005F_x0042_ _xD83D__xDE00_</t>", STRINGS)
    assert cells(table(path))[1][1] == "_x0042_ \U0001f600"
    path = edit(_plain(tmp_path / "m.xlsx"), "<t>Beta</t>", "<t>_xD83D_</t>", STRINGS)
    assert ("table.character", "Sheet1!B3") in told(table(path))


def test_phonetic_signs_are_no_part_of_a_text(tmp_path: Path) -> None:
    rich = '<r><t>課</t></r><r><t>長</t></r><rPh sb="0" eb="1"><t>カチョウ</t></rPh>'
    assert cells(table(edit(_plain(tmp_path / "m.xlsx"), "<t>Beta</t>", rich, STRINGS)))[1][1] == "課長"
    inline = f'<c r="B3" t="inlineStr"><is>{rich}</is></c>'
    assert cells(table(edit(_plain(tmp_path / "m.xlsx"), BETA, inline)))[1][1] == "課長"


@pytest.mark.parametrize(("code", "said"), [("0%", "25 %"), ("0.00%", "25 %"), (9, "25 %"), ('0.0" %"', None)])
def test_a_share_is_not_read_as_a_hundredth_of_what_it_shows(tmp_path: Path, code: Any, said: str | None) -> None:
    made = table(xlsx(tmp_path / "m.xlsx", [HEADER, ("a", "x")], _formatted(code, 0.25)))
    assert told(made) == ([("table.percent", "Sheet1!C2")] if said else [])
    assert not said or said in next(made.of_row(made.rows[0])).message


@pytest.mark.parametrize(("code", "value", "text"), [("h:mm", 0.5, "12:00"), ("[h]:mm", 1.5, "36:00")])
def test_times_are_read_as_they_are_shown(tmp_path: Path, code: str, value: float, text: str) -> None:
    assert table(xlsx(tmp_path / "m.xlsx", [HEADER, ("a", "x")], _formatted(code, value))).rows[0].cells[2] == text


def test_a_number_with_zeros_below_no_heading_is_an_error(tmp_path: Path) -> None:
    def also(book: Any, sheet: Any) -> None:
        sheet.write(1, 6, 12, book.add_format({"num_format": "0000"}))

    assert ("table.heading", "Sheet1!G2") in told(table(xlsx(tmp_path / "m.xlsx", ROWS, also)))


def test_an_empty_first_sheet_says_which_others_there_are(tmp_path: Path) -> None:
    def also(book: Any, _sheet: Any) -> None:
        book.add_worksheet("Members").write(0, 0, "id")

    path = xlsx(tmp_path / "m.xlsx", [], also)
    with pytest.raises(ReportError) as caught:
        table(path)
    assert [p.code for p in caught.value.problems] == ["table.empty", "table.sheets"]
    assert "Members" in caught.value.problems[1].message


def test_ods_errors_of_openoffice_are_not_the_number_that_they_hold(tmp_path: Path) -> None:
    error = '<table:table-cell office:value-type="float" office:value="0"><text:p>{}</text:p></table:table-cell>'
    path = ods(tmp_path / "m.ods", [row(*HEADER), row("a", "x", error.format("#REF!"), error.format("Err:502"))])
    assert told(table(path)) == [("table.error", "Sheet1!C2"), ("table.error", "Sheet1!D2")]


def test_ods_percent_and_texts_with_breaks(tmp_path: Path) -> None:
    share = (
        '<table:table-cell office:value-type="percentage" office:value="0.4"><text:p>40%</text:p></table:table-cell>'
    )
    lines = "<text:p>One<text:s text:c='2'/>two<text:line-break/><text:span>three</text:span><text:tab/>four_x0041_</text:p>"
    text_ = f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
    made = table(ods(tmp_path / "m.ods", [row(*HEADER), row("a", text_, share)]))
    assert made.rows[0].cells[1] == "One  two\nthree\tfour_x0041_"
    assert told(made) == [("table.percent", "Sheet1!C2")]


def test_ods_cells_beyond_the_last_column_are_refused(tmp_path: Path) -> None:
    far = '<table:table-cell table:number-columns-repeated="20000"/>'
    assert refused(ods(tmp_path / "m.ods", [row(*HEADER), row("a", far, "x")])).code == "table.broken"


def test_the_note_that_a_workbook_is_open_is_not_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "~$members.xlsx"
    path.write_bytes(b"\x05Ivan " + b" " * 50)
    assert "members.xlsx" in refused(path).hint and refused(path).code == "table.kind"
