"""Documents that the facts do not fill: those that print names and dates alone, and brochures with blank panels. Both are told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set
from xml.etree import ElementTree as ET

from report.compose.tree import trim
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.text import Passage, Text
from report.values import Location, Problem, Severity

_NUMBERS = frozenset({"value", "count", "number"})
"""The classes of numbers that stand large, or would but that there is only one."""


def told(
    dossier: Dossier, request: DocumentRequest, root: ET.Element, printed: Set[int], panels: Collection[str]
) -> Iterator[Problem]:
    """Yield a warning where a document prints nothing but names and dates, and one where panels stay blank.

    `printed` are the identities of the texts of the facts that it printed.
    """
    place = next((n for n, one in enumerate(dossier.documents) if one.id == request.id), None)
    where = dossier.locate("documents.yaml", *(() if place is None else ("documents", place)))
    if not (printed - _of_the_frame(dossier, request) or _counts(root)):
        message = f"{request.id} has no content: it prints only names and dates"
        yield _problem("document.empty", message, where, "write the facts that it is for, or remove it")
    blank = [e.get("id", "") for e in root.iter("section") if e.get("id") in panels and trim.is_empty(e)]
    if blank:
        message = f"{request.id} leaves {len(blank)} of {len(panels)} panels blank: {', '.join(blank)}"
        hint = "write more facts, or choose a smaller kind: leaflet-a6 has two panels"
        yield _problem("panel.blank", message, where, hint)


def _problem(code: str, message: str, where: Location | None, hint: str) -> Problem:
    return Problem(Severity.WARNING, code, message, where, hint)


def _of_the_frame(dossier: Dossier, request: DocumentRequest) -> set[int]:
    """Return the texts that stand in every document: who publishes it, and what it is called."""
    own = dossier.organisation
    texts = [
        own.name,
        own.acronym,
        own.legal_form,
        own.imprint_note,
        request.title,
        request.subtitle,
        request.date_note,
    ]
    texts += [own.contact.address if own.contact else None, own.logo.alt if own.logo else None]
    texts += [entry.registry for entry in own.registrations]
    return {id(text) for text in texts if isinstance(text, Text | Passage)}


def _counts(root: ET.Element) -> bool:
    """Say whether there is a table, a chart or a large number."""
    return any(
        element.tag == "td"
        or element.tag == "img"
        and element.get("src", "").startswith("chart:")
        or _NUMBERS & set(element.get("class", "").split())
        for element in root.iter()
    )
