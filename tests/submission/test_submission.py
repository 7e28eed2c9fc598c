"""A whole submission: what is in the package, that equal facts give equal bytes, and what keeps it from being written."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from report import pipeline
from report.forms import libreoffice
from report.html.parser import parse
from report.submission import build, package
from report.submission.build import Submission
from report.submission.consistency import Key, PrintedDocument, compare, numbers, parsed
from report.values import ReportError, Severity, UsageError
from report.workspace import Workspace
from tests.cli.test_commands import run
from tests.forms import funder

DEMO = "lantern-bridge"
SOURCE = "source: call text, date: 2026, verified: false"
PROFILE = "kind: funder\nname: {en: Town, bg: Град}\nversion: '1'\nvalid_from: 2026\nlanguages: [en, bg]\nsources: []\n"
FIELDS = f"fields:\n  - {{id: why, label: {{en: Why, bg: Защо}}, required: true, limit: {{words: 5, {SOURCE}}}}}\n"
DOCUMENTS = """documents:
  - {id: report, kind: annual-report, year: 2026, title: {en: R, bg: Д}, languages: [en, bg], formats: [pdf, html], date: 2027-04-19, sections: [about, imprint]}
calls:
  - id: town-call
    title: {en: The town call, bg: Градският конкурс}
    profile: town
    deadline: 2027-05-01
    languages: [bg, en]
    documents: [report]
    forms: [{file: forms/unpp.docx, map: forms/unpp.yaml}]
    answers: [{field: why, text: {en: It is ours, bg: Наше е}}]
