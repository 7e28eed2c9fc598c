"""Booklets and posters: pages, panels, margins and type as a print shop takes them; facts that are few, many, or not to be told."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pypdfium2
import pypdfium2.raw
import pytest
import yaml

from report import pipeline
from report.formats import pdf
from report.pipeline.fitting import fitted
from report.values import Diagram, Document, Job, Mark, ReportError
from report.workspace import Workspace
from tests.conftest import change

ROOT = Path(__file__).resolve().parents[2]
REPOSITORY = Workspace.at(ROOT)
BOOKLETS = [("spoc", "booklet", 8), ("lantern-bridge", "booklet-2026", 16)]
POSTERS = [("spoc", "poster"), ("lantern-bridge", "poster-2026")]
LEAST_EDGE, LEAST_TYPE, BLEED = 4.0, 6.5, 3.0
MM = 25.4 / 72


def prepared(
    workspace: Workspace, organisation: str, document: str, language: str = "en", edition: str = "print"
) -> Document:
    checked = pipeline.check(workspace, organisation)
    assert checked.dossier and not checked.errors, checked.errors
    job, dossier = Job(organisation, document, language, ("pdf",), edition), checked.dossier
    compose: Callable = lambda lengths: pipeline.prepare(workspace, job, dossier, lengths)  # noqa: E731
    return fitted(compose({}), compose)


def composed(workspace: Workspace, organisation: str, document: str, language: str = "en") -> Document:
    """Return the document as its panels print it before they are cut: those of the repository fit."""
    checked = pipeline.check(workspace, organisation, templates=False)
    assert checked.dossier
    return pipeline.prepare(workspace, Job(organisation, document, language, ("pdf",), "print"), checked.dossier)


def written(document: Document, folder: Path) -> tuple[pypdfium2.PdfDocument, Mapping[str, int]]:
    """Return the PDF of a document, and the pages of its ids."""
    artifact = pdf.write(document, folder / "made.pdf")
    return pypdfium2.PdfDocument(artifact.path), artifact.anchors


def letters(page: pypdfium2.PdfPage) -> list[tuple[tuple[float, ...], float, str]]:
    """Return the box of each letter of a page in points, the size of its type, and the letter."""
    raw, text, found = pypdfium2.raw, page.get_textpage(), []
    for number in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, number))
        if not letter.strip():
            continue
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text, number, matrix)
        size = raw.FPDFText_GetFontSize(text, number) * (matrix.b**2 + matrix.d**2) ** 0.5
        found.append((text.get_charbox(number), size, letter))
    return found


@pytest.mark.quick("spoc-booklet-8-bg")
@pytest.mark.parametrize("language", ["en", "bg"])
@pytest.mark.parametrize(("organisation", "document", "pages"), BOOKLETS)
def test_a_booklet_has_pages_in_fours_and_type_that_can_be_printed(
    organisation: str, document: str, pages: int, language: str, tmp_path: Path
) -> None:
    file, anchors = written(composed(REPOSITORY, organisation, document, language), tmp_path)
    assert len(file) == pages  # no blank page is put in
    assert (anchors["cover"], anchors["who-we-are"], anchors["back"]) == (1, 2, pages)
    assert_printable(file, (148, 210), 8)


@pytest.mark.quick("spoc-poster-bg")
@pytest.mark.parametrize("language", ["en", "bg"])
@pytest.mark.parametrize(("organisation", "document"), POSTERS)
def test_a_poster_is_one_page_and_shows_the_map(
    organisation: str, document: str, language: str, tmp_path: Path
) -> None:
    made = composed(REPOSITORY, organisation, document, language)
    assert any(isinstance(drawing, Diagram) for drawing in made.drawings.values())
    assert "●" in made.html and "○" in made.html
    file, _ = written(made, tmp_path)
    assert len(file) == 1
    assert_printable(file, (297, 420), 8)


def assert_printable(file: pypdfium2.PdfDocument, size: tuple[float, float], safe: float) -> None:
    """Assert that no letter is nearer than `safe` millimetres to the trim, nor smaller than can be read."""
    for number, page in enumerate(file, 1):
        wide, high = (length * MM for length in page.get_size())
        assert (wide, high) == pytest.approx((size[0] + 2 * BLEED, size[1] + 2 * BLEED), abs=0.1)
        for (left, bottom, right, top), points, letter in letters(page):
            edges = left * MM - BLEED, bottom * MM - BLEED, wide - right * MM - BLEED, high - top * MM - BLEED
            assert min(edges) >= max(safe, LEAST_EDGE) - 0.3, (number, letter, edges)
            assert points >= LEAST_TYPE - 0.01, (number, letter, points)


def test_a2_is_a3_made_larger(tmp_path: Path) -> None:
    checked = pipeline.check(REPOSITORY, "spoc").dossier
    assert checked
    requests = tuple(r.model_copy(update={"layout": "a2"}) if r.id == "poster" else r for r in checked.documents)
    job = Job("spoc", "poster", "bg", ("pdf",), "print")
    large = pipeline.prepare(REPOSITORY, job, dataclasses.replace(checked, documents=requests))
    small = pipeline.prepare(REPOSITORY, job, checked)
    files = [written(made, tmp_path)[0] for made in (small, large)]
    assert [len(file) for file in files] == [1, 1]
    sizes = [min(size for _, size, _ in letters(file[0])) for file in files]
    assert sizes[1] / sizes[0] == pytest.approx(2**0.5, abs=0.02)
    assert sizes[1] >= 14  # a letter of 3.5 mm is read from a metre and a half


def test_what_the_facts_do_not_say_is_not_printed() -> None:
    made = composed(REPOSITORY, "spoc", "booklet")
    assert not [drawing for drawing in made.drawings.values() if isinstance(drawing, Mark)]
    for absent in ('class="qr"', 'class="sdg"', 'class="eu"', "€", "volunteers"):
        assert absent not in made.html, absent


def test_goals_stand_in_the_order_of_the_united_nations() -> None:
    made = composed(REPOSITORY, "lantern-bridge", "booklet-2026")
    assert re.findall(r'src="chart:sdg-(\d+)"', made.html) == ["4", "8", "10", "11", "12", "15"]
    assert "Decent work and economic growth" in made.html


def test_a_story_whose_consent_does_not_reach_print_stops_the_booklet(workspace: Workspace) -> None:
    stories = "lantern-bridge/2026/stories.yaml"
    change(
        workspace,
        stories,
        "consent: {date: 2026-11-02, by: parent}",
        "consent: {date: 2026-11-02, by: parent, scope: web}",
    )
    said = [p for p in pipeline.check(workspace, "lantern-bridge").errors if p.code == "story.scope"]
    assert any("booklet-2026" in problem.message for problem in said)


@pytest.mark.quick("co-funded")
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("funded-by-the-eu", "Финансирано от Европейския съюз"),
        ("co-funded-by-the-eu", "Съфинансирано от Европейския съюз"),
    ],
)
def test_the_emblem_stands_with_its_statement_and_disclaimer(
    statement: str, said: str, workspace: Workspace, tmp_path: Path
) -> None:
    asked = f"    kind: brochure-booklet\n    sections: [cover, about, back]\n    funding_statement: {statement}\n"
    change(workspace, "lantern-bridge/documents.yaml", "    kind: brochure-booklet\n", asked)
    made = composed(workspace, "lantern-bridge", "booklet-2026", "bg")
    assert f'<p class="statement">{said}</p>' in made.html
    assert f"{said}. Изразените възгледи и мнения" in made.html
    back = made.html[made.html.index('id="back"') :]
    wide = int(re.search(r'src="chart:eu"[^>]* width="(\d+)"', back)[1])  # type: ignore[index]
    assert wide / 1.5 * 25.4 / 96 >= 10
    assert "data-fit" not in back, "a logo beside the emblem might be higher than it"
    file, anchors = written(made, tmp_path)
    assert anchors["back"] == len(file) == 3
    assert_printable(file, (148, 210), 8)


def organisation(root: Path, affiliations: int, objectives: int, kind: str = "brochure-booklet") -> Workspace:
    """Write an organisation with so many affiliations and objectives, spread over them."""
    folder = root / "data/mill"
    folder.mkdir(parents=True)
    networks = [
        {"id": f"net-{n}", "name": f"Network of mills number {n}", "acronym": f"NM{n}", "scope": "national", "summary": f"It joins the mills of valley {n}."}
        for n in range(affiliations)
    ]  # fmt: skip
    ties = [{"id": f"tie-{n}", "network": f"net-{n}", "kind": "member", "since": 2001 + n} for n in range(affiliations)]
    aims = [
        {"id": f"aim-{n}", "kind": ("joint", "network")[n % 2], "affiliations": [f"tie-{n % affiliations}"], "text": f"Clean water for the wheel of mill {n}"}
        for n in range(objectives)
    ]  # fmt: skip
    asked = {"id": "it", "kind": kind, "title": "Mills", "languages": ["en"], "formats": ["pdf"], "date": "2026-05-01"}
    files = {
        "data/networks.yaml": {"networks": networks},
        "data/mill/organisation.yaml": {
            "name": "The Mill",
            "country": "IE",
            "languages": ["en"],
            "about": "A mill by a stream.",
        },
        "data/mill/affiliations.yaml": {"affiliations": ties},
        "data/mill/objectives.yaml": {"objectives": aims},
        "data/mill/documents.yaml": {"documents": [asked]},
    }
    for name, facts in files.items():
        (root / name).write_text(yaml.safe_dump(facts, sort_keys=False), "utf-8")
    return Workspace.at(root)


@pytest.mark.quick("1-1")
@pytest.mark.parametrize(("affiliations", "objectives"), [(1, 1), (12, 30)])
def test_a_booklet_of_few_and_of_many_networks(affiliations: int, objectives: int, tmp_path: Path) -> None:
    made = composed(organisation(tmp_path, affiliations, objectives), "mill", "it")
    file, anchors = written(made, tmp_path)
    assert anchors["back"] == len(file)
    assert made.html.count('<article class="network') == affiliations
    assert_printable(file, (148, 210), 8)


@pytest.mark.quick("[cover, about, back]", "[cover, matrix")
@pytest.mark.parametrize(
    ("sections", "blank", "hint"),
    [
        ("[cover, about, back]", 1, "write facts that fill 1 page more"),
        ("[cover, about, networks, back]", 1, "write facts that fill 1 page more"),
        ("[cover, about, networks, matrix, back]", 2, "write facts that fill 2 pages more, or leave out sections that fill 2 pages"),
        ("[cover, matrix, about, back]", 0, ""),
        ("[cover, back]", 2, "write facts that fill 2 pages more"),
    ],
)  # fmt: skip
def test_blank_pages_are_told(sections: str, blank: int, hint: str, tmp_path: Path) -> None:
    workspace = organisation(tmp_path, 2 if "matrix" in sections else 1, 4)
    path = tmp_path / "data/mill/documents.yaml"
    path.write_text(path.read_text("utf-8") + f"  sections: {sections}\n", "utf-8")
    for _ in range(2):  # made, and taken from the cache
        made = pipeline.run(workspace, Job("mill", "it", "en", ("pdf",), "print"))
        told = [p for p in made.problems if p.code == "document.blank-pages"]
        assert [p.hint for p in told] == ([hint] if blank else [])
        assert all(f"{blank} of them blank" in p.message and p.location and p.location.line for p in told)
        with pypdfium2.PdfDocument(made.artifacts[0].path) as file:
            empty = [n for n, page in enumerate(file) if not page.get_textpage().get_text_range().strip()]
            assert len(empty) == blank and not len(file) % 4


def test_a_legend_says_what_stands_beside_it_alone(tmp_path: Path) -> None:
    """The booklet's map of ties shows no marks of objectives, and its lists have headings."""
    assert 'class="legend"' not in composed(organisation(tmp_path, 1, 2), "mill", "it").html


