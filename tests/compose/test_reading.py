"""Documents as an editor reads them: what is not known leaves no hole, ends stand beside beginnings, a network has one section."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from report import pipeline
from report.cli.main import cli
from report.workspace import Workspace
from tests.conftest import composed

FACTS = {
    "networks.yaml": """\
networks:
  - {id: water, name: Water Network, scope: national, summary: Wells., programmes: [{id: pumps, name: Pumps, since: 2010, until: 2014, summary: Pumps.}]}
  - {id: roofs, name: Roof Network, scope: local, summary: Roofs.}
""",
    "amani/organisation.yaml": """\
name: Amani
country: KE
languages: [en]
mission: Peace.
registrations: [{registry: NGO Board}, {registry: Court, date: 2001-05-02}, {registry: Tax Office, number: "0815"}]
contact: {email: office@amani.example}
sources:
  - {id: list, title: List, language: en, accessed: 2022}
  - {id: book, title: Book, language: en, accessed: 2022-05}
  - {id: page, title: Page, language: en, accessed: 2022-05-12}
""",
    "amani/affiliations.yaml": """\
affiliations:
  - {id: one, network: water, kind: member, since: 2010, role: We vote., source: list}
  - {id: two, network: water, kind: founder, since: 2005, role: We began it., source: book}
  - {id: three, network: roofs, source: page}
""",
    "amani/objectives.yaml": """\
objectives:
  - {id: a, kind: joint, text: Clean water, affiliations: [one, two], source: list}
  - {id: b, kind: network, text: Deep wells, affiliations: [one, two], source: list}
  - {id: c, kind: network, text: Dry roofs, affiliations: [three], source: list}
""",
    "amani/people.yaml": """\
people:
  - {id: chair, name: Jane Doe, body: board, role: Chair, represents: true, since: 2012}
  - {id: vice, name: Sam Roe, body: board, represents: true, until: 2025, role: Deputy}
  - {id: cook, name: Ann Lee, body: staff, since: 2010, until: 2025}
  - {id: nobody, body: staff, since: 2020}
""",
    "amani/programmes.yaml": """\
programmes:
  - {id: wells, name: Clean wells, summary: We dig., since: 2014, until: 2025, affiliations: [one, two]}
  - {id: ponds, name: Ponds, summary: We dig., until: 2026}
""",
    "amani/projects.yaml": "projects:\n  - {id: p, title: Deep wells, until: 2024, role: COO}\n",
    "amani/2025/year.yaml": "summary: A year.\ncurrency: KES\n",
    "amani/2025/activities.yaml": """\
activities:
  - {id: w, programme: wells, title: A deep well, place: Sofia, cost: 50.50}
  - {id: x, programme: wells, title: A well, ends: 2025-03-04, participants: 12, cost: 40}
  - {id: y, programme: wells, title: A survey}
  - {id: z, programme: ponds, title: A pond, begins: 2025-05-02, cost: 40}
""",
}
KINDS = ("annual-report", "activity-report", "affiliations-annex", "capacity-statement", "previous-projects", "brochure-booklet", "brochure-trifold", "network-poster")  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the words of each kind of document, with its marks of structure."""
    workspace = _written(tmp_path_factory.mktemp("amani"))
    dossier = pipeline.check(workspace, "amani", templates=False).dossier
    assert dossier
    jobs = {job.document: job for job in pipeline.jobs(dossier, (), (), ())}
    return {kind: composed(workspace, jobs[kind], dossier).html for kind in KINDS}


def _written(folder: Path) -> Workspace:
    brochures = ("brochure-booklet", "brochure-trifold", "network-poster")
    requests = "".join(
        f"  - {{id: {kind}, kind: {kind}, title: T, languages: [en], date: 2026-03-01{'' if kind == 'network-poster' else ', year: 2025'}"
        f"{'' if kind in brochures else ', formats: [html]'}}}\n"
        for kind in KINDS
    )
    for name, text in {**FACTS, "amani/documents.yaml": f"documents:\n{requests}"}.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Workspace.at(folder)


