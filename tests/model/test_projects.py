"""Mistakes planted in projects: each is found, at its line, with a word on what to do."""

from __future__ import annotations

import pytest

from report import pipeline
from report.model.loading.load import load
from report.model.privacy.redact import redact
from report.values import Severity
from report.workspace import Workspace
from tests.conftest import change

ORGANISATION, FILE = "lantern-bridge", "lantern-bridge/projects.yaml"

# what is planted: the text that is replaced, its replacement, the code expected, a word of the hint or message
PLANTED = {
    "an end before the beginning": ("until: 2021-06", "until: 2019-06", "date.order", "2020-09"),
    "more received than it cost": ("received: 55000.00", "received: 65000.00", "project.amount", "61200.00"),
    "more received than was granted": ("granted: 310000.00", "granted: 31000.00", "project.amount", "52000.00"),
    "more granted than it cost": ("granted: 310000.00", "granted: 341000.00", "project.amount", "340000.00"),
    "a negative amount": ("received: 16900.00", "received: -16900.00", "project.amount", "negative"),
    "a cost of nothing": ("cost: 18400.00", "cost: 0", "data.greater_than", "more than 0"),
    "givers who paid more than it cost": ("amount: 1800.00", "amount: 18000.00", "project.donors", "42500.00"),
    "a gift of nothing": ("amount: 3000.00", "amount: 0", "project.amount", "above zero"),
    "one giver twice": ("{funder: millstone-foundation, amount: 1800.00}", "{funder: village-libraries-agency, amount: 1800.00}",
                        "project.giver", "add the amounts up"),
    "a giver without a name": ("{funder: millstone-foundation, amount: 1800.00}", "{amount: 1800.00}", "project.giver", "funder"),
    "a giver with an id and a name": ("    funder: no-fences-fund\n", "    funder: no-fences-fund\n    funder_name: {en: No, bg: Не}\n",
                                      "project.giver", "keep one"),
    "an unknown funder": ("funder: twelve-apples-foundation", "funder: twelve-apple-foundation", "id.unknown", "twelve-apples-foundation"),
    "an unknown giver": ("{funder: millstone-foundation, amount: 3000.00}", "{funder: milestone-foundation, amount: 3000.00}",
                         "id.unknown", "millstone-foundation"),
    "a reference twice": ("reference: HF-2018-007", "reference: hf-2026-031", "project.reference", "year-beside-two"),
    "an id twice": ("id: yellow-van", "id: own-hands", "id.duplicate", "twice"),
    "a currency that there is not": ("currency: GBP", "currency: LEV", "data.currency", "BGN"),
    "a role that there is not": ("role: BEN", "role: PARTNER", "data.literal_error", "COO"),
    "a country by its name": ("countries: [BG, GB]", "countries: [BG, England]", "data.form", "BG"),
    "a sector code that is none": ('sector_code: "11330"', "sector_code: 113", "data.form", "five digits"),
}  # fmt: skip


@pytest.mark.quick(
    "an end before the beginning",
    "a giver without a name",
    "an unknown funder",
    "more granted than it cost",
    "an id twice",
    "one giver twice",
)
@pytest.mark.parametrize("name", PLANTED)
def test_each_mistake_points_at_its_line(workspace: Workspace, name: str) -> None:
    old, new, code, word = PLANTED[name]
    line = change(workspace, FILE, old, new)
    found = [p for p in pipeline.check(workspace, ORGANISATION, templates=False).problems if p.code == code]
    assert found, [p.code for p in pipeline.check(workspace, ORGANISATION, templates=False).problems]
    problem = min(found, key=lambda p: abs(p.location.line - line))
    assert problem.severity is Severity.ERROR and problem.location.path == workspace.data / FILE
    assert abs(problem.location.line - line) <= 20, f"line {problem.location.line}, not {line}"
    assert word in f"{problem.message} {problem.hint}" and problem.hint, problem


def test_leva_after_the_euro_are_a_warning(workspace: Workspace) -> None:
    change(workspace, FILE, "    since: 2024-03\n    until: 2025-11", "    since: 2026-01-01\n    until: 2026-11")
    found = [
        p for p in pipeline.check(workspace, ORGANISATION, templates=False).problems if p.code == "project.currency"
    ]
    assert [p.severity for p in found] == [Severity.WARNING] and "EUR" in found[0].hint


def test_the_same_reference_of_another_funder_is_none_of_its_business(workspace: Workspace) -> None:
    change(workspace, FILE, "reference: NF-2021-004", "reference: HF-2026-031")
    assert pipeline.check(workspace, ORGANISATION, templates=False).errors == ()


def test_without_the_file_there_are_no_projects(workspace: Workspace) -> None:
    (workspace.data / FILE).unlink()
    loaded = load(workspace, ORGANISATION)
    assert loaded.dossier is not None and loaded.dossier.projects == () and loaded.problems == ()


def test_a_redacted_edition_has_no_name_in_a_project(workspace: Workspace) -> None:
    change(workspace, FILE, "reference: TAF-2023-112", "reference: Ralitsa Mostova 112")
    change(workspace, FILE, "id: own-hands", "id: mostova-own-hands")
    change(workspace, FILE, "en: With Their Own Hands", "en: With Ralitsa’s Own Hands")
    dossier = load(workspace, ORGANISATION).dossier
    assert dossier is not None
    project = redact(dossier).projects[2]
    assert "Mostova" not in project.reference and "mostova" not in project.id
    assert project.title.by_language["en"] == "With […] Own Hands"
