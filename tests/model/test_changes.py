"""What changed from year to year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from report.model import changes, checks
from report.model.changes import Change
from report.model.loading.load import load
from report.workspace import Workspace
from tests.cli.test_commands import run
from tests.conftest import change

ORGANISATION = "lantern-bridge"


@pytest.fixture
def workspace(small: Workspace) -> Workspace:
    """The small organisation, to be spoiled."""
    return small


def _between(workspace: Workspace, one: int, other: int) -> dict[tuple[str, str], Change]:
    loaded = load(workspace, ORGANISATION)
    assert loaded.dossier, loaded.problems
    found = changes.between(loaded.dossier, loaded.dossier.years[one], loaded.dossier.years[other])
    return {(c.subject, c.id): c for c in found}


def test_indicators_amounts_and_volunteers(workspace: Workspace) -> None:
    found = _between(workspace, 2024, 2025)
    assert (found["indicator", "children-reading"].before, found["indicator", "children-reading"].after) == (142, 171)
    gifts = found["income", "gifts"]
    assert (gifts.before, gifts.after, gifts.unit) == (Decimal("14200.50"), Decimal("17350.00"), "BGN")
    assert ("income", "harbour-fund") not in found  # the same in both years
    assert found["total", "expenditure"].after == Decimal("101250.00") and not gifts.converted
    assert found["volunteers", "people"].after - found["volunteers", "people"].before == 4


def test_leva_are_converted_and_marked(workspace: Workspace) -> None:
    found = _between(workspace, 2025, 2026)
    gifts = found["income", "gifts"]
    assert (gifts.before, gifts.unit, gifts.converted) == (Decimal("8870.91"), "EUR", True)


def test_currencies_without_a_fixed_rate_are_not_compared(workspace: Workspace) -> None:
    for year in (2024, 2025):
        change(
            workspace,
            f"{ORGANISATION}/{year}/year.yaml",
            "currency: BGN",
            f"currency: {'USD' if year == 2024 else 'GBP'}",
        )
    assert not [key for key in _between(workspace, 2024, 2025) if key[0] in ("income", "expenditure", "total")]


def test_who_came_and_who_left(workspace: Workspace) -> None:
    change(workspace, f"{ORGANISATION}/people.yaml", "    since: 2021", "    since: 2021\n    until: 2025-06")
    change(workspace, f"{ORGANISATION}/people.yaml", "    since: 2014", "    since: 2025")
    change(workspace, f"{ORGANISATION}/programmes.yaml", "    since: 2018-09", "    since: 2018-09\n    until: 2026-02")
    found = _between(workspace, 2024, 2025)
    assert found["person", "treasurer"].before and not found["person", "treasurer"].after
    assert found["person", "librarian"].after and ("person", "chair") not in found
    assert ("programme", "new-neighbours") not in found
    assert str(_between(workspace, 2025, 2026)["programme", "new-neighbours"].date) == "2026-02"


def test_a_line_that_is_new_or_gone(workspace: Workspace) -> None:
    change(workspace, f"{ORGANISATION}/2025/finance.yaml", "  - id: members", "  - id: friends")
    found = _between(workspace, 2024, 2025)
    assert found["income", "members"].after is None and found["income", "friends"].before is None


def test_a_year_against_itself(workspace: Workspace) -> None:
    assert _between(workspace, 2025, 2025) == {}


def test_objectives_and_the_kind_of_a_tie(workspace: Workspace) -> None:
    folder = workspace.data / ORGANISATION
    objective = "kind: own\n    text: {en: Read, bg: Четене}"
    (folder / "objectives.yaml").write_text(
        f"objectives:\n  - id: old\n    {objective}\n    until: 2025-05\n  - id: new\n    {objective}\n    since: 2025-06\n"
        f"  - id: always\n    {objective}\n",
        "utf-8",
    )
    (workspace.data / "networks.yaml").write_text(
        "networks:\n  - {id: union, scope: national, name: {en: Union, bg: Съюз}, summary: {en: It reads, bg: Чете}}\n",
        "utf-8",
    )
    ties = "affiliations:\n  - {id: one, network: union, kind: partner, since: 2019, until: 2025-03}\n"
    (folder / "affiliations.yaml").write_text(ties + "  - {id: two, network: union, kind: member, since: 2025-03}\n")
    found = _between(workspace, 2024, 2025)
    assert found["objective", "old"].before and found["objective", "new"].after
    assert ("objective", "always") not in found
    assert (found["affiliation", "one"].kind, found["affiliation", "two"].kind) == ("partner", "member")
    assert not [p for p in checks.check(load(workspace, ORGANISATION).dossier) if p.code == "affiliation.twice"]
    change(workspace, f"{ORGANISATION}/affiliations.yaml", "until: 2025-03", "until: 2025-04")
    assert [p for p in checks.check(load(workspace, ORGANISATION).dossier) if p.code == "affiliation.twice"]


def test_what_no_fact_names_has_a_label_for_the_catalogues(workspace: Workspace) -> None:
    labels = {c.label for c in _between(workspace, 2024, 2025).values() if c.subject in ("total", "volunteers")}
    assert labels == {"total income", "total expenditure", "volunteers", "hours of voluntary work"}


def test_only_the_office_sees_who_asked_not_to_be_published(workspace: Workspace) -> None:
    change(
        workspace,
        f"{ORGANISATION}/people.yaml",
        "четвъртък}\n    publish: false",
        "четвъртък}\n    since: 2025-03\n    publish: false",
    )
    assert ("person", "volunteer-one") not in _between(workspace, 2024, 2025)
    done = run("diff", ORGANISATION, "2024", "2025", cwd=workspace.root)
    assert "Toma Brodov: since 2025-03" in done.stdout
