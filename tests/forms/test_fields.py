"""Cells, rows, older form fields, bookmarks and text boxes: the answer stands where a reader expects it, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.forms.fields.families import find_fields
from report.forms.word import text
from report.forms.word.package import open_form
from tests.forms import support
from tests.forms.funder import answer_control, cell, grid, legacy, line, p, row, table, text_box
from tests.forms.test_content_controls import W, addresses, form, lines

FIELD = '<w:ffData><w:name w:val="Name"/><w:enabled/><w:calcOnExit w:val="0"/><w:textInput/></w:ffData>'
BEGIN = f'<w:fldChar w:fldCharType="begin">{FIELD}</w:fldChar>'
SEPARATE, END = '<w:fldChar w:fldCharType="separate"/>', '<w:fldChar w:fldCharType="end"/>'
CODE = '<w:instrText xml:space="preserve"> FORMTEXT </w:instrText>'
SHOWN = "<w:r><w:t>x</w:t></w:r>"


def near(path: Path) -> dict[str, str]:
    return {place.address: place.near for place in find_fields(open_form(path))}


def test_a_control_round_a_cell_is_one_place(tmp_path: Path) -> None:
    path = form(tmp_path, grid(2, row("Name", answer_control("Name", cell("<w:p/>")))))
    assert addresses(path) == ["control:Name"]


def test_the_rows_of_a_repeating_section_are_no_table_of_their_own(tmp_path: Path) -> None:
    cells = [cell(line(answer_control(tag, "<w:r><w:t> </w:t></w:r>", number=n))) for n, tag in enumerate("AB", 3)]
    item = answer_control("Item", row(*cells), "<w15:repeatingSectionItem/>", 5)
    section = answer_control("Section", item, "<w15:repeatingSection/>", 6)
    path = form(tmp_path, p("Networks") + grid(2, row("Network", "Role"), section))
    assert near(path) == {"control:Section": "Networks"}


def test_rows_grow_above_a_total(tmp_path: Path) -> None:
    path = form(tmp_path, table(("No", "Item", "Amount"), ("1", "", ""), ("2", "", ""), ("Total", "", "")))
    assert near(path) == {"table:1.1": "", "cell:1.4.2": "Total, Item", "cell:1.4.3": "Total, Amount"}
    rows = [{"Item": f"item {n}", "Amount": str(n)} for n in (1, 2, 3)]
    fields = [{"address": "table:1.1", "value": rows}, {"address": "cell:1.4.3", "value": "6"}]
    made = support.filled(path, fields)
    assert lines(made) == ["No", "Item", "Amount", "1", "item 1", "1", "2", "item 2", "2", "3", "item 3", "3", "Total", "", "6"]  # fmt: skip


def test_a_blank_line_between_the_parts_of_a_table_is_no_record(tmp_path: Path) -> None:
    path = form(tmp_path, table(("1. Applicant", "Please fill in"), ("", ""), ("Name", ""), ("Country", "")))
    assert addresses(path) == ["cell:1.3.2", "cell:1.4.2"]


def test_each_cell_of_a_table_of_years_has_its_own_words(tmp_path: Path) -> None:
    path = form(tmp_path, table(("Source", "2023", "2024"), ("Donations", "", ""), ("Grants", "", "")))
    assert list(near(path).values()) == ["Donations, 2023", "Donations, 2024", "Grants, 2023", "Grants, 2024"]


@pytest.mark.parametrize(
    "held",
    [
        '<w:p><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" style="width:20pt;height:20pt"/></w:pict></w:r></w:p>',
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r>{END}</w:r></w:p>',
        '<w:p><w:fldSimple w:instr="DATE"/></w:p>',
    ],
)
def test_a_cell_that_holds_a_drawing_or_a_field_is_not_blank(held: str, tmp_path: Path) -> None:
    assert addresses(form(tmp_path, p("x") + grid(2, row("Application form", cell(held))))) == []


def test_what_a_funder_has_locked_is_no_place(tmp_path: Path) -> None:
    held = table(("Name", ""), ("Role", "")) + p("[insert text]")
    assert addresses(form(tmp_path, answer_control("", held, "<w:group/>"))) == []


@pytest.mark.parametrize(
    "field",
    [
        f"<w:r>{BEGIN}{CODE}{SEPARATE}<w:t>old</w:t>{END}</w:r>",
        f"<w:r>{BEGIN}</w:r><w:r>{CODE}{SEPARATE}<w:t>old</w:t></w:r><w:r>{END}</w:r>",
        f"<w:r>{BEGIN}</w:r><w:r>{CODE}</w:r><w:r>{END}</w:r>",
        f"<w:r>{BEGIN}</w:r><w:r>{CODE}</w:r><w:r>{SEPARATE}</w:r></w:p>{p('middle')}<w:p>{SHOWN}<w:r>{END}</w:r></w:p><w:p>",
    ],
)
def test_an_older_field_however_its_marks_stand(field: str, tmp_path: Path) -> None:
    path = form(tmp_path, f"<w:p><w:r><w:t>Name: </w:t></w:r>{field}</w:p>")
    made = support.filled(path, [{"address": "legacy:Name", "value": "Lantern"}])
    said = [each for each in lines(made) if each]
    kinds = [e.get(f"{W}fldCharType") for e in support.document(made.content).iter(f"{W}fldChar")]
    assert said == ["Name: Lantern"] and kinds == ["begin", "separate", "end"]
    assert support.words(made, tmp_path)["legacy:Name"] == "Lantern"


def test_a_field_that_was_struck_out_is_no_place(tmp_path: Path) -> None:
    struck = legacy("Gone", "<w:textInput/>", "FORMTEXT").replace("w:t>", "w:delText>")
    path = form(tmp_path, f'<w:p><w:del w:id="1" w:author="A">{struck}</w:del></w:p>')
    assert addresses(path) == []


def test_a_bookmark_round_a_field_is_no_place(tmp_path: Path) -> None:
    def marked(number: int, inside: str) -> str:
        return f'<w:p><w:bookmarkStart w:id="{number}" w:name="Mark{number}"/>{inside}<w:bookmarkEnd w:id="{number}"/></w:p>'

    half = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    held = answer_control("Held", f'<w:bookmarkStart w:id="4" w:name="In"/>{SHOWN}<w:bookmarkEnd w:id="4"/>', number=9)
    body = (
        marked(1, legacy("F", "<w:textInput/>", "FORMTEXT")) + marked(2, answer_control("C", SHOWN)) + marked(3, half)
    )
    assert addresses(form(tmp_path, body + line("", held))) == ["legacy:F", "control:C", "control:Held"]


def test_a_text_box_is_one_place_and_both_its_copies_are_filled(tmp_path: Path) -> None:
    boxes = [
        text_box(line("Name: ", answer_control("Name", SHOWN))),
        text_box(p("[insert acronym]")),
        text_box(line("Number: ", legacy("Number", "<w:textInput/>", "FORMTEXT"))),
    ]
    path = form(tmp_path, "".join(boxes))
    assert addresses(path) == ["control:Name", "prompt:1", "legacy:Number"]
    made = support.filled(path, [{"address": a, "value": f"<{n}>"} for n, a in enumerate(addresses(path))])
    assert [said for said in lines(made) if said] == ["Name: <0>"] * 2 + ["<1>"] * 2 + ["Number: <2>"] * 2
    drawn, old = (
        [text.of(box) for box in support.document(made.content).iter(f"{W}txbxContent")][n::2] for n in (0, 1)
    )
    assert drawn == old


def test_names_that_come_twice_are_told_apart(tmp_path: Path) -> None:
    tags = ["A", "A", "A#2", "Name of the org. / € &quot;x&quot;: y"]
    body = line("", *(answer_control(tag, SHOWN, number=n) for n, tag in enumerate(tags, 1)))
    path = form(tmp_path, body)
    assert addresses(path) == ["control:A", "control:A#2", "control:A#2#2", 'control:Name of the org. / € "x": y']
    made = support.filled(path, [{"address": a, "value": f"<{n}>"} for n, a in enumerate(addresses(path))])
    assert lines(made) == ["<0><1><2><3>"]


def test_numbers_that_are_none_stop_nothing(tmp_path: Path) -> None:
    broken = '<w:checkBox><w:size w:val="x"/></w:checkBox>', '<w:textInput><w:maxLength w:val="many"/></w:textInput>'
    box = '<w14:checkbox><w14:checkedState w14:val="" w14:font="Wingdings"/></w14:checkbox>'
    sign = '<w:r><w:sym w:font="Wingdings" w:char="zz"/></w:r>'
    body = "".join(
        (
            grid(2, row("Name", cell("<w:p/>", '<w:gridSpan w:val="two"/>'))),
            line("", answer_control("Box", sign, box)),
            line("", legacy("Tick", broken[0], "FORMCHECKBOX", ""), legacy("Text", broken[1], "FORMTEXT")),
            line("", legacy("List", '<w:ddList><w:default w:val="1"/><w:listEntry w:val="a"/><w:listEntry w:val="b"/></w:ddList>', "FORMDROPDOWN", "")),
        )
    )  # fmt: skip
    path = form(tmp_path, body)
    assert {place.address: place.now for place in find_fields(open_form(path))}["legacy:List"] == "b"
    fields = [{"address": a, "value": "b" if "List" in a else "true"} for a in addresses(path)]
    assert len(fields) == 5 and support.filled(path, fields).content is not None
