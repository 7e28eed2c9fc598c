"""Facts change: a document takes those of its day or year, and what is later than a document is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from report import pipeline
from report.pipeline.checking import Checked
from report.workspace import Workspace
from tests.conftest import composed

FACTS = {
    "networks.yaml": """\
networks:
  - id: water
    name: Water and Sanitation Network
    scope: national
    summary: Wells and drains for all.
    figures:
      - {id: members, value: 12, label: members, as_of: 2009, valid_to: 2014}
      - {id: members, value: 40, label: members, as_of: 2016, valid_from: 2015}
    earlier: [{valid_to: 2012, name: Water Network, summary: Wells for all.}]
""",
    "amani/organisation.yaml": """\
name: Amani Trust
country: KE
languages: [en]
mission: Peace and water.
sources: [{id: book, title: The Book of Water, language: en, date: 2021}]
registrations:
  - {registry: NGO Board, number: A-1, valid_to: 2013, source: book}
  - {registry: PBO Authority, number: B-2, valid_from: 2014, source: book}
earlier:
  - {valid_to: 2011, name: Amani Club, mission: Peace.}
  - {valid_to: 2018, mission: Peace and wells.}
""",
    "amani/affiliations.yaml": """\
affiliations:
  - {id: tie, network: water, kind: observer, valid_to: 2012-06}
  - {id: tie, network: water, kind: member, valid_from: 2012-07}
""",
    "amani/people.yaml": """\
people:
  - {id: doe, name: Jane Doe, body: board, role: Treasurer, valid_to: 2012}
  - {id: doe, name: Jane Doe, body: board, role: Chair, valid_from: 2013}
