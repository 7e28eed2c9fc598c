"""A new organisation's folder is whole or not there, builds as it is, and holds what was said, whatever the words."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from report import pipeline
from report.editing.begin import Beginning, begin, begin_like, id_of, languages_in, problems_of
from report.source import read
from report.values import ReportError, Severity
from report.workspace import Workspace

TODAY = datetime.date(2026, 12, 1)


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    (tmp_path / "data").mkdir()
    return Workspace.at(tmp_path)


def lantern(**other: object) -> Beginning:
    said = {
        "id": "lantern",
        "name": "Lantern",
        "country": "IE",
        "languages": ("en",),
        "about": "It keeps lights burning.",
    }
    return Beginning(**{**said, **other})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name",
    [
        "Lantern", "no", "null", "2024", "12:30", "a: b # c", '"Quoted" – O’Neil\'s', "- dash", "{braces}", "*star & [co]", "%", "@home", "#1",
        "Сдружение „Фар“", "עמותת המגדלור", "ends:", "x" * 300, "tab\tin", "back\\slash", "two\nlines", "| bar", "> more", "!tag",
    ],
)  # fmt: skip
def test_whatever_the_name_the_folder_checks_and_holds_it(empty: Workspace, name: str) -> None:
    begin(empty, lantern(name=name, about=name), TODAY)
    found = pipeline.check(empty, "lantern", templates=False)
    assert not [problem for problem in found.problems if problem.severity is Severity.ERROR]
    facts = read(empty.data / "lantern" / "organisation.yaml").data
    assert (facts["name"], facts["about"]) == (name, name)


@pytest.mark.parametrize("languages", [("en",), ("bg", "en"), ("fr",), ("en", "de", "fr"), ("sr-Latn",)])
def test_it_composes_in_its_first_language(empty: Workspace, languages: tuple[str, ...]) -> None:
    begin(empty, lantern(languages=languages), TODAY)
    checked = pipeline.check(empty, "lantern")
    assert not [problem for problem in checked.problems if problem.severity is Severity.ERROR]
    assert checked.dossier is not None
    assert [(job.document, job.language) for job in pipeline.jobs(checked.dossier, (), (), ("pdf",))] == [
        ("annual-report", languages[0])
    ]


def test_notes_are_in_the_language_and_every_suggestion_in_them_is_good(empty: Workspace) -> None:
    for id_, language, title in (("lantern", "en", "Annual report"), ("far", "bg", "Годишен доклад")):
        folder = begin(empty, lantern(id=id_, languages=(language,)), TODAY)
        for name in ("organisation.yaml", "documents.yaml"):
            path = folder / name
            text = path.read_text("utf-8")
            assert ("\n# Какво" in text or "Кои" in text) == (language == "bg")
            lines = text.split("\n\n", 1)[1].split("\n")
            indent = "  " if name == "documents.yaml" else ""
            shown = [
                indent + line.removeprefix("# ")
                for line in lines
                if line.startswith("# ") and line[2:3] in " -abcdefghijklmnopqrstuvwxyz"
            ]
            path.write_text(text + "\n".join(line for line in shown if not line.startswith("  #")) + "\n", "utf-8")
        assert title in (folder / "documents.yaml").read_text("utf-8")
        checked = pipeline.check(empty, id_, templates=False)
        assert not [problem for problem in checked.problems if problem.severity is Severity.ERROR], checked.problems
        assert checked.dossier and [one.id for one in checked.dossier.documents] == ["annual-report", "leaflet"]
        assert checked.dossier.organisation.founded and checked.dossier.organisation.contact


@pytest.mark.parametrize(
    ("field", "value", "hint"),
    [
        ("id", "Lantern", "write lantern"),
        ("id", "a b", "write a-b"),
        ("id", "../x", "write x"),
        ("id", "con", "choose another"),
        ("id", "profiles", "choose another"),
        ("id", "networks", "choose another"),
        ("id", "ю", "write yu"),
        ("id", "日本", "choose a short name"),
        ("name", "  ", "write a text"),
        ("name", "x" * 301, "write the name alone"),
        ("name", "Fox 🦊", "leave it out"),
        ("about", "We are glad 🙂", "leave it out"),
        ("country", "XQ", "write two letters"),
        ("country", "Bulgaria", "write BG"),
        ("country", "bg", "write BG"),
        ("country", "UK", "write GB"),
        ("languages", ("english",), "write en"),
        ("languages", ("bgx",), "write"),
        ("languages", ("en", "en"), "write each once"),
        ("languages", (), "write codes"),
        ("about", "", "write a text"),
    ],
)
def test_a_wrong_answer_is_told_with_what_to_do_and_nothing_is_written(
    empty: Workspace, field: str, value: object, hint: str
) -> None:
    with pytest.raises(ReportError) as raised:
        begin(empty, lantern(**{field: value}), TODAY)
    (problem,) = raised.value.problems
    assert problem.code == f"new.{field}" and (problem.hint or "").startswith(hint)
    assert list(empty.data.iterdir()) == []
    assert list(problems_of(field, value, empty)) == [problem]
    offered = re.match(r"write ([\w,-]+)$", problem.hint or "")
    if offered:  # and doing it literally helps
        answer = languages_in(offered[1]) if field == "languages" else offered[1]
        assert list(problems_of(field, answer, empty)) == []


def test_every_wrong_answer_is_told_at_once(empty: Workspace) -> None:
    with pytest.raises(ReportError) as raised:
        begin(empty, Beginning("A", " ", "XQ", ("english",), ""), TODAY)
    assert [problem.code for problem in raised.value.problems] == [
        "new.id", "new.name", "new.country", "new.languages", "new.about",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_there_is_never_touched(empty: Workspace, kind: str) -> None:
    path = empty.data / "lantern"
    {"folder": path.mkdir, "file": path.touch, "link": lambda: path.symlink_to("nowhere")}[kind]()
    with pytest.raises(ReportError) as raised:
        begin(empty, lantern(), TODAY)
    assert raised.value.problems[0].code == "new.id"
    assert [one.name for one in empty.data.iterdir()] == ["lantern"] and not (path.is_dir() and list(path.iterdir()))


def test_an_interruption_leaves_nothing(empty: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", interrupt)
    with pytest.raises(KeyboardInterrupt):
        begin(empty, lantern(), TODAY)
    assert list(empty.data.iterdir()) == []


def test_an_example_under_another_name(workspace: Workspace) -> None:
    folder = begin_like(workspace, "spoc", "trust", "Lantern: Trust")
    checked = pipeline.check(workspace, "trust", templates=False)
    assert not [problem for problem in checked.problems if problem.severity is Severity.ERROR]
    assert checked.dossier and checked.dossier.organisation.name.in_language("bg") == ("Lantern: Trust", "en")
    assert checked.dossier.organisation.acronym is None
    before = (workspace.data / "spoc" / "affiliations.yaml").read_bytes()
    assert (folder / "affiliations.yaml").read_bytes() == before
    with pytest.raises(ReportError, match="there is no organisation 'spo'"):
        begin_like(workspace, "spo", "other", "Other")


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("The Lantern Society", "the-lantern-society"),
        ("Сдружение „Щастливи деца“ – Бургас", "sdruzhenie-shtastlivi-detsa-burgas"),
        ("Żółć & Søn Großstraße", "zolc-son-grossstrasse"),
        ("O’Neil's", "oneils"),
        ("Удружење Ђаци", "udruzhene-datsi"),
        ("word " * 30, "-".join(["word"] * 12)),
        ("x" * 100, "x" * 60),
        ("日本", ""),
    ],
)
def test_an_id_is_made_of_the_name(name: str, id_: str) -> None:
    assert id_of(name) == id_


def test_languages_are_read_as_people_write_them() -> None:
    assert languages_in(" bg, en;de  fr") == ("bg", "en", "de", "fr")
