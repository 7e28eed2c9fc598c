"""Consents against the documents that print the stories."""

from __future__ import annotations

import pytest

from report import pipeline
from report.values import ReportError
from report.workspace import Workspace
from tests.conftest import change

ORGANISATION = "lantern-bridge"


def _told(workspace: Workspace, request: str, consent: str) -> list[str]:
    change(workspace, f"{ORGANISATION}/documents.yaml", "    date: 2026-04-20\n", f"    date: 2026-04-20\n{request}")
    line = change(workspace, f"{ORGANISATION}/2025/stories.yaml", "by: parent}", f"by: parent, {consent}}}")
    found = [p for p in pipeline.check(workspace, ORGANISATION, templates=False).errors if p.code.startswith("story.")]
    assert all(p.location.line == line for p in found)
    return [p.message for p in found]


WEB, PRINT = "scope: web", "scope: print"


@pytest.mark.parametrize(
    ("request_", "consent", "word"),
    [
        ("    formats: [html]\n", WEB, None),
        ("    editions: [screen]\n", WEB, None),
        ("    editions: [screen, print]\n", WEB, "printed edition"),
        ("    editions: [print]\n    formats: [html]\n", WEB, None),
        ("    editions: [screen, print]\n    sections: [people]\n", WEB, None),
        ("    editions: [redacted]\n", PRINT, None),
        ("    editions: [print]\n", PRINT, None),
        ("    editions: [print]\n    formats: [pdf, html]\n", PRINT, "html"),
        ("", PRINT, "for the screen"),
        ("    sections: [people]\n", PRINT, None),
        ("", "until: 2026-01-01", "ended on"),
        ("    sections: [people]\n", "until: 2026-01-01", None),
    ],
)
def test_a_consent_reaches_as_far_as_it_says(small: Workspace, request_: str, consent: str, word: str | None) -> None:
    told = _told(small, request_, consent)
    assert (word is None and told == []) or (len(told) == 1 and word in told[0])


def test_the_command_line_does_not_widen_a_consent(small: Workspace) -> None:
    assert _told(small, "    editions: [print]\n    formats: [pdf]\n", PRINT) == []
    dossier = pipeline.check(small, ORGANISATION, templates=False).dossier
    for formats, editions in ((("html",), ()), (("pdf",), ("screen",))):
        (job, _) = pipeline.jobs(dossier, ("annual-report-2025",), (), formats, editions)
        with pytest.raises(ReportError, match="for print alone"):
            pipeline.prepare(small, job, dossier)
    (job, _) = pipeline.jobs(dossier, ("annual-report-2025",), (), ("pdf",), ())
    assert "Mila" in pipeline.prepare(small, job, dossier).html
