"""Funders' profiles: which variant of a text fits, what is too long and by how much, what a finished document breaks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from report import pipeline
from report.model.loading.load import load as facts
from report.profiles import load
from report.requests import funders
from report.submission import counters
from report.submission.counters import FieldAnswers
from report.values import Problem, ReportError, Severity, UsageError
from report.workspace import Workspace
from tests.cli.test_commands import run
from tests.conftest import ROOT

DEMO = "lantern-bridge"
SOURCE = "source: call text, date: 2026, verified: false"
ABOUT = {"short": "A year beside each family.", "medium": "Rooms and a year beside each new family.", "full": "Three reading rooms and a whole year beside each new family in the valley."}  # fmt: skip


def write(small: Workspace, text: str) -> None:
    path = small.data / "profiles" / "town.yaml"
    path.parent.mkdir(exist_ok=True)
    head = "kind: funder\nname: Town\nversion: '1'\nvalid_from: 2026\nsources: []\n"
    path.write_text(head + text, "utf-8")


def field(limit: str, fact: str = "organisation.about") -> str:
    return (
        f"fields:\n  - {{id: about, label: Who you are, fact: {fact}, required: true, limit: {{{limit}, {SOURCE}}}}}\n"
    )


def tell_in_lengths(small: Workspace) -> None:
    """Give the small organisation its text in three lengths, in English alone."""
    path = small.data / DEMO / "organisation.yaml"
    head, _, rest = path.read_text("utf-8").partition("about:\n")
    lengths = "".join(f"  {name}: {{en: {told}, bg: {told}}}\n" for name, told in ABOUT.items())
    path.write_text(f"{head}about:\n{lengths}mission:{rest.partition('mission:')[2]}", "utf-8")


def counted(small: Workspace, name: str = "town") -> FieldAnswers:
    dossier = facts(small, DEMO).dossier
    assert dossier
    (found,) = counters.count(load.funder(small, name), dossier, ("en",))
    return found


def test_a_smaller_limit_takes_a_shorter_variant_and_then_says_what_is_too_long(small: Workspace) -> None:
    tell_in_lengths(small)
    for limit, variant in ((75, "full"), (74, "full"), (73, "medium"), (39, "short"), (26, "short")):
        write(small, field(f"characters: {limit}"))
        (row,) = counted(small).rows
        assert (row.counter.variant, row.problem) == (variant, None), limit
        assert row.counter.text == ABOUT[variant] and row.counter.room == limit - len(ABOUT[variant])
    write(small, field("characters: 25"))
    (problem,) = counted(small).problems
    assert problem.severity is Severity.ERROR and problem.code == "counter.long"
    assert "town, about (“Who you are”, en) is too long: 26 characters, 1 more than the 25" in problem.message
    assert problem.location.path.name == "organisation.yaml" and problem.location.key == "about"


@pytest.mark.parametrize(("limit", "severity"), [(5, None), (4, Severity.ERROR)])
def test_words_are_counted_as_portals_do(small: Workspace, limit: int, severity: Severity | None) -> None:
    tell_in_lengths(small)
    write(small, field(f"words: {limit}"))
    assert [p.severity for p in counted(small).problems] == ([severity] if severity else [])


@pytest.mark.parametrize(("limit", "severity"), [(24, Severity.WARNING), (23, Severity.ERROR)])
def test_a_soft_limit_is_tolerated_up_to_a_tenth(small: Workspace, limit: int, severity: Severity) -> None:
    tell_in_lengths(small)
    write(small, field(f"characters: {limit}, soft: true"))
    assert [p.severity for p in counted(small).problems] == [severity]


def test_what_must_be_answered_and_is_not_is_open(small: Workspace) -> None:
    write(small, field("characters: 9", "organisation.vision"))
    (problem,) = counted(small).problems
    assert (problem.severity, problem.code) == (Severity.WARNING, "counter.open")
    assert problem.hint == "add organisation.vision to the facts, in 'en'"
    write(small, field("characters: 9", "organisation.vison"))
    (problem,) = counted(small).problems
    assert problem.severity is Severity.ERROR and "vision" in problem.hint and problem.location.path.name == "town.yaml"


@pytest.mark.parametrize(
    ("fact", "file"),
    [
        ("year.finance.income", "finance.yaml"),
        ("years.2025.stories", "stories.yaml"),
        ("years.2025.nothing", "year.yaml"),
        ("co_applicants.*.name", "organisation.yaml"),  # the small organisation has no affiliations.yaml
        ("programmes.*.name", "programmes.yaml"),
        ("indicators.*.name", "programmes.yaml"),
        ("organisation.contact.email", "organisation.yaml"),
    ],
)
def test_what_is_open_is_told_in_the_file_where_it_belongs(small: Workspace, fact: str, file: str) -> None:
    write(small, field("characters: 9", fact))
    funder = load.funder(small, "town")
    dossier = facts(small, DEMO).dossier
    assert dossier
    counting = counters._Counting(funder, dossier, None, None)
    where = counting._location(funder.profile.fields[0])
    assert where is not None and where.path.name == file
    assert "2025" not in fact or "2025" in str(where.path)


def test_a_fact_that_is_named_as_none_is_says_how(small: Workspace) -> None:
    write(small, field("characters: 9", '"Organisation Mission"'))
    with pytest.raises(ReportError) as caught:
        load.funder(small, "town")
    (problem,) = caught.value.problems
    assert problem.code == "profile.fact" and "organisation.mission" in problem.message and problem.location.line


def test_a_list_is_told_as_long_as_fits_too() -> None:
    workspace = Workspace.at(ROOT)
    dossier = facts(workspace, DEMO).dossier
    funder = load.funder(workspace, "un-partner-portal")
    (place,) = [n for n, one in enumerate(funder.profile.fields) if one.id == "network-roles"]
    roles = funder.profile.fields[place]
    for most, variant in ((5000, "full"), (1000, "short")):
        limit = roles.limit.model_copy(update={"characters": most})
        profile = funder.profile.model_copy(update={"fields": (roles.model_copy(update={"limit": limit}),)})
        (told,) = counters.count(load.Funder("town", profile, funder.file), dossier, ("bg",))
        (row,) = told.rows
        assert row.counter.variant == variant and row.problem is None and row.counter.text.count("; ") >= 4


@pytest.mark.slow
def test_every_counter_is_printed_and_is_json_too(workspace: Workspace) -> None:
    done = run("check", DEMO, "--profile", "un-partner-portal", cwd=workspace.root)
    assert done.returncode == 0, done.stderr
    assert "mandate [en] Mandate and mission: 138/5000 characters, variant full, room 4862" in done.stdout
    assert "12 of 12 answered" in done.stdout
    done = run("check", DEMO, "-p", "unicef-programme-document", "--format", "json", cwd=workspace.root)
    rows = {(row["id"], row["language"]): row for row in json.loads(done.stdout)["counters"][0]["fields"]}
    row = rows["rationale", "en"]
    rules = json.loads(run("check", DEMO, "-p", "eu-portal-part-b:cerv", "--format", "json", cwd=workspace.root).stdout)
    assert rules["counters"][0]["document"]["pages"] == 45 and rules["counters"][0]["document"]["verified"] is True
    assert (row["limit"], row["unit"], row["verified"], row["variant"]) == (400, "words", True, "full")
    assert row["used"] + row["room"] == 400 and row["used"] == len(row["text"].split())


def test_a_variant_has_its_own_pages_and_the_profile_s_type() -> None:
    workspace = Workspace.at(ROOT)
    for name, pages, annexes in (("cerv", 45, False), ("cbhe", 40, True), ("creative-europe", 70, False)):
        rules = load.funder(workspace, f"eu-portal-part-b:{name}").profile.document
        assert (rules.pages, rules.annexes) == (pages, annexes)
        assert (rules.smallest_type, rules.margins, rules.paper, rules.formats) == (9, 15, "A4", ("pdf",))
    with pytest.raises(UsageError) as caught:
        load.funder(workspace, "eu-portal-part-b:crv")
    assert "cerv" in caught.value.problems[0].hint


def test_every_funder_that_comes_with_the_program_says_where_its_figures_stand() -> None:
    workspace = Workspace.at(ROOT)
    names = [name for name in load.names(workspace) if load.kind(workspace, name) == "funder"]
    assert names == ["eu-portal-part-b", "eu-prag-a2", "un-partner-portal", "unicef-programme-document"]
    for name in names:
        profile = funders.profile(workspace, name).profile
        assert (
            profile.sources
            and all(one.label.in_language("bg") for one in profile.fields)
            and profile.name.in_language("bg")
        )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fields:\n  - {id: a, label: A}\n  - {id: a, label: B}\n", "'a' appears twice"),
        ("fields: []\n", "asks for nothing"),
        (f"document: {{file_name: {{words: so, regex: '('}}, {SOURCE}}}\n", "not a pattern"),
        (f"document: {{required: [abuot], {SOURCE}}}\n", "has a section 'abuot'"),
        ("document: {pages: 3}\n", "'source' is missing"),
    ],
)
def test_each_mistake_of_a_funder_s_profile_is_at_its_line(small: Workspace, text: str, said: str) -> None:
    write(small, text)
    with pytest.raises(ReportError) as caught:
        funders.profile(small, "town")
    assert any(said in p.message for p in caught.value.problems)
    assert all(p.location.line for p in caught.value.problems)


def held(small: Workspace, rules: str, change: str = "") -> tuple[list[Problem], Path]:
    """Hold a short report of the small organisation against rules; return the problems of its request, and its PDF's place."""
    write(small, f"document: {{{rules}, {SOURCE}}}\n")
    request = "documents:\n  - {id: report, kind: annual-report, title: {en: R, bg: Д}, languages: [en], formats: [pdf], date: 2027-04-19, sections: [about, imprint], profiles: [town]"
    (small.data / DEMO / "documents.yaml").write_text(f"{request}{change}}}\n", "utf-8")
    return list(pipeline.check(small, DEMO, templates=False).problems), small.output / DEMO / "report" / "report-en.pdf"


