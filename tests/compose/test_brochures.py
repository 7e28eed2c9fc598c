"""Brochures: each panel is a page that looks complete, in every look, layout and language, with much to say or little."""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path

import pytest
import yaml

from report import pipeline
from report.formats import html, pdf
from report.looks import theme
from report.model.dossier import Dossier
from report.press.measure import measure
from report.values import Document, Job, ReportError
from report.workspace import Workspace
from tests.conftest import ROOT, composed
from tests.judges import JUDGES, judge

LOOKS = ("house", "meadow", "signal")
BROCHURE, LEAFLET = ("front", "flap", "inside-1", "inside-2", "inside-3", "back"), ("front", "back")
SAFE_MM, SMALLEST_PT = 4, 6.5
PAGE = next(one for one in JUDGES if one.name == "pdf-page")
LONG_NAME = "The Association of Neighbours Who Keep Small Reading Rooms Open in Villages by the River"
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänswitwenverein"


@pytest.fixture(scope="module")
def seeds() -> dict[str, Dossier]:
    workspace = Workspace.at(ROOT)
    found = {name: pipeline.check(workspace, name, templates=False).dossier for name in ("spoc", "lantern-bridge")}
    return {name: dossier for name, dossier in found.items() if dossier}


def _made(
    workspace: Workspace, dossier: Dossier, job: Job, look: str | None = None, layout: str | None = None
) -> Document:
    """Compose a brochure in a look and a layout, its texts fitted."""
    asked = {key: value for key, value in (("theme", look), ("layout", layout)) if value}
    documents = tuple(d.model_copy(update=asked) if d.id == job.document else d for d in dossier.documents)
    facts = dataclasses.replace(dossier, documents=documents)
    return composed(workspace, job, facts)


def _of_mill(root: Path, **facts: object) -> Document:
    """Write an organisation with the given facts, and return its brochure for the screen."""
    files = {name: facts.pop(name, None) for name in ("affiliations", "objectives")}
    data = root / "data/mill"
    data.mkdir(parents=True, exist_ok=True)
    name = facts.pop("networks", "Network of Mills, Region")
    networks = [
        {"id": f"n{n}", "name": f"{name} {n}", "scope": "national", "summary": "A network of mills."} for n in range(14)
    ]
    (root / "data/networks.yaml").write_text(yaml.safe_dump({"networks": networks}), "utf-8")
    told = {"name": "The Mill", "country": "IE", "languages": ["en"]} | facts
    (data / "organisation.yaml").write_text(yaml.safe_dump(told, sort_keys=False), "utf-8")
    for name, given in files.items():
        if given:
            (data / f"{name}.yaml").write_text(yaml.safe_dump({name: given}), "utf-8")
    asked = {"id": "brochure", "kind": "brochure-trifold", "title": "Who we are", "languages": ["en"]}
    asked |= {"formats": ["pdf"], "editions": ["print", "screen"], "date": "2026-05-01"}
    (data / "documents.yaml").write_text(yaml.safe_dump({"documents": [asked]}), "utf-8")
    workspace = Workspace.at(root)
    checked = pipeline.check(workspace, "mill")
    assert checked.dossier and not checked.errors, checked.errors
    return _made(workspace, checked.dossier, Job("mill", "brochure", "en", ("pdf",), "screen"))


def _safe(document: Document, target: Path, panels: int) -> None:
    """Hold a screen edition, whose pages end where the print shop's are cut, to its pages, its margins and its type."""
    pdf.write(document, target)
    found = measure(target)
    assert found.pages == panels
    assert all(margin.width >= SAFE_MM for margin in found.margins), found.margins
    assert found.smallest and found.smallest.size >= SMALLEST_PT, found.smallest


def _held(dossier: Dossier, look: str, layout: str, language: str, folder: Path) -> None:
    workspace = Workspace.at(ROOT)
    brochure, leaflet = (Job(dossier.id, name, language, ("pdf",), "screen") for name in ("brochure", "leaflet"))
    _safe(_made(workspace, dossier, brochure, look, layout), folder / "brochure.pdf", 6)
    _safe(_made(workspace, dossier, leaflet, look), folder / "leaflet.pdf", 2)


CASES = [*itertools.product(("spoc", "lantern-bridge"), LOOKS, ("roll", "z"), ("en", "bg"))]
FEW = [
    ("spoc", "meadow", "roll", "bg"),
    ("lantern-bridge", "signal", "z", "bg"),
    ("lantern-bridge", "house", "roll", "en"),
]


