"""What the report prints of a reporting year."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal

import pytest

from report import pipeline
from report.compose import years
from report.model.load import load
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
    assert rows[0] == ["Indicator", "At the start", "Target", "Result", "Last year", "Reached"]
    assert rows[1] == ["Children who come at least once a week", "40 (2012)", "160", "171", "142", "yes"]
    assert rows[3] == ["Families who would do it again", "–", "80 %", "88 %", "77 %", "yes"]


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
        ("en", ("Last year", "year before", "last year", "2025")),
        ("bg", ("иналогоди", "преди год")),
    ):
        html = _html(workspace, "annual-report-2026", language)
        assert not [word for word in words if word in html]
    rows = _rows(_html(workspace, "annual-report-2026"), "scores")
    assert rows[1][1:] == ["40 (2012)", "180", "176", "not yet"]
    assert _tables(html, "statement")[0][1] == ["Община Камен дол (с определена цел)", "28\u00a0000,00"]


def test_without_baselines_there_is_no_column_of_them(workspace: Workspace) -> None:
    path = workspace.data / ORGANISATION / "programmes.yaml"
    path.write_text(re.sub(r"    baseline: .*\n", "", path.read_text("utf-8")), "utf-8")
    assert "At the start" not in _html(workspace, "annual-report-2026")


def test_lines_that_are_gone_make_last_year_add_up(workspace: Workspace) -> None:
    change(workspace, f"{ORGANISATION}/2026/finance.yaml", "  - id: members\n", "  - id: members-new\n")
    change(workspace, f"{ORGANISATION}/2026/finance.yaml", "  - id: rooms-books\n", "  - id: rooms-paper\n")
    for rows in _tables(_html(workspace, "annual-report-2026"), "statement"):
        *lines, total = [[cell.replace(",", "").replace("–", "0") for cell in row[1:]] for row in rows[1:]]
        for column in (0, 1):
            difference = sum(Decimal(line[column]) for line in lines) - Decimal(total[column])
            assert abs(difference) <= Decimal("0.02") * column, rows
        assert any(line[0] == "0" for line in lines) and any(line[1] == "0" for line in lines)
    assert "so that sums may differ by cents" in _html(workspace, "annual-report-2026")


def test_nothing_is_converted_where_last_year_has_no_statement(workspace: Workspace) -> None:
    for name in ("finance.yaml", "donations.yaml"):
        (workspace.data / ORGANISATION / "2025" / name).unlink()
    assert years.view(load(workspace, ORGANISATION).dossier, 2026).converted is False
    assert "Last year’s amounts" not in _html(workspace, "annual-report-2026")


def test_what_changed_says_that_it_is_converted(workspace: Workspace) -> None:
    text = (workspace.data / ORGANISATION / "documents.yaml").read_text("utf-8")
    (workspace.data / ORGANISATION / "documents.yaml").write_text(text + "    sections: [changes, imprint]\n", "utf-8")
    assert "1.95583" in _html(workspace, "annual-report-2026")


def test_a_deficit_is_no_double_negative(workspace: Workspace) -> None:
    path = workspace.data / ORGANISATION / "2026/finance.yaml"
    text = path.read_text("utf-8").replace("amount: 7020.00", "amount: 17020.00")
    path.write_text(re.sub(r"totals:.*?audited", "audited", text, flags=re.DOTALL), "utf-8")
    html = _html(workspace, "annual-report-2026")
    assert '€6,630</strong> <span class="label">was taken from what there was' in html and "−€6,630" not in html


def test_a_programme_with_money_alone_is_told_in_brief(workspace: Workspace) -> None:
    path = workspace.data / ORGANISATION / "2026/activities.yaml"
    path.write_text(path.read_text("utf-8").partition("  - id: welcome-day")[0], "utf-8")
    brief = _html(workspace, "annual-report-2026").partition('<dl class="brief">')[2].partition("</dl>")[0]
    assert "<dt>New neighbours</dt>" in brief and "Spent on it: €20,150." in brief


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
    assert ["all income, EUR", "55,015.01", "58,740.00", "+3,724.99"] in rows
    assert "<li>Neda Knizharova: since March 2026</li>" in html
    assert "всички приходи, EUR" in _html(workspace, "annual-report-2026", "bg")