SAID = {
    "annual-report": (
        "<dt>NGO Board</dt><dd>not known", "<dt>Court</dt><dd>2 May 2001", "<dt>Tax Office</dt><dd>0815",
        "<dt>Until</dt><dd>2025</dd>",
        "until 2026", '<th scope="col">Period</th>', "<td>since 2012</td>", "<td>until 2025</td>", "<td>2010 – 2025</td>",
        "(accessed 2022)", "(accessed May 2022)", "(accessed on 12 May 2022)",
        ">Member</h4>", ">Founder</h4>", "Member · Founder",
    ),
    "activity-report": ("<td>until 4 March 2025</td>", "<td>not known</td>"),
    "capacity-statement": ("<li>Roof Network</li>", "Water Network: Member, since 2010", "until 2024", "Jane Doe, Chair; Sam Roe, Deputy"),
    "affiliations-annex": ("(accessed 2022)", "<td>not known</td>"),
    "previous-projects": ("<td>until 2024</td>",),
    "brochure-booklet": ("Pumps (2010 – 2014)", "Member · Founder"),
    "brochure-trifold": ("<p>NGO Board</p>", "Tax Office<br>0815", "Member, since 2010 · Founder, since 2005"),
}  # fmt: skip


@pytest.mark.parametrize("kind", SAID)
def test_a_document_says_what_is_known(pages: dict[str, str], kind: str) -> None:
    text = pages[kind].replace("\u00a0", " ")
    assert not [said for said in SAID[kind] if said not in text] and "None" not in text


@pytest.mark.parametrize("kind", ["brochure-booklet", "brochure-trifold", "network-poster"])
def test_no_brochure_says_that_something_is_not_known(pages: dict[str, str], kind: str) -> None:
    assert "not known" not in pages[kind]


def test_an_activity_says_what_is_known_of_it(pages: dict[str, str]) -> None:
    notes = re.findall(r'<dd><p class="note">(.*?)</p>', pages["annual-report"])
    said = [note.replace("\u00a0", " ") for note in notes]
    assert said == [
        "Sofia · cost: KES 50.50",
        "until 4 March 2025 · 12 participants · cost: KES 40.00",
        "2 May 2025 · cost: KES 40",
    ]


@pytest.mark.parametrize("kind", ["annual-report", "brochure-booklet"])
def test_a_network_with_two_ties_has_one_section(pages: dict[str, str], kind: str) -> None:
    text = pages[kind]
    assert len(re.findall(r'<h2 id="network-[^"]*">Water Network</h2>', text)) == 1
    assert all(said in text for said in ("We vote.", "We began it."))
    (section,) = re.findall(r"<h2 id=\"network-one\">.*?<h2 id=\"network-three\">", text, re.DOTALL)
    assert section.count("Clean water") == section.count("Deep wells") == 1
    assert len(re.findall(r'<th scope="col" class="mark">Water Network</th>', text)) == 1
    assert not {link for link in re.findall(r'href="#([^"]+)"', text) if f'id="{link}"' not in text}


def test_an_aim_is_printed_once_for_its_network(pages: dict[str, str]) -> None:
    assert (
        pages["affiliations-annex"].count("Deep wells") == 1
        and "Water Network, Water Network" not in pages["brochure-trifold"]
    )


def test_a_person_of_whom_nothing_is_known_is_left_out_and_told(pages: dict[str, str], tmp_path: Path) -> None:
    assert '<th scope="row">not known</th>' not in pages["annual-report"]
    notes = [
        p for p in pipeline.check(_written(tmp_path), "amani", templates=False).problems if p.code == "fact.unknown"
    ]
    (told,) = [p for p in notes if p.location and p.location.path.name == "people.yaml" and p.location.line == 5]
    assert "documents leave it out" in told.message


def test_a_column_of_beginnings_is_called_so(tmp_path: Path) -> None:
    workspace = _written(tmp_path)
    people = tmp_path / "data/amani/people.yaml"
    people.write_text(re.sub(r", until: 2025", "", people.read_text("utf-8")), "utf-8")
    dossier = pipeline.check(workspace, "amani", templates=False).dossier
    assert dossier
    (job,) = pipeline.jobs(dossier, ("annual-report",), (), ())
    html = composed(workspace, job, dossier).html
    assert '<th scope="col">Since</th>' in html and "<td>2012</td>" in html and "since 2012" not in html


def test_what_is_wrong_in_every_edition_is_told_once(tmp_path: Path) -> None:
    _written(tmp_path)
    own = tmp_path / "data/amani"
    year = own / "2025/year.yaml"
    year.write_text(year.read_text("utf-8") + "pictures: [{file: none.png, alt: A well, programme: wells}]\n", "utf-8")
    documents = own / "documents.yaml"
    documents.write_text("documents:\n  - {id: r, kind: annual-report, title: T, languages: [en], formats: [html], editions: [screen, print, redacted], date: 2026-03-01, year: 2025}\n", "utf-8")  # fmt: skip
    done = CliRunner().invoke(cli, ["build", "amani", "-w", str(tmp_path), "-o", str(tmp_path / "out"), "-j", "1"])
    assert done.exit_code == 1 and done.output.count("[image.missing]") == 1
    assert "1 error" in done.output and "redacted" in done.output