@pytest.mark.quick("lantern-bridge-house-roll-en")
@pytest.mark.parametrize(("organisation", "look", "layout", "language"), FEW)
def test_every_panel_is_a_page_whose_text_keeps_off_its_edges(
    seeds: dict[str, Dossier], organisation: str, look: str, layout: str, language: str, tmp_path: Path
) -> None:
    _held(seeds[organisation], look, layout, language, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(("organisation", "look", "layout", "language"), [case for case in CASES if case not in FEW])
def test_every_panel_does_so_in_every_look_layout_and_language(
    seeds: dict[str, Dossier], organisation: str, look: str, layout: str, language: str, tmp_path: Path
) -> None:
    _held(seeds[organisation], look, layout, language, tmp_path)


def test_the_sheets_sides_are_those_of_the_trade(seeds: dict[str, Dossier]) -> None:
    job = Job("spoc", "brochure", "en", ("pdf",), "print")
    roll, z = (_made(Workspace.at(ROOT), seeds["spoc"], job, None, layout).printing for layout in ("roll", "z"))
    assert roll and z and roll.bleed == 3
    assert roll.sides == (("flap", "back", "front"), ("inside-1", "inside-2", "inside-3"))
    assert roll.folds == ((97, 197), (100, 200)) and z.folds == ((99, 198), (99, 198))
    # A pile that is folded in turn has the front on one side of the sheet and the back on the other.
    outer, inner = z.sides
    assert outer[-1] == "front" and inner[-1] == "back" and inner[:2] == ("flap", "inside-1")


@pytest.mark.parametrize("kind", ["brochure", "leaflet"])
def test_the_screen_edition_is_read_in_order_and_passes_its_judge(
    seeds: dict[str, Dossier], kind: str, tmp_path: Path
) -> None:
    job = Job("lantern-bridge", kind, "bg", ("pdf",), "screen")
    document = _made(Workspace.at(ROOT), seeds["lantern-bridge"], job)
    wanted = BROCHURE if kind == "brochure" else LEAFLET
    pdf.write(document, target := tmp_path / "b.pdf")
    pages = pdf.layout(document).anchors
    assert [pages[panel] for panel in wanted] == list(range(1, len(wanted) + 1))
    assert judge(PAGE, target) == []


def test_the_print_shops_pages_have_bleed_beyond_the_same_text(seeds: dict[str, Dossier], tmp_path: Path) -> None:
    made = [
        _made(Workspace.at(ROOT), seeds["spoc"], Job("spoc", "leaflet", "en", ("pdf",), edition))
        for edition in ("print", "screen")
    ]
    for document, name in zip(made, ("print", "screen"), strict=True):
        pdf.write(document, tmp_path / f"{name}.pdf")
    printed, shown = (measure(tmp_path / f"{name}.pdf") for name in ("print", "screen"))
    assert shown.sizes == ((105, 148),) * 2 and printed.sizes == ((111, 154),) * 2
    assert [document.fitted.keys() for document in made][0] == made[1].fitted.keys()


def test_its_page_for_a_browser_has_the_grounds_and_no_pages_of_paper(
    seeds: dict[str, Dossier], tmp_path: Path
) -> None:
    job = Job("spoc", "brochure", "en", ("html",), "screen")
    html.write(_made(Workspace.at(ROOT), seeds["spoc"], job), target := tmp_path / "b.html")
    text = target.read_text("utf-8")
    assert "@page" not in text and "#inside-2 { height: auto }" in text and "@media screen" in text
    assert "--cover-art:url(" in text and 'content="width=device-width"' in text


def test_an_overlong_fact_is_told_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(ReportError) as caught:
        _of_mill(tmp_path, mission="Flour for all. " * 200)
    places = {problem.location.key for problem in caught.value.problems if problem.location}
    assert places == {"mission"} and {p.code for p in caught.value.problems} == {"panel.full"}


def test_an_organisation_with_nothing_but_a_name_has_complete_panels(tmp_path: Path) -> None:
    document = _of_mill(tmp_path)
    _safe(document, tmp_path / "b.pdf", 6)
    assert document.html.count('class="art"') == 1  # no panel is like another


@pytest.mark.parametrize("name", [LONG_NAME, LONG_WORD])
def test_long_names_and_words_stay_inside(tmp_path: Path, name: str) -> None:
    _safe(_of_mill(tmp_path, name=name, about=f"{name} mills flour."), tmp_path / "b.pdf", 6)


def test_twelve_networks_and_a_dozen_objectives_find_room_and_what_is_left_is_counted(tmp_path: Path) -> None:
    ties = [{"id": f"n{n}", "network": f"n{n}", "kind": "member", "role": "We mill for it."} for n in range(12)]
    shared = [
        {"id": f"o{n}", "kind": "joint", "affiliations": [f"n{n % 12}"], "text": f"Flour for region {n}"}
        for n in range(15)
    ]
    document = _of_mill(tmp_path, affiliations=ties, objectives=shared)
    _safe(document, tmp_path / "b.pdf", 6)
    assert document.html.count('class="network named"') == 12 and "And 3 more objectives." in document.html


def test_networks_with_names_of_two_lines_find_room_or_the_others_are_counted(tmp_path: Path) -> None:
    ties = [{"id": f"n{n}", "network": f"n{n}", "kind": "member"} for n in range(14)]
    name = "European Federation for the Water Mills of Small Rivers, Region"
    document = _of_mill(tmp_path, affiliations=ties, networks=name)
    _safe(document, tmp_path / "b.pdf", 6)
    assert document.html.count(name) == 11 and "And 3 more networks." in document.html


def test_of_a_passage_no_longer_a_variant_is_printed_than_the_template_says(tmp_path: Path) -> None:
    document = _of_mill(
        tmp_path, mission={"short": "Flour.", "medium": "Flour for all.", "full": "Flour for all of us."}
    )
    front, flap = (text for text in document.fitted.values())
    assert dict(front.variants) == {"short": "Flour."}
    assert dict(flap.variants) == {"short": "Flour.", "medium": "Flour for all."}


@pytest.mark.quick("signal-affiliations-annex")
@pytest.mark.parametrize(("look", "kind"), [("meadow", "annual-report"), ("signal", "affiliations-annex")])
def test_other_kinds_are_made_in_the_new_looks(seeds: dict[str, Dossier], look: str, kind: str, tmp_path: Path) -> None:
    workspace = Workspace.at(ROOT)
    assert theme.look(workspace, look, kind).theme == look
    job = Job("spoc", kind, "bg", ("pdf",))
    pdf.write(_made(workspace, seeds["spoc"], job, look), target := tmp_path / "b.pdf")
    assert judge(PAGE, target) == []
