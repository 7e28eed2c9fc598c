"""Mistakes in an action: each is found at its line, and the rule is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from report import pipeline
from report.values import Problem, Severity
from tests.model import actions

# what is planted in actions.yaml: the text that is replaced, its replacement, the code, a word of the message or hint
PLANTED = {
    "an output of an unknown outcome": ("outcome: Oc 1", "outcome: Oc 11", "logframe.outcome", "Oc 1"),
    "an activity of an unknown output": ("output: Op 1.1", "output: Op 1.2", "logframe.output", "Op 1.1"),
    "a number that is none": ("code: Op 1.1", "code: Op1.1", "data.code", "Op 1.1"),
    "a budget line of heading 7": ("code: 3.1, text: Lamps", "code: 7.1, text: Lamps", "data.code", "1.1.1"),
    "no indicator": ("          indicators: [{name: Lamps that work}]\n", "", "logframe.indicator", "Op 1.1"),
    "a target before its baseline": ("target: {value: 95, year: 2028}", "target: {value: 95, year: 2024}",
                                     "indicator.order", "2025"),
    "a share over a hundred": ("target: {value: 95,", "target: {value: 950,", "indicator.percent", "86"),
    "more of each sex than there are": ("female: 4, male: 4", "female: 5, male: 4", "indicator.parts", "9"),
    "a number twice": ("code: 3.1, text: Lamps", "code: 2.1, text: Lamps", "code.duplicate", "2.1"),
    "a line that has lines below it": ("code: 3.1, text: Lamps", "code: 1.1, text: Lamps", "budget.group", "groups"),
    "indirect costs over seven per cent": ("indirect_rate: 7", "indirect_rate: 7.01", "budget.indirect", "7 %"),
    "a reserve over five per cent": ("contingency: {all: 100.00,", "contingency: {all: 134.13,", "budget.contingency",
                                     "134.12"),
    "more units in year 1": ("units_year_1: 0.5", "units_year_1: 3", "budget.year", "2.5"),
    "more money in year 1": ("unit_value_year_1: 99.99", "unit_value_year_1: 299.99", "budget.year", "2,424.24"),
    "more reserve in year 1": ("year_1: 40.00", "year_1: 140.00", "budget.year", "100.00"),
    "funding that is too little": ("amount: 0.50", "amount: 0.49", "budget.funding", "0.01"),
    "a donor who is not named": ("kind: other, by: sea-fund", "kind: other", "budget.source", "by"),
    "a donor who is named twice": ("by: sea-fund", "by: sea-fund, name: Sea", "budget.source", "twice"),
    "a donor whom nobody knows": ("by: sea-fund", "by: see-fund", "id.unknown", "sea-fund"),
    "activities over the budget": ("costs: 1000.00", "costs: 2682.59", "budget.activities", "2,682.58"),
    "a co-applicant without mandate": ("        mandate: {signed: 2026-02-03}\n", "", "role.mandate", "PRAG 6.1.2"),
    "an affiliated entity without link": ("        structural_link: {kind: legal, basis: membership by statute}\n", "",
                                          "role.structural_link", "art. 8"),
    "a membership as a role": ("        role: affiliated-entity\n", "", "role.none", "membership alone"),
    "a co-applicant without a name": ("      - name: Boathouse\n        role", "      - role", "co-applicant.name", "name"),
    "an affiliation that there is not": ("affiliation: member", "affiliation: membre", "id.unknown", "member"),
    "a mandate that is not on file": ("mandate: {signed: 2026-02-03}", "mandate: {signed: 2026-02-03, file: no.pdf}",
                                      "role.file", "no.pdf"),
    "a mandate outside the folder": ("mandate: {signed: 2026-02-03}", "mandate: {signed: 2026-02-03, file: ../../networks.yaml}",
                                     "role.file", "inside"),
    "a mandate after the document": ("mandate: {signed: 2026-02-03}", "mandate: {signed: 2026-05}", "role.signed", "2026-04-01"),
    "a link made for the action": ("kind: legal, basis: membership by statute}", "kind: legal, basis: contract, since: 2027}",
                                   "role.made", "art. 8"),
    "one who takes part twice": ("      - affiliation: member\n", "      - {affiliation: member, role: co-applicant, mandate: {signed: 2026}}\n      - affiliation: member\n",
                                 "co-applicant.twice", "one role"),
    "a group without lines": ("groups: [{code: 1.1,", "groups: [{code: 1.2,", "budget.group", "1.2"),
    "an output numbered for another outcome": ("code: Op 1.1\n", "code: Op 2.1\n", "logframe.number", "Oc 1"),
    "an activity numbered for another output": ("code: A 1.1.1", "code: A 1.2.1", "logframe.number", "Op 1.1"),
    "a line of no end": ("units: 24,", "units: 123456789,", "data.decimal_whole_digits", "7 digits"),
    "a line below nothing": ("unit_value: 101.01", "unit_value: -101.01", "data.greater_than_equal", "correct"),
    "a country by its name": ("nationality: IE", "nationality: Ireland", "data.form", "IE"),
}  # fmt: skip


WARNED = {"logframe.indicator", "logframe.number", "role.made"}


def _problems(tmp_path: Path, **changed: tuple[str, str]) -> list[Problem]:
    found = pipeline.check(actions.workspace(tmp_path, **changed), "lantern", templates=False).problems
    return [problem for problem in found if problem.severity is not Severity.NOTE]


def test_a_good_action_has_no_problem(tmp_path: Path) -> None:
    checked = pipeline.check(actions.workspace(tmp_path), "lantern")
    assert [p for p in checked.problems if p.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("name", PLANTED)
def test_a_mistake_is_found_at_its_line(name: str, tmp_path: Path) -> None:
    old, new, code, word = PLANTED[name]
    found = [p for p in _problems(tmp_path, actions=(old, new)) if p.code == code]
    assert len(found) == 1, found
    problem = found[0]
    assert word in f"{problem.message} {problem.hint}"
    assert problem.location is not None and problem.location.line is not None
    text = actions.ACTIONS
    planted = text[: text.index(old)].count("\n") + 1
    # what is missing is told where its record begins; what does not add up, where the sum stands
    assert abs(problem.location.line - planted) <= 4
    warned = code in WARNED or name == "a group without lines"
    assert problem.severity is (Severity.WARNING if warned else Severity.ERROR)


def test_a_role_of_the_affiliation_is_that_of_the_partner(tmp_path: Path) -> None:
    """What the affiliation says counts where the action says nothing."""
    role = "        role: affiliated-entity\n        structural_link: {kind: legal, basis: membership by statute}\n"
    tie = "kind: member, since: 2015, grant_role: affiliated-entity, structural_link: {kind: legal, basis: statute}"
    spoiled = {"actions": (role, ""), "affiliations": ("kind: member, since: 2015", tie)}
    assert _problems(tmp_path, **spoiled) == []


def test_an_affiliation_that_has_ended_is_told_of_where_it_takes_part(tmp_path: Path) -> None:
    ended = ("since: 2015}", "since: 2015, until: 2026-03}")
    (problem,) = _problems(tmp_path, affiliations=ended)
    assert (problem.code, problem.severity) == ("role.ended", Severity.WARNING) and "partners" in problem.message
    later = pipeline.check(actions.workspace(tmp_path / "later", affiliations=("since: 2015}", "since: 2015, until: 2026}")), "lantern", templates=False)  # fmt: skip
    assert not [p for p in later.problems if p.code == "role.ended"]  # it may have ended after the document's date


def test_a_mandate_that_is_on_file_is_no_problem(tmp_path: Path) -> None:
    workspace = actions.workspace(tmp_path, actions=("{signed: 2026-02-03}", "{signed: 2026-02-03, file: mandate.pdf}"))
    (workspace.data / "lantern" / "mandate.pdf").write_bytes(b"%PDF")
    assert not pipeline.check(workspace, "lantern", templates=False).errors


def test_a_document_names_an_action_that_there_is(tmp_path: Path) -> None:
    (problem,) = _problems(tmp_path, documents=("kind: logframe, action: lights", "kind: logframe, action: light"))
    assert (problem.code, problem.location and problem.location.line) == ("id.unknown", 2)
    assert "lights" in (problem.hint or "")


def test_a_kind_of_an_action_is_told_which(tmp_path: Path) -> None:
    (problem,) = _problems(tmp_path, documents=("kind: logframe, action: lights", "kind: logframe"))
    assert problem.code == "document.action" and "lights" in (problem.hint or "")


def test_a_document_of_what_an_action_has_not_is_empty(tmp_path: Path) -> None:
    frame = actions.ACTIONS[actions.ACTIONS.index("    logframe:") : actions.ACTIONS.index("    budget:")]
    (problem,) = _problems(tmp_path, actions=(frame, ""))
    assert (problem.code, problem.severity) == ("document.empty", Severity.WARNING) and "logframe" in problem.message
