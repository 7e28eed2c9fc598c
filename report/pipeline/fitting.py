"""Texts of a brochure, cut to their panels: of each passage the longest variant with which the panel's text fits its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from report.formats import pdf
from report.formats.pdf import Extent
from report.values import Document, Panel, Problem, ReportError, Severity

SHORTER: Mapping[str, str] = {"full": "medium", "medium": "short"}
"""The variant that is tried next."""


def fitted(document: Document, compose: Callable[[Mapping[str, str]], Document]) -> Document:
    """Return the document with the longest texts that fit its panels; raise `ReportError` where even the shortest do not.

    `compose` makes the document with other lengths: the variant that each panel prints, by the panel's id.
    """
    panels = document.printing.panels if document.printing else ()
    lengths: dict[str, str] = {}
    while panels:
        extent = pdf.extent(document)
        long = [panel for panel in panels if extent.count(panel.id) > 1]
        if not long:
            break
        shorter = {
            panel.id: step for panel in long if (step := _step(document, panel.id, lengths.get(panel.id, "full")))
        }
        if not shorter:
            raise ReportError(problem for panel in long for problem in _too_long(document, panel, extent))
        lengths |= shorter
        document = compose(lengths)
    return document


def _step(document: Document, panel: str, length: str) -> str | None:
    """Return the next shorter variant that changes a text of the panel, if one does."""
    while following := SHORTER.get(length):
        if any(text.at(following) != text.at(length) for text in document.fitted.values() if text.panel == panel):
            return following
        length = following
    return None


def _too_long(document: Document, panel: Panel, extent: Extent) -> Iterator[Problem]:
    """Yield an error that names the fact at which the panel ends, and says how much is too much."""
    first = extent.anchors[panel.id]
    texts = {id_: text for id_, text in document.fitted.items() if text.panel == panel.id}
    beyond = [text for id_, text in texts.items() if extent.anchors.get(id_, first) > first]
    at = next(iter(beyond or list(texts.values())[-1:]), None)
    over = [extent.pages[number - 1] for number in range(first + 1, first + extent.count(panel.id))]
    characters, height = sum(page.characters for page in over), sum(page.height for page in over)
    message = (
        f"the text does not fit the panel '{panel.id}' ({panel.width:g} × {panel.height:g} mm): "
        f"about {characters} characters, {height:.0f} mm, are too much"
    )
    hint = "shorten it, or give it a variant  short:  (short, medium and full; the longest that fits is printed)"
    if at is None:
        hint = "no text of it can be shortened, since it prints names alone: a larger kind or layout has more room"
    yield Problem(Severity.ERROR, "panel.full", message, at.location if at else None, hint)
