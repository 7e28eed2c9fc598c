"""Inconsistencies planted in the money, results and consents of a complete organisation: each is found, at its line."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from report import pipeline
from report.model.loading.load import load
from report.model.money import convert
from report.values import Money, Problem, Severity
from report.workspace import Workspace
from tests.conftest import change

ORGANISATION = "lantern-bridge"


@pytest.fixture
def workspace(small: Workspace) -> Workspace:
    """The small organisation, to be spoiled."""
    return small


# what is planted: file, the text that is replaced, its replacement, the code expected, a word of the hint or message
PLANTED = {
    "income that does not add up": ("2025/finance.yaml", "  income: 107600.00", "  income: 107500.00", "money.total", "100.00"),
    "expenditure that does not add up": ("2025/finance.yaml", "  expenditure: 101250.00", "  expenditure: 101520.00", "money.total", "270.00"),
    "a result that is not the difference": ("2025/finance.yaml", "  result: 6350.00", "  result: 6530.00", "money.result", "6350.00"),
    "restricted funds that do not add up": ("2025/finance.yaml", "  closing: 4700.00", "  closing: 4800.00", "money.funds", "4700.00"),
    "unrestricted funds that do not add up": ("2025/finance.yaml", "  closing: 20450.50", "  closing: 20450.05", "money.funds", "20450.50"),
    "funds that were not carried over": ("2025/finance.yaml", "  opening: 13500.50", "  opening: 13500.00", "money.carried", "2024"),
    "funds that were not converted": ("2026/finance.yaml", "  opening: 2403.07", "  opening: 4700.00", "money.carried", "1.95583"),
    "leva after the euro": ("2026/year.yaml", "currency: EUR", "currency: BGN", "money.currency", "EUR"),
    "euro before its time": ("2025/year.yaml", "currency: BGN", "currency: EUR", "money.currency", "BGN"),
    "an unknown currency": ("2025/year.yaml", "currency: BGN", "currency: LEV", "data.currency", "BGN"),
    "a negative amount": ("2025/finance.yaml", "amount: 12650.00", "amount: -12650.00", "money.negative", "other side"),
    "a third decimal": ("2025/finance.yaml", "amount: 2250.00", "amount: 2250.00005", "data.decimal_max_places", "at most 2"),
    "more spent on a programme than there was": ("2025/finance.yaml", "amount: 35900.00", "amount: 95900.00", "money.programme", "new-neighbours"),
    "an unknown programme": ("2025/finance.yaml", "    amount: 36000.00\n    restricted: true\n    programme: new-neighbours",
                             "    amount: 36000.00\n    restricted: true\n    programme: new-neighbour", "id.unknown", "new-neighbours"),
    "a line twice": ("2025/finance.yaml", "  - id: members", "  - id: gifts", "id.duplicate", "twice"),
    "donations above their line": ("2025/donations.yaml", "value: 6940.00", "value: 96940.00", "donation.sum", "17350.00"),
    "a donation of no line": ("2025/donations.yaml", "    income: gifts\n", "", "donation.income", "income"),
    "a donation to a line that is not there": ("2025/donations.yaml", "income: gifts", "income: gift", "id.unknown", "gifts"),
    "a donation outside the year": ("2025/donations.yaml", "date: 2025-12-06", "date: 2026-01-06", "donation.outside", "2025-12-31"),
    "goods without a name": ("2025/donations.yaml", "    description: {en: 80 picture books, bg: 80 книжки с картинки}\n", "", "donation.what", "description"),
    "a gift of nothing": ("2025/donations.yaml", "value: 210.00", "value: 0", "donation.value", "zero"),
    "an activity outside the year": ("2025/activities.yaml", "begins: 2025-09-21", "begins: 2024-09-21", "activity.outside", "2025-01-01"),
    "an activity that ends before it begins": ("2025/activities.yaml", "ends: 2025-07-18", "ends: 2025-07-01", "date.order", "2025-07-04"),
    "an activity of no programme": ("2025/activities.yaml", "programme: reading-rooms", "programme: reading-room", "id.unknown", "reading-rooms"),
    "a number without a source": ("2025/results.yaml", "    source: family-survey\n", "", "result.source", "source"),
    "a share over the whole": ("2025/results.yaml", "actual: 88", "actual: 108", "result.percent", "100"),
    "parts that do not add up": ("2025/results.yaml", "value: 95", "value: 59", "result.parts", "171"),
    "a result twice": ("2025/results.yaml", "indicator: families-met", "indicator: children-reading", "result.twice", "already"),
    "an unknown indicator": ("2025/results.yaml", "indicator: families-met", "indicator: families-meet", "id.unknown", "families-met"),
    "a baseline after the year": ("programmes.yaml", "baseline: {value: 3, year: 2018}", "baseline: {value: 3, year: 2027}", "result.baseline", "2027"),
    "a year that ends before it begins": ("2025/year.yaml", "currency: BGN", "currency: BGN\nbegins: 2025-12-01\nends: 2025-01-31", "year.order", "before"),
    "a year in the wrong folder": ("2025/year.yaml", "currency: BGN", "currency: BGN\nbegins: 2023-07-01\nends: 2024-06-30", "year.folder", "folder"),
    "a story without consent": ("2025/stories.yaml", "    consent: {date: 2025-11-02, by: parent}\n", "", "story.consent", "consent"),
    "a consent that ended before it began": ("2025/stories.yaml", "{date: 2025-11-02, by: parent}", "{date: 2025-11-02, until: 2025-01-02, by: parent}", "story.consent", "ends"),
    "a letter by one who asked not to be published": ("2025/year.yaml", "person: chair", "person: volunteer-one", "person.publish", "asked"),
    "a representative who asked not to be published": ("people.yaml", "    represents: true", "    represents: true\n    publish: false", "person.publish", "signs"),
    "activities that cost more than their programme": ("2025/activities.yaml", "    participants: 93\n    milestone: true\n", "    participants: 93\n    milestone: true\n    cost: 96000.00\n", "money.activities", "reading-rooms"),
    "an activity of negative cost": ("2025/activities.yaml", "    participants: 93\n    milestone: true\n", "    participants: 93\n    milestone: true\n    cost: -9.00\n", "money.negative", "cost"),
    "a picture of no programme": ("2025/year.yaml", "lessons:\n", "pictures:\n  - {file: x.png, alt: {en: A, bg: Б}, programme: rooms}\nlessons:\n", "id.unknown", "reading-rooms"),
    "hours of nobody": ("2025/year.yaml", "people: 34", "people: 0", "volunteers.none", "no volunteers"),
}  # fmt: skip
ENCLOSING = ("result.parts", "donation.income")


@pytest.mark.parametrize("name", PLANTED)
def test_each_inconsistency_points_at_its_line(workspace: Workspace, name: str) -> None:
    file, old, new, code, word = PLANTED[name]
    line = change(workspace, f"{ORGANISATION}/{file}", old, new)
    problems = pipeline.check(workspace, ORGANISATION, templates=False).problems
    found = [p for p in problems if p.code == code and p.severity is Severity.ERROR]
    assert found, [p.code for p in problems]
    if code not in ("money.carried", "donation.sum", "result.baseline", "person.publish"):  # told where they clash
        assert {p.location.path for p in found} == {workspace.data / ORGANISATION / file}
        problem = min(found, key=lambda p: abs(p.location.line - line))
        before = 12 if code in ENCLOSING or not new else 0  # a record that lacks something, a list that does not add up
        assert line - before <= problem.location.line <= line + new.count("\n"), problem
    assert any(word in f"{p.message} {p.hint}" for p in found), [f"{p.message} {p.hint}" for p in found]
    assert all(p.location.line and p.location.column and p.hint for p in found), [
        p.message for p in found if not p.hint
    ]


@pytest.mark.parametrize(
    ("told", "meant"),
    [("BGN 107,060", "107,600.00"), ("101 520 BGN", "101,250.00"), ("6,850.00 BGN", "6,350.00"), ("€99,999", None),
     ("107.060 лв.", "107,600.00"), ("101.520,00 BGN", "101,250.00"), ("EUR 107,060", None), ("$101,520", None),
     ("17,450 BGN", "17,350.00"), ("6,850 BGN", None), ("about 107,000 BGN", None), ("101,300 BGN", None), ("6,400 BGN", None),
     ("107,600 BGN", None), ("about 100 BGN", None), ("420 BGN", None)],
)  # fmt: skip
def test_an_amount_of_the_narrative_that_is_nearly_the_statement_s(
    workspace: Workspace, told: str, meant: str | None
) -> None:
    line = change(
        workspace,
        f"{ORGANISATION}/2025/year.yaml",
        "currency: BGN\n",
        f"currency: BGN\nimpact: {{en: 'It was {told} in all.', bg: Да}}\n",
    )
    found = [
        p for p in pipeline.check(workspace, ORGANISATION, templates=False).problems if p.code == "money.narrative"
    ]
    assert [p.location.line for p in found] == ([line + 1] if meant else [])
    assert not meant or (meant in found[0].message and found[0].severity is Severity.WARNING)


def test_an_amount_of_something_else_is_no_slip(workspace: Workspace) -> None:
    text = "currency: BGN\nimpact: {en: 'The boat is 107,060 BGN.', bg: Да}\n"
    change(workspace, f"{ORGANISATION}/2025/year.yaml", "currency: BGN\n", text)
    change(workspace, f"{ORGANISATION}/2025/year.yaml", text, text + "other_amounts: [107060]\n")
    assert not [
        p for p in pipeline.check(workspace, ORGANISATION, templates=False).problems if p.code == "money.narrative"
    ]


def _but_notes(checked: pipeline.Checked) -> list[Problem]:
    """Return what is wrong; that a document leaves out whom it should is a note."""
    return [problem for problem in checked.problems if problem.severity is not Severity.NOTE]


def test_parts_of_a_percentage_do_not_add_up(workspace: Workspace) -> None:
    change(
        workspace,
        f"{ORGANISATION}/2025/results.yaml",
        "  - indicator: families-content\n    target: 80\n    actual: 88\n    source: family-survey\n",
        "  - indicator: families-content\n    target: 80\n    actual: 88\n    source: family-survey\n    breakdowns:\n"
        "      - by: {en: by language, bg: по език}\n        parts:\n"
        "          - {label: {en: one, bg: един}, value: 90}\n          - {label: {en: other, bg: друг}, value: 82}\n",
    )
    assert _but_notes(pipeline.check(workspace, ORGANISATION)) == []


def test_restricted_money_without_an_opening_balance_is_a_question(workspace: Workspace) -> None:
    for year in (2025, 2026):
        path = workspace.data / ORGANISATION / f"{year}/finance.yaml"
        text = re.sub(r"^(un)?restricted:\n  .*\n  .*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
        path.write_text(text, "utf-8")
    change(workspace, f"{ORGANISATION}/2025/finance.yaml", "amount: 52000.00", "amount: 50000.00")
    found = [
        p for p in pipeline.check(workspace, ORGANISATION, templates=False).problems if p.code == "money.programme"
    ]
    assert {p.severity for p in found} == {Severity.WARNING} and "opening" in found[0].hint


@pytest.mark.parametrize(("cents", "told"), [("0.01", False), ("0.02", True)])
def test_a_balance_that_was_converted_may_be_a_cent_off(workspace: Workspace, cents: str, told: bool) -> None:
    path = workspace.data / ORGANISATION / "2026/finance.yaml"
    opening = re.search(r"^unrestricted:\n  opening: (.*)$", path.read_text("utf-8"), re.MULTILINE)[1]
    change(
        workspace,
        f"{ORGANISATION}/2026/finance.yaml",
        f"opening: {opening}",
        f"opening: {Decimal(opening) + Decimal(cents)}",
    )
    codes = {p.code for p in pipeline.check(workspace, ORGANISATION).problems}
    assert ("money.carried" in codes) is told


def test_the_invented_organisation_is_sound(workspace: Workspace) -> None:
    assert _but_notes(pipeline.check(workspace, ORGANISATION)) == []


def test_years_are_read_in_order_and_amounts_are_decimal(workspace: Workspace) -> None:
    dossier = load(workspace, ORGANISATION).dossier
    assert list(dossier.years) == [2024, 2025, 2026]
    finance = dossier.years[2026].finance
    assert finance.totals.income == Decimal("58740.00") and isinstance(finance.income[0].amount, Decimal)
    assert {s.id for s in dossier.sources.values()} == {"attendance-lists", "family-survey"}


def test_ids_of_a_year_are_its_own(workspace: Workspace) -> None:
    """The same line may be there every year; a donation refers to its own year's."""
    change(workspace, f"{ORGANISATION}/2024/finance.yaml", "- id: gifts", "- id: presents")
    found = [p for p in pipeline.check(workspace, ORGANISATION, templates=False).errors if p.code == "id.unknown"]
    assert [p.location.path.parent.name for p in found] == ["2024"]


