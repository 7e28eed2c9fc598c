"""`report form map` finds every place that our forms have, with what stands beside it and the fact that fits."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from report.forms import form_map
from report.forms.fields.families import find_fields
from report.forms.word.package import open_form
from report.values import ReportError
from tests.cli.test_commands import run
from tests.forms import funder

EXPECTED = {
    "part-b": {
        "prompt:1": ("rich", "organisation.about"),
        "prompt:2": ("rich", None),
        "cell:1.1.2": ("text", "organisation.name"),
        "cell:1.2.2": ("text", "organisation.acronym"),
        "cell:1.3.2": ("text", "organisation.contact.website"),
        "table:2.1": ("rows", "affiliations"),
    },
    "prag-a2": {
        "bookmark:Reference": ("text", None),
        "cell:1.1.2": ("text", "organisation.name"),
        "cell:1.2.2": ("text", "organisation.legal_form"),
        "cell:1.3.2": ("text", "organisation.country"),
        "cell:1.4.2": ("text", "organisation.contact.email"),
        "table:2.1": ("rows", "co_applicants"),
        "table:3.1": ("rows", "affiliated_entities"),
        "control:HeaderName": ("text", "organisation.name"),
    },
    "unpp": {
        "control:OrgName": ("text", "organisation.name"),
        "control:OrgNameAgain": ("text", "organisation.name"),
        "control:OrgType": ("dropdown", None),
        "control:Sector": ("combo", None),
        "control:HasPolicy": ("checkbox", None),
        "control:Signed": ("date", None),
        "control:Mission": ("rich", "organisation.mission"),
        "control:Networks": ("rows", "affiliations"),
        "control:Logo": ("picture", None),
        "legacy:RegNo": ("text", "organisation.registrations[0].number"),
        "legacy:Audited": ("checkbox", None),
        "legacy:Band": ("dropdown", None),
    },
}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_place_is_found_with_the_fact_that_fits(name: str, tmp_path: Path) -> None:
    form = funder.write(tmp_path, name)
    before = form.read_bytes()
    assert run("form", "map", str(form), cwd=tmp_path).returncode == 0
    fields = yaml.safe_load((tmp_path / f"{name}.map.yaml").read_text("utf-8"))["fields"]
    assert {f["address"]: (f["kind"], f.get("rows") or f.get("fact")) for f in fields} == EXPECTED[name]
    assert all(f["near"] and f["at"].startswith("word/") for f in fields)
    assert form.read_bytes() == before


def test_a_map_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    form = funder.write(tmp_path, "unpp")
    assert run("form", "map", str(form), cwd=tmp_path).returncode == 0
    again = run("form", "map", str(form), cwd=tmp_path)
    assert again.returncode == 1 and "--force" in again.stderr
    assert run("form", "map", str(form), "--force", cwd=tmp_path).returncode == 0


def test_a_name_that_comes_twice_is_numbered(tmp_path: Path) -> None:
    path = tmp_path / "twice.docx"
    path.write_bytes(
        funder.package("".join(funder.line("A: ", funder.control("Same", "<w:text/>", number=n)) for n in (1, 2)))
    )
    assert [place.address for place in find_fields(open_form(path))] == ["control:Same", "control:Same#2"]


def test_lists_limits_and_columns_are_told(tmp_path: Path) -> None:
    found = {place.address: place for place in find_fields(open_form(funder.write(tmp_path, "unpp")))}
    assert found["control:OrgType"].options == ("National NGO", "International NGO")
    assert found["legacy:RegNo"].limit == 40
    assert found["control:Networks"].columns == ("NetworkName", "NetworkRole")
    assert found["control:HasPolicy"].near == "We have a child-protection policy"


@pytest.mark.parametrize(
    ("field", "code", "word"),
    [
        ({"address": "controll:x", "fact": "organisation.name"}, "form.address", "control"),
        ({"address": "control:x", "fact": "organisation.name", "value": "y"}, "form.answers", "two answers"),
        ({"address": "control:x", "picture": "logo.png"}, "form.alt", "alt"),
        ({"address": "control:x", "limit": {"characters": 3, "words": 2}}, "limit.one", "either"),
        ({"address": "control:x", "fcat": "organisation.name"}, "data.unknown", "fact"),
    ],
)
def test_a_mistake_in_a_map_is_told_at_its_line(field: dict, code: str, word: str, tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(yaml.safe_dump({"form": "x.docx", "fields": [field]}), "utf-8")
    with pytest.raises(ReportError) as raised:
        form_map.load(path)
    (problem,) = raised.value.problems
    assert problem.code == code and word in f"{problem.message} {problem.hint}"
    assert problem.location is not None and problem.location.line and problem.location.line >= 2
