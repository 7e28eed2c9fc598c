"""Content controls as funders' forms have them: inside one another, round rows and cells, with signs and days of every make."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.forms.fields.families import find_fields
from report.forms.fill import FilledForm
from report.forms.word import text
from report.forms.word.package import open_form
from tests.forms import funder, support
from tests.forms.funder import answer_control, grid, line, p, row

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
WINGDINGS = (
    '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="00FE" w14:font="Wingdings"/>'
    '<w14:uncheckedState w14:val="00A8" w14:font="Wingdings"/></w14:checkbox>'
)
BOX = '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>'


def form(folder: Path, body: str, parts: dict[str, str] | None = None) -> Path:
    path = folder / "form.docx"
    path.write_bytes(funder.package(body, parts))
    return path


def addresses(path: Path) -> list[str]:
    return [place.address for place in find_fields(open_form(path))]


def lines(made: FilledForm) -> list[str]:
    assert made.content is not None, made.problems
    return [text.of(paragraph) for paragraph in support.document(made.content).iter(text.P)]


def test_a_frame_round_other_fields_is_no_place(tmp_path: Path) -> None:
    inner = answer_control("Inner", "<w:r><w:t>x</w:t></w:r>", number=2)
    framed = answer_control("Outer", p("Words of the form") + line("Name: ", inner), "<w:richText/>")
    path = form(tmp_path, framed)
    assert addresses(path) == ["control:Inner"]
    made = support.filled(path, [{"address": "control:Inner", "value": "Lantern"}])
    assert lines(made) == ["Words of the form", "Name: Lantern"]


def test_a_control_round_a_row_is_no_place(tmp_path: Path) -> None:
    path = form(tmp_path, grid(2, answer_control("Row", row("Name", "Ann"), "<w:richText/>")))
    assert addresses(path) == []


def test_a_section_inside_a_section_keeps_its_items(tmp_path: Path) -> None:
    def section(tag: str, content: str, number: int) -> str:
        item = answer_control(f"{tag}Item", content, "<w15:repeatingSectionItem/>", number)
        return answer_control(tag, item, "<w15:repeatingSection/>", number + 1)

    town = line(answer_control("Town", "<w:r><w:t>?</w:t></w:r>", number=11))
    name = line(answer_control("Name", "<w:r><w:t>?</w:t></w:r>", number=12))
    path = form(tmp_path, section("Partners", name + section("Towns", town, 13), 15))
    (place,) = find_fields(open_form(path))
    assert place.columns == ("Name", "Town")
    made = support.filled(path, [{"address": "control:Partners", "value": [{"Name": "A", "Town": "B"}, {"Name": "C"}]}])
    assert lines(made) == ["A", "B", "C", "?"]


def test_a_box_of_wingdings_is_ticked_with_a_sign_of_that_font(tmp_path: Path) -> None:
    unticked = '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
    path = form(tmp_path, line("", answer_control("Agree", unticked, WINGDINGS), " I agree"))
    made = support.filled(path, [{"address": "control:Agree", "value": "true"}])
    (sign,) = support.document(made.content).iter(f"{W}sym")
    assert (sign.get(f"{W}font"), sign.get(f"{W}char")) == ("Wingdings", "F0FE")


def test_boxes_that_are_bound_alike_are_ticked_alike(tmp_path: Path) -> None:
    bound = f'<w:dataBinding w:xpath="/form[1]/agreed[1]" w:storeItemID="{funder.STORE}"/>'
    boxes = [line("", answer_control(f"Box{n}", "<w:r><w:t>☐</w:t></w:r>", BOX, n, bound), " yes") for n in (1, 2)]
    parts = {
        "customXml/item1.xml": '<?xml version="1.0"?><?mso-contentType?><form><agreed/></form>',
        "customXml/itemProps1.xml": f'{funder.HEAD}<ds:datastoreItem ds:itemID="{funder.STORE}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>',
    }
    made = support.filled(form(tmp_path, "".join(boxes), parts), [{"address": "control:Box1", "value": "true"}])
    assert [e.get(f"{W14}val") for e in support.document(made.content).iter(f"{W14}checked")] == ["1", "1"]
    stored = support.document(made.content, "customXml/item1.xml")
    assert stored[0].text == "true" and stored.getprevious() is not None, "what stands before the root is kept"


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("M/d/yyyy", "9/30/2026"),
        ("dddd, MMMM d, yyyy", "Wednesday, September 30, 2026"),
        ("M/d/yyyy h:mm am/pm", "9/30/2026 12:00 AM"),
        ("yyyy-MM-dd'T'HH:mm", "2026-09-30T00:00"),
        ("d. MMMM yyyy 'г.'", "30. September 2026 г."),
        ("dd de MMMM de yyyy", "30 de September de 2026"),
        ("yyyyMMdd", "20260930"),
        ("dddddd", "30.09.2026"),
    ],
)
def test_a_day_in_the_forms_pattern(pattern: str, shown: str, tmp_path: Path) -> None:
    date = f'<w:date><w:dateFormat w:val="{pattern}"/><w:lid w:val="en-US"/></w:date>'
    path = form(tmp_path, line("Day: ", answer_control("Day", "<w:r><w:t>?</w:t></w:r>", date)))
    made = support.filled(path, [{"address": "control:Day", "value": "2026-09-30"}])
    assert [said.replace("\u202f", " ") for said in lines(made)] == [f"Day: {shown}"]


def test_marks_that_end_elsewhere_and_sections_outlive_an_answer(tmp_path: Path) -> None:
    section = '<w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr>'
    start, end = '<w:bookmarkStart w:id="3" w:name="Part"/>', '<w:bookmarkEnd w:id="3"/>'
    held = (
        p("one") + f"<w:p>{start}<w:r><w:t>two</w:t></w:r></w:p>" + f"<w:p>{section}<w:r><w:t>three</w:t></w:r></w:p>"
    )
    path = form(tmp_path, answer_control("Text", held, "<w:richText/>") + f"<w:p>{end}</w:p>")
    made = support.filled(path, [{"address": "control:Text", "value": "An answer"}])
    root = support.document(made.content)
    assert [len(list(root.iter(f"{W}{name}"))) for name in ("bookmarkStart", "bookmarkEnd", "sectPr")] == [1, 1, 2]
    assert lines(made) == ["An answer", "", ""]


def test_a_prompt_keeps_its_note_and_its_section(tmp_path: Path) -> None:
    inside = (
        '<w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr><w:permStart w:id="1" w:edGrp="everyone"/>'
        '<w:r><w:t>[insert text]</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r><w:permEnd w:id="1"/>'
    )
    made = support.filled(form(tmp_path, f"<w:p>{inside}</w:p>"), [{"address": "prompt:1", "value": "one\ntwo"}])
    root = support.document(made.content)
    names = ("permStart", "permEnd", "footnoteReference")
    assert [len(list(root.iter(f"{W}{name}"))) for name in names] == [1, 1, 1]
    last = next(paragraph for paragraph in root.iter(text.P) if text.of(paragraph) == "two")
    assert last.find(f"{W}pPr/{W}sectPr") is not None and len(list(root.iter(f"{W}sectPr"))) == 2


def test_a_property_that_the_file_lacks_is_added(tmp_path: Path) -> None:
    names = "xmlns:d=&apos;http://purl.org/dc/elements/1.1/&apos; xmlns:c=&apos;http://schemas.openxmlformats.org/package/2006/metadata/core-properties&apos;"
    bound = f'<w:dataBinding w:prefixMappings="{names}" w:xpath="/c:coreProperties[1]/d:title[1]" w:storeItemID="{{6C3C8BC8-F283-45AE-878A-BAB7291924A1}}"/>'
    core = '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    body = line("Title: ", answer_control("Title", "<w:r><w:t>?</w:t></w:r>", more=bound))
    path = form(tmp_path, body, {"docProps/core.xml": core})
    made = support.filled(path, [{"address": "control:Title", "value": "A bridge"}])
    (title,) = support.document(made.content, "docProps/core.xml")
    assert (title.tag, title.text) == ("{http://purl.org/dc/elements/1.1/}title", "A bridge")


def test_a_tracked_change_is_not_copied_with_a_line(tmp_path: Path) -> None:
    tracked = '<w:pPr><w:rPr><w:ins w:id="9" w:author="A"/><w:b/></w:rPr></w:pPr><w:r><w:t>[insert text]</w:t></w:r>'
    made = support.filled(form(tmp_path, f"<w:p>{tracked}</w:p>"), [{"address": "prompt:1", "value": "one\ntwo"}])
    assert len(list(support.document(made.content).iter(f"{W}ins"))) == 1 and lines(made) == ["one", "two"]
