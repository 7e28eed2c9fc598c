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


# --- several ties to one network -------------------------------------------------------------------------------------

NETWORKS = "languages: [en]\nnetworks:\n  - {id: rivers, name: Rivers Network}\n  - {id: hills, name: Hills Network}\n"
NOW = "  - {id: now, network: rivers, kind: partner, since: 2012, role: We count fish.}\n"
TIES = {
    "ended": ("  - {id: then, network: rivers, kind: member, since: 2005, until: 2010, role: We dug canals.}\n", True),
    "ended, of few words": ("  - {id: then, network: rivers, until: 2010}\n", True),
    "to come": ("  - {id: then, network: rivers, kind: founder, since: 2020, role: We lead it.}\n", True),
    "of other words": ("  - {id: then, network: rivers, kind: member, role: We dug canals., valid_to: 2010}\n", True),
    "to another network": ("  - {id: then, network: hills, kind: member, until: 2010}\n", True),
    "the words of the other": ("  - {id: then, network: rivers, kind: member, until: 2010, role: We count fish.}\n", True),
    "of now": ("  - {id: then, network: rivers, kind: member, role: We dig canals.}\n", False),
    "of now, of few words": ("  - {id: then, network: rivers, kind: member}\n", False),
    "ended in the year": ("  - {id: then, network: rivers, kind: member, until: 2015-05, role: We dug canals.}\n", False),
}  # fmt: skip


@pytest.mark.quick(
    "ended-True",
    "ended in the year-True",
    "of other words-False",
    "of now-False",
    "to another network-True",
    "to come-False",
)
@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("which", TIES)
def test_a_tie_of_another_time_is_told_beside_one_to_the_same_network(tmp_path: Path, which: str, before: bool) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "networks.yaml").write_text(NETWORKS, "utf-8")
    tie, gone = TIES[which]
    rows = tie + NOW if before else NOW + tie
    found = [
        p.message for p in leaves_out(tmp_path, affiliations=f"affiliations:\n{rows}") if "affiliation" in p.message
    ]
    line = 2 if before else 3
    told = f"report leaves out 1 affiliation (their dates are outside 2015): then (affiliations.yaml:{line})"
    assert found == [told] * gone


def test_a_template_that_prints_the_first_tie_to_a_network_alone_is_found_out(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "networks.yaml").write_text(NETWORKS, "utf-8")
    own = tmp_path / "templates" / "annual-report" / "sections"
    own.mkdir(parents=True)
    (own / "networks.html.j2").write_text(
        "<section><h1>N</h1>{% for v in networks %}<h2 id=\"network-{{ v.id }}\">{{ v.network.name|text }}</h2><p>{{ v.network.name|text }}: {{ v.affiliation.role|text }}</p>{% endfor %}</section>", "utf-8"
    )  # fmt: skip
    found = leaves_out(tmp_path, affiliations=f"affiliations:\n{NOW}{TIES['of now'][0]}")
    (tie,) = [p for p in found if "affiliation" in p.message]
    assert tie.severity is Severity.WARNING and tie.message.endswith("then (affiliations.yaml:3)")
