"""Answers are written where they belong, in the form's own look; everything else stays as it was."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from report import pipeline
from report.forms.fill import FactSource
from report.values import Severity
from report.workspace import Workspace
from tests.cli.test_commands import run
from tests.conftest import ROOT
from tests.forms import funder, support

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ODD = "Tom & Jerry <b>bold</b> {{ name }} ]]> “quotes” שלום עולם\nsecond line\tafter a tab  two spaces"


@pytest.fixture(scope="module")
def spoc() -> FactSource:
    workspace = Workspace.at(ROOT)
    checked = pipeline.check(workspace, "spoc", templates=False)
    return FactSource(checked.dossier, workspace.data / "spoc", "bg")


FIELDS = {
    "part-b": [
        {"address": "prompt:1", "fact": "organisation.about"},
        {"address": "prompt:2", "value": "An answer"},
        {"address": "cell:1.1.2", "fact": "organisation.name"},
        {"address": "cell:1.2.2", "fact": "organisation.acronym"},
        {"address": "cell:1.3.2", "value": "https://example.org"},
        {"address": "table:2.1", "rows": "affiliations", "columns": {"Network": "network.name", "Role": "affiliation.role"}},
    ],
    "prag-a2": [
        {"address": "bookmark:Reference", "value": "EuropeAid/000/X"},
        {"address": "cell:1.1.2", "fact": "organisation.name"},
        {"address": "cell:1.3.2", "fact": "organisation.country"},
        {"address": "cell:1.4.2", "value": "office@example.org"},
        {"address": "table:2.1", "value": [{"Name": "Harbour School"}, {"Name": "Three Bells", "Legal status": "association"}]},
        {"address": "table:3.1", "value": [{"Name": "Lantern Trust", "Relation with the applicant": "founder"}]},
        {"address": "control:HeaderName", "fact": "organisation.name"},
    ],
    "unpp": [
        {"address": "control:OrgName", "fact": "organisation.name"},
        {"address": "control:OrgType", "value": "National NGO"},
        {"address": "control:Sector", "value": "Reading rooms"},
        {"address": "control:HasPolicy", "value": "true"},
        {"address": "control:Signed", "value": "2026-09-30"},
        {"address": "control:Mission", "value": "One paragraph\nand another"},
        {"address": "control:Networks", "rows": "affiliations", "columns": {"NetworkName": "network.name", "NetworkRole": "affiliation.role"}},
        {"address": "legacy:RegNo", "value": "000123"},
        {"address": "legacy:Audited", "value": "yes"},
        {"address": "legacy:Band", "value": "above"},
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_not_filled_is_not_touched(name: str, spoc: FactSource, tmp_path: Path) -> None:
    form = funder.write(tmp_path, name)
    before = form.read_bytes()
    made = support.filled(form, FIELDS[name], spoc)
    assert made.content is not None and not [p for p in made.problems if p.severity is Severity.ERROR]
    addresses = [f["address"] for f in FIELDS[name]] + (["control:OrgNameAgain"] if name == "unpp" else [])
    assert support.differences(form, made.content, addresses, ("customXml/item1.xml",) if name == "unpp" else ()) == []
    assert form.read_bytes() == before


def test_the_proof_sees_what_was_changed(spoc: FactSource, tmp_path: Path) -> None:
    form = funder.write(tmp_path, "prag-a2")
    made = support.filled(form, FIELDS["prag-a2"], spoc)
    assert support.differences(form, made.content, ["cell:1.1.2"]) == ["word/document.xml", "word/header1.xml"]


def test_answers_of_every_kind(spoc: FactSource, tmp_path: Path) -> None:
    made = support.filled(funder.write(tmp_path, "unpp"), FIELDS["unpp"], spoc)
    now = support.words(made, tmp_path)
    assert now["control:OrgName"] == now["control:OrgNameAgain"] == "Сдружение SPOC"
    assert now["control:OrgType"] == "National NGO" and now["control:Sector"] == "Reading rooms"
    assert now["control:HasPolicy"] == "☒" and now["legacy:Audited"] == "true" and now["legacy:Band"] == "above"
    assert now["control:Signed"] == "30 септември 2026" and now["control:Mission"] == "One paragraph\nand another"
    assert now["legacy:RegNo"] == "000123"
    assert [line.split(",")[0] for line in now["control:Networks"].split("\n")][0] == "Национална мрежа за децата"
    assert now["control:Networks"].count("SPOC") >= 4
    root = support.document(made.content)
    assert b"Click or tap" not in b"".join(t.text.encode() for t in root.iter(f"{W}t") if t.text) and not list(
        root.iter(f"{W}showingPlcHdr")
    )
    (date,) = root.iter(f"{W}date")
    assert date.get(f"{W}fullDate") == "2026-09-30T00:00:00Z"
    stored = support.document(made.content, "customXml/item1.xml")
    assert stored[0].text == "Сдружение SPOC"
    numbers = [e.get(f"{W}val") for e in root.iter(f"{W}id") if e.getparent().tag == f"{W}sdtPr"]
    assert len(numbers) == len(set(numbers))


def test_rows_grow_and_keep_their_numbers(spoc: FactSource, tmp_path: Path) -> None:
    made = support.filled(funder.write(tmp_path, "part-b"), FIELDS["part-b"], spoc)
    tables = support.document(made.content).findall(f".//{W}tbl")
    rows = [["".join(c.itertext()) for c in row.iter(f"{W}tc")] for row in tables[1].iter(f"{W}tr")]
    assert [row[0] for row in rows] == ["No", "1", "2", "3", "4"]
    assert [row[1] for row in rows[1:]] == ["Национална мрежа за децата", "UNITED for Intercultural Action", "Европейски алианс за детска безопасност", "Национален алианс за социална отговорност"]  # fmt: skip


def test_tags_and_instructions_survive(spoc: FactSource, tmp_path: Path) -> None:
    made = support.filled(funder.write(tmp_path, "part-b"), FIELDS["part-b"], spoc)
    said = "".join(support.document(made.content).itertext())
    for kept in (
        "#@APP-FORM-LANTERN@#",
        "#@REL-EVA-RE@#",
        "#§REL-EVA-RE§#",
        "[This document is tagged.",
        "Describe the background",
    ):
        assert kept in said


def test_odd_data_comes_out_as_it_went_in(tmp_path: Path) -> None:
    long = "дума " * 4_000
    fields = [
        {"address": "prompt:1", "value": ODD},
        {"address": "cell:1.1.2", "value": ODD},
        {"address": "prompt:2", "value": long.strip()},
    ]
    made = support.filled(funder.write(tmp_path, "part-b"), fields)
    root = support.document(made.content)
    from report.forms.word import text

    lines = [text.of(p) for p in root.iter(text.P)]
    assert ODD.split("\n")[0] in lines and ODD.split("\n")[1] in lines and long.strip() in lines
    cell = next(c for c in root.iter(text.TC) if "Jerry" in text.of(c))
    assert text.of(cell) == ODD


def test_a_control_character_is_refused_at_its_line(tmp_path: Path) -> None:
    form = funder.write(tmp_path, "unpp")
    path = tmp_path / "map.yaml"
    path.write_text('form: unpp.docx\nfields:\n  - {address: "control:OrgName", value: "a\\x01b"}\n', "utf-8")
    done = run("form", "fill", str(form), str(path), cwd=tmp_path)
    assert done.returncode == 1 and "map.yaml:3:" in done.stderr and "U+0001" in done.stderr


def test_the_look_of_the_form_is_kept(tmp_path: Path) -> None:
    made = support.filled(funder.write(tmp_path, "part-b"), [{"address": "prompt:1", "value": "An answer"}])
    run_ = next(r for r in support.document(made.content).iter(f"{W}r") if "An answer" in "".join(r.itertext()))
    fonts = run_.find(f"{W}rPr/{W}rFonts")
    assert fonts is not None and fonts.get(f"{W}ascii") == "Arial"


def test_an_answer_does_not_look_like_the_prompt(tmp_path: Path) -> None:
    marked = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:i/><w:color w:val="808080"/><w:sz w:val="20"/><w:highlight w:val="yellow"/>'
    path = tmp_path / "form.docx"
    body = funder.p("Insert text", run=marked) + funder.table(("Name", funder.p("[insert name]", run=marked)))
    path.write_bytes(funder.package(body))
    made = support.filled(path, [{"address": "prompt:1", "value": "One"}, {"address": "cell:1.1.2", "value": "Two"}])
    for look in support.document(made.content).iter(f"{W}rPr"):
        assert [each.tag.removeprefix(W) for each in look] in (["rFonts", "sz"], [])


def test_a_picture_fits_its_frame_and_says_what_it_shows(tmp_path: Path) -> None:
    Image.new("RGB", (300, 300), "#0f3d4c").save(tmp_path / "logo.png")
    field = {"address": "control:Logo", "picture": "logo.png", "alt": "A bridge & a lantern"}
    made = support.filled(funder.write(tmp_path, "unpp"), [field])
    root = support.document(made.content)
    extent = next(e for e in root.iter() if e.tag.endswith("}extent"))
    assert (extent.get("cx"), extent.get("cy")) == ("900000", "900000")
    assert next(e for e in root.iter() if e.tag.endswith("}docPr")).get("descr") == "A bridge & a lantern"
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert archive.read("word/media/filled1.png") == (tmp_path / "logo.png").read_bytes()


def test_a_picture_is_taken_from_the_organisations_folder_alone(tmp_path: Path) -> None:
    Image.new("RGB", (30, 30)).save(tmp_path / "outside.png")
    (folder := tmp_path / "organisation").mkdir()
    for file in ("../outside.png", str(tmp_path / "outside.png")):
        field = {"address": "control:Logo", "picture": file, "alt": "x"}
        made = support.filled(funder.write(tmp_path, "unpp"), [field], FactSource(None, folder))
        assert made.content is None and any("no picture" in problem.message for problem in made.problems)


@pytest.mark.parametrize(
    ("field", "code", "word"),
    [
        ({"address": "control:OrgTyp", "value": "x"}, "form.unmatched", "control:OrgType"),
        ({"address": "control:OrgType", "value": "National"}, "form.answer", "National NGO"),
        ({"address": "legacy:Band", "value": "between"}, "form.answer", "above"),
        ({"address": "control:HasPolicy", "value": "perhaps"}, "form.answer", "true or false"),
        ({"address": "control:Signed", "value": "30.09.2026"}, "form.answer", "2026-09-30"),
        ({"address": "control:Locked", "value": "x"}, "form.answer", "locked"),
        ({"address": "control:OrgName", "fact": "organisation.nmae"}, "form.answer", "name"),
        ({"address": "control:OrgName", "fact": "affiliations[0]"}, "form.answer", "record"),
        ({"address": "legacy:RegNo", "value": "x" * 41}, "form.long", "1 more"),
        ({"address": "control:OrgName", "value": "x" * 11, "limit": {"characters": 10}}, "form.long", "11 characters"),
        (
            {"address": "control:Networks", "value": [{"NetworkName": "x" * 11}], "limit": {"characters": 10}},
            "form.long",
            "11 characters, 1 more",
        ),
        ({"address": "control:Networks", "value": [{"NetwrkName": "x"}]}, "form.answer", "NetworkName"),
        ({"address": "control:Networks", "value": "x"}, "form.answer", "rows"),
        ({"address": "control:Logo", "picture": "none.png", "alt": "x"}, "form.answer", "none.png"),
        ({"address": "control:OrgName", "picture": "none.png", "alt": "x"}, "form.answer", "cannot hold a picture"),
    ],
)
def test_what_a_form_does_not_take_is_refused_at_its_line(
    field: dict, code: str, word: str, spoc: FactSource, tmp_path: Path
) -> None:
    made = support.filled(funder.write(tmp_path, "unpp"), [field], spoc)
    found = [p for p in made.problems if p.code == code and p.severity is Severity.ERROR]
    assert made.content is None and found and word in f"{found[0].message} {found[0].hint}"
    assert found[0].location.line >= 2


def test_what_the_facts_do_not_say_is_open(spoc: FactSource, tmp_path: Path) -> None:
    fields = [{"address": "control:OrgName", "fact": "organisation.contact.email"}, {"address": "control:Sector"}]
    made = support.filled(funder.write(tmp_path, "unpp"), fields, spoc)
    assert [p.code for p in made.problems if p.severity is Severity.WARNING] == ["form.open", "form.open"]
    assert made.content is not None
    optional = support.filled(funder.write(tmp_path, "unpp"), [{**f, "optional": True} for f in fields], spoc)
    assert not [p for p in optional.problems if p.severity is Severity.WARNING]


def test_a_cell_that_moved_is_not_filled(tmp_path: Path) -> None:
    field = {"address": "cell:1.1.2", "near": "Name of the beneficiary", "value": "x"}
    made = support.filled(funder.write(tmp_path, "part-b"), [field])
    assert made.content is None and [p.code for p in made.problems if p.severity is Severity.ERROR] == ["form.moved"]


def test_the_longest_variant_that_fits_is_taken(spoc: FactSource, tmp_path: Path) -> None:
    form = funder.write(tmp_path, "unpp")
    about = spoc.dossier.organisation.about
    longest, shortest = (t.by_language["bg"] for t in (about.longest, about.shortest))
    for most, variant, fits in (
        (len(longest), "full", True),
        (len(longest) - 1, "short", True),
        (len(shortest) - 1, "short", False),
    ):
        made = support.filled(
            form, [{"address": "control:OrgName", "fact": "organisation.about", "limit": {"characters": most}}], spoc
        )
        (outcome,) = made.fields
        assert outcome.counter is not None and (outcome.counter.variant, outcome.counter.fits) == (variant, fits)
        assert (made.content is not None) is fits
    soft = {"characters": len(shortest) - 1, "soft": True}
    made = support.filled(form, [{"address": "control:OrgName", "fact": "organisation.about", "limit": soft}], spoc)
    assert made.content is not None and any(
        p.code == "form.long" and p.severity is Severity.WARNING for p in made.problems
    )


def test_a_membership_is_no_role_in_the_grant(spoc: FactSource, tmp_path: Path) -> None:
    for address, rule in (("table:3.1", "structural link"), ("table:2.1", "mandate")):
        field = {"address": address, "rows": "affiliations", "columns": {"Name": "network.name"}}
        made = support.filled(funder.write(tmp_path, "prag-a2"), [field], spoc)
        (problem,) = [p for p in made.problems if p.severity is Severity.ERROR]
        assert made.content is None and rule in problem.message and "PRAG 6.1.2" in problem.message


def test_the_command_fills_a_copy(tmp_path: Path) -> None:
    form = funder.write(tmp_path, "unpp")
    assert run("form", "map", str(form), cwd=tmp_path).returncode == 0
    target = tmp_path / "out.docx"
    done = run(
        "form",
        "fill",
        str(form),
        str(tmp_path / "unpp.map.yaml"),
        "spoc",
        "-w",
        str(ROOT),
        "--lang",
        "bg",
        "-o",
        str(target),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Сдружение SPOC" in done.stdout and target.is_file()
    itself = run(
        "form",
        "fill",
        str(form),
        str(tmp_path / "unpp.map.yaml"),
        "spoc",
        "-w",
        str(ROOT),
        "-o",
        str(form),
        cwd=tmp_path,
    )
    assert itself.returncode == 2 and "never overwritten" in itself.stderr


def test_a_language_that_is_none_and_rules_that_are_broken_are_told(tmp_path: Path) -> None:
    form, path = funder.write(tmp_path, "unpp"), tmp_path / "map.yaml"
    fields = 'form: unpp.docx\nrules: {smallest_type: 60}\nfields:\n  - {address: "control:Sector", value: Reading}\n'
    path.write_text(fields, "utf-8")
    done = run("form", "check", str(form), str(path), "--lang", "zz", cwd=tmp_path)
    assert done.returncode == 2 and "“zz” is not the code of a language" in done.stderr
    said = run("form", "check", str(form), str(path), cwd=tmp_path).stdout
    assert "map.yaml:2:" in said and ("“Name of organisation: " in said or "LibreOffice" in said)


def test_marks_of_another_language_are_not_counted() -> None:
    from report.model.text import Passage, Text
    from report.profiles.limits import Limit, fit

    full = Text({"bg": "Член на [Lantern Trust]{lang=en}"})
    told = fit(Passage({"short": Text({"bg": "Член"}), "full": full}), "bg", Limit(characters=21))
    assert told is not None and (told.text, told.variant, told.used) == ("Член на Lantern Trust", "full", 21)
    assert Limit(characters=9).count("one\r\ntwo") == 7