def test_a_year_needs_its_first_file(workspace: Workspace) -> None:
    (workspace.data / ORGANISATION / "2025" / "year.yaml").unlink()
    found = pipeline.check(workspace, ORGANISATION).errors
    assert [p.location.path.name for p in found] == ["year.yaml"]


def test_levs_become_euro_to_the_cent() -> None:
    assert convert(Money(Decimal("195.583"), "BGN"), "EUR") == Money(Decimal("100.00"), "EUR")
    assert convert(Money(Decimal("1.00"), "BGN"), "EUR") == Money(Decimal("0.51"), "EUR")
    assert convert(Money(Decimal("7.77"), "EUR"), "EUR") == Money(Decimal("7.77"), "EUR")
    with pytest.raises(ValueError, match="USD"):
        convert(Money(Decimal(1), "USD"), "EUR")


def test_who_asked_not_to_be_named_is_told_of_in_texts(workspace: Workspace) -> None:
    line = change(
        workspace,
        f"{ORGANISATION}/2025/year.yaml",
        "currency: BGN\n",
        "currency: BGN\nthanks:\n  en: We thank *Toma Brodov*, Mrs Furnadzhieva and Neda.\n  bg: Благодарим на читателите.\n",
    )
    found = [p for p in pipeline.check(workspace, ORGANISATION, templates=False).problems if p.code == "person.named"]
    assert [p.location.line for p in found] == [line + 2] * 2 and {p.severity for p in found} == {Severity.WARNING}
    assert "Toma Brodov" in found[0].message and "Furnadzhieva" in found[1].message and "consent" in found[0].hint
    for document in ("2025", "2026"):
        change(
            workspace,
            f"{ORGANISATION}/documents.yaml",
            f"    year: {document}\n",
            f"    year: {document}\n    editions: [redacted]\n",
        )
    assert pipeline.check(workspace, ORGANISATION, templates=False).problems == ()
