"""Every rule of every funder's profile bites: each is made a little smaller than what the demonstration has, alone.

The cases come from the profile files themselves: a new profile is tested without a line here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from report import pipeline
from report.forms.answers.facts import named_facts, resolve
from report.model.document import Call, CallAnswer, DocumentRequest
from report.model.dossier import Dossier
from report.model.loading.load import load as facts
from report.model.text import LENGTHS, Passage, Text
from report.press.measure import Measure, broken_limits, measure
from report.profiles import load
from report.profiles.funder import DocumentRules
from report.profiles.load import Funder
from report.requests import funders
from report.submission import counters
from report.submission.build import SubmittedFile, check_total_pages
from report.submission.counters import FieldAnswer
from report.values import Artifact, Job, Problem, Severity
from report.workspace import Workspace
from tests.conftest import ROOT

DEMO = "lantern-bridge"
DOCUMENT = "affiliations-annex"
"""What is held against the rules of documents: it has several pages."""
REPOSITORY = Workspace.at(ROOT)
PROFILES = [name for name in load.choices(REPOSITORY) if load.kind(REPOSITORY, name) == "funder"]
LIMITED = [
    (name, field.id)
    for name in PROFILES
    for field in load.funder(REPOSITORY, name).profile.fields
    if field.limit is not None
]
ANSWER = {"short": "One lamp, один.", "medium": "Two lamps on a bridge.", "full": "Seven lamps on an old bridge, every evening."}  # fmt: skip


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    found = facts(REPOSITORY, DEMO).dossier
    assert found
    return found


def shrunken(funder: Funder, field: str, most: int) -> Funder:
    """Return a profile of one field, whose limit is `most` of its own unit."""
    asked = next(one for one in funder.profile.fields if one.id == field)
    assert asked.limit is not None
    unit = asked.limit.unit
    limit = asked.limit.model_copy(update={unit: most, "soft": False})
    profile = funder.profile.model_copy(update={"fields": (asked.model_copy(update={"limit": limit}),)})
    return dataclasses.replace(funder, profile=profile)


def shrink(row_of: Callable[[int], FieldAnswer], room: int) -> Iterator[FieldAnswer]:
    """Yield the rows of a field whose limit is one less than each answer to the limit before, until nothing fits."""
    for _ in range(len(LENGTHS) + 1):
        row = row_of(room)
        yield row
        if row.counter is None or not row.counter.fits:
            return
        room = row.counter.used - 1


def proves(rows: list[FieldAnswer], field: str, language: str) -> None:
    """Assert that each row but the last fits with a shorter text, and that the last says field, length and excess."""
    *fitting, last = rows
    lengths = [row.counter.used for row in rows if row.counter]
    assert fitting and len(lengths) == len(rows) and not any(row.problem for row in fitting)
    assert lengths[:-1] == sorted(set(lengths[:-1]), reverse=True)
    counter, problem = last.counter, last.problem
    assert counter and counter.limit and problem and problem.severity is Severity.ERROR
    over = counter.used - counter.limit.most
    assert over == 1 and counter.used == fitting[-1].counter.used
    said = f"{counter.used} {counter.limit.unit}, {over} more than the {counter.limit.most} that are allowed"
    assert f" {field} (“" in problem.message and f", {language})" in problem.message and said in problem.message
    assert problem.location and problem.location.line and problem.hint


def _in_lengths(funder: Funder, field: str, dossier: Dossier) -> bool:
    """Say whether what answers a field may be told in several lengths: a name, or a number, has one."""
    path = next(one.fact for one in funder.profile.fields if one.id == field)
    return path is None or ".*" in path or isinstance(resolve(named_facts(dossier), path), Passage)


@pytest.mark.parametrize("language", ["en", "bg"])
@pytest.mark.parametrize(("name", "field"), LIMITED)
def test_a_limit_takes_a_shorter_variant_of_the_demonstration_and_then_fails(
    name: str, field: str, language: str, dossier: Dossier
) -> None:
    funder = load.funder(REPOSITORY, name)
    call = next((one for one in dossier.calls if one.profile == name), None)

    def row(most: int) -> FieldAnswer:
        (found,) = counters.of_call(shrunken(funder, field, most), dossier, (language,), call).rows
        return found

    rows = list(shrink(row, next(one.limit.most for one in funder.profile.fields if one.id == field and one.limit)))
    if rows[0].counter is None:
        pytest.skip("the demonstration does not answer it")
    proves(rows, field, language)
    if _in_lengths(funder, field, dossier):
        assert len(rows) > 2, "the demonstration tells it in one length alone: give it a  short:  variant"


@pytest.mark.parametrize(("name", "field"), LIMITED)
def test_a_limit_takes_a_shorter_answer_of_a_call_and_then_fails(name: str, field: str, dossier: Dossier) -> None:
    funder = load.funder(REPOSITORY, name)
    told = Passage({length: Text({"en": said}) for length, said in ANSWER.items()})
    answer = CallAnswer.model_construct(field=field, text=told)
    call = Call.model_construct(id="a-call", profile=name, answers=(answer,))
    asking = dataclasses.replace(dossier, calls=(call,))

    def row(most: int) -> FieldAnswer:
        (found,) = counters.of_call(shrunken(funder, field, most), asking, ("en",), call).rows
        return found

    rows = list(shrink(row, 1000))
    assert [one.counter.variant for one in rows if one.counter] == ["full", "medium", "short", "short"]
    *_, last = rows
    assert last.problem and f" {field} (“" in last.problem.message and "1 more than the" in last.problem.message


# --- documents -----------------------------------------------------------------------------------------------------

Shrunk = tuple[object, str]
"""A rule that the document just breaks, and what must be said of it."""


def _other(taken: tuple[str, ...], asked: tuple[str, ...]) -> str:
    return next(one for one in taken if one not in asked)


MEASURED: dict[str, Callable[[Measure], Shrunk]] = {
    "pages": lambda m: (m.pages - 1, f"{m.pages} pages, 1 more than the {m.pages - 1} that are allowed"),
    "smallest_type": lambda m: (Decimal(str(m.smallest.size)) + 1, f"type of {m.smallest.size:g} pt, smaller than {Decimal(str(m.smallest.size)) + 1} pt"),
    "margins": lambda m: (Decimal(_narrowest(m)) + 1, f"text {_narrowest(m):g} mm from the"),
    "megabytes": lambda m: (Decimal(m.bytes - 1) / 1_000_000, f"{m.bytes / 1e6:.2f} MB, more than"),
    "paper": lambda m: ("A5", f"page 1 is {m.sizes[0][0]:g} × {m.sizes[0][1]:g} mm, not A5"),
}  # fmt: skip
"""The rules that are measured on the finished PDF."""
TOLD: dict[str, Callable[[DocumentRequest], Shrunk]] = {
    "formats": lambda r: ((_other(("html", "xlsx"), r.formats),), f"does not accept format {', '.join(r.formats)}"),
    "languages": lambda r: (("fr",), f"does not accept language {', '.join(r.languages)}"),
    "file_name": lambda r: ({"words": {"en": "three capitals"}, "regex": "[A-Z]{3}[.]pdf"}, f"called {r.id}-en.pdf, and the rule is: three capitals"),
    "required": lambda r: (("finance",), "the section 'finance' is missing"),
}  # fmt: skip
"""The rules that can be told of before anything is made."""
WITHIN = {"counted", "annexes", "soft", "source", "date", "verified"}
"""What says how rules are counted and where they stand; `annexes` has a test of its own."""
RULED = [name for name in PROFILES if load.funder(REPOSITORY, name).profile.document]


def _narrowest(measured: Measure) -> float:
    return min(margin.width for margin in measured.margins)


@pytest.fixture(scope="module")
def made(repository: Workspace) -> tuple[Path, Measure]:
    """One document, made once for all rules."""
    (artifact,) = pipeline.run(repository, Job(DEMO, DOCUMENT, "en", ("pdf",), "screen")).artifacts
    path = artifact.path
    found = measure(path)
    assert found.pages > 1 and found.smallest and found.margins
    return path, found


def ruled(name: str, rule: str, value: object) -> Funder:
    """Return a profile whose document must keep that rule alone."""
    funder = load.funder(REPOSITORY, name)
    rules = funder.profile.document
    assert rules is not None
    kept = {one: getattr(rules, one) for one in WITHIN - {"soft"}}
    alone = DocumentRules.model_validate({**kept, rule: value}, context={"plain": "en"})
    return dataclasses.replace(funder, profile=funder.profile.model_copy(update={"document": alone}))


def test_every_kind_of_rule_has_a_case() -> None:
    assert set(DocumentRules.model_fields) == {*MEASURED, *TOLD, *WITHIN}


@pytest.mark.quick("un-partner-portal-", "eu-portal-part-b:cerv-")
@pytest.mark.parametrize("rule", MEASURED)
@pytest.mark.parametrize("name", RULED)
def test_what_is_measured_on_pages_says_the_measure_and_the_rule(
    name: str, rule: str, made: tuple[Path, Measure]
) -> None:
    path, found = made
    value, said = MEASURED[rule](found)
    problems = list(broken_limits([(ruled(name, rule, value), None)], [Artifact(path, "pdf", "")]))
    assert any(said in p.message and p.severity is Severity.ERROR and p.hint for p in problems), problems
    assert all(p.code == "document.rules" and name in p.message and path.name in p.message for p in problems)


@pytest.mark.parametrize("rule", TOLD)
@pytest.mark.parametrize("name", RULED)
def test_what_is_told_before_anything_is_made_says_the_rule(
    name: str, rule: str, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = next(one for one in dossier.documents if one.id == DOCUMENT).model_copy(update={"profiles": (name,)})
    value, said = TOLD[rule](request)
    funder = ruled(name, rule, value)
    monkeypatch.setattr(load, "funder", lambda *_: funder)
    asking = dataclasses.replace(dossier, documents=(request,), calls=())
    found: list[Problem] = [p for p in funders.check(REPOSITORY, asking) if p.severity is Severity.ERROR]
    assert found and all(p.code == f"document.{rule.removesuffix('s') if rule != 'required' else rule}" for p in found)
    assert said in found[0].message and name in found[0].message and found[0].hint


@pytest.mark.parametrize("name", RULED)
def test_pages_of_annexes_count_where_the_funder_counts_them(name: str) -> None:
    files = [
        SubmittedFile(f"{one}-en.pdf", one, one, "en", b"", pages, 1) for one, pages in (("part-b", 5), ("list", 3))
    ]
    funder = ruled(name, "pages", 7)
    counting = funder.profile.document.model_copy(update={"annexes": True})
    for rules, wrong in ((counting, True), (counting.model_copy(update={"annexes": False}), False)):
        asked = dataclasses.replace(funder, profile=funder.profile.model_copy(update={"document": rules}))
        found = list(check_total_pages(asked, files, None))
        assert bool(found) is wrong
        assert all("8 pages, 1 more than the 7" in p.message and "part-b, list" in p.message for p in found)


@pytest.mark.parametrize(("form", "pages", "least"), [(None, 6, 7), (None, 7, 8), (1, 6, 7), (2, 6, 8)])
def test_a_form_that_nobody_counted_has_at_least_a_page(form: int | None, pages: int, least: int) -> None:
    files = [
        SubmittedFile("part-b-en.pdf", "part-b", "Part B", "en", b"", pages, 1),
        SubmittedFile("part-b-en.docx", "part-b", "Part B", "en", b"", None, 1),
        SubmittedFile("form-en.docx", "form.docx", "form.docx", "en", b"", form, 1),
        SubmittedFile("sums-en.xlsx", "sums", "Sums", "en", b"", None, 1),
    ]
    funder = ruled(RULED[0], "pages", 7)
    counting = funder.profile.document.model_copy(update={"annexes": True})
    asked = dataclasses.replace(funder, profile=funder.profile.model_copy(update={"document": counting}))
    found = list(check_total_pages(asked, files, None))
    if least > 7:
        (problem,) = found
        assert problem.severity is Severity.ERROR
        assert f"has {'at least ' if form is None else ''}8 pages, 1 more than the 7" in problem.message
    elif form is None:
        (problem,) = found
        assert problem.severity is Severity.WARNING and "the pages of form.docx were not counted" in problem.message
    else:
        assert found == []
