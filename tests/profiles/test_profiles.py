"""Requirement profiles: what is answered, what is open and where it belongs, what does not apply."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from report import pipeline
from report.model.loading.load import load as facts
from report.profiles import load
from report.profiles.assess import Status, _written, assess
from report.profiles.profile import Need
from report.values import ReportError, UsageError
from report.workspace import Workspace
from tests.cli.test_commands import run
from tests.conftest import ROOT, change

DEMO = "lantern-bridge"


def statuses(workspace: Workspace, organisation: str, profile: str, tier: str | None = None) -> dict[str, Status]:
    dossier = facts(workspace, organisation).dossier
    found = assess(load.load(workspace, profile), dossier, None, tier)
    return {answer.requirement.id: answer.status for answer in found.answers}


def test_the_invented_organisation_answers_all_of_it(workspace: Workspace) -> None:
    assert set(statuses(workspace, DEMO, "bg-zyulnts-art40").values()) == {Status.ANSWERED}
    assert set(statuses(workspace, DEMO, "gri-2-28").values()) == {Status.ANSWERED}
    assert set(statuses(workspace, DEMO, "uk-sorp-2026", "tier-3").values()) == {Status.ANSWERED}


def test_what_the_association_has_not_yet_said_is_listed(workspace: Workspace) -> None:
    found = statuses(workspace, "spoc", "bg-zyulnts-art40")
    assert set(found.values()) == {Status.OPEN} and len(found) == 10
    done = run("check", "spoc", "--profile", "bg-zyulnts-art40", cwd=workspace.root)
    assert done.returncode == 0 and "0 answered, 10 open, 0 not applicable" in done.stdout
    assert "data/spoc/people.yaml: make the file people.yaml" in done.stdout
    assert run("check", "spoc", "--profile", "bg-zyulnts-art40", "--strict", cwd=workspace.root).returncode == 1


def test_each_gap_is_at_its_place(workspace: Workspace) -> None:
    line = change(workspace, f"{DEMO}/2026/activities.yaml", "    cost: 385.50\n", "")
    told = [p for p in pipeline.check(workspace, DEMO, templates=False).problems if p.code == "requirement.open"]
    assert [p.message.split(" is open")[0] for p in told] == ["bg-zyulnts-art40, spent-on-activities"]
    assert told[0].location.path.name == "activities.yaml" and line - 8 <= told[0].location.line <= line
    assert told[0].hint == "add  cost: …"


@pytest.mark.parametrize(
    ("path", "every", "written"),
    [
        ("mission", False, "add  mission: …"),
        ("contact.address", False, "add  address: …  to  contact:"),
        ("programmes.*.objectives", True, "give each of  programmes:  its  objectives: …"),
        ("people.*[body=board].name", False, "give one of  people:  with  body: board  its  name: …"),
        ("received.*.donor.kind", True, "give each of  received:  its  donor: {kind: …}"),
    ],
)
def test_a_need_is_told_in_words(path: str, every: bool, written: str) -> None:
    assert _written(Need(file="organisation.yaml", path=path, every=every)) == written


def test_what_does_not_apply_says_why(workspace: Workspace) -> None:
    path = workspace.data / DEMO / "2026/donations.yaml"
    path.write_text(path.read_text("utf-8").split("\ngiven:")[0] + "\n", "utf-8")
    assert statuses(workspace, DEMO, "bg-zyulnts-art40")["donations-given"] is Status.OPEN
    year = workspace.data / DEMO / "2026/year.yaml"
    entry = "not_applicable:\n  - profile: bg-zyulnts-art40\n    requirement: donations-given\n    reason: {en: We gave nothing, bg: Не сме дарявали}\n"
    year.write_text(year.read_text("utf-8") + entry, "utf-8")
    assert statuses(workspace, DEMO, "bg-zyulnts-art40")["donations-given"] is Status.NOT_APPLICABLE
    checked = pipeline.check(workspace, DEMO, templates=False)
    (job,) = pipeline.jobs(checked.dossier, ("annual-report-2026",), ("en",), ("html",), ("screen",))
    assert "Not applicable: We gave nothing" in pipeline.prepare(workspace, job).html
    change(workspace, f"{DEMO}/2026/year.yaml", "requirement: donations-given", "requirement: donation-given")
    (error,) = [p for p in pipeline.check(workspace, DEMO, templates=False).errors if p.code == "requirement.unknown"]
    assert "donations-given" in error.hint and error.location.line


def test_the_index_leads_to_the_pages(workspace: Workspace) -> None:
    checked = pipeline.check(workspace, DEMO, templates=False)
    (job,) = pipeline.jobs(checked.dossier, ("annual-report-2026",), ("en",), ("html",), ("screen",))
    html = pipeline.prepare(workspace, job).html
    index = html[html.index('id="requirements"') :]
    assert '<a href="#finance" data-field="target">Finances</a>' in index
    change(
        workspace,
        f"{DEMO}/documents.yaml",
        "finance, donations, lessons, plans, requirements",
        "donations, lessons, plans, requirements",
    )
    dossier = pipeline.check(workspace, DEMO, templates=False).dossier
    (job,) = pipeline.jobs(dossier, ("annual-report-2026",), ("en",), ("html",), ("screen",))
    assert 'href="#finance"' not in pipeline.prepare(workspace, job).html


@pytest.mark.parametrize(("income", "tier"), [(190_000, "tier-1"), (600_000, "tier-2"), (16_000_000, "tier-3")])
def test_tiers_follow_income_in_the_profile_s_currency(small: Workspace, income: int, tier: str) -> None:
    for year in ("2024", "2025"):
        path = small.data / DEMO / year
        path.rename(small.data / f"gone-{year}")
    change(small, f"{DEMO}/documents.yaml", "    year: 2025\n", "")
    change(small, f"{DEMO}/organisation.yaml", "country: BG", "country: GB")
    change(small, f"{DEMO}/2026/year.yaml", "currency: EUR", "currency: GBP")
    change(small, f"{DEMO}/2026/finance.yaml", "amount: 28000.00", f"amount: {income - 30_740}.00")
    found = assess(load.load(small, "uk-sorp-2026"), facts(small, DEMO).dossier)
    assert found.tier == tier and not any(p.code == "profile.tier" for p in found.problems)


def test_without_an_income_in_that_currency_all_is_checked_and_said(workspace: Workspace) -> None:
    found = assess(load.load(workspace, "uk-sorp-2026"), facts(workspace, DEMO).dossier)
    assert found.tier is None and [p.code for p in found.problems] == ["profile.tier"]


def test_a_late_report_is_told_of(workspace: Workspace) -> None:
    text = (workspace.data / DEMO / "documents.yaml").read_text("utf-8")
    (workspace.data / DEMO / "documents.yaml").write_text(text.replace("date: 2027-04-19", "date: 2027-10-01"), "utf-8")
    assert "requirement.late" in {p.code for p in pipeline.check(workspace, DEMO, templates=False).problems}


def test_a_workspace_has_profiles_of_its_own_and_their_mistakes_are_located(workspace: Workspace) -> None:
    own = workspace.data / "profiles" / "town.yaml"
    own.write_text(
        "kind: regulator\nname: Town\nversion: '1'\nvalid_from: 2026\nsources: []\nrequirements:\n"
        "  - id: a\n    text: Say who you are\n    clause: by-law 1\n    verified: false\n"
        "    needs: [{file: organisation.yaml, path: mission}]\n    sections: [about]\n",
        "utf-8",
    )
    assert statuses(workspace, DEMO, "town") == {"a": Status.ANSWERED}
    own.write_text(own.read_text("utf-8").replace("path: mission", "path: Mission!"), "utf-8")
    with pytest.raises(ReportError) as caught:
        load.load(workspace, "town")
    assert caught.value.problems[0].location.line == 11
    with pytest.raises(UsageError, match="no profile 'twon'"):
        load.load(workspace, "twon")


TIERS = (
    "currency: EUR\ntiers:\n  - {id: a, name: A, up_to: 100}\n  - {id: b, name: B, up_to: 200}\n  - {id: c, name: C}\n"
)
DEADLINE = "deadline: {month: 6, day: 30, clause: by-law 2, verified: true}\n"
MISTAKES = {
    "no open tier": ("name: C", "name: C, up_to: 300", "last tier", "up_to"),
    "an open tier between": ("name: B, up_to: 200", "name: B", "another follows", "up_to"),
    "tiers that fall": ("up_to: 200", "up_to: 50", "ends at 50", "smallest tier first"),
    "no such day": ("day: 30", "day: 31", "every year", "30"),
    "a day of leap years": ("month: 6, day: 30", "month: 2, day: 29", "every year", "28"),
    "no such file": ("file: organisation.yaml", "file: organization.yaml", "organization", "organisation.yaml"),
    "a year's file without its year": ("file: organisation.yaml", "file: finance.yaml", "finance.yaml", "year/finance.yaml"),
    "no such path": ("path: mission", "path: misson", "has no 'misson'", "mission"),
    "a path into a text": ("path: mission", "path: mission.moon", "has no 'moon'", "mission"),
    "a list without a star": ("path: mission", "path: registrations.number", "list", "*"),
    "a star without a list": ("path: mission", "path: contact.*.email", "list", "*"),
    "no such kind": ("file: organisation.yaml, path: mission", 'file: affiliations.yaml, path: "affiliations.*[kind=membre].role"', "membre", "member"),
    "no such section": ("sections: [about]", "sections: [abuot]", "abuot", "about"),
    "another kind": ("kind: regulator", "kind: standard", "'regulator', 'funder'", "choose one"),
    "no such tier": ("tiers: [a]", "tiers: [aa]", "aa", "a"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_of_a_profile_is_at_its_line(small: Workspace, name: str) -> None:
    from report.requests import requirements

    text = (
        "kind: regulator\nname: Town\nversion: '1'\nvalid_from: 2026\nsources: []\n"
        + TIERS
        + DEADLINE
        + "requirements:\n"
        "  - id: one\n    text: Say who you are\n    clause: by-law 1\n    verified: false\n    tiers: [a]\n"
        "    needs:\n      - {file: organisation.yaml, path: mission}\n    sections: [about]\n"
    )
    own = small.data / "profiles" / "town.yaml"
    own.parent.mkdir()
    own.write_text(text, "utf-8")
    requirements.profile(small, "town")
    old, new, message, hint = MISTAKES[name]
    assert text.count(old) == 1
    own.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ReportError) as caught:
        requirements.profile(small, "town")
    (problem,) = caught.value.problems
    assert message in f"{problem.message} {problem.hint}" and hint in (problem.hint or "")
    assert problem.location.line == text[: text.index(old)].count("\n") + 1


def test_a_profile_that_is_wrong_hides_no_other_mistake(small: Workspace) -> None:
    (small.data / "profiles").mkdir()
    (small.data / "profiles" / "town.yaml").write_text("kind: standard\n")
    year = small.data / DEMO / "2025/year.yaml"
    entry = "not_applicable:\n  - {profile: town, requirement: x, reason: {en: No, bg: Не}}\n"
    year.write_text(year.read_text("utf-8") + entry, "utf-8")
    change(small, f"{DEMO}/2025/finance.yaml", "  result: 6350.00", "  result: 6530.00")
    codes = {p.code for p in pipeline.check(small, DEMO).errors}
    assert {"money.result", "data.literal_error"} <= codes


def _signed(workspace: Workspace, year: int = 2026) -> Status:
    found = assess(load.load(workspace, "bg-zyulnts-art40"), facts(workspace, DEMO).dossier, year)
    return next(a.status for a in found.answers if a.requirement.id == "signed")


def test_who_signs_serves_in_the_year_and_may_be_named(small: Workspace) -> None:
    """The model decides, not the letters of the file: yes is true, and a term may have ended."""
    assert _signed(small) is Status.ANSWERED
    change(small, f"{DEMO}/people.yaml", "represents: true", "represents: yes")
    assert _signed(small) is Status.ANSWERED
    change(small, f"{DEMO}/people.yaml", "    since: 2019\n", "    since: 2019\n    until: 2025-12\n")
    assert (_signed(small, 2025), _signed(small, 2026)) == (Status.ANSWERED, Status.OPEN)
    change(small, f"{DEMO}/people.yaml", "    since: 2019\n", "    since: 2025\n")
    assert (_signed(small, 2024), _signed(small, 2025)) == (Status.OPEN, Status.ANSWERED)
    found = assess(load.load(small, "bg-zyulnts-art40"), facts(small, DEMO).dossier, 2026)
    (gap,) = next(a.gaps for a in found.answers if a.requirement.id == "signed")
    assert "serves in 2026" in gap.hint and gap.location.path.name == "people.yaml"


def test_a_board_that_may_not_be_named_names_no_trustees(small: Workspace) -> None:
    assert statuses(small, DEMO, "uk-sorp-2026")["trustees"] is Status.ANSWERED
    path = small.data / DEMO / "people.yaml"
    path.write_text(
        path.read_text("utf-8").replace("    body: board\n", "    body: board\n    publish: false\n"), "utf-8"
    )
    assert statuses(small, DEMO, "uk-sorp-2026")["trustees"] is Status.OPEN


def _of_a_town(workspace: Workspace, valid_from: str, request: str = "") -> None:
    (workspace.data / "profiles").mkdir(exist_ok=True)
    (workspace.data / "profiles" / "town.yaml").write_text(
        f"kind: regulator\nname: {{en: Town, bg: Град}}\nversion: '1'\nvalid_from: {valid_from}\nsources: []\nrequirements:\n"
        "  - id: a\n    text: {en: Say what for, bg: Кажете за какво}\n    clause: {en: by-law 1, bg: наредба 1}\n    verified: true\n"
        "    needs: [{file: organisation.yaml, path: mission}]\n    sections: [about]\n",
        "utf-8",
    )
    old = "    date: 2026-04-20\n"
    change(workspace, f"{DEMO}/documents.yaml", old, f"{old}    profiles: [town]\n{request}")


@pytest.mark.quick("bg")
@pytest.mark.parametrize(
    ("language", "told"), [("en", "not in this document"), ("bg", "не е включено в този документ")]
)
def test_what_the_document_leaves_out_is_told(small: Workspace, language: str, told: str) -> None:
    _of_a_town(small, "2020", "    sections: [cover, requirements, imprint]\n")
    checked = pipeline.check(small, DEMO)
    (problem,) = [p for p in checked.problems if p.code != "document.leaves-out"]
    assert problem.code == "requirement.unprinted" and "about" in problem.hint
    assert problem.location.excerpt.strip().startswith("sections:")
    (job,) = pipeline.jobs(checked.dossier, ("annual-report-2025",), (language,), ("html",))
    assert f": {told}</p>" in pipeline.prepare(small, job).html


@pytest.mark.parametrize(
    ("valid_from", "early"), [("2025", False), ("2025-01-01", False), ("2025-01-02", True), ("2026", True)]
)
def test_a_profile_before_its_time_is_told_of(small: Workspace, valid_from: str, early: bool) -> None:
    _of_a_town(small, valid_from)
    found = pipeline.check(small, DEMO, templates=False).problems
    assert [p.code for p in found] == (["profile.early"] if early else [])
    assert not early or found[0].location.path.name == "documents.yaml"


def test_json_has_every_answer(workspace: Workspace) -> None:
    short = "{id: r, kind: annual-report, year: 2026, title: R, languages: [en], date: 2027-04-19, sections: [about]}"
    (workspace.data / DEMO / "documents.yaml").write_text(f"documents: [{short}]\n")
    done = run("check", DEMO, "--profile", "bg-zyulnts-art40", "--format", "json", cwd=workspace.root)
    told = json.loads(done.stdout)
    (one,) = told["requirements"]
    assert one["year"] == 2026 and {a["status"] for a in one["answers"]} == {"answered"}
    assert all(a["clause"] and a["facts"] for a in one["answers"])


def test_every_profile_names_sections_that_a_report_has() -> None:
    workspace = Workspace.at(Path(ROOT))
    from report.looks import kinds

    made, _ = kinds.load(workspace, "annual-report")
    for name in (one for one in load.names(workspace) if load.kind(workspace, one) == "regulator"):
        for requirement in load.load(workspace, name).profile.requirements:
            assert set(requirement.sections) <= set(made.anchors) and set(requirement.sections) <= set(made.sections)
            assert requirement.text.in_language("bg") and requirement.clause.in_language("bg")
