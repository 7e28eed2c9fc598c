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


def facts(
    dossier: Dossier,
    request: DocumentRequest,
    sections: Collection[str],
    words: Labels,
    removed: Finder | None = None,
) -> Attachment:
    """Return the facts that a document of these sections was made from, in its language, as JSON for machines.

    An organisation may be called for somebody: its id, a folder's name, is left out where that was `removed`.
    """
    told = {"in_language": (words.language, request.fallback)}
    found = {
        "document": request.model_dump(mode="json", exclude_none=True, context=told),
        "organisation": {
            **({} if removed and removed.within(dossier.id) else {"id": dossier.id}),
            **dossier.organisation.model_dump(mode="json", exclude_none=True, context=told),
        },
        **_readable(
            dossier,
            "objectives.yaml",
            objectives=[o.model_dump(mode="json", exclude_none=True, context=told) for o in dossier.objectives],
        ),
        "affiliations": [a.model_dump(mode="json", exclude_none=True, context=told) for a in dossier.affiliations],
        "networks": [n.model_dump(mode="json", exclude_none=True, context=told) for n in dossier.networks.values()],
        "institutions": [
            i.model_dump(mode="json", exclude_none=True, context=told) for i in dossier.institutions.values()
        ],
        **(_readable(dossier, "projects.yaml", projects=_projects(dossier, told)) if PROJECTS & set(sections) else {}),
        "sources": [s.model_dump(mode="json", exclude_none=True, context=told) for s in dossier.sources.values()],
    }
    if action := next((one for one in dossier.actions if one.id == request.action), None):
        found["action"] = action.model_dump(mode="json", exclude_none=True, context=told)
    year = dossier.years.get(request.year) if request.year is not None else None
    if year:
        found |= _facts_of_year(dossier, year, request, sections, told)
    content = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True).encode()
    return Attachment("facts.json", content, "application/json", words.get("The data this document was made from"))


def _projects(dossier: Dossier, told: dict[str, Any]) -> list[dict[str, Any]]:
    return [p.model_dump(mode="json", exclude_none=True, context=told) for p in dossier.projects]


def _facts_of_year(
    dossier: Dossier, year: YearFacts, request: DocumentRequest, sections: Collection[str], told: dict[str, Any]
) -> dict[str, Any]:
    """Return a year's facts, without those who asked not to be published; stories only where the document has them."""

    def plain(values: Iterable[BaseModel]) -> list[dict[str, Any]]:
        return [value.model_dump(mode="json", exclude_none=True, context=told) for value in values]

    going_on, number, money = dossier.going_on(request), year.number, _money(year, plain)
    people = plain(person for person in dossier.people if person.publish and going_on(person))
    own = {"programmes": plain(dossier.programmes), "indicators": plain(dossier.indicators)}
    gifts = {name: money[name] for name in ("received", "given")}
    stories = plain(year.stories) if "stories" in sections else []
    return {
        **_readable(dossier, "people.yaml", people=people),
        **_readable(dossier, "programmes.yaml", **own),
        "year": {
            "number": number,
            **year.year.model_dump(mode="json", exclude_none=True, context=told),
            **_readable(dossier, f"{number}/activities.yaml", activities=plain(year.activities)),
            **_readable(dossier, f"{number}/results.yaml", results=plain(year.results)),
            **_readable(dossier, f"{number}/finance.yaml", finance=money["finance"]),
            **_readable(dossier, f"{number}/donations.yaml", **gifts),
            **_readable(dossier, f"{number}/stories.yaml", stories=stories),
        },
    }


def _readable(dossier: Dossier, file: str, **facts: Any) -> dict[str, Any]:
    """Return the facts of a data file by name; nothing where it cannot be read, since none would be untrue."""
    return {} if file in dossier.unreadable else facts


def _money(year: YearFacts, plain: Callable[[Iterable[BaseModel]], list[dict[str, Any]]]) -> dict[str, Any]:
    """Return the statement and the donations with ids that are numbers: those of the facts are often names of givers."""
    finance = next(iter(plain([year.finance] if year.finance else [])), None)
    lines: dict[str, str] = {}
    for number, line in enumerate(finance["income"] if finance else (), 1):
        line["id"] = lines[line["id"]] = f"income-{number}"

    def gifts(values: Iterable[BaseModel], name: str, party: str) -> list[dict[str, Any]]:
        rows = plain(values)
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
