"""The facts that travel inside a document, as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from typing import Any

from pydantic import BaseModel

from report.language.labels import Labels
from report.model.document import DocumentRequest
from report.model.dossier import Dossier, YearFacts
from report.model.privacy.names import Finder
from report.values import Attachment

PROJECTS = frozenset({"previous-projects", "similar-actions", "largest-projects"})
"""The sections that print projects."""
_Plain = Callable[[BaseModel], dict[str, Any]]


def facts(
    dossier: Dossier, request: DocumentRequest, sections: Collection[str], labels: Labels, removed: Finder | None = None
) -> Attachment:
    """Return the facts that a document of these sections was made from, in its language, as JSON for machines.

    An organisation may be called for somebody: its id, a folder's name, is left out where that was `removed`.
    """
    languages = {"in_language": (labels.language, request.fallback)}

    def plain(record: BaseModel) -> dict[str, Any]:
        return record.model_dump(mode="json", exclude_none=True, context=languages)

    id_ = {} if removed and removed.within(dossier.id) else {"id": dossier.id}
    content: dict[str, Any] = {
        "document": plain(request),
        "organisation": id_ | plain(dossier.organisation),
        **_readable(dossier, "objectives.yaml", objectives=_all(plain, dossier.objectives)),
        "affiliations": _all(plain, dossier.affiliations),
        "networks": _all(plain, dossier.networks.values()),
        "institutions": _all(plain, dossier.institutions.values()),
        "sources": _all(plain, dossier.sources.values()),
    }
    if PROJECTS & set(sections):
        content |= _readable(dossier, "projects.yaml", projects=_all(plain, dossier.projects))
    if action := next((one for one in dossier.actions if one.id == request.action), None):
        content["action"] = plain(action)
    if request.year is not None and (year := dossier.years.get(request.year)):
        content |= _year(dossier, year, request, sections, plain)
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    description = labels.get("The data this document was made from")
    return Attachment("facts.json", text.encode(), "application/json", description)


def _all(plain: _Plain, records: Iterable[BaseModel]) -> list[dict[str, Any]]:
    return [plain(record) for record in records]


def _year(
    dossier: Dossier, year: YearFacts, request: DocumentRequest, sections: Collection[str], plain: _Plain
) -> dict[str, Any]:
    """Return a year's facts, without those who asked not to be published; stories only where the document has them."""
    going_on, number, money = dossier.going_on(request), year.number, _money(year, plain)
    people = _all(plain, (person for person in dossier.people if person.publish and going_on(person)))
    programmes = {name: _all(plain, getattr(dossier, name)) for name in ("programmes", "indicators")}
    stories = _all(plain, year.stories if "stories" in sections else ())
    return {
        **_readable(dossier, "people.yaml", people=people),
        **_readable(dossier, "programmes.yaml", **programmes),
        "year": {
            "number": number,
            **plain(year.year),
            **_readable(dossier, f"{number}/activities.yaml", activities=_all(plain, year.activities)),
            **_readable(dossier, f"{number}/results.yaml", results=_all(plain, year.results)),
            **_readable(dossier, f"{number}/finance.yaml", finance=money["finance"]),
            **_readable(dossier, f"{number}/donations.yaml", received=money["received"], given=money["given"]),
            **_readable(dossier, f"{number}/stories.yaml", stories=stories),
        },
    }


def _readable(dossier: Dossier, file: str, **facts: Any) -> dict[str, Any]:
    """Return the facts of a data file by name; nothing where it cannot be read, since none would be untrue."""
    return {} if file in dossier.unreadable else facts


def _money(year: YearFacts, plain: _Plain) -> dict[str, Any]:
    """Return the statement and the donations with ids that are numbers: those of the facts are often names of givers."""
    finance = plain(year.finance) if year.finance else None
    lines: dict[str, str] = {}
    for number, line in enumerate(finance["income"] if finance else (), 1):
        line["id"] = lines[line["id"]] = f"income-{number}"

    def gifts(records: Iterable[BaseModel], name: str, party: str) -> list[dict[str, Any]]:
        rows = _all(plain, records)
        for number, row in enumerate(rows, 1):
            row["id"] = f"{name}-{number}"
            if "income" in row:
                row["income"] = lines.get(row["income"])
            if not row[party]["publish"]:
                for field in ("id", "income"):
                    row.pop(field, None)
                row[party].pop("name", None)
        return rows

    return {
        "finance": finance,
        "received": gifts(year.received, "received", "donor"),
        "given": gifts(year.given, "given", "recipient"),
    }
