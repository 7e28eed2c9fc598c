"""What a document was asked for and does not print is told, with the places and the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from report import pipeline
from report.values import Problem, Severity
from report.workspace import Workspace

OWN = {
    "organisation.yaml": "name: Amani\ncountry: KE\nlanguages: [en]\nmission: Peace.\n",
    "documents.yaml": "documents:\n  - {id: report, kind: annual-report, year: 2015, title: Report, languages: [en], formats: [html], date: 2016-03-01}\n",
    "programmes.yaml": "programmes:\n"
    "  - {id: wells, name: Clean wells, since: 2014, until: 2018, summary: We dig.}\n"
    "  - {id: roofs, name: Dry roofs, summary: We build.}\n"
    "  - {id: books, name: Old books, until: 2010, summary: We read.}\n",
    "people.yaml": "people:\n"
    "  - {id: chair, name: Jane Doe, body: board, role: Chair}\n"
    "  - {id: shy, name: Sam Roe, body: staff, role: Cook, publish: false}\n",
    "2015/year.yaml": "summary: A year.\nrisks:\n  - {risk: Too little rain, answer: We wait}\n",
    "2014/year.yaml": "summary: Another year.\nlessons:\n  - {title: Dig deeper, text: Sand}\n",
}


def leaves_out(folder: Path, **changed: str) -> list[Problem]:
    own = folder / "data" / "amani"
    for name, text in (OWN | {key.replace("__", "/") + ".yaml": text for key, text in changed.items()}).items():
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(text, "utf-8")
    checked = pipeline.check(Workspace.at(folder), "amani")
    assert not checked.errors, checked.errors
    return [p for p in checked.problems if p.code == "document.leaves-out"]


def test_a_programme_of_the_year_is_printed_whether_or_not_something_was_done(tmp_path: Path) -> None:
    told = {p.message for p in leaves_out(tmp_path)}
    assert told == {
        "report leaves out 1 programme (their dates are outside 2015): books (programmes.yaml:4)",
        "report leaves out 1 person (they asked not to be named): shy (people.yaml:3)",
    }


@pytest.mark.parametrize(
    ("sections", "severity", "words"),
    [
        ("", Severity.NOTE, ["1 programme", "1 person"]),
        (", sections: [cover, letter, imprint]", Severity.NOTE, []),
        (", sections: [cover, programmes, imprint]", Severity.NOTE, ["1 programme"]),
    ],
)
def test_only_what_a_section_goes_through_is_asked_for(tmp_path: Path, sections: str, severity: Severity, words: list[str]) -> None:  # fmt: skip
    found = leaves_out(tmp_path, documents=OWN["documents.yaml"].replace("}", f"{sections}}}"))
    assert [p.severity for p in found] == [severity] * len(words)
    assert all(any(word in p.message for p in found) for word in words)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [("{{ view.programme.summary|rich(view.programme|cited) }}", "<p>{{ view.programme.summary|short }}</p>", None), ("{{ view.programme.summary|rich(view.programme|cited) }}", "", None), ('<h2 id="programme-{{ view.programme.id }}">{{ view.programme.name|text }}</h2>', "<h2>x</h2>", "2 programmes")],
)  # fmt: skip
def test_a_template_that_prints_less_is_found_out(tmp_path: Path, old: str, new: str, word: str | None) -> None:
    (tmp_path / "data").mkdir()
    own = tmp_path / "templates" / "annual-report" / "sections"
    own.mkdir(parents=True)
    bundled = Workspace.at(tmp_path).template("annual-report/sections/programmes.html.j2")
    assert bundled
    source = bundled.read_text("utf-8")
    assert old in source
    (own / "programmes.html.j2").write_text(source.replace(old, new), "utf-8")
    found = [p for p in leaves_out(tmp_path) if p.severity is Severity.WARNING]
    assert [word in p.message for p in found] == ([True] if word else [])
    assert all(p.hint and p.location and p.location.line == 2 for p in found)


def test_what_no_document_prints_is_listed(tmp_path: Path) -> None:
    leaves_out(tmp_path)
    workspace = Workspace.at(tmp_path)
    dossier = pipeline.check(workspace, "amani").dossier
    assert dossier
    told = {p.message: p.location and p.location.line for p in pipeline.unused(workspace, dossier)}
    assert told == {
        "no document prints the programme books": 4,
        "no document prints the person shy": 3,
        "no document prints the lesson number 1": 3,
    }
