"""What nobody knows: documents are made without it, and say so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from report import pipeline
from report.values import Severity
from report.workspace import Workspace
from tests.conftest import composed

KINDS = ("annual-report", "activity-report", "affiliations-annex", "capacity-statement", "previous-projects", "similar-actions", "highlights", "brochure-booklet", "brochure-trifold", "network-poster", "leaflet-a6")  # fmt: skip
FACTS = {
    "networks.yaml": """\
networks:
  - id: water
    name: Water Network
    NETWORKsummary: Wells for all.
    NETWORKscope: national
    history: [{EVENTdate: 2001, text: It began in a garage.}, {date: 2005, text: It moved.}]
    programmes: [{id: pumps, name: Pumps, since: 2010, PROGRAMMEsummary: Pumps for all.}]
  - {id: roofs, name: Roof Network, scope: local, summary: Roofs.}
""",
    "amani/organisation.yaml": "name: Amani\ncountry: KE\nlanguages: [en]\nmission: Peace.\nregistrations: [{registry: NGO Board, REGISTRATIONnumber: 0815}]\n",
    "amani/affiliations.yaml": "affiliations:\n  - {id: tie, network: water, AFFILIATIONkind: member}\n  - {id: other, network: roofs, kind: partner}\n",
    "amani/people.yaml": "people:\n  - {id: chair, PERSONname: Jane Doe, body: board, PERSONrole: Chair, represents: true}\n  - {id: cook, name: Sam Roe, body: staff, role: Cook}\n",
    "amani/programmes.yaml": "programmes: [{id: wells, name: Clean wells, OWNsummary: We dig.}]\n",
    "amani/projects.yaml": "projects:\n  - {id: p, title: Deep wells, PROJECTsince: 2024, PROJECTrole: COO, funder_name: Fund}\n",
    "amani/2025/year.yaml": "summary: A year.\nletter: {person: chair, text: Dear all.}\n",
    "amani/2025/activities.yaml": "activities:\n  - {id: one, programme: wells, title: A deep well, ACTIVITYbegins: 2025-03-02, ACTIVITYends: 2025-03-04, milestone: true}\n"
    "  - {id: two, programme: wells, title: A well, begins: 2025-04-02, milestone: true}\n  - {id: three, programme: wells, title: A pond, begins: 2025-05-02, milestone: true}\n",
}
MARK = re.compile(r"([A-Z]{3,})([a-z]+): ((?:\[[^\]]*\])|[^,}\n]+)(?:, (?=\S))?")


def written(folder: Path, unknown: str, field: str) -> Workspace:
    """Write the facts, without the `field` of the records that are `unknown`."""
    for name, text in FACTS.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        gone = MARK.sub(lambda m: "" if (m[1], m[2]) == (unknown, field) else m[0].replace(m[1], "", 1), text)
        path.write_text(gone, "utf-8")
    requests = "".join(
        f"  - {{id: {kind}, kind: {kind}, title: T, languages: [en], date: 2026-03-01{'' if kind in ('affiliations-annex', 'network-poster') else ', year: 2025'}"
        f"{'' if kind in ('brochure-booklet', 'brochure-trifold', 'network-poster', 'leaflet-a6') else ', formats: [html]'}}}\n"
        for kind in KINDS
    )
    (folder / "data/amani/documents.yaml").write_text(f"documents:\n{requests}", "utf-8")
    return Workspace.at(folder)


UNKNOWN = [
    ("PERSON", "name"), ("PERSON", "role"), ("REGISTRATION", "number"), ("ACTIVITY", "begins"), ("AFFILIATION", "kind"), ("PROJECT", "since"),
    ("PROJECT", "role"), ("NETWORK", "summary"), ("NETWORK", "scope"), ("PROGRAMME", "summary"), ("OWN", "summary"), ("EVENT", "date"),
]  # fmt: skip


@pytest.mark.quick("ALL-known", "PROJECT-role", "NETWORK-scope", "EVENT-date", "PERSON-name")
@pytest.mark.parametrize(("record", "field"), [*UNKNOWN, ("ALL", "known")])
def test_every_kind_is_made_without_what_is_not_known(tmp_path: Path, record: str, field: str) -> None:
    workspace = written(tmp_path, record, field)
    checked = pipeline.check(workspace, "amani")
    assert not checked.errors, [(p.message, p.location) for p in checked.errors]
    notes = [p for p in checked.problems if p.code == "fact.unknown"]
    assert [(p.severity, p.message.split(":")[0], p.hint) for p in notes] == (
        [] if record == "ALL" else [(Severity.NOTE, f"its {field} is not known", f"add  {field}: …  when you know it")]
    )
    assert all(p.location and p.location.line for p in notes)


@pytest.mark.parametrize(
    ("record", "field", "kind", "said"),
    [
        ("PERSON", "name", "annual-report", '<th scope="row">not known</th><td>Chair</td>'),
        ("PERSON", "role", "annual-report", '<th scope="row">Jane Doe</th><td>not known</td>'),
        ("REGISTRATION", "number", "annual-report", "NGO Board</dt><dd>not known"),
        ("ACTIVITY", "begins", "activity-report", "<td>until 4 March 2025</td>"),
        ("AFFILIATION", "kind", "affiliations-annex", "<td>not known</td>"),
        ("PROJECT", "since", "previous-projects", "<td>not known</td><td>COO</td>"),
        ("PROJECT", "role", "previous-projects", "<td>not known</td>"),
    ],
)
def test_what_is_not_known_is_said(tmp_path: Path, record: str, field: str, kind: str, said: str) -> None:
    workspace = written(tmp_path, record, field)
    dossier = pipeline.check(workspace, "amani", templates=False).dossier
    assert dossier
    (job,) = [job for job in pipeline.jobs(dossier, (kind,), (), ()) if job.document == kind][:1]
    html = composed(workspace, job, dossier).html
    assert said in html and "None" not in html


def test_what_is_not_known_is_said_in_each_language(tmp_path: Path) -> None:
    workspace = written(tmp_path, "AFFILIATION", "kind")
    documents = tmp_path / "data/amani/documents.yaml"
    documents.write_text(
        documents.read_text("utf-8").replace("languages: [en]", "languages: [bg, en], fallback: en"), "utf-8"
    )
    dossier = pipeline.check(workspace, "amani", templates=False).dossier
    assert dossier
    for job in pipeline.jobs(dossier, ("affiliations-annex",), (), ()):
        html = composed(workspace, job, dossier).html
        assert ("няма данни" in html, "not known" in html) == (job.language == "bg", job.language == "en")
