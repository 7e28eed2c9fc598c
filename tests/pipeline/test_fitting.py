"""Texts of a brochure fit their panels: the longest variant that does is printed, and the fact that does not is named."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from report import pipeline
from report.formats.pdf import extent
from report.pipeline.fitting import fitted
from report.values import Document, Job, ReportError
from report.workspace import Workspace

KIND = {
    "name": "Card",
    "sections": ["front", "back"],
    "press": {
        "layouts": {
            "fold": {"width": 120, "height": 90, "sides": [{"back": 58, "front": 62}]},
            "a6": {"width": 105, "height": 148},
        },
        "panels": ["front", "back"],
    },
}
BODY = """{% extends "base.html.j2" %}
{% block body %}{% for section in sections %}{% include "card/sections/" ~ section ~ ".html.j2" %}{% endfor %}{% endblock %}
"""
FRONT = '<section id="front"><h1>{{ organisation.name|text }}</h1></section>'
BACK = '<section id="back"><h1>{{ organisation.name|text }}</h1>{{ organisation.mission|fitted_rich }}</section>'
STYLE = "@page{margin:8mm;@top-left{content:none}@bottom-right{content:none}}[data-running]{display:none}"


def _lengths(short: int, medium: int, full: int) -> dict[str, str]:
    return {name: "word " * count for name, count in (("short", short), ("medium", medium), ("full", full))}


@pytest.fixture
def cards(tmp_path: Path) -> Workspace:
    folder = tmp_path / "templates/card"
    (folder / "sections").mkdir(parents=True)
    (folder / "kind.yaml").write_text(yaml.safe_dump(KIND, sort_keys=False), "utf-8")
    (folder / "body.html.j2").write_text(BODY, "utf-8")
    (folder / "style.css").write_text(STYLE, "utf-8")
    (folder / "sections/front.html.j2").write_text(FRONT, "utf-8")
    (folder / "sections/back.html.j2").write_text(BACK, "utf-8")
    return _with(tmp_path, _lengths(10, 20, 40))


def _with(root: Path, mission: object, **request: object) -> Workspace:
    data = root / "data/mill"
    data.mkdir(parents=True, exist_ok=True)
    facts = {"name": "The Mill", "country": "IE", "languages": ["en"], "mission": mission}
    (data / "organisation.yaml").write_text(yaml.safe_dump(facts, sort_keys=False), "utf-8")
    asked = {
        "id": "card",
        "kind": "card",
        "title": "Card",
        "languages": ["en"],
        "formats": ["pdf"],
        "date": "2026-05-01",
    }
    (data / "documents.yaml").write_text(yaml.safe_dump({"documents": [asked | request]}), "utf-8")
    return Workspace.at(root)


def _fitted(workspace: Workspace, edition: str = "print") -> Document:
    checked = pipeline.check(workspace, "mill")
    assert checked.dossier and not checked.errors, checked.errors
    job = Job("mill", "card", "en", ("pdf",), edition)
    prepared = pipeline.prepare(workspace, job, checked.dossier)
    return fitted(prepared, lambda lengths: pipeline.prepare(workspace, job, checked.dossier, lengths))


@pytest.mark.parametrize(("sizes", "printed"), [((10, 20, 40), 40), ((10, 20, 600), 20), ((10, 500, 600), 10)])
def test_the_longest_variant_that_fits_is_printed(cards: Workspace, sizes: tuple[int, int, int], printed: int) -> None:
    document = _fitted(_with(cards.root, _lengths(*sizes)))
    assert document.html.count("word") == printed
    assert len(extent(document).pages) == 2


def test_a_text_that_does_not_fit_is_told_with_its_place_and_excess(cards: Workspace) -> None:
    workspace = _with(cards.root, _lengths(300, 500, 600))
    with pytest.raises(ReportError) as caught:
        _fitted(workspace)
    (problem,) = caught.value.problems
    assert problem.code == "panel.full" and "'back' (58 × 90 mm)" in problem.message
    assert problem.location and problem.location.path.name == "organisation.yaml"
    assert problem.location.key == "mission"
    characters = int(problem.message.split("about ")[1].split(" ")[0])
    assert 300 * 5 * 0.4 < characters < 300 * 5, characters  # some of it fits


def test_the_print_edition_is_the_default_and_has_bleed(cards: Workspace) -> None:
    checked = pipeline.check(cards, "mill")
    assert checked.dossier
    (job,) = pipeline.jobs(checked.dossier, (), (), ())
    assert job.edition == "print"
    printing, screen = _fitted(cards).printing, _fitted(cards, "screen").printing
    assert printing and screen
    assert (printing.bleed, printing.sides, printing.folds) == (3, (("back", "front"),), ((58.0,),))
    assert (screen.bleed, screen.sides, screen.panels) == (0, (), printing.panels)


def test_a_layout_of_another_size_may_be_chosen(cards: Workspace) -> None:
    printing = _fitted(_with(cards.root, _lengths(10, 20, 40), layout="a6")).printing
    assert printing and [(panel.width, panel.height) for panel in printing.panels] == [(105, 148), (105, 148)]


@pytest.mark.parametrize(
    ("request_", "said", "key"),
    [
        ({"layout": "zz"}, "has no layout 'zz'", "documents.0.layout"),
        ({"editions": ["redacted"]}, "has no edition 'redacted'", "documents.0.editions.0"),
        ({"printer": "print-eurpe"}, "there is no profile 'print-eurpe'", "documents.0.printer"),
        ({"printer": "uk-sorp-2026"}, "is not a printer's profile", "documents.0.printer"),
        ({"sections": ["front"]}, "has the panel 'back'", "documents.0.sections"),
        ({"sections": ["back", "front"]}, "is read from its panel 'front' on", "documents.0.sections.0"),
    ],
)
def test_what_a_request_gets_wrong_is_told_at_its_line(cards: Workspace, request_: dict, said: str, key: str) -> None:
    found = pipeline.check(_with(cards.root, _lengths(2, 4, 6), **request_), "mill").errors
    told = [problem for problem in found if said in problem.message]
    assert told and told[0].location and told[0].location.key == key, found


@pytest.mark.parametrize(
    ("sides", "panels", "told"),
    [
        ([{"back": 58, "frnt": 62}], ["front"], "no section 'frnt'"),
        ([{"back": 58, "front": 62}], ["fornt"], "no section 'fornt'"),
        ([{"front": 60}, {"front": 60}], ["front"], "'front' is on the sheet twice"),
    ],
)
def test_a_panel_of_an_own_kind_is_a_section_and_stands_once(
    cards: Workspace, sides: object, panels: object, told: str
) -> None:
    press = {"layouts": {"fold": {"width": 120, "height": 90, "sides": sides}}, "panels": panels}
    made = yaml.safe_dump(KIND | {"press": press}, sort_keys=False)
    (cards.root / "templates/card/kind.yaml").write_text(made, "utf-8")
    (error,) = pipeline.check(cards, "mill").errors
    assert told in error.message and error.location and error.location.line and error.hint


def test_a_panel_of_names_alone_is_told_where_the_document_is_asked_for(cards: Workspace) -> None:
    front = '<section id="front"><h1>{{ organisation.name|text }}</h1>{% for n in range(40) %}<p>Name</p>{% endfor %}</section>'
    (cards.root / "templates/card/sections/front.html.j2").write_text(front, "utf-8")
    checked = pipeline.check(cards, "mill")
    assert checked.dossier
    with pytest.raises(ReportError) as caught:
        pipeline.run(cards, Job("mill", "card", "en", ("pdf",), "screen"), checked.dossier)
    (problem,) = caught.value.problems
    assert problem.code == "panel.full" and problem.location and problem.location.path.name == "documents.yaml"
    assert problem.hint and "short:" not in problem.hint


def test_a_printer_means_nothing_for_a_kind_that_is_not_pressed(cards: Workspace) -> None:
    workspace = _with(cards.root, _lengths(2, 4, 6), kind="annual-report", printer="print-europe")
    (error,) = [p for p in pipeline.check(workspace, "mill").errors if p.code == "document.press"]
    assert error.hint == "leave it out" and error.location and error.location.key == "documents.0.printer"
