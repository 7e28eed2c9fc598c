"""Where things stand on the pages of a report, as WeasyPrint lays them out."""

from __future__ import annotations

import json

import pytest
import yaml

from report.compose.compose import compose
from report.formats.pdf import layout
from report.looks.kinds import load as load_kind
from report.model.loading.load import load
from report.model.text import Text
from report.values import Document
from report.workspace import Workspace
from tests.conftest import ROOT, change

ORGANISATION = "lantern-bridge"


def _document(workspace: Workspace, language: str = "en", **changes: object) -> Document:
    """Compose the last report of an organisation, its request changed."""
    dossier = load(workspace, ORGANISATION).dossier
    assert dossier
    return compose(workspace, dossier, dossier.documents[-1].model_copy(update=changes), language)


def _pages(document: Document) -> list[list[str]]:
    """Return the lines of text of every page, those in its margins left out."""
    from report.formats.pdf import render

    with render.laid_out(document) as (pages, _):
        return [_lines(page._page_box) for page in pages.pages]


def _lines(page) -> list[str]:
    found = []
    for line in page.descendants():
        if type(line).__name__ == "LineBox":
            text = "".join(box.text for box in line.descendants() if type(box).__name__ == "TextBox")
            found += [text.strip()] if text.strip() else []
    return found


SECTIONS = load_kind(Workspace.at(ROOT), "annual-report")[0].sections


@pytest.mark.quick("programmes", "finance", "people", "contents", "matrix", "undated")
@pytest.mark.parametrize("section", [s for s in SECTIONS if s != "cover"])
def test_nothing_but_the_cover_is_printed_on_the_cover(small: Workspace, section: str) -> None:
    document = _document(small, sections=("cover", *dict.fromkeys((section, "imprint"))))
    found = layout(document).anchors
    assert [name for name, page in found.items() if page == 1] == ["annual-report-2026"] and "imprint" in found


def _grow(workspace: Workspace, count: int, indicators: int) -> None:
    """Give the organisation `count` programmes, with money and activities, and `indicators` indicators."""
    folder = workspace.data / ORGANISATION
    programmes = yaml.safe_load((folder / "programmes.yaml").read_text("utf-8"))
    activities = yaml.safe_load((folder / "2026/activities.yaml").read_text("utf-8"))
    results = yaml.safe_load((folder / "2026/results.yaml").read_text("utf-8"))
    finance = yaml.safe_load((folder / "2026/finance.yaml").read_text("utf-8"))
    year = yaml.safe_load((folder / "2026/year.yaml").read_text("utf-8"))
    year["summary"] = {"en": "It was a full year. " * 12, "bg": "Годината беше пълна. " * 12}
    year["lessons"], year["plans"] = year["lessons"] * 3, year["plans"] * 3
    raised = {"id": "raised", "label": {"en": "Raising", "bg": "Набиране"}, "nature": "fundraising", "amount": 70}
    finance["expenditure"].append(raised)
    del finance["totals"], finance["restricted"], finance["unrestricted"]
    for n in range(count - 2):
        name = {"en": f"Workshop of neighbours and newcomers {n}", "bg": f"Работилница на съседи и новодошли {n}"}
        text = {"en": "Neighbours meet " * 4 + "twice a week", "bg": "Съседи се срещат " * 4 + "два пъти седмично"}
        programmes["programmes"].append({"id": f"w-{n}", "name": name, "summary": text})
        activities["activities"].append({"id": f"a-{n}", "programme": f"w-{n}", "title": name, "begins": "2026-05"})
        finance["expenditure"].append(
            {"id": f"e-{n}", "label": name, "nature": "staff", "amount": 100 + n, "programme": f"w-{n}"}
        )
    for n in range(indicators - 3):
        name = {"en": f"People who came to the meetings of workshop {n}", "bg": f"Дошли на срещите в работилница {n}"}
        programmes["indicators"].append({"id": f"i-{n}", "name": name})
        results["results"].append({"indicator": f"i-{n}", "target": 30, "actual": 31 + n})
    for file, facts in (
        ("programmes.yaml", programmes),
        ("2026/activities.yaml", activities),
        ("2026/results.yaml", results),
        ("2026/finance.yaml", finance),
        ("2026/year.yaml", year),
    ):
        (folder / file).write_text(yaml.safe_dump(facts, allow_unicode=True), "utf-8")


