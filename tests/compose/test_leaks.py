"""The last look at a redacted edition: a name that is left stops it, and says where it stands."""

from __future__ import annotations

import pytest

from report import pipeline
from report.compose.checks import leaks
from report.html.parser import parse
from report.model.privacy.names import Finder
from report.values import ReportError
from report.workspace import Workspace
from tests.conftest import ROOT, change

ORGANISATION, DOCUMENT = "lantern-bridge", "annual-report-2025"


def _prepare(workspace: Workspace, document: str = DOCUMENT, language: str = "en"):
    checked = pipeline.check(workspace, ORGANISATION, templates=False)
    assert checked.dossier, checked.errors
    (job,) = pipeline.jobs(checked.dossier, (document,), (language,), ("html",), ("redacted",))
    return pipeline.prepare(workspace, job, checked.dossier)


@pytest.mark.parametrize("language", ["en", "bg"])
def test_a_redacted_edition_passes(small: Workspace, language: str) -> None:
    assert "[…]" in _prepare(small, language=language).html


def test_a_name_that_a_template_writes_stops_it(small: Workspace) -> None:
    own = small.root / "templates" / "annual-report" / "sections" / "letter.html.j2"
    own.parent.mkdir(parents=True)
    theirs = (ROOT / "templates" / "annual-report" / "sections" / "letter.html.j2").read_text("utf-8")
    own.write_text(theirs + "<p>Set by RALITSA <em>Mosto</em>va</p>", "utf-8")
    with pytest.raises(ReportError) as caught:
        _prepare(small)
    told = [p.message for p in caught.value.problems]
    assert len(told) == 1 and "“RALITSA Mostova”" in told[0] and "Set by" in told[0]
    assert caught.value.problems[0].location.path == own


def test_a_name_in_the_attachment_stops_it(small: Workspace) -> None:
    change(small, f"{ORGANISATION}/documents.yaml", "- id: annual-report-2025", "- id: report-of-mostova")
    with pytest.raises(ReportError, match=r"“mostova”.*in facts.json, document.id"):
        _prepare(small, "report-of-mostova")


def test_an_organisation_may_be_called_for_somebody(small: Workspace) -> None:
    """The folder's name is its id: it is no reason to refuse."""
    (small.data / ORGANISATION).rename(small.data / "mostova-foundation")
    dossier = pipeline.check(small, "mostova-foundation", templates=False).dossier
    for edition in ("screen", "redacted"):
        (job,) = pipeline.jobs(dossier, (DOCUMENT,), ("en",), ("html",), (edition,))
        attached = pipeline.prepare(small, job, dossier).attachments[0].content.decode()
        assert ("mostova" in attached) is (edition == "screen")


def test_checking_finds_it_too(small: Workspace) -> None:
    change(small, f"{ORGANISATION}/documents.yaml", "- id: annual-report-2025", "- id: report-of-mostova")
    change(
        small,
        f"{ORGANISATION}/documents.yaml",
        "    date: 2026-04-20",
        "    date: 2026-04-20\n    editions: [redacted]",
    )
    assert {p.code for p in pipeline.check(small, ORGANISATION).errors} == {"redacted.name"}


def test_the_program_s_own_words_are_no_names(small: Workspace) -> None:
    """May is a month, and Grant is part of a heading."""
    change(small, f"{ORGANISATION}/people.yaml", "Toma Brodov", "May Finances")
    assert "Finances" in _prepare(small).html


def test_drawings_are_searched() -> None:
    from report.values import Diagram

    finder = Finder(("Toma Brodov", "Brodov"))
    ((message, _),) = leaks.search(leaks.drawn([Diagram("ties", "The Brodovs", "", (), ())]), finder, ())
    assert "drawing ties, title" in message
    page = parse('<p>a <a href="https://example.org/tomabrodov">b</a></p>')
    ((message, element),) = leaks.search(leaks.page(page), finder, ())
    assert "in the href of a:" in message and element is not None and element.tag == "a"
