"""What annexes tell of experience and capacity: which projects count, what is converted, who is counted."""

from __future__ import annotations

import dataclasses
import datetime
import re
from decimal import Decimal

import pytest

from report import pipeline
from report.looks import kinds, theme
from report.model.dossier import Dossier
from report.model.loading.load import load
from report.requests import experience
from report.values import Document, ReportError
from report.workspace import Workspace
from tests.conftest import change

ORGANISATION, FILE = "lantern-bridge", "lantern-bridge/projects.yaml"


def _dossier(workspace: Workspace) -> Dossier:
    loaded = load(workspace, ORGANISATION)
    assert loaded.dossier, loaded.problems
    return loaded.dossier


def _request(dossier: Dossier, document: str, **changed: object):
    found = next(request for request in dossier.documents if request.id == document)
    return found.model_copy(update=changed)


def _document(workspace: Workspace, document: str, language: str = "en") -> Document:
    checked = pipeline.check(workspace, ORGANISATION, templates=False)
    assert checked.dossier, checked.errors
    (job,) = pipeline.jobs(checked.dossier, (document,), (language,), ("html",))
    return pipeline.prepare(workspace, job)


@pytest.mark.quick("day0", "day4")
@pytest.mark.parametrize(
    ("day", "within"),
    [
        (datetime.date(2021, 6, 30), 0),  # it ends in June: until its last day it goes on
        (datetime.date(2021, 7, 1), 1),
        (datetime.date(2022, 6, 30), 1),
        (datetime.date(2025, 6, 30), 4),
        (datetime.date(2025, 7, 1), 5),
        (datetime.date(2024, 2, 29), 3),
    ],
)
def test_a_project_ended_within_so_many_years(workspace: Workspace, day: datetime.date, within: int) -> None:
    dossier = dataclasses.replace(_dossier(workspace), calls=())
    views = experience.projects(dossier, _request(dossier, "previous-projects", date=day))
    assert next(v.ended_within for v in views if v.project.id == "yellow-van") == within


def test_the_years_are_counted_from_the_deadline_of_the_call(workspace: Workspace) -> None:
    dossier = _dossier(workspace)
    request = _request(dossier, "previous-projects", date=datetime.date(2025, 6, 20))
    call = next(one for one in dossier.calls if request.id in one.documents)
    for deadline, within in ((datetime.date(2025, 6, 30), 4), (datetime.date(2025, 7, 1), 5)):
        asking = dataclasses.replace(dossier, calls=(call.model_copy(update={"deadline": deadline}),))
        views = experience.projects(asking, request)
        assert next(v.ended_within for v in views if v.project.id == "yellow-van") == within
        later = call.model_copy(update={"deadline": datetime.date(2029, 1, 1)})
        both = dataclasses.replace(asking, calls=(later, *asking.calls))
        assert experience.counted_from(both, request) == deadline  # the earliest: nothing that it asks for is left out


def test_a_project_without_an_end_goes_on_and_one_to_come_is_none(workspace: Workspace) -> None:
    change(workspace, FILE, "    since: 2018-09\n    until: 2020-08\n", "    since: 2018-09\n")
    dossier = _dossier(workspace)
    views = experience.projects(dossier, _request(dossier, "previous-projects", date=datetime.date(2025, 12, 31)))
    assert [v.project.id for v in views][0] == "first-companions" and views[0].ended_within == 0
    assert {"year-beside-two", "every-hamlet-two"} & {v.project.id for v in views} == set()


def test_the_newest_is_first_and_older_ones_are_counted(workspace: Workspace) -> None:
    html = _document(workspace, "previous-projects").html
    titles = re.findall(r"<strong>([^<]+)</strong>", html)
    assert titles[:2] == ["A Year Beside, second round", "Every Hamlet, also in Winter"] and len(titles) == 7
    assert "2 projects that ended more than 4 years before" in html
    assert "3 projects" not in html and "The First Companions" not in html


def test_leva_are_converted_and_pounds_are_not(workspace: Workspace) -> None:
    html = _document(workspace, "previous-projects").html
    assert f'data-value="{(Decimal(76000) / Decimal("1.95583")).quantize(Decimal("0.01"))}"' in html
    assert "converted from BGN\u00a076,000.00" in html
    assert re.search(r"<td data-type=\"number\">£16,900.00<br><span class=\"note\">not converted", html)