""",
    "amani/objectives.yaml": "objectives:\n  - {id: own, kind: own, text: Wells., valid_to: 2012}\n  - {id: own, kind: own, text: Wells and drains., valid_from: 2013}\n",
}


def checked(folder: Path, date: str, year: int | None = None, **changed: str) -> Checked:
    for name, text in FACTS.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for old, new in changed.items() if name in ("amani/organisation.yaml", "amani/people.yaml") else ():
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
    if year:
        (folder / f"data/amani/{year}").mkdir()
        (folder / f"data/amani/{year}/year.yaml").write_text("summary: A year.\n", "utf-8")
    of_year = f", year: {year}" if year else ""
    (folder / "data/amani/documents.yaml").write_text(
        "documents:\n"
        f"  - {{id: report, kind: annual-report, title: T, languages: [en], formats: [html], date: {date}{of_year}}}\n"
        f"  - {{id: annex, kind: affiliations-annex, title: T, languages: [en], formats: [html], date: {date}}}\n", "utf-8"
    )  # fmt: skip
    return pipeline.check(Workspace.at(folder), "amani")


def html(folder: Path, found: Checked, document: str = "report", edition: str = "screen") -> str:
    assert found.dossier
    (job,) = pipeline.jobs(found.dossier, (document,), (), (), (edition,))
    return composed(Workspace.at(folder), job, found.dossier).html


THEN = ["Amani Club", "<p>Peace.</p>", "Water Network", "Wells for all.", "Wells.", "A-1", ">12<"]
NOW = ["Amani Trust", "<p>Peace and water.</p>", "Water and Sanitation Network", "Wells and drains for all.", "Wells and drains.", "B-2", ">40<"]  # fmt: skip


@pytest.mark.parametrize(
    ("date", "there", "gone"),
    [
        ("2010-12-31", THEN, NOW),
        ("2026-03-01", NOW, THEN),
        ("2016-03-01", ["Amani Trust", "<p>Peace and wells.</p>", ">40<", "B-2"], ["Amani Club", "A-1", ">12<"]),
    ],
)
def test_a_document_has_the_facts_of_its_day(tmp_path: Path, date: str, there: list[str], gone: list[str]) -> None:
    found = checked(tmp_path, date)
    assert not found.errors
    made = html(tmp_path, found) + html(tmp_path, found, "annex")
    assert [words for words in there if words not in made] == []
    assert [words for words in gone if words in made] == []


@pytest.mark.parametrize(
    ("year", "role", "tie"), [(2011, "Treasurer", "Observer"), (2012, "Treasurer", "Member"), (2013, "Chair", "Member")]
)
def test_a_document_of_a_year_has_the_facts_of_that_year(tmp_path: Path, year: int, role: str, tie: str) -> None:
    found = checked(tmp_path, "2026-03-01", year)
    assert not found.errors
    made = html(tmp_path, found)
    assert role in made and tie in made
    assert ("Treasurer" in made, "Chair" in made) == (role == "Treasurer", role == "Chair")


def test_a_redacted_edition_takes_the_same(tmp_path: Path) -> None:
    found = checked(tmp_path, "2026-03-01", 2011, Chair="Jane Doe’s chair")
    made = html(tmp_path, found, edition="redacted")
    assert "Treasurer" in made and "Jane Doe" not in made and "Amani Club" in made


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("valid_from: 2013", "valid_from: 2012-05", "id.duplicate"),
        ("role: Treasurer, valid_to: 2012", "role: Treasurer", "id.duplicate"),
        ("valid_to: 2013, source", "valid_from: 2014, valid_to: 2013, source", "date.order"),
        ("valid_to: 2011, name", "valid_from: 2012, valid_to: 2011, name", "date.order"),
    ],
)
def test_periods_that_cannot_be_are_errors(tmp_path: Path, old: str, new: str, code: str) -> None:
    found = checked(tmp_path, "2026-03-01", **{old: new})
    assert [p.code for p in found.errors] == [code]
    assert all(p.location and p.location.line and p.hint for p in found.errors)


def test_what_is_valid_at_another_time_is_told_as_left_out(tmp_path: Path) -> None:
    found = checked(tmp_path, "2010-12-31", **{"id: doe, name: Jane Doe, body: board, role: Chair": "id: roe, name: Sam Roe, body: board, role: Chair"})  # fmt: skip
    told = [p.message for p in found.problems if p.code == "document.leaves-out"]
    assert [one for one in told if one.startswith("report")] == ["report leaves out 1 person (their dates are outside its year): roe (people.yaml:3)"]  # fmt: skip


def test_facts_later_than_the_document_are_warned_of(tmp_path: Path) -> None:
    early, late = tmp_path / "early", tmp_path / "late"
    for folder in (early, late):
        folder.mkdir()
    told = [p for p in checked(early, "2010-12-31").problems if p.code == "fact.later"]
    assert {(p.message, p.location and p.location.line) for p in told} == {
        ("it is of 2021, later than report (2010-12-31), which prints it", 5),
    }
    assert not [p for p in checked(late, "2026-03-01").problems if p.code == "fact.later"]


@pytest.mark.parametrize(
    ("people", "unsigned"),
    [
        ("valid_to: 2012", True),
        ("valid_from: 2021", True),
        ("valid_from: 2013", False),
        ("since: 2013", False),
    ],
)
def test_a_letter_that_is_printed_unsigned_is_told(tmp_path: Path, people: str, unsigned: bool) -> None:
    checked(tmp_path, "2016-03-01", 2015)
    own = tmp_path / "data/amani"
    (own / "people.yaml").write_text(f"people:\n  - {{id: doe, name: Jane Doe, body: board, role: Chair, {people}}}\n", "utf-8")  # fmt: skip
    (own / "2015/year.yaml").write_text("summary: A year.\nletter: {text: Dear all., person: doe}\n", "utf-8")
    found = pipeline.check(Workspace.at(tmp_path), "amani")
    (tells,) = [p for p in found.problems if p.code == "letter.unsigned"] or (None,)
    assert bool(tells) == unsigned and (tells is None or (tells.location and tells.location.line == 2))
    assert ("Jane Doe" in html(tmp_path, found)) != unsigned