@pytest.mark.quick("A5", "megabytes")
@pytest.mark.parametrize(
    ("rules", "said"),
    [("smallest_type: 30", "smaller than 30 pt"), ("paper: A5", "not A5"), ("megabytes: 0.001", "more than 0.001 MB")],
)
def test_a_document_that_a_funder_does_not_take_is_not_published(small: Workspace, rules: str, said: str) -> None:
    problems, target = held(small, "pages: 40")
    assert not [p for p in problems if p.severity is Severity.ERROR]
    dossier = facts(small, DEMO).dossier
    (job,) = pipeline.jobs(dossier, (), (), ())
    pipeline.run(small, job, dossier)
    good = target.read_bytes()
    held(small, f"pages: 40, {rules}")  # the document is the same: what was kept of it does not count
    with pytest.raises(ReportError) as caught:
        pipeline.run(small, job, facts(small, DEMO).dossier)
    (problem,) = caught.value.problems
    assert said in problem.message and "report-en.pdf" in problem.message and problem.code == "document.rules"
    assert problem.location.path.name == "documents.yaml" and target.read_bytes() == good


def test_too_many_pages_stop_a_document_and_a_tenth_more_is_told(small: Workspace, monkeypatch) -> None:
    from report.press import measure as measuring

    _, target = held(small, "pages: 10")
    dossier = facts(small, DEMO).dossier
    (job,) = pipeline.jobs(dossier, (), (), ())
    measure = measuring.measure

    def measured(path: Path):
        found = measure(path)
        return type(found)(11, found.bytes, found.sizes, found.smallest, found.margins)

    monkeypatch.setattr(measuring, "measure", measured)
    with pytest.raises(ReportError, match="11 pages, 1 more than the 10"):
        pipeline.run(small, job, dossier)
    assert not target.exists()
    held(small, "pages: 10, soft: true")
    made = pipeline.run(small, job, facts(small, DEMO).dossier)
    assert [p.severity for p in made.problems] == [Severity.WARNING] and target.exists()


@pytest.mark.parametrize(
    ("rules", "change", "code"),
    [
        ("formats: [docx]", "", "document.format"),
        ("languages: [fr]", "", "document.language"),
        ("required: [finance]", "", "document.required"),
        ("file_name: {words: small letters alone, regex: '[a-z]+[.]pdf'}", "", "document.file_name"),
        ("pages: 9", ", editions: [redacted]", None),
    ],
)
def test_what_can_be_told_before_is_told_by_the_check(small: Workspace, rules: str, change: str, code: str | None) -> None:  # fmt: skip
    found = [p.code for p in held(small, rules, change)[0] if p.severity is Severity.ERROR]
    assert found == ([code] if code else [])
