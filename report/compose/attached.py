"""The facts that travel inside a document, as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from report.compose.labels import Labels
from report.model.document import DocumentRequest
from report.model.dossier import Dossier, YearFacts
from report.values import Attachment


def facts(dossier: Dossier, request: DocumentRequest, words: Labels) -> Attachment:
    """Return the facts that a document was made from, in its language, as JSON for machines."""
    told = {"told": (words.language, request.fallback)}
    found = {
        "document": request.model_dump(mode="json", exclude_none=True, context=told),
        "organisation": {
            "id": dossier.id,
            **dossier.organisation.model_dump(mode="json", exclude_none=True, context=told),
        },
        "affiliations": [a.model_dump(mode="json", exclude_none=True, context=told) for a in dossier.affiliations],
        "objectives": [o.model_dump(mode="json", exclude_none=True, context=told) for o in dossier.objectives],
        "networks": [n.model_dump(mode="json", exclude_none=True, context=told) for n in dossier.networks.values()],
        "institutions": [
            i.model_dump(mode="json", exclude_none=True, context=told) for i in dossier.institutions.values()
        ],
        "sources": [s.model_dump(mode="json", exclude_none=True, context=told) for s in dossier.sources.values()],
    }
    year = dossier.years.get(request.year) if request.year is not None else None
    if year:
        found |= _facts_of_year(dossier, year, told)
    content = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True).encode()
    return Attachment("facts.json", content, "application/json", words.get("The facts this document was made from"))


def _facts_of_year(dossier: Dossier, year: YearFacts, told: dict[str, Any]) -> dict[str, Any]:
    """Return a year's facts, without those who asked not to be published."""

    def plain(values: Iterable[BaseModel]) -> list[dict[str, Any]]:
        return [value.model_dump(mode="json", exclude_none=True, context=told) for value in values]

    def gifts(values: Iterable[BaseModel], party: str) -> list[dict[str, Any]]:
        rows = plain(values)
        for row in rows:
            if not row[party]["publish"]:
                row[party].pop("name", None)
        return rows

    return {
        "people": plain(person for person in dossier.people if person.publish),
        "programmes": plain(dossier.programmes),
        "indicators": plain(dossier.indicators),
        "year": {
            "number": year.number,
            **year.year.model_dump(mode="json", exclude_none=True, context=told),
            "activities": plain(year.activities),
            "results": plain(year.results),
            "finance": year.finance.model_dump(mode="json", exclude_none=True, context=told) if year.finance else None,
            "received": gifts(year.received, "donor"),
            "given": gifts(year.given, "recipient"),
            "stories": plain(year.stories),
        },
    }