def test_programmes_of_which_only_the_name_is_known_stand_in_a_list(tmp_path: Path) -> None:
    workspace = organisation(tmp_path, 1, 1)
    told = "programmes:\n  - {id: a, name: Wheels}\n  - {id: b, name: Weirs, summary: They hold water.}\n  - {id: c, name: Wells}\n"
    (tmp_path / "data/mill/programmes.yaml").write_text(told, "utf-8")
    html = composed(workspace, "mill", "it").html
    assert re.findall(r"<h2[^>]*>(\w+)</h2>\s*<p>They", html) == ["Weirs"]
    assert re.search(r'<ul class="fields" role="list">\s*<li>Wheels</li>\s*<li>Wells</li>\s*</ul>', html)


@pytest.mark.quick("0-0", "12-24")
@pytest.mark.parametrize(("affiliations", "objectives"), [(0, 0), (1, 1), (4, 40), (12, 24)])
def test_a_poster_of_few_and_of_many_facts(affiliations: int, objectives: int, tmp_path: Path) -> None:
    made = prepared(organisation(tmp_path, affiliations, objectives, "network-poster"), "mill", "it")
    file, _ = written(made, tmp_path)
    assert len(file) == 1
    assert_printable(file, (297, 420), 8)


def test_a_poster_of_too_many_facts_names_the_last_of_them(tmp_path: Path) -> None:
    with pytest.raises(ReportError) as caught:
        prepared(organisation(tmp_path, 4, 120, "network-poster"), "mill", "it")
    (problem,) = caught.value.problems
    assert problem.code == "panel.full" and "'poster'" in problem.message
    assert problem.location and problem.location.path.name == "objectives.yaml"