"""
MAP = "form: unpp.docx\nfields:\n  - {address: 'control:OrgName', fact: organisation.name}\n  - {address: 'control:OrgType'}\n"


@pytest.fixture
def town(small: Workspace) -> Workspace:
    """The small organisation with a call: a short report, a form, a field."""
    put(small, "profiles/town.yaml", f"{PROFILE}document: {{formats: [pdf], {SOURCE}}}\n{FIELDS}")
    put(small, f"{DEMO}/documents.yaml", DOCUMENTS)
    put(small, f"{DEMO}/forms/unpp.yaml", MAP)
    funder.write(small.data / DEMO / "forms", "unpp")
    return small


def put(workspace: Workspace, name: str, text: str) -> None:
    path = workspace.data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def made(workspace: Workspace) -> Submission:
    checked = pipeline.check(workspace, DEMO, templates=False)
    assert checked.dossier and not checked.errors, checked.errors
    return build.make(workspace, checked.dossier, build.find(checked.dossier, "town-call"))


def is_sound(submission: Submission) -> bool:
    return not any(problem.severity is Severity.ERROR for problem in submission.problems)


def errors(workspace: Workspace) -> list[str]:
    """Return the codes of the errors that a check, or else the making of the call, tells."""
    found = pipeline.check(workspace, DEMO, templates=False).errors or made(workspace).problems
    return [p.code for p in found if p.severity is Severity.ERROR]


def test_a_package_has_all_files_a_manifest_and_a_checklist(town: Workspace) -> None:
    submission = made(town)
    assert is_sound(submission), submission.problems
    content, checklist = package.pack(town, submission)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert list(files) == ["checklist.md", "fields-bg.txt", "fields-en.txt", "manifest.json", "report-bg.pdf", "report-en.pdf", "unpp-bg.docx", "unpp-en.docx"]  # fmt: skip
    manifest = json.loads(files["manifest.json"])
    for entry in manifest["files"]:
        assert hashlib.sha256(files[entry["file"]]).hexdigest() == entry["sha256"]
        assert entry["characters"] > 0 and bool(entry["pages"]) == entry["file"].endswith(".pdf")
    assert manifest["fields"][0] == {"field": "why", "language": "bg", "used": 2, "limit": 5, "unit": "words", "variant": "full"}  # fmt: skip
    assert "Наше е" in files["fields-bg.txt"].decode() and files["checklist.md"].decode() == checklist
    assert checklist.startswith("# Градският конкурс\n") and "1 май 2027\u202fг." in checklist
    assert "запишете като PDF" in checklist  # the funder takes no Word file
    assert "control:OrgType" in checklist  # a place that nothing answers is still open
    assert "Не всички от тези правила" in checklist
    again, _ = package.pack(town, made(town))
    assert again == content
    assert not (town.output / DEMO).exists()  # what was made on the way is gone


@pytest.mark.quick(
    "call.size",
    "call.format",
    "counter.long",
    "form.answer",
    "call.file",
    "id.unknown",
    "call.field",
    "profile.unknown",
    "call.language",
)
@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("profiles/town.yaml", "words: 5", "words: 1", "counter.long"),
        ("profiles/town.yaml", "formats: [pdf]", "formats: [docx]", "call.format"),
        ("profiles/town.yaml", "formats: [pdf]", "megabytes: 0.001", "call.size"),
        ("profiles/town.yaml", "formats: [pdf]", "languages: [en]", "call.language"),
        ("profiles/town.yaml", "formats: [pdf]", "pages: 1, annexes: true", "call.pages"),
        (f"{DEMO}/documents.yaml", "documents: [report]", "documents: [reprot]", "id.unknown"),
        (f"{DEMO}/documents.yaml", "profile: town", "profile: twon", "profile.unknown"),
        (f"{DEMO}/documents.yaml", "forms/unpp.docx", "../unpp.docx", "call.file"),
        (f"{DEMO}/documents.yaml", "field: why", "field: whi", "call.field"),
        (f"{DEMO}/forms/unpp.yaml", "organisation.name", "organisation.nmae", "form.answer"),
        (f"{DEMO}/forms/unpp.yaml", "fields:", "rules: {paper: A5}\nfields:", "form.pages"),
    ],
)
def test_nothing_is_written_where_something_is_wrong(
    town: Workspace, name: str, old: str, new: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (town.data / name).read_text("utf-8")
    assert old in text
    put(town, name, text.replace(old, new))
    if code == "form.pages":  # as if LibreOffice had shown it
        from report.press.measure import Measure

        monkeypatch.setattr(libreoffice, "measured", lambda content: Measure(2, 9, ((210, 297),), None, ()))
    assert code in errors(town)


def test_the_command_packs_and_writes_nothing_that_is_wrong(town: Workspace) -> None:
    folder = town.output / DEMO / "submissions"
    done = run("submit", "town-call", cwd=town.root)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["town-call-checklist.md", "town-call.zip"]
    before = (folder / "town-call.zip").read_bytes()
    put(
        town,
        "profiles/town.yaml",
        (town.data / "profiles/town.yaml").read_text("utf-8").replace("words: 5", "words: 1"),
    )
    done = run("submit", "town-call", DEMO, "--format", "json", cwd=town.root)
    told = json.loads(done.stdout)
    assert done.returncode == 1 and told["written"] == []
    assert "2 words, 1 more than the 1" in str([p["message"] for p in told["problems"]])
    assert (folder / "town-call.zip").read_bytes() == before
    done = run("submit", "twon-call", cwd=town.root)
    assert done.returncode == 2 and "town-call" in done.stderr


def test_a_document_after_the_deadline_is_told_of(town: Workspace) -> None:
    put(town, f"{DEMO}/documents.yaml", DOCUMENTS.replace("deadline: 2027-05-01", "deadline: 2027-04-18"))
    assert "call.late" in {p.code for p in pipeline.check(town, DEMO, templates=False).problems}


def test_a_call_is_told_in_its_own_languages_alone(town: Workspace) -> None:
    english = DOCUMENTS.replace("languages: [bg, en]\n    documents", "languages: [en]\n    documents").replace(
        "{en: It is ours, bg: Наше е}", "{en: It is ours: ἡμῶν}"
    )
    assert "ἡμῶν" in english
    put(town, f"{DEMO}/documents.yaml", english.replace("{en: It is ours: ἡμῶν}", '{en: "It is ours: ἡμῶν"}'))
    assert errors(town) == []  # no document prints it: neither Bulgarian nor a font is asked for
    put(town, f"{DEMO}/documents.yaml", DOCUMENTS.replace("{en: It is ours, bg: Наше е}", "{en: It is ours}"))
    (problem,) = pipeline.check(town, DEMO, templates=False).errors
    assert problem.code == "text.missing" and problem.location.key.startswith("calls")


def test_a_call_is_found_by_its_name(town: Workspace) -> None:
    dossier = pipeline.check(town, DEMO, templates=False).dossier
    with pytest.raises(UsageError) as caught:
        build.find(dossier, "tow-call")
    assert "town-call" in caught.value.problems[0].hint


def test_a_call_of_nothing_is_a_mistake(town: Workspace) -> None:
    text = DOCUMENTS.replace("    documents: [report]\n", "").replace("    forms: [{file: forms/unpp.docx, map: forms/unpp.yaml}]\n", "")  # fmt: skip
    put(town, f"{DEMO}/documents.yaml", text)
    assert "call.empty" in {p.code for p in pipeline.check(town, DEMO, templates=False).errors}


def table(*rows: tuple[str, str], caption: str = "Income", heads: tuple[str, str] = ("Line", "2026")) -> str:
    cells = "".join(f"<tr><th scope='row'>{a}</th><td data-type='number'>{b}</td></tr>" for a, b in rows)
    top = "".join(f"<th scope='col'>{head}</th>" for head in heads)
    return f"<table><caption><b class='caption-label'>Table 3.</b> {caption}</caption><thead><tr>{top}</tr></thead><tbody>{cells}</tbody></table>"


def printed(
    name: str, html: str, language: str = "en", year: int | None = 2026, currency: str = "EUR"
) -> PrintedDocument:
    return PrintedDocument(name, language, parse(f"<html><body>{html}</body></html>"), year, currency)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (table(("All income", "1,200.00")), table(("Total income", "1,300.00")), True),
        (table(("All income", "1,200.40")), table(("Income", "1,200")), False),  # the rougher number decides
        (table(("Rent", "1,200.00")), table(("Rent", "900.00"), heads=("Line", "2025")), False),
        (table(("Rent", "1,200.00")), table(("Rent", "900 BGN")), False),
        (table(("Total", "1,200.00")), table(("Total", "900.00"), caption="Expenditure"), False),
        (table(("Total", "1,200.00")), table(("Together", "900.00"), caption="Income, 2026, EUR"), True),
        (table(("2026", "1,200.00"), heads=("What", "Income")), table(("Total income (EUR)", "900.00")), True),
        (table(("Children", "171")), table(("Children", "176")), True),
        (table(("Children", "98 %")), table(("Children", "176")), False),
    ],
)
def test_numbers_of_one_label_and_year_agree_or_are_told_of(one: str, other: str, differ: bool) -> None:
    found = list(compare([printed("report", one), printed("budget", other)]))
    assert bool(found) is differ, [p.message for p in found]
    for problem in found:
        assert problem.severity is Severity.WARNING and "report" in problem.message and "budget" in problem.message


def test_numbers_are_read_in_their_language() -> None:
    assert parsed("193\u00a0304,72 €", "bg") == Decimal("193304.72") == parsed("193,304.72", "en")
    assert parsed("−5", "en") == -5 and parsed("40 (2012)", "en") == 40 and parsed("since 2012", "en") is None
    bg = printed("report", table(("Всички приходи", "1\u00a0200,00")), "bg")
    assert list(numbers(bg)) == [Key("приходи", "2026", "EUR")]
    assert not list(compare([bg, printed("budget", table(("Всички приходи", "900")))]))  # another language


def test_a_tree_of_several_tables_keeps_groups_apart() -> None:
    group = "<table><caption>Costs</caption><thead><tr><th>What</th><th>EUR</th></tr></thead><tbody><tr><th scope='rowgroup' colspan='2'>Rooms</th></tr><tr><th scope='row'>Staff</th><td data-type='number'>10</td></tr></tbody></table>"
    assert list(numbers(printed("a", group))) == [Key("rooms / staff", "2026", "EUR")]


def test_the_demonstration_agrees_with_itself(repository: Workspace, tmp_path: Path) -> None:
    """The call with the annual report: its figures and those of the annex are of the same facts."""
    dossier = pipeline.check(repository, DEMO, templates=False).dossier
    assert dossier and {call.profile for call in dossier.calls} == {
        "eu-portal-part-b:cerv", "eu-prag-a2", "un-partner-portal", "unicef-programme-document"
    }  # fmt: skip
    submission = build.make(repository, dossier, build.find(dossier, "first-winter-2027"))
    assert is_sound(submission) and not [p for p in submission.problems if p.severity is Severity.WARNING]
    try:
        _, checklist = package.pack(repository, submission)
    except ReportError as error:
        pytest.fail(str(error))
    assert "Основания и обосновка [bg]: 101/400 думи" in checklist
