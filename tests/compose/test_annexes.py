"""Annexes of a grant application: what a funder asks for, in the pages that it allows, in both languages."""

from __future__ import annotations

import re

import pdfplumber
import pytest

from report.workspace import Workspace
from tests.conftest import Built


@pytest.fixture
def annexes(built: Built) -> Built:
    return {
        job: made for job, made in built.items() if (job.organisation, job.document) == ("spoc", "affiliations-annex")
    }


def test_it_has_two_to_four_pages_in_both_languages(annexes: Built) -> None:
    assert sorted(job.language for job in annexes) == ["bg", "en"]
    assert all(2 <= made["pdf"].pages <= 4 for _, made in annexes.values())


def test_joint_objectives_are_those_of_the_facts_alone(annexes: Built, repository: Workspace) -> None:
    html = next(document.html for job, (document, _) in annexes.items() if job.language == "en")
    joint = html[html.index('id="joint-objectives"') : html.index('id="aims"')]
    others = html[html.index('id="aims"') : html.index('id="evidence"')]
    assert joint.count("<tr>") - 1 == 7 and len(re.findall(r"<td[^>]*>NNC</td>", joint)) == 7
    assert others.count("○</td>") == 9 and others.count("◆</td>") == 1
    assert html.count('href="#source-spoc-membership-page"') == 4 + 7 + 10


def test_it_says_that_an_affiliation_is_no_role_in_the_grant(annexes: Built) -> None:
    words = {"en": "does not confer a role in the grant", "bg": "не дава роля по договора"}
    assert all(words[job.language] in document.html for job, (document, _) in annexes.items())


MOST = {"previous-projects": 2, "similar-actions": 5, "capacity-statement": 2, "activity-report-2026": 8}
"""How many pages a funder allows; of similar actions, one each."""


def _pages(made: Built) -> dict[tuple[str, str], int]:
    return {(job.document, job.language): of["pdf"].pages for job, (_, of) in made.items() if job.document in MOST}


def test_annexes_of_experience_keep_to_their_pages(built: Built) -> None:
    found = _pages(built)
    assert {name for name, _ in found} == set(MOST)
    assert {key: pages for key, pages in found.items() if pages > MOST[key[0]]} == {}


@pytest.mark.slow
def test_annexes_of_experience_keep_to_their_pages_in_every_language(every_edition: Built) -> None:
    found = _pages(every_edition)
    assert sorted(found) == sorted((name, language) for name in MOST for language in ("en", "bg"))
    assert {key: pages for key, pages in found.items() if pages > MOST[key[0]]} == {}


def test_each_similar_action_stands_on_one_page(built: Built) -> None:
    for job, (_, made) in built.items():
        if job.document == "similar-actions":
            with pdfplumber.open(made["pdf"].path) as pdf:
                pages = [" ".join((page.extract_text() or "").split()) for page in pdf.pages]
            heads = {"en": ("Title", "Results"), "bg": ("Заглавие", "Резултати")}[job.language]
            told = [tuple(len(re.findall(rf"(?<!\w){head} ", page)) for head in heads) for page in pages]
            assert all(first == last for first, last in told) and sum(first for first, _ in told) == 5
