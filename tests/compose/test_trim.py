"""Nothing thin is printed: no heading over nothing, no panel of one row, no contents of two, no chart of one bar, no panel like another."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from PIL import Image

from report import pipeline
from report.compose.charts import figures
from report.compose.charts.pen import Pen
from report.compose.tree import finish
from report.compose.views.context import context
from report.formats import pdf
from report.html import parser
from report.html.parser import parse
from report.language.labels import Labels
from report.language.writer import Writer
from report.values import Document, Job, Problem
from report.workspace import Workspace
from tests.conftest import composed


def _finished(body: str) -> str:
    root = parse(f"<html><head><title>x</title></head><body><main>{body}</main></body></html>")
    finish.finish(root, str, {"A", "B", "In 2025"})
    main = root.find(".//main")
    assert main is not None
    return ET.tostring(main, encoding="unicode", method="html")[len("<main>") : -len("</main>")]


TABLE = (
    "<table><colgroup><col data-width='30'><col data-width='50'><col data-width='20'></colgroup>"
    "<thead><tr><th>A</th><th>B</th><th>C</th></tr></thead><tbody>"
)


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("<h1 id='a'>A</h1><h2 id='b'>B</h2><h2 id='c'>C</h2><p>x</p>", '<h1 id="a">A</h1><h2 id="c">C</h2><p>x</p>'),
        ("<h1 id='a'>A</h1><section><h2 id='b'>B</h2></section>", ""),
        ("<h1 id='a'>A</h1><p>x</p><h1 id='b'>B</h1><ul></ul><table><thead><tr><th>y</th></tr></thead></table>", '<h1 id="a">A</h1><p>x</p>'),
        ("<h1 id='a'>In 2025</h1><h1 id='b'>B</h1>", ""),
        ("<h1 id='a'>A</h1><h2 id='b'>Clean <em>wells</em></h2>", '<h1 id="a">A</h1><p id="b" class="name"><strong>Clean <em>wells</em></strong></p>'),
        ("<h1 id='a'>A</h1><p><img src='b.png' alt='b'></p>", '<h1 id="a">A</h1><p><img src="b.png" alt="b"></p>'),
        (f"{TABLE}</tbody><tfoot><tr><th scope='row'>x</th><td>2</td><td>1</td></tr></tfoot></table>", f"{TABLE}</tbody><tfoot><tr><th scope='row'>x</th><td>2</td><td>1</td></tr></tfoot></table>".replace("<tbody></tbody>", "").replace("tfoot", "tbody").replace("'", '"')),
        ("<aside class='facts'><dl><dt>Since</dt><dd>2010</dd></dl><p>More.</p></aside>", None),
        (f"{TABLE}<tr><th scope='row'>x</th><th>y</th><th>z</th></tr></tbody></table>", None),
        ("<h1 id='a'>A</h1><h2 id='b'>Ways to B</h2>", '<h1 id="a">A</h1><p id="b" class="name"><strong>Ways to B</strong></p>'),
        ("<p><a href='#a'>A</a></p><h1 id='a'>A</h1>", '<p><a href="#a">A</a></p><p id="a" class="name"><strong>A</strong></p>'),
        ("<h1 id='a'>A</h1>words", '<h1 id="a">A</h1>words'),
        ("<p>x</p><ul class='figures' role='list'>\n</ul><dl></dl>", "<p>x</p>"),
        ("<section id='front'><h1 id='a'>A</h1></section><h1 id='b'>B</h1>", '<section id="front"><h1 id="a">A</h1></section>'),
        ("<section id='flap'></section><div class='art'></div>", '<section id="flap"></section><div class="art"></div>'),
        ("<aside class='facts'><dl><dt>Since</dt><dd>May <em>2020</em></dd></dl></aside>", '<p class="fact"><strong>Since</strong>: May <em>2020</em></p>'),
        ("<dl class='facts'><dt>Since</dt><dd>2020</dd></dl>", '<p class="fact"><strong>Since</strong>: 2020</p>'),
        (f"{TABLE}<tr><th scope='row'>x</th><td></td><td>1</td></tr></tbody></table>", '<table><colgroup><col data-width="60"><col data-width="40"></colgroup><thead><tr><th>A</th><th>C</th></tr></thead><tbody><tr><th scope="row">x</th><td>1</td></tr></tbody></table>'),
        (f"{TABLE}<tr><th scope='row'>x</th><td></td><td></td></tr></tbody></table>", "<ul><li>x</li></ul>"),
        (f"{TABLE}<tr><th scope='row'>x</th><td>–</td><td>0</td></tr></tbody></table>", None),
        (f"{TABLE}<tr><th scope='row' rowspan='2'>x</th><td></td><td>1</td></tr><tr><td></td><td>2</td></tr></tbody></table>", None),
        ("<ul class='figures two' role='list'><li><strong class='value long'>12</strong> <span class='label'>volunteers</span></li></ul>", '<p class="fact"><strong class="number">12</strong> volunteers</p>'),
        ("<div><ul class='figures' role='list'><li><strong class='value'>5 %</strong> <span class='label'>of <em>all</em></span></li></ul>tail</div>", '<div><p class="fact"><strong class="number">5 %</strong> of <em>all</em></p>tail</div>'),
        ("<ul class='figures two' role='list'><li><strong class='value'>1</strong> <span class='label'>a</span></li><li><strong class='value'>2</strong> <span class='label'>b</span></li></ul>", None),
        ("<dl class='facts'><dt>A</dt><dd>1</dd><dt>B</dt><dd>2</dd></dl>", '<dl class="facts"><dt>A</dt><dd>1</dd><dt>B</dt><dd>2</dd></dl>'),
    ],
)  # fmt: skip
def test_what_is_empty_is_taken_out_and_what_is_little_is_plain(body: str, left: str | None) -> None:
    """What is None stays as it is."""
    assert _finished(body) == (body.replace("'", '"') if left is None else left)


BEFORE, BEHIND = ("", "up to ", "<em>up to</em> ", "<span class='label'>up to</span>"), ("", " ", "%", " of 7 ")
LABELS = (
    "",
    "<span class='label'>rooms</span>",
    "<span id='s' class='label'>rooms</span>",
    "<span>rooms <b lang='bg'>нови</b>, all</span>",
    "<span>rooms</span> <span>in use</span>",
    "<em>rooms</em>",
    "rooms",
)
OWN_WORDS = ("", " id='a'", " lang='bg'", " id='a' class='wide' title='t'")


@pytest.mark.quick(
    "--]",
    "<em>up to</em> -<em>rooms</em>- id='a' class='wide' title='t'",
    "-<span class='label'>rooms</span>- lang='bg'",
    "up to -<span id='s' class='label'>rooms</span>-",
    "<span class='label'>up to</span>-rooms-",
    "-<span>rooms</span> <span>in use</span>- id='a'",
)
@pytest.mark.parametrize("own", OWN_WORDS)
@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("before", BEFORE)
def test_a_number_alone_keeps_its_words_and_what_it_says_of_itself(before: str, label: str, own: str) -> None:
    for behind, tail in itertools.product(BEHIND, ("", " (of 2025)", "<sup>1</sup>")):
        value = f"{before}<strong class='value long' title='five'>5</strong>{behind}{label}{tail}"
        body = f"<div><ul class='figures one' role='list'>\n<li{own}>{value}</li>\n</ul>tail</div>"
        made, given = parse(_finished(body)), parse(body)
        assert re.sub(r"\s", "", "".join(made.itertext())) == re.sub(r"\s", "", "".join(given.itertext()))
        assert "".join(made.itertext()).endswith("tail")
        assert "label" not in label or re.search(r"\brooms", "".join(made.itertext())), body
        assert _of_themselves(made) == _of_themselves(given), body
        assert made.find(".//ul") is None and made.find(".//p/strong[@class='number']") is not None


def _of_themselves(root: ET.Element) -> list[tuple[str, str]]:
    return sorted(
        (name, value) for part in root.iter() for name, value in part.items() if name in ("id", "lang", "title")
    )


def test_what_stood_on_lines_of_their_own_does_not_run_together() -> None:
    figure = "<ul class='figures'><li><span class='label'>up to</span><strong>5</strong><span class='label'>rooms</span><sup>1</sup></li></ul>"
    assert _finished(figure) == '<p class="fact">up to <strong class="number">5</strong> rooms<sup>1</sup></p>'
    percent = "<ul class='figures'><li><strong>5</strong>%<span class='label'>of all</span></li></ul>"
    assert _finished(percent) == '<p class="fact"><strong class="number">5</strong>% of all</p>'


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("<ul class='figures' id='u'><li id='a'><strong>5</strong> rooms</li></ul>", None),
        ("<ul class='figures'>loose<li><strong>5</strong> rooms</li></ul>", None),
        ("<ul class='figures'><li value='3'><strong>5</strong> rooms</li></ul>", None),
        ("<ul class='figures'><li><strong>5</strong><p>rooms</p></li></ul>", None),
        ("<ul class='figures' id='u' lang='bg'><li lang='en'><strong id='v'>5</strong> rooms</li></ul>", '<p class="fact" id="u" lang="en"><strong id="v" class="number">5</strong> rooms</p>'),
        ("<aside class='facts' id='f' role='note'><dl lang='bg'><dt id='t'>Since <em>about</em> </dt><dd lang='en' id='d'>2020</dd></dl></aside>", '<p class="fact" id="f" lang="bg"><strong id="t">Since <em>about</em></strong>: <span lang="en" id="d">2020</span></p>'),
        ("<aside class='facts' id='f'><dl id='g'><dt>Since</dt><dd>2020</dd></dl></aside>", None),
        ("<aside class='facts'><dl><dt>Since</dt><dd>2020</dd></dl>or so</aside>", None),
        ("<aside class='facts'>So:<dl><dt>Since</dt><dd>2020</dd></dl></aside>", None),
        (f"{TABLE.replace('<table', '<table id=t')}<tr id='r'><th scope='row' lang='bg'>x</th><td></td><td></td></tr></tbody></table>", '<ul id="t"><li id="r" lang="bg">x</li></ul>'),
        (f"{TABLE}<tr><th scope='row'>x</th><td id='d'></td><td>1</td></tr></tbody></table>", None),
    ],
)  # fmt: skip
def test_a_form_is_given_up_only_where_nothing_of_it_is_lost(body: str, left: str | None) -> None:
    """What is None stays as it is."""
    assert _finished(body) == (body.replace("'", '"') if left is None else left)


LONG = "<p>" + "Many words. " * 600 + "</p>"


@pytest.mark.parametrize(
    ("headings", "text", "entries"),
    [(2, LONG, 0), (3, LONG, 3), (3, "<p>Few words.</p>", 0), (0, LONG, 0)],
)
def test_contents_have_three_entries_or_are_not_there(headings: int, text: str, entries: int) -> None:
    contents = '<section data-page="new"><nav role="doc-toc"><h1>Contents</h1></nav></section>'
    made = _finished(contents + "".join(f"<section><h1>H{n}</h1>{text}</section>" for n in range(headings)) + text)
    assert made.count("<li>") == entries and ("<nav" in made) == ("data-page" in made) == bool(entries)


def test_a_section_follows_on_the_page_of_one_that_has_a_few_lines() -> None:
    short, long = (
        "<section data-page='new'><h1>A</h1><p>x</p></section>",
        f"<section data-page='new'><h1>A</h1>{LONG}</section>",
    )
    assert _finished(short + long + short).count("data-page") == 2
    assert _finished(long + short + short).count("data-page") == 2
    assert _finished(long + long).count("data-page") == 2


# --- organisations of few facts --------------------------------------------------------------------------------------

OWN = "name: Association Willow\ncountry: IE\nlanguages: [en]\n"
NETWORK = (
    "languages: [en]\nnetworks:\n  - {id: rivers, name: Rivers Network, scope: national, summary: They clean rivers.}\n"
)
PROGRAMME = "programmes:\n  - {id: books, name: Books, summary: We lend books., since: 2020}\n"
FINANCE = (
    "income:\n  - {id: g, label: Grants, kind: grants-public, amount: 1200.00}\n"
    "expenditure:\n  - {id: s, label: Staff, nature: staff, amount: 1000.00, programme: books}\n"
)
KINDS = (
    "annual-report", "affiliations-annex", "highlights", "activity-report", "capacity-statement", "brochure-trifold",
    "leaflet-a6", "brochure-booklet", "network-poster", "previous-projects", "similar-actions",
)  # fmt: skip
FEW: dict[str, dict[str, str]] = {
    "a name": {},
    "a network": {"affiliations.yaml": "affiliations:\n  - {id: rivers, network: rivers, kind: member}\n", "../networks.yaml": NETWORK},
    "a programme": {"programmes.yaml": PROGRAMME, "2025/year.yaml": "{}\n"},
    "a person": {"people.yaml": "people:\n  - {id: ana, name: Ana Vlahova, role: Chair, body: board, publish: true}\n", "2025/year.yaml": "{}\n"},
    "money": {"programmes.yaml": PROGRAMME, "2025/year.yaml": "currency: EUR\n", "2025/finance.yaml": FINANCE},
    "volunteers": {"2025/year.yaml": "volunteers: {people: 1, hours: 1}\n"},
}  # fmt: skip


def _write(folder: Path, files: Mapping[str, str], kinds: tuple[str, ...] = KINDS) -> Workspace:
    year = ", year: 2025" if "2025/year.yaml" in files else ""
    asked = [
        f"  - {{id: {kind}, kind: {kind}, title: Willow, languages: [en], date: 2026-03-31{year}}}\n" for kind in kinds
    ]
    own = {"organisation.yaml": OWN, "documents.yaml": "documents:\n" + "".join(asked)}
    for name, text in (own | files).items():
        path = folder / "data" / "willow" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Workspace.at(folder)


def _documents(workspace: Workspace) -> dict[str, Document]:
    checked = pipeline.check(workspace, "willow", templates=False)
    assert checked.dossier and not checked.errors, checked.errors
    made = {}
    for request in checked.dossier.documents:
        job = Job("willow", request.id, "en", ("pdf",), request.editions[0])
        made[request.id] = composed(workspace, job, checked.dossier)
    return made


def _told(made: Document) -> set[str]:
    return {problem.code for problem in made.left_out}


@pytest.mark.quick("a name", "money", "a person")
@pytest.mark.parametrize("what", FEW)
def test_of_few_facts_nothing_thin_is_printed(what: str, tmp_path: Path) -> None:
    made = _documents(_write(tmp_path, FEW[what]))
    for kind, document in made.items():
        html = document.html
        assert "<nav" not in html and not re.findall(
            r"<(ul|ol|dl|section)[^>]*>\s*</\1>", html.replace('<section id="', "<panel ")
        ), kind
        assert not re.findall(
            r"<h([1-6])[^>]*>[^<]*</h\1>\s*(?:</[a-z]+>\s*)*(?:<(?:section|article|header|div)[^>]*>\s*)*<h\1", html
        ), kind
        assert not re.findall(r'class="facts"[^>]*>\s*(?:<dl>)?\s*<dt>[^<]*</dt><dd>[^<]*</dd>\s*</dl>', html), kind
        assert "chart:" not in html, kind
        assert not set("●○◆") & set(re.sub(r"<style.*?</style>", "", html)), kind
    assert made["brochure-trifold"].html.count('class="art"') <= 1


def test_a_document_of_names_alone_is_told(tmp_path: Path) -> None:
    made = _documents(_write(tmp_path, {}))
    needing = {
        "similar-actions",
        "activity-report",
        "highlights",
        "previous-projects",
        "affiliations-annex",
    }  # told by their requests
    assert {kind for kind, document in made.items() if "document.empty" in _told(document)} == set(KINDS) - needing
    assert "panel.blank" in _told(made["brochure-trifold"])


def test_one_that_tells_something_is_not(tmp_path: Path) -> None:
    files = FEW["money"]
    made = _documents(_write(tmp_path, files))
    told = {
        "annual-report",
        "highlights",
        "activity-report",
        "capacity-statement",
        "brochure-trifold",
        "brochure-booklet",
        *("similar-actions", "previous-projects", "affiliations-annex"),  # told by their requests
    }
    assert {kind for kind, document in made.items() if "document.empty" not in _told(document)} == told


def test_a_problem_of_few_facts_stands_at_its_document(tmp_path: Path) -> None:
    made = _documents(
        _write(
            tmp_path,
            {},
            ("leaflet-a6", "annual-report"),
        )
    )
    problems: list[Problem] = [p for document in made.values() for p in document.left_out]
    assert [p.location and p.location.line for p in problems] == [2, 3] and all(p.hint for p in problems)


@pytest.mark.quick("26", "38", "[1]")
@pytest.mark.parametrize("lines", [1, 8, 14, 20, 26, 32, 38, 44, 50])
def test_the_imprint_is_not_alone_on_its_page(tmp_path: Path, lines: int) -> None:
    plans = "plans:\n" + "".join(f"  - {{title: Plan number {n}}}\n" for n in range(lines))
    files = {"2025/year.yaml": plans}
    (made,) = _documents(_write(tmp_path, files, ("annual-report",))).values()
    pdf.write(made, target := tmp_path / "made.pdf")
    with pypdfium2.PdfDocument(target) as file:
        pages = [page.get_textpage().get_text_range() for page in file]
    assert "About this publication" in pages[-1] and ("Plan number" in pages[-1] or "Who we are" in pages[-1])


def test_a_chart_compares_two_things_or_is_not_drawn(tmp_path: Path) -> None:
    workspace = _write(tmp_path, FEW["money"])
    dossier = pipeline.check(workspace, "willow", templates=False).dossier
    assert dossier
    facts = context(dossier, dossier.documents[0])
    assert not figures(dossier, facts, Pen(Writer("en"), Labels("en", {}, None)), ("highlights", "finance"))


@pytest.mark.parametrize(
    ("ties", "said"),
    [
        ("{id: a, network: rivers, kind: member, since: 2005}\n  - {id: b, network: rivers, kind: partner, since: 2020}", "Member, since 2005 · Partner, since 2020"),
        ("{id: a, network: rivers, kind: member}\n  - {id: b, network: rivers, since: 2020-05}", "Member · since 2020"),
        ("{id: a, network: rivers, kind: member, since: 2005}\n  - {id: b, network: rivers, kind: member, since: 2005}", "Member, since 2005"),
        ("{id: a, network: rivers, represents: IE, since: 2005}\n  - {id: b, network: rivers}", "Represents Ireland, since 2005"),
        ("{id: a, network: rivers, kind: member, since: 2005}", "Member · since 2005"),
    ],
)  # fmt: skip
def test_a_folder_prints_since_when_each_tie_to_a_network_is(tmp_path: Path, ties: str, said: str) -> None:
    files = {"affiliations.yaml": f"affiliations:\n  - {ties}\n", "../networks.yaml": NETWORK}
    (made,) = _documents(_write(tmp_path, files, ("brochure-trifold",))).values()
    (panel,) = [part for part in parse(made.html).iter("section") if part.get("id") == "inside-2"]
    kickers = ["".join(part.itertext()) for part in panel.iter("p") if part.get("class") == "kicker"]
    assert kickers == [said]


@pytest.mark.quick("2-")
@pytest.mark.parametrize(("pictures", "said"), [(1, "A year of wells."), (2, "A year of wells."), (2, "We dug. " * 700), (14, "A year of wells.")])  # fmt: skip
def test_a_sentence_and_its_heading_stay_with_the_pictures_below(tmp_path: Path, pictures: int, said: str) -> None:
    rows = "".join(f"  - {{file: p{n}.png, alt: {{en: P}}, caption: {{en: Pic {n}.}}}}\n" for n in range(pictures))
    files = {"2025/year.yaml": f"summary: {said}\npictures:\n{rows}"}
    workspace = _write(tmp_path, files, ("annual-report",))
    for n in range(pictures):
        Image.new("RGB", (900, 600), (n * 9, 90, 90)).save(tmp_path / "data" / "willow" / f"p{n}.png")
    (made,) = _documents(workspace).values()
    before, after = made.html.split('<section class="year"')
    for height in (30, 90, 150):
        html = f'{before}<div style="height:{height}mm">x</div><section class="year"{after}'
        pdf.write(dataclasses.replace(made, tree=parser.tree(html)), target := tmp_path / "made.pdf")
        with pypdfium2.PdfDocument(target) as file:
            pages = [page.get_textpage().get_text_range() for page in file]
        (first,) = [page for page in pages if "Pic 0." in page]
        assert said[:7] in first, height
        assert all(f"Pic {n}." in "".join(pages) for n in range(pictures))
