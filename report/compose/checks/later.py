"""Facts that are later than the document that prints them: a report of 2010 with a publication of 2021."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from report.compose.checks.omissions import Printed, beginnings, texts_of
from report.model.affiliation import Affiliation
from report.model.base import Dated
from report.model.dates import PartialDate
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.network import Network
from report.model.validity import at, is_valid
from report.model.walk import Part, Steps, nested_records, parts
from report.source.caching import cached_by_identity
from report.values import Problem, Severity

FIELDS = ("as_of", "date", "accessed", "begins", "since", "adopted", "founded", "signed")
"""Dates of what has happened; an end may be in the future."""
HINT = "correct this date, or that of the document; or leave it out of the document"


def later(dossier: Dossier, request: DocumentRequest, language: str, printed: Printed) -> Iterator[Problem]:
    """Yield a warning for each fact that a document prints and that is later than its date."""
    day, period = PartialDate.of(request.date), dossier.period(request)
    networks = at(dossier, *period).networks
    folders = ("", *(str(year) for year in (request.year, (request.year or 0) - 1)))
    for part in parts(dossier):
        for file, steps, date, record in _dates(part):
            if not day.before(date) or file == "documents.yaml" or file.rpartition("/")[0] not in folders:
                continue
            was_so = not isinstance(record, Dated) or is_valid(record, *period)
            if was_so and _is_printed(networks, record, request, language, printed):
                message = f"it is of {date}, later than {request.id} ({request.date}), which prints it"
                yield Problem(Severity.WARNING, "fact.later", message, dossier.locate(file, *steps), HINT)


def _is_printed(
    networks: Mapping[str, Network], record: BaseModel, request: DocumentRequest, language: str, printed: Printed
) -> bool:
    texts = [networks[record.network].name] if isinstance(record, Affiliation) else texts_of(record)
    return any(map(printed.says, beginnings(*texts, language=language, fallback=request.fallback)))


@cached_by_identity
def _dates(part: Part) -> tuple[tuple[str, Steps, PartialDate, BaseModel], ...]:
    """Return the dates of records at any depth, with the file of each and the steps to it."""
    return tuple(
        (file, (*steps, name), date, value)
        for file, steps, value in nested_records(part)
        for name in FIELDS
        if isinstance(date := getattr(value, name, None), PartialDate)
    )
