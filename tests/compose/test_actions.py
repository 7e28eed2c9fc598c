"""The annexes of an action: the columns that PRAG asks for, and every number as the facts have it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from report import pipeline
from report.compose.checks import leaks
from report.model.privacy.names import Finder
from report.values import Document
from report.values.workbook import Cell, Sheet, Workbook
from report.workspace import Workspace
from tests.conftest import ROOT
from tests.model import actions


def _composed(workspace: Workspace, organisation: str, document: str, language: str = "en") -> Document:
    checked = pipeline.check(workspace, organisation, templates=False)
    assert checked.dossier, checked.errors
    (job,) = pipeline.jobs(checked.dossier, (document,), (language,), ("html",))
    return pipeline.prepare(workspace, job)


def _rows(html: str, table: str) -> list[list[str]]:
    (found,) = re.findall(rf'<table class="{table}[^"]*">(.*?)</table>', html, re.DOTALL)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", found, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def test_the_logical_framework_has_the_columns_of_annex_c(tmp_path: Path) -> None:
    html = _composed(actions.workspace(tmp_path), "lantern", "frame").html
    rows = _rows(html, "results")
    assert rows[0] == [
        "Results chain", "Indicators", "Baseline (value, year)", "Current value (date)", "Target (value, year)",
        "Sources and means of verification", "Assumptions",
    ]  # fmt: skip
    assert rows[1][:3] == ["Impact Safe harbours", "Ships that come home", "90 % (2025)"]
    assert rows[2][0] == "Outcome Oc 1 Lights burn" and rows[2][4] == "8 (2028) female: 4 male: 4"
    assert rows[3][0] == "Output Op 1.1 → Oc 1 Lamps"
    assert _rows(html, "activities")[1] == ["A 1.1.1 → Op 1.1", "Buy lamps", "Money", "1,000.00"]
    assert 'data-page="landscape"' in html


def test_the_budget_has_the_headings_of_annex_b(tmp_path: Path) -> None:
    html = _composed(actions.workspace(tmp_path), "lantern", "budget").html
    rows = _rows(html, "costs")
    assert rows[1] == ["Number of units", "Unit value (EUR)", "Total (EUR)"] * 2
    assert ["1.1.1 Keeper", "month", "24", "101.01", "2,424.24", "12", "99.99", "1,199.88"] in rows
    totals = {row[0].partition(".")[0]: row[1:] for row in rows[-7:]}
    assert totals["7"] == ["2,682.58", "1,438.20"] and totals["8"] == ["187.78", "100.67"]
    assert list(totals) == [str(n) for n in range(7, 14)] and totals["13"] == ["2,982.86", "1,578.87"]
    assert _rows(html, "funding")[-1] == ["All sources of funding", "2,982.86", "100.00"]
    assert "4. Local office" not in html, "a heading without lines is left out"


def test_partners_stand_apart_with_what_makes_them_partners(tmp_path: Path) -> None:
    html = _composed(actions.workspace(tmp_path), "lantern", "partners").html
    applicants, entities = html[html.index('id="co-applicants"') :].split('id="affiliated-entities"')
    assert "Boathouse" in applicants and "3 February 2026" in applicants and "Ireland" in applicants
    assert "Harbours of the North" in entities and "legal: membership by statute" in entities
    assert "PRAG 6.1.2" in applicants and "article 8" in entities


def test_the_action_is_among_the_attached_facts(tmp_path: Path) -> None:
    told = json.loads(_composed(actions.workspace(tmp_path), "lantern", "budget").attachments[0].content)
    assert told["action"]["budget"]["lines"][0]["code"] == "1.1.1"


@pytest.mark.quick("budget")
@pytest.mark.parametrize("document", ["three-valleys-logframe", "three-valleys-budget", "three-valleys-co-applicants"])
def test_the_annexes_of_the_example_are_made_in_bulgarian(document: str) -> None:
    html = _composed(Workspace.at(ROOT), "lantern-bridge", document, "bg").html
    assert "Приложение към проектно предложение" in html and "Книжни бусове за три долини" in html


def test_a_name_in_a_workbook_stops_a_redacted_edition() -> None:
    book = Workbook((Sheet("Budget", (9,), ((Cell("Salary of Neda Knizharova"),),)),))
    ((message, _),) = leaks.search(leaks.sheets(book), Finder(["Knizharova"]), ())
    assert "the sheet Budget" in message
