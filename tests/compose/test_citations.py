"""Every source that a document lists is cited in it, every citation has its mark, and how sources were read is told where it is asked for."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document as WordFile
from pydantic import BaseModel

from report import pipeline
from report.compose.views import notes
from report.formats import docx, html, pdf
from report.model.base import Fact, Source
from report.model.dossier import Dossier, YearFacts
from report.model.text import Text
from report.values import Document, Job
from report.workspace import Workspace
from tests.conftest import ROOT, Built, change, composed

MARK = re.compile(r'<a href="#source-([a-z0-9-]+)" role="doc-biblioref">\[(\d+)\]</a>')
LISTED = re.compile(r'id="source-([a-z0-9-]+)"')
BROCHURES = ["brochure", "leaflet", "booklet", "poster"]


@functools.cache
def _dossier(organisation: str) -> Dossier:
    dossier = pipeline.check(Workspace.at(ROOT), organisation, templates=False).dossier
    assert dossier
    return dossier


def _made(organisation: str, document: str, language: str = "en", **asked: Any) -> Document:
    """Compose a document of the repository, which may ask for something else."""
    dossier = _dossier(organisation)
    requests = tuple(r.model_copy(update=asked) if r.id == document else r for r in dossier.documents)
    job = Job(organisation, document, language, ("html",))
    return composed(Workspace.at(ROOT), job, dataclasses.replace(dossier, documents=requests))


def _assert_marks_and_list_agree(text: str) -> list[str]:
    """Assert that what is marked is listed, numbered in the order in which it is first cited; return the list."""
    listed, marks = LISTED.findall(text), MARK.findall(text)
    assert listed == list(dict.fromkeys(id_ for id_, _ in marks))
    assert all(listed[int(number) - 1] == id_ for id_, number in marks)
    return listed


@pytest.mark.quick("bg")
@pytest.mark.parametrize("language", ["en", "bg"])
def test_only_what_is_cited_is_listed(language: str) -> None:
    made = _made("lantern-bridge", "annual-report-2026", language).html
    assert len(_assert_marks_and_list_agree(made)) == 9


@pytest.mark.quick("sections0", "sections2")
@pytest.mark.parametrize(
    ("sections", "sources"),
    [
        (["scorecard", "sources"], ["attendance-lists", "school-records", "companions-notebooks", "family-survey"]),
        (["donations", "sources"], ["accounts"]),
        (["letter", "sources"], []),
        (["people", "donations"], []),
        (["people", "sources", "donations"], ["volunteer-log", "accounts"]),
    ],
)
def test_a_source_that_no_section_cites_is_not_listed(sections: list[str], sources: list[str]) -> None:
    made = _made("lantern-bridge", "annual-report-2026", sections=tuple(sections)).html
    assert _assert_marks_and_list_agree(made)[: len(sources) or None] == sources
    assert ('id="sources"' in made) == bool(sources)


def test_the_marks_are_the_same_in_every_format(tmp_path: Path) -> None:
    made = _made("spoc", "annual-report")
    count = len(MARK.findall(made.html))
    assert count > 10
    html.write(made, page := tmp_path / "made.html")
    assert len(MARK.findall(page.read_text("utf-8"))) == count
    docx.write(made, word := tmp_path / "made.docx", {})
    body = WordFile(str(word)).element.body
    assert "".join(t.text or "" for t in body.iter() if t.tag.endswith("}t")).count("[1]") == count
    pdf.write(made, target := tmp_path / "made.pdf")
    with pypdfium2.PdfDocument(target) as file:
        assert sum(page.get_textpage().get_text_range().count("[1]") for page in file) == count


def _facts(value: Any) -> Iterator[Fact]:
    if isinstance(value, Fact):
        yield value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _facts(getattr(value, name))
    elif isinstance(value, YearFacts):
        for field in dataclasses.fields(value):
            yield from _facts(getattr(value, field.name))
    elif isinstance(value, tuple | Mapping):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _facts(one)


def _with_sources(value: Any, numbers: Iterator[int]) -> Any:
    """Return facts of which each has a source of its own."""
    if isinstance(value, BaseModel):
        told = {name: _with_sources(getattr(value, name), numbers) for name in type(value).model_fields}
        if isinstance(value, Fact):
            told["source"] = f"s{next(numbers)}"
        return value.model_copy(update=told)
    if isinstance(value, YearFacts):
        fields = {f.name: _with_sources(getattr(value, f.name), numbers) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    if isinstance(value, tuple):
        return tuple(_with_sources(one, numbers) for one in value)
    return {key: _with_sources(one, numbers) for key, one in value.items()} if isinstance(value, Mapping) else value


_ELSEWHERE = {"OwnProgramme": "summary", "Indicator": "", "Action": "", "CoApplicant": "", "Project": ""}
"""Facts whose names stand in lists where others are told of; where the field is printed, so is the mark. Nothing of an action is."""


def test_no_fact_with_a_source_is_printed_without_its_mark() -> None:
    dossier = _dossier("lantern-bridge")
    numbers = itertools.count(1)
    wanted = ("organisation", "affiliations", "objectives", "people", "programmes", "indicators", "years", "networks")
    own = {name: _with_sources(getattr(dossier, name), numbers) for name in wanted}
    sources = {
        f"s{n}": Source(id=f"s{n}", title=Text({"en": f"No. {n}"}), language="en") for n in range(1, next(numbers))
    }
    requests = tuple(
        r.model_copy(update={"sections": (), "profiles": ()}) if r.id == "annual-report-2026" else r
        for r in dossier.documents
    )
    changed = dataclasses.replace(dossier, **own, sources=sources, documents=requests)
    made = pipeline.prepare(
        Workspace.at(ROOT), Job("lantern-bridge", "annual-report-2026", "en", ("html",)), changed
    ).html
    assert len(_assert_marks_and_list_agree(made)) > 150
    missing = [
        f"{type(fact).__name__} {fact.source}: {text}"
        for fact in _facts(tuple(v for k, v in own.items() if k != "years") + (own["years"][2026],))
        if type(fact).__name__ not in _ELSEWHERE and f'href="#source-{fact.source}"' not in made
        for text in _said(fact)
        if len(text) > 25 and text in made
    ]
    assert not missing


def _said(fact: Fact) -> Iterator[str]:
    for text in notes.words(fact):
        told = text.in_language("en")
        yield from [line.strip() for line in told.text.splitlines()] if told else []


# --- how sources were read ------------------------------------------------------------------------------------------

REASONING = {
    "en": ("Uncertain", "The source", "the source", "Inferred", "undated", "misspells", "membership."),
    "bg": ("Не е сигурно", "Източникът", "източникът", "Изведено", "без дата", "погрешно", "а не членство"),
}


@pytest.mark.quick("en-brochure", "bg-leaflet", "en-poster")
@pytest.mark.parametrize("document", BROCHURES)
@pytest.mark.parametrize("language", ["en", "bg"])
def test_a_brochure_has_no_notes_on_sources(document: str, language: str) -> None:
    made = _made("spoc", document, language).html
    assert not [word for word in REASONING[language] if word in made]
    _assert_marks_and_list_agree(made)


def test_of_any_facts_no_brochure_prints_notes(workspace: Workspace) -> None:
    shown = (ROOT / "data" / "spoc" / "documents.yaml").read_text("utf-8")
    (workspace.data / "spoc" / "documents.yaml").write_text(shown, "utf-8")
    for file, old in (
        ("spoc/organisation.yaml", "source: spoc-membership-page\n"),
        ("spoc/affiliations.yaml", "    kind: representative\n"),
    ):
        pad = "    " if old.startswith(" ") else ""
        change(workspace, file, old, f"{old}{pad}confidence: inferred\n{pad}remark: {{en: Zanzibar, bg: Занзибар}}\n")
    dossier = pipeline.check(workspace, "spoc", templates=False).dossier
    assert dossier
    told = {
        d: composed(workspace, Job("spoc", d, "en", ("html",)), dossier).html for d in (*BROCHURES, "annual-report")
    }
    assert not [document for document in BROCHURES if "Zanzibar" in told[document]]
    text = told["annual-report"]
    assert text.count("Zanzibar") == 2 and text.index('id="notes"') < text.index("Zanzibar")
    assert text.index('id="notes"') < text.index("Inferred")


@pytest.mark.parametrize(
    ("without", "there"),
    [((), ["sources", "undated", "notes"]), (("notes",), ["sources", "undated"]), (("undated", "notes"), ["sources"]), (("sources", "notes"), ["undated"])],
)  # fmt: skip
def test_a_report_may_leave_its_notes_out(without: tuple[str, ...], there: list[str]) -> None:
    made = _made("spoc", "annual-report", without=without).html
    assert [name for name in ("sources", "undated", "notes") if f'id="{name}"' in made] == there
    assert ("Uncertain" in made) == ("notes" in there)
    assert bool(MARK.findall(made)) == ("sources" in there)


def test_what_has_no_date_is_a_line_for_each_kind_of_fact() -> None:
    made = _made("spoc", "annual-report").html
    section = made[made.index('id="undated"') : made.index('id="notes"')]
    assert section.count("<li>") == 2 and "NNC, UNITED, ECSA and NASO" in section
    assert "UNITED (organisations and European countries)" in section


def test_notes_are_of_facts_that_the_document_prints() -> None:
    section = _made("spoc", "annual-report", sections=("timeline", "notes")).html.partition('id="notes"')[2]
    assert "PROCOPIL" in section and "its efforts" not in section and "Resposibility" not in section


@pytest.mark.parametrize(("name", "hint"), [("note", "notes"), ("notez", "notes")])
def test_a_section_that_is_not_there_cannot_be_left_out(workspace: Workspace, name: str, hint: str) -> None:
    path = workspace.data / "spoc" / "documents.yaml"
    path.write_text(path.read_text("utf-8") + f"    without: [{name}]\n", "utf-8")
    (problem,) = pipeline.check(workspace, "spoc").errors
    assert problem.code == "document.section" and hint in (problem.hint or "")
    assert (
        problem.location
        and "without" in problem.location.path.read_text("utf-8").splitlines()[problem.location.line - 1]
    )


def test_one_section_at_least_is_printed(workspace: Workspace) -> None:
    path = workspace.data / "spoc" / "documents.yaml"
    path.write_text(path.read_text("utf-8") + "    sections: [cover, notes]\n    without: [notes, cover]\n", "utf-8")
    (problem,) = pipeline.check(workspace, "spoc").errors
    assert problem.code == "document.section" and "nothing is left" in problem.message and problem.location


def test_a_label_ends_with_one_full_stop(built: Built) -> None:
    for document, _ in built.values():
        words = re.sub(r"<[^>]+>", "", document.html)
        assert not re.findall(r".{20}(?<!\.)\.\.(?!\.)", words)
