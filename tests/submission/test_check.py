"""What keeps a call from being handed in is told by the check, before anything is made of it."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest

from report import pipeline
from report.submission import build, package
from report.values import Problem, Severity
from report.workspace import Workspace
from tests.cli.test_commands import run
from tests.submission.test_submission import DEMO, DOCUMENTS, MAP, SOURCE, errors, made, put, town

__all__ = ["town"]
FORM = "    forms: [{file: forms/unpp.docx, map: forms/unpp.yaml}]\n"


def told(workspace: Workspace) -> list[Problem]:
    checked = pipeline.check(workspace, DEMO, templates=False)
    assert checked.dossier
    return [*checked.problems, *(() if checked.errors else build.check(workspace, checked.dossier))]


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("organisation.name", "organisation.nmae", "form.answer", "'organisation' has no 'nmae'"),
        ("control:OrgName", "control:OrgNme", "form.unmatched", "the form has no field 'control:OrgNme'"),
        ("fact: organisation.name", "fact: organisation.name, limit: {characters: 3}", "form.long", "(bg): "),
        ("fields:", "fields: {", "yaml.syntax", ""),
        (MAP, "", "yaml.empty", "the file is empty"),
        (MAP, "- one\n", "data.model_type", "a record is needed"),
    ],
)
def test_a_broken_map_of_a_call_is_told_at_its_line(town: Workspace, old: str, new: str, code: str, said: str) -> None:
    assert not told(town)
    put(town, f"{DEMO}/forms/unpp.yaml", MAP.replace(old, new))
    found = [p for p in told(town) if p.code == code]
    assert found and said in found[0].message and found[0].location.path.name == "unpp.yaml" and found[0].location.line


def test_a_form_that_is_no_word_file_is_told(town: Workspace) -> None:
    (town.data / DEMO / "forms" / "unpp.docx").write_bytes(b"hello")
    assert {(p.code, p.location.path.name) for p in told(town)} == {("form.refused", "unpp.docx")}
    done = run("check", DEMO, cwd=town.root)
    assert done.returncode == 1 and "form.refused" in done.stdout and "unpp.docx" in done.stdout


def test_an_answer_of_a_call_that_is_too_long_is_told(town: Workspace) -> None:
    put(town, f"{DEMO}/documents.yaml", DOCUMENTS.replace("en: It is ours", "en: It is ours and ours alone"))
    (problem,) = told(town)
    assert problem.code == "counter.long" and problem.severity is Severity.ERROR
    assert "town, why (“Why”, en) is too long: 6 words, 1 more than the 5" in problem.message


ANSWERS = "answers: [{field: why, text: {en: It is ours, bg: Наше е}}]"


@pytest.mark.parametrize(
    ("rules", "old", "new", "code", "severity"),
    [
        ("", ANSWERS, f"{ANSWERS[:-1]}, {ANSWERS[10:]}", "call.answer", Severity.ERROR),
        ("", "forms: [", "forms: [{file: forms/unpp.docx, map: forms/unpp.yaml}, ", "call.twice", Severity.ERROR),
        ("file_name: {words: x, regex: 'x[.]pdf'}, ", "", "", "call.file_name", Severity.ERROR),
        ("required: [finance], ", FORM, "", "call.required", Severity.ERROR),
        ("pages: 9, ", FORM, "", "call.unheld", Severity.WARNING),
    ],
)
def test_what_a_call_breaks_however_its_pages_come_out(
    town: Workspace, rules: str, old: str, new: str, code: str, severity: Severity
) -> None:
    profile = (town.data / "profiles/town.yaml").read_text("utf-8")
    assert f"formats: [pdf], {SOURCE}" in profile and old in DOCUMENTS
    put(town, "profiles/town.yaml", profile.replace("formats: [pdf], ", f"formats: [pdf], {rules}"))
    put(town, f"{DEMO}/documents.yaml", DOCUMENTS.replace(old, new))
    found = told(town)
    assert {(p.code, p.severity) for p in found} == {(code, severity)}
    assert all(p.location and p.location.key.startswith("calls") and p.hint for p in found)


def test_a_rule_that_a_document_is_held_against_is_not_missed(town: Workspace) -> None:
    profile = (town.data / "profiles/town.yaml").read_text("utf-8")
    put(town, "profiles/town.yaml", profile.replace("formats: [pdf], ", "formats: [pdf, html], pages: 9, "))
    held = DOCUMENTS.replace(FORM, "").replace("date: 2027-04-19, sections", "date: 2027-04-19, profiles: [town], sections")  # fmt: skip
    put(town, f"{DEMO}/documents.yaml", held)
    assert not told(town)


def test_annexes_that_count_are_measured_as_what_they_belong_to(town: Workspace) -> None:
    profile = (town.data / "profiles/town.yaml").read_text("utf-8")
    put(town, "profiles/town.yaml", profile.replace("formats: [pdf], ", "formats: [pdf], annexes: true, margins: 60, "))
    put(town, f"{DEMO}/documents.yaml", DOCUMENTS.replace(FORM, ""))
    assert not told(town)
    found = [p for p in made(town).problems if p.severity is Severity.ERROR]
    assert {p.code for p in found} == {"call.rules"} and all("counts annexes too" in p.message for p in found)
    assert {name for name in ("report-en.pdf", "report-bg.pdf") for p in found if name in p.message} == {"report-en.pdf", "report-bg.pdf"}  # fmt: skip
    assert all(p.location and p.location.key.startswith("calls") and "part-b" in p.hint for p in found)


@pytest.mark.slow
def test_a_package_dated_before_zip_files_were_is_packed(town: Workspace) -> None:
    early = DOCUMENTS.replace("2027-04-19", "1979-04-19").replace("2027-05-01", "1979-05-01").replace(FORM, "")
    put(town, f"{DEMO}/documents.yaml", early.replace("formats: [pdf, html]", "formats: [html]"))
    put(town, "profiles/town.yaml", (town.data / "profiles/town.yaml").read_text("utf-8").replace("formats: [pdf], ", ""))  # fmt: skip
    assert not errors(town)
    checked = pipeline.check(town, DEMO, templates=False)
    content, _ = package.pack(town, build.make(town, checked.dossier, build.find(checked.dossier, "town-call")))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {(1980, 4, 19)}


def test_each_call_of_a_profile_has_its_own_counters(town: Workspace) -> None:
    head, mark, rest = DOCUMENTS.partition("  - id: town-call")
    other = f"{mark}{rest}".replace("town-call", "next-call").replace("It is ours", "Why not")
    put(town, f"{DEMO}/documents.yaml", DOCUMENTS + other)
    done = run("check", DEMO, "-p", "town", cwd=town.root)
    assert "against town, call town-call" in done.stdout and "against town, call next-call" in done.stdout
    assert "3/5 words" in done.stdout and "2/5 words" in done.stdout


def test_a_deadline_that_is_past_is_told_of_but_not_in_the_package(town: Workspace) -> None:
    from report.cli.submit import _past

    checked = pipeline.check(town, DEMO, templates=False)
    (call,) = checked.dossier.calls
    (problem,) = _past(checked.dossier, call.model_copy(update={"deadline": datetime.date(2001, 1, 1)}), call.deadline)
    assert problem.code == "call.past" and problem.severity is Severity.WARNING and "2001-01-01" in problem.message
    assert problem.location.key.endswith("deadline")
    assert not _past(checked.dossier, call, call.deadline)
