"""What the report prints of a reporting year."""

from __future__ import annotations

import json
import re
import shutil
from decimal import Decimal

import pytest
from PIL import Image

from report import pipeline
from report.compose.charts import ties
from report.compose.charts.pen import Pen
from report.compose.views import years
from report.compose.views.context import context
from report.language.labels import Labels
from report.language.writer import Writer
from report.model.loading.load import load
from report.workspace import Workspace
from tests.conftest import change

ORGANISATION = "lantern-bridge"


@pytest.fixture
def workspace(small: Workspace) -> Workspace:
    """The small organisation, to be spoiled."""
    return small


def _html(workspace: Workspace, document: str, language: str = "en") -> str:
    checked = pipeline.check(workspace, ORGANISATION, templates=False)
    assert checked.dossier, checked.errors
    (job,) = pipeline.jobs(checked.dossier, (document,), (language,), ("html",))
    return pipeline.prepare(workspace, job).html


def _attached(workspace: Workspace, document: str) -> str:
    checked = pipeline.check(workspace, ORGANISATION, templates=False)
    assert checked.dossier, checked.errors
    (job,) = pipeline.jobs(checked.dossier, (document,), ("en",), ("html",))
    return pipeline.prepare(workspace, job).attachments[0].content.decode()


def _tables(html: str, table: str) -> list[list[list[str]]]:
    found = re.findall(rf'<table class="{table}[^"]*">(.*?)</table>', html, re.DOTALL)
    rows = [re.findall(r"<tr>(.*?)</tr>", each, re.DOTALL) for each in found]
    cells = [[re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in each] for each in rows]
    return [[[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in each] for each in cells]


def _rows(html: str, table: str) -> list[list[str]]:
    (found,) = _tables(html, table)
    return found


def test_results_stand_beside_target_and_last_year(workspace: Workspace) -> None:
    rows = _rows(_html(workspace, "annual-report-2025"), "scores")
    assert rows[0] == ["Indicator", "Baseline", "Target", "Result", "Previous year", "Target met"]
    assert rows[1] == ["Children who come at least once a week\xa0[1]", "40 (2012)", "160", "171", "142", "yes"]
    assert rows[3] == ["Families who would do it again\xa0[2]", "–", "80\u00a0%", "88\u00a0%", "77\u00a0%", "yes"]


def test_a_target_that_was_missed_says_so(workspace: Workspace) -> None:
    assert _rows(_html(workspace, "annual-report-2026"), "scores")[1][2:] == ["180", "176", "171", "not yet"]


def test_last_year_is_converted_and_marked(workspace: Workspace) -> None:
    dossier = load(workspace, ORGANISATION).dossier
    view = years.view(dossier, 2026)
    line = view.statement.income[0]
    assert (line.amount, line.last) == (Decimal("28000.00"), Decimal("26587.18")) and view.converted
    assert view.statement.last_income == Decimal("55015.01")
    html = _html(workspace, "annual-report-2026")
    assert "converted at 1.95583" in html and "26,587.18" in html and "52,000.00" not in html
    assert "1,95583" in _html(workspace, "annual-report-2026", "bg")
    assert "1.95583" not in _html(workspace, "annual-report-2025")


def test_the_first_year_has_no_last_one(workspace: Workspace) -> None:
    view = years.view(load(workspace, ORGANISATION).dossier, 2024)
    assert view.statement.last_income is None and view.statement.last_result is None
    assert all(line.last is None for line in view.statement.income)


def test_a_year_alone_is_compared_with_nothing(workspace: Workspace) -> None:
    for year in ("2024", "2025"):
        shutil.rmtree(workspace.data / ORGANISATION / year)
    change(workspace, f"{ORGANISATION}/documents.yaml", "    year: 2025\n", "")
    for language, words in (
        ("en", ("Previous year", "previous year", "ast year", "2025")),
        ("bg", ("иналогоди", "преди год")),
    ):
        html = _html(workspace, "annual-report-2026", language)
        assert not [word for word in words if word in html]
    rows = _rows(_html(workspace, "annual-report-2026"), "scores")
    assert rows[1][1:] == ["40 (2012)", "180", "176", "not yet"]
    assert _tables(html, "statement")[0][1] == ["Община Камен дол (целеви)", "28\u00a0000,00"]


def test_without_baselines_there_is_no_column_of_them(workspace: Workspace) -> None:
    path = workspace.data / ORGANISATION / "programmes.yaml"
    path.write_text(re.sub(r"    baseline: .*\n", "", path.read_text("utf-8")), "utf-8")
    assert "Baseline" not in _html(workspace, "annual-report-2026")


def test_lines_that_are_gone_make_last_year_add_up(workspace: Workspace) -> None:
    change(workspace, f"{ORGANISATION}/2026/finance.yaml", "  - id: members\n", "  - id: members-new\n")
    change(workspace, f"{ORGANISATION}/2026/finance.yaml", "  - id: rooms-books\n", "  - id: rooms-paper\n")
    for rows in _tables(_html(workspace, "annual-report-2026"), "statement"):
        *lines, total = [[cell.replace(",", "").replace("–", "0") for cell in row[1:]] for row in rows[1:]]
        for column in (0, 1):
            difference = sum(Decimal(line[column]) for line in lines) - Decimal(total[column])
            assert abs(difference) <= Decimal("0.02") * column, rows
        assert any(line[0] == "0" for line in lines) and any(line[1] == "0" for line in lines)
    assert "so totals may differ by a few cents" in _html(workspace, "annual-report-2026")


def test_nothing_is_converted_where_last_year_has_no_statement(workspace: Workspace) -> None:
    for name in ("finance.yaml", "donations.yaml"):
        (workspace.data / ORGANISATION / "2025" / name).unlink()
    assert years.view(load(workspace, ORGANISATION).dossier, 2026).converted is False
    assert "Amounts for the previous year" not in _html(workspace, "annual-report-2026")


def test_what_changed_says_that_it_is_converted(workspace: Workspace) -> None:
    text = (workspace.data / ORGANISATION / "documents.yaml").read_text("utf-8")
    (workspace.data / ORGANISATION / "documents.yaml").write_text(text + "    sections: [changes, imprint]\n", "utf-8")
    assert "1.95583" in _html(workspace, "annual-report-2026")


def test_a_deficit_is_no_double_negative(workspace: Workspace) -> None:
    path = workspace.data / ORGANISATION / "2026/finance.yaml"
    text = path.read_text("utf-8").replace("amount: 7020.00", "amount: 17020.00")
    path.write_text(re.sub(r"totals:.*?audited", "audited", text, flags=re.DOTALL), "utf-8")
    html = _html(workspace, "annual-report-2026")
    assert '€6,630</strong> <span class="label">deficit for the year' in html and "−€6,630" not in html


def test_a_programme_with_money_alone_is_told_in_brief(workspace: Workspace) -> None:
    path = workspace.data / ORGANISATION / "2026/activities.yaml"
    path.write_text(path.read_text("utf-8").partition("  - id: welcome-day")[0], "utf-8")
    brief = _html(workspace, "annual-report-2026").partition('<dl class="brief">')[2].partition("</dl>")[0]
    assert "<dt>New neighbours</dt>" in brief and "Expenditure: €20,150." in brief


def test_who_asked_not_to_be_published_is_not(workspace: Workspace) -> None:
    for language, donor, volunteer in (("en", "Furnadzhieva", "Brodov"), ("bg", "Фурнаджиева", "Бродов")):
        html = _html(workspace, "annual-report-2025", language)
        assert donor not in html and volunteer not in html
    checked = pipeline.check(workspace, ORGANISATION, templates=False)
    for job in pipeline.jobs(checked.dossier, ("annual-report-2025",), (), ("html",)):
        attached = pipeline.prepare(workspace, job).attachments[0].content.decode()
        assert "Furnadzhieva" not in attached and "Фурнаджиева" not in attached and "Brodov" not in attached
        named = ("Owl Bookshop", "Ralitsa Mostova") if job.language == "en" else ("„Бухал“", "Ралица Мостова")
        assert all(name in attached for name in named) and "6940.00" in attached
    assert "a person" in _html(workspace, "annual-report-2025")


def test_a_private_giver_is_named_only_with_consent(workspace: Workspace) -> None:
    for said, named in ((", publish: false", ""), (", kind: person}", ", kind: person, publish: true}")):
        assert "Furnadzhieva" not in _html(workspace, "annual-report-2025")
        change(workspace, f"{ORGANISATION}/2025/donations.yaml", said, named)
    assert "Zornitsa Furnadzhieva" in _html(workspace, "annual-report-2025")
    assert "Owl Bookshop" in _html(workspace, "annual-report-2025")  # a company, of which nothing is said


def test_what_a_year_lacks_is_left_out(workspace: Workspace) -> None:
    folder = workspace.data / ORGANISATION / "2025"
    for name in ("finance.yaml", "donations.yaml", "stories.yaml", "results.yaml"):
        (folder / name).unlink()
    html = _html(workspace, "annual-report-2025")
    for absent in ("finance", "donations", "stories", "scorecard"):
        assert f'id="{absent}"' not in html
    assert 'id="programmes"' in html and 'id="people"' in html


def test_the_imprint_says_that_it_is_invented(workspace: Workspace) -> None:
    assert "are invented" in _html(workspace, "annual-report-2025")


def test_a_document_of_no_year_prints_no_year(workspace: Workspace) -> None:
    change(workspace, f"{ORGANISATION}/documents.yaml", "    year: 2025\n", "")
    assert 'id="finance"' not in _html(workspace, "annual-report-2025")


def test_what_changed_stands_in_the_report(workspace: Workspace) -> None:
    change(workspace, f"{ORGANISATION}/people.yaml", "    since: 2014", "    since: 2026-03")
    html = _html(workspace, "annual-report-2026")
    rows = _rows(html, "changed")
    assert ["Children who come at least once a week", "171", "176", "+5"] in rows
    assert ["total income, EUR", "55,015.01", "58,740.00", "+3,724.99"] in rows
    assert "<li>Neda Knizharova: since March 2026</li>" in html
    assert "общо приходи, EUR" in _html(workspace, "annual-report-2026", "bg")


def test_what_changed_is_told_in_a_language_of_the_workspace_s_own(workspace: Workspace) -> None:
    own = workspace.root / "templates" / "locale" / "de.po"
    own.parent.mkdir(parents=True)
    own.write_text('msgid "total income"\nmsgstr "alle Einnahmen"\n', "utf-8")
    documents = workspace.data / ORGANISATION / "documents.yaml"
    text = documents.read_text("utf-8").replace("languages: [en, bg]", "languages: [en, bg, de]\n    fallback: en")
    documents.write_text(text, "utf-8")
    html = _html(workspace, "annual-report-2026", "de")
    assert '<th scope="row">alle Einnahmen, EUR</th>' in html


def test_pictures_are_printed_whatever_else_the_year_has(workspace: Workspace) -> None:
    Image.new("RGB", (60, 40), "white").save(workspace.data / ORGANISATION / "rooms.png")
    picture = "  - {file: rooms.png, alt: {en: A ROOM, bg: СТАЯ}}\n"
    folder = workspace.data / ORGANISATION
    path = folder / "2025" / "year.yaml"
    path.write_text("currency: BGN\nsummary: {en: A YEAR OF BOOKS, bg: Книги}\n", "utf-8")
    for name in ("activities.yaml", "stories.yaml"):
        (folder / "2025" / name).unlink()
    html = _html(workspace, "annual-report-2025")
    assert html.count("A YEAR OF BOOKS") == 1 and 'id="the-year"' not in html  # the highlights have it
    path.write_text(f"currency: BGN\npictures:\n{picture}", "utf-8")
    assert 'alt="A ROOM"' in _html(workspace, "annual-report-2025")
    for name in ("results.yaml", "finance.yaml", "donations.yaml"):
        (folder / "2025" / name).unlink()
    path.write_text(f"currency: BGN\npictures:\n{picture.replace('}}', '}, programme: new-neighbours}')}", "utf-8")
    html = _html(workspace, "annual-report-2025")
    assert 'alt="A ROOM"' in html and 'id="programme-new-neighbours"' in html
    path.write_text("currency: BGN\nsummary: {en: A YEAR OF BOOKS, bg: Книги}\n", "utf-8")
    assert "A YEAR OF BOOKS" in _html(workspace, "annual-report-2025")


def test_what_changed_keeps_silent_about_who_asked_for_it(workspace: Workspace) -> None:
    change(
        workspace,
        f"{ORGANISATION}/people.yaml",
        "четвъртък}\n    publish: false",
        "четвъртък}\n    since: 2025-03\n    publish: false",
    )
    assert "Brodov" not in _html(workspace, "annual-report-2025")
    facts = load(workspace, ORGANISATION).dossier
    assert all(c.id != "volunteer-one" for c in years.view(facts, 2025).changes)


def test_the_attachment_tells_no_giver_by_an_id(workspace: Workspace) -> None:
    change(workspace, f"{ORGANISATION}/2025/donations.yaml", "- id: baker", "- id: zornitsa-f")
    change(workspace, f"{ORGANISATION}/2025/donations.yaml", "income: gifts", "income: gift-zornitsa")
    change(workspace, f"{ORGANISATION}/2025/finance.yaml", "- id: gifts", "- id: gift-zornitsa")
    content = _attached(workspace, "annual-report-2025")
    assert "zornitsa" not in content
    first, second = json.loads(content)["year"]["received"]
    assert "id" not in first and "income" not in first and second["id"] == "received-2"


def test_stories_are_attached_where_they_are_printed(workspace: Workspace) -> None:
    assert "Mila came" in _attached(workspace, "annual-report-2025")
    change(
        workspace,
        f"{ORGANISATION}/documents.yaml",
        "    date: 2026-04-20",
        "    date: 2026-04-20\n    sections: [people]",
    )
    assert "Mila" not in _attached(workspace, "annual-report-2025")


def test_only_who_serves_in_the_year_is_listed(workspace: Workspace) -> None:
    change(workspace, f"{ORGANISATION}/people.yaml", "    since: 2019\n", "    until: 2025-06\n")
    change(workspace, f"{ORGANISATION}/people.yaml", "    since: 2021\n", "    since: 2026-01\n")
    change(workspace, f"{ORGANISATION}/people.yaml", "    since: 2014\n", "    since: 2011\n    until: 2024\n")
    rows = _rows(_html(workspace, "annual-report-2025"), "people")
    assert [row for row in rows if len(row) == 3][1:] == [["Ralitsa Mostova", "chair of the board", "until June 2025"]]
    assert ["Ралица Мостова", "председател на управителния съвет", "до юни 2025\u202fг."] in _rows(
        _html(workspace, "annual-report-2025", "bg"), "people"
    )
    assert [p["id"] for p in json.loads(_attached(workspace, "annual-report-2025"))["people"]] == ["chair"]
    names = [row[0] for row in _rows(_html(workspace, "annual-report-2026"), "people")]
    assert "Ognyan Svetilnikov" in names and "Ralitsa Mostova" not in names


def test_the_map_of_ties_is_of_the_year(workspace: Workspace) -> None:
    change(workspace, f"{ORGANISATION}/programmes.yaml", "    since: 2018-09", "    since: 2026-02")
    (workspace.data / ORGANISATION / "affiliations.yaml").write_text(
        "affiliations:\n" + "".join(f"  - {{id: {n}, network: {n}, kind: member, {when}}}\n" for n, when in _TIES),
        "utf-8",
    )
    (workspace.data / "networks.yaml").write_text(
        "languages: [en, bg]\nnetworks:\n"
        + "".join(
            f"  - {{id: {n}, name: {{en: {n}, bg: {n}}}, scope: local, summary: {{en: A, bg: А}}}}\n" for n, _ in _TIES
        ),
        "utf-8",
    )
    dossier = load(workspace, ORGANISATION).dossier
    request = next(r for r in dossier.documents if r.year == 2025)
    (drawing,) = ties.ties(dossier, context(dossier, request), Pen(Writer("en"), Labels("en", {}, None)))
    assert {node.id for column in drawing.columns for node in column.nodes} == {
        "organisation", "own-reading-rooms", "tie-lasting", "tie-left-in-the-year",
    }  # fmt: skip


_TIES = (
    ("lasting", "since: 2012"),
    ("left-before", "until: 2024-11"),
    ("left-in-the-year", "until: 2025-11"),
    ("joined-after", "since: 2026"),
)