@pytest.mark.quick("5-11-en", "30-30-bg")
@pytest.mark.parametrize("language", ["en", "bg"])
@pytest.mark.parametrize(("programmes", "indicators"), [(12, 12), (30, 30), (5, 11)])
def test_two_pages_are_two_pages(small: Workspace, language: str, programmes: int, indicators: int) -> None:
    _grow(small, programmes, indicators)
    found = _pages(_document(small, language, kind="highlights", sections=()))
    assert len(found) == 2
    told = "".join(" ".join(page) for page in found)
    more = {"en": "And 8 more programmes.", "bg": "И още 8 програми."}
    assert (more[language] in told) is (programmes == 12)


LONG = "Foundation for the Protection of Wetlands, Rivers and Meadows of the Northern Voivodeship and of its Many Neighbours, Inc."


@pytest.mark.parametrize("acronym", [True, False])
def test_the_running_lines_stay_on_one_line(small: Workspace, acronym: bool) -> None:
    path = small.data / ORGANISATION / "organisation.yaml"
    lines = path.read_text("utf-8").splitlines()[3:] if not acronym else path.read_text("utf-8").splitlines()[2:]
    path.write_text("\n".join([f"name: {{en: {LONG!r}, bg: {LONG!r}}}", *lines]), "utf-8")
    title = Text({"en": f"Annual report 2026: {LONG}"})
    document = _document(small, title=title, subtitle=None, sections=("cover", "letter", "imprint"))
    for page in _pages(document)[1:]:
        head, foot = page[-2:] if "page" in page[-1] else (page[0], page[1])
        assert head == "Lantern Bridge" if acronym else LONG.startswith(head.rstrip("…")) and len(head) > 90, page
        assert foot.startswith("Annual report 2026: Foundation") and "… · 19 April 2027 · page" in foot


def test_no_line_of_a_cell_breaks_too_early(small: Workspace) -> None:
    label = (
        "Marshal's Office of the Northern Voivodeship, Department for Regional Development and European Funds, "
        "grant no. 3"
    )
    change(small, f"{ORGANISATION}/2026/finance.yaml", "en: Municipality of Kamen Dol,", f"en: {json.dumps(label)},")
    (page,) = [
        page for page in _pages(_document(small, sections=("finance", "imprint"))) if any("Marsh" in x for x in page)
    ]
    at = next(n for n, line in enumerate(page) if line.startswith("Marsh") and "Department" in line)
    assert page[at + 1 : at + 3] == ["for Regional Development and European Funds, grant no. 3", "(restricted)"]


@pytest.mark.parametrize("rows", [29, 31, 33])
def test_the_head_of_a_group_and_a_total_are_not_alone(small: Workspace, rows: int) -> None:
    own = small.root / "templates/annual-report/sections/about.html.j2"
    own.parent.mkdir(parents=True)
    body = "".join(f'<tr><th scope="row">row {n}</th><td>x</td></tr>' for n in range(rows))
    group = '<tbody><tr><th scope="rowgroup" colspan="2">a group</th></tr>' + body + "</tbody>"
    total = '<tfoot><tr><th scope="row">the total</th><td>x</td></tr></tfoot>'
    head = '<thead><tr><th scope="col">What</th><th scope="col">How much</th></tr></thead>'
    own.write_text(f"<h1>Us</h1><table><caption>All</caption>{head}{group}{group}{total}</table>", "utf-8")
    found = _pages(_document(small, sections=("about",)))
    assert len(found) > 1
    for page in found:
        lines = [line for line in page if line.startswith(("row", "a group", "the total"))]
        assert lines[-1] != "a group" and lines[0] != "the total" and len(lines) > 1
