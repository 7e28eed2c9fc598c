"""Where things stand on the pages of a report, as WeasyPrint lays them out."""

from __future__ import annotations


import pytest

from report.compose.compose import compose
from report.compose.kind import load as load_kind
from report.formats.pdf.write import _lay_out, pages
from report.model.load import load
from report.values import Document
from report.workspace import Workspace
from tests.conftest import ROOT

ORGANISATION = "lantern-bridge"


def _document(workspace: Workspace, language: str = "en", **changes: object) -> Document:
    """Compose the last report of an organisation, its request changed."""
    dossier = load(workspace, ORGANISATION).dossier
    assert dossier
    return compose(workspace, dossier, dossier.documents[-1].model_copy(update=changes), language)


def _pages(document: Document) -> list[list[str]]:
    """Return the lines of text of every page, those in its margins left out."""
    return [_lines(page._page_box) for page in _lay_out(document).pages]


def _lines(page) -> list[str]:
    rows: dict[float, list[str]] = {}
    for box in page.descendants():
        if type(box).__name__ == "TextBox" and box.text.strip():
            rows.setdefault(round(box.position_y), []).append(box.text)
    return [" ".join(rows[y]) for y in sorted(rows)]


SECTIONS = load_kind(Workspace.at(ROOT), "annual-report")[0].sections


@pytest.mark.parametrize("section", [s for s in SECTIONS if s != "cover"])
def test_nothing_but_the_cover_is_printed_on_the_cover(small: Workspace, section: str) -> None:
    document = _document(small, sections=("cover", *dict.fromkeys((section, "imprint"))))
    found = pages(document)
    assert [name for name, page in found.items() if page == 1] == ["annual-report-2026"] and "imprint" in found