def test_one_that_is_left_out_is_said_in_the_singular(workspace: Workspace) -> None:
    change(workspace, FILE, "    since: 2018-09\n    until: 2020-08\n", "    since: 2018-09\n")
    assert "Един проект, приключил повече от 4 години" in _document(workspace, "previous-projects", "bg").html


def test_without_projects_the_list_says_so(workspace: Workspace) -> None:
    (workspace.data / FILE).unlink()
    assert "There are no projects in the last 4 years." in _document(workspace, "previous-projects").html
    assert 'id="largest-projects"' not in _document(workspace, "capacity-statement").html


def test_the_facts_of_projects_are_attached_where_they_are_printed(workspace: Workspace) -> None:
    assert b'"projects"' in _document(workspace, "similar-actions").attachments[0].content
    assert b'"projects"' not in _document(workspace, "highlights-2026").attachments[0].content


def test_budgets_of_leva_and_euro_are_compared_in_euro(workspace: Workspace) -> None:
    dossier = _dossier(workspace)
    found = experience.budgets(dossier, _request(dossier, "capacity-statement"))
    assert [(b.number, b.currency, b.converted) for b in found] == [
        (2026, "EUR", False),
        (2025, "EUR", True),
        (2024, "EUR", True),
    ]
    assert found[0].result == Decimal("2370.02") and found[1].income == Decimal("170394.22")
    leva = experience.budgets(dossier, _request(dossier, "capacity-statement", year=2025))
    assert [(b.number, b.currency, b.converted) for b in leva] == [(2025, "BGN", False), (2024, "BGN", False)]


def test_people_are_counted_even_if_they_asked_not_to_be_named(workspace: Workspace) -> None:
    dossier = _dossier(workspace)
    before = experience.head_counts(dossier, _request(dossier, "capacity-statement"))
    assert before["board"] == 5  # the member who left in November 2025 is not counted
    change(workspace, "lantern-bridge/people.yaml", "since: 2026-03-14", "since: 2026-03-14\n    publish: false")
    assert experience.head_counts(_dossier(workspace), _request(dossier, "capacity-statement")) == before


def test_sections_without_facts_are_left_out(small: Workspace) -> None:
    documents = small.data / ORGANISATION / "documents.yaml"
    for name in ("capacity-statement", "activity-report", "similar-actions"):
        text = documents.read_text("utf-8")
        new = f"  - {{id: {name}, kind: {name}, title: {{en: Us, bg: Ние}}, languages: [en, bg], date: 2027-04-19}}\n"
        documents.write_text(text.rstrip("\n") + "\n" + new, "utf-8")
    html = _document(small, "capacity-statement").html
    assert 'id="mission"' in html and 'id="budgets"' in html
    assert not [name for name in ("networks", "policies", "largest-projects", "contact") if f'id="{name}"' in html]
    assert "<table" not in _document(small, "activity-report", "bg").html  # it is of no year


def test_a_policy_of_that_subject_is_named(workspace: Workspace) -> None:
    html = _document(workspace, "activity-report-2026").html
    assert "Safeguarding of children</a></strong>, adopted 20 May 2014" in html
    change(workspace, "lantern-bridge/organisation.yaml", "    subject: child-protection\n", "")
    assert 'id="safeguarding"' not in _document(workspace, "activity-report-2026").html


def test_a_kind_that_is_like_another_has_its_styles(workspace: Workspace) -> None:
    look = theme.look(workspace, "house", "previous-projects")
    assert any(".annex-title" in style for style in look.styles) and "Annex Intro" in look.word["styles"]
    own = workspace.root / "templates" / "previous-projects" / "kind.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("name: Ours\nlike: afiliations-annex\nsections: [title]\n", "utf-8")
    with pytest.raises(ReportError) as caught:
        kinds.load(workspace, "previous-projects")
    (problem,) = caught.value.problems
    assert problem.location.path == own and problem.location.line == 2 and "affiliations-annex" in problem.hint
