"""Documents that the facts do not fill, that leave panels blank, or that print what is later than their date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from pydantic import BaseModel

from report.compose.checks import omissions
from report.compose.checks.draft import Draft
from report.compose.checks.printed import excerpts, texts_of
from report.compose.tree import trim
from report.model.affiliation import Affiliation
from report.model.base import Dated
from report.model.dates import PartialDate
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.network import Network
from report.model.text import Passage, Text
from report.model.validity import at, is_valid
from report.model.walk import Part, Steps, nested_records, parts
from report.requests import document_requests
from report.source.caching import cached_by_identity
from report.values import Problem, Severity

_DATES = ("as_of", "date", "accessed", "begins", "since", "adopted", "founded", "signed")
"""Dates of what has happened; an end may be in the future."""
_NUMBERS = frozenset({"value", "count", "number"})
"""The classes of numbers that stand large, or would but that there is only one."""


def later_facts(draft: Draft) -> Iterator[Problem]:
    """Yield a warning for each fact that a document prints and that is later than its date: a report of 2010 with one of 2021."""
    if not draft.speaks_for_all:
        return
    dossier, request = draft.dossier, draft.request
    day, period = PartialDate.of(request.date), dossier.period(request)
    networks = at(dossier, *period).networks
    folders = ("", *(str(year) for year in (request.year, (request.year or 0) - 1)))
    hint = "correct this date, or that of the document; or leave it out of the document"
    for part in parts(dossier):
        for file, steps, date, record in _dates(part):
            if not day.before(date) or file == "documents.yaml" or file.rpartition("/")[0] not in folders:
                continue
            was_valid = not isinstance(record, Dated) or is_valid(record, *period)
            if was_valid and _is_printed(networks, record, draft):
                message = f"it is of {date}, later than {request.id} ({request.date}), which prints it"
                yield Problem(Severity.WARNING, "fact.later", message, dossier.locate(file, *steps), hint)


def _is_printed(networks: Mapping[str, Network], record: BaseModel, draft: Draft) -> bool:
    texts = [networks[record.network].name] if isinstance(record, Affiliation) else texts_of(record)
    beginnings = excerpts(*texts, language=draft.language, fallback=draft.request.fallback)
    return any(map(draft.printed.has, beginnings))


@cached_by_identity
def _dates(part: Part) -> tuple[tuple[str, Steps, PartialDate, BaseModel], ...]:
    """Return the dates of records at any depth, with the file of each and the steps to it."""
    return tuple(
        (file, (*steps, name), date, value)
        for file, steps, value in nested_records(part)
        for name in _DATES
        if isinstance(date := getattr(value, name, None), PartialDate)
    )


def emptiness(draft: Draft) -> Iterator[Problem]:
    """Yield a warning where a document prints nothing but names and dates, and one where panels stay blank."""
    dossier, request, where = draft.dossier, draft.request, draft.place_in_requests()
    empty = not (draft.writer.printed - _frame_texts(dossier, request) or _has_numbers(draft.root))
    panels = [panel.id for panel in draft.printing.panels] if draft.printing else []
    blank = [e.get("id", "") for e in draft.root.iter("section") if e.get("id") in panels and trim.is_empty(e)]
    if not ((empty or blank) and draft.speaks_for_all and omissions.requested_kinds(draft)):
        return
    if document_requests.lacking(dossier, request, draft.kind):  # reported with the request
        return
    if empty:
        message = f"{request.id} has no content: it prints only names and dates"
        hint = "write the facts that it is for, or remove it"
        yield Problem(Severity.WARNING, "document.empty", message, where, hint)
    if blank:
        message = f"{request.id} leaves {len(blank)} of {len(panels)} panels blank: {', '.join(blank)}"
        hint = "write more facts, or choose a smaller kind: leaflet-a6 has two panels"
        yield Problem(Severity.WARNING, "panel.blank", message, where, hint)


def _frame_texts(dossier: Dossier, request: DocumentRequest) -> set[int]:
    """Return the identities of the texts that stand in every document: who publishes it, and what it is called."""
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


def _has_numbers(root: ET.Element) -> bool:
    """Say whether there is a table, a chart or a large number."""
    return any(
        element.tag == "td"
        or element.tag == "img"
        and element.get("src", "").startswith("chart:")
        or _NUMBERS & set(element.get("class", "").split())
        for element in root.iter()
    )
