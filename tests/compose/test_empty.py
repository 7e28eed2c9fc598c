"""A document without the facts that its kind is made of, and programmes in documents that are of no year."""

from __future__ import annotations

from pathlib import Path

import pytest

from report import pipeline
from report.pipeline.checking import Checked
from report.values import Problem, Severity
from report.workspace import Workspace
from tests.conftest import composed

OWN = {
    "organisation.yaml": "name: Amani\ncountry: KE\nlanguages: [en]\nmission: Peace.\n",
    "programmes.yaml": "programmes:\n  - {id: wells, name: Clean wells, since: 2014, summary: We dig.}\n  - {id: roofs, name: Dry roofs, until: 2010, summary: We build.}\n",
}
PROJECT = "projects:\n  - {id: p, title: Deep wells, since: SINCE, until: UNTIL, role: COO, funder_name: Fund}\n"
CALL = "calls:\n  - {id: call, title: A call, profile: un-partner-portal, deadline: 2026-06-30, languages: [en], documents: [doc]}\n"


def checked(folder: Path, kind: str, more: str = "", calls: str = "", **files: str) -> Checked:
    own = folder / "data" / "amani"
    request = f"documents:\n  - {{id: doc, kind: {kind}, title: T, languages: [en], date: 2026-03-01{more}}}\n{calls}"
    for name, text in (OWN | {"documents.yaml": request} | {f"{n}.yaml": text for n, text in files.items()}).items():
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(text, "utf-8")
    return pipeline.check(Workspace.at(folder), "amani")


def empty(found: Checked) -> list[Problem]:
    return [p for p in found.problems if p.code == "document.empty"]


@pytest.mark.parametrize(
    "kind", ["previous-projects", "similar-actions", "affiliations-annex", "highlights", "activity-report"]
)
@pytest.mark.parametrize(("calls", "severity"), [("", Severity.WARNING), (CALL, Severity.ERROR)])
def test_an_empty_document_is_told(tmp_path: Path, kind: str, calls: str, severity: Severity) -> None:
    (problem,) = empty(checked(tmp_path, kind, calls=calls))
    assert problem.severity is severity and problem.hint
    assert problem.location and (problem.location.line, problem.location.path.name) == (2, "documents.yaml")


@pytest.mark.parametrize(
    ("kind", "since", "until", "is_empty"),
    [
        ("previous-projects", "2019", "2022-04-01", False),
        ("previous-projects", "2019", "2022-02-01", True),
        ("similar-actions", "2019", "2022-04-01", True),
        ("similar-actions", "2019", "2023-04-01", False),
        ("previous-projects", "2027", "2028", True),
        ("previous-projects", "2025", "2027", False),
    ],
)
def test_projects_are_those_that_the_kind_prints(tmp_path: Path, kind: str, since: str, until: str, is_empty: bool) -> None:  # fmt: skip
    found = checked(tmp_path, kind, projects=PROJECT.replace("SINCE", since).replace("UNTIL", until))
    assert bool(empty(found)) == is_empty


@pytest.mark.parametrize("kind", ["annual-report", "brochure-booklet", "brochure-trifold"])
def test_programmes_need_no_year(tmp_path: Path, kind: str) -> None:
    found = checked(tmp_path, kind)
    assert found.dossier and not found.errors
    html = composed(Workspace.at(tmp_path), pipeline.jobs(found.dossier, (), (), ())[0], found.dossier).html.replace(
        "\u00a0", " "
    )
    assert "Clean wells" in html and "We dig." in html and "Dry roofs" not in html
    told = [p.message for p in found.problems if p.code == "document.leaves-out"]
    assert told == ["doc leaves out 1 programme (their dates are outside its year): roofs (programmes.yaml:3)"]
