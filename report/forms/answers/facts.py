"""The facts that a form's map, or a field of a funder's profile, can name: ``organisation.name``, ``year.finance.income``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from report.compose.views.actions import GRANTED, PartnerView, partners
from report.compose.views.context import AffiliationView, affiliation_views
from report.forms.answers.answer import AnswerError, MissingAnswer
from report.model import validity
from report.model.dossier import Dossier, YearFacts
from report.model.suggestions import nearest
from report.model.unreadable import Unreadable, or_unreadable, with_placeholders

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def named_facts(dossier: Dossier, year: int | None = None, action: str | None = None) -> dict[str, Any]:
    """Return the facts by name; `year` is the latest reporting year by default.

    `action` is the one that is applied for: its co-applicants and affiliated entities have a role in the grant.
    """
    latest = max(dossier.years, default=None)
    dossier = with_placeholders(validity.at(dossier, validity.LATEST, validity.LATEST))
    granted = or_unreadable(partners, dossier, action)
    if isinstance(granted, Unreadable):
        granted = dict.fromkeys(GRANTED, granted)
    return {
        "organisation": dossier.organisation,
        "affiliations": affiliation_views(dossier),
        **granted,
        "objectives": dossier.objectives,
        "people": or_unreadable(lambda: tuple(p for p in dossier.people if p.publish)),
        "programmes": dossier.programmes,
        "indicators": dossier.indicators,
        "projects": dossier.projects,
        "actions": dossier.actions,
        "year": dossier.years.get(year or latest or 0),
        "years": {str(number): facts for number, facts in dossier.years.items()},
    }


def resolve(root: object, path: str) -> Any:
    """Return the fact at `path`; raise `AnswerError` for a step that does not exist, naming those that do, or `UnreadableFacts`."""
    value: Any = root
    resolved = ""
    for name, index in _STEP.findall(path):
        if index:
            if not isinstance(value, tuple | list):
                raise AnswerError(f"'{resolved}' is not a list", f"remove the [{index}]")
            if int(index) >= len(value):
                raise MissingAnswer(f"the facts do not say '{resolved}[{index}]'", "add it; items count from 0")
            value = value[int(index)]
        else:
            names = fact_names(value)
            if name not in names:
                if value is None:
                    raise MissingAnswer(f"the facts do not say '{resolved}'", f"add it, or remove {path} from the map")
                message = f"'{resolved}' has no '{name}'" if resolved else f"there are no facts called '{name}'"
                raise AnswerError(message, nearest(name, names, "available:"))
            value = value[name] if isinstance(value, Mapping) else getattr(value, name)
        if isinstance(value, Unreadable):
            value.refuse()
        resolved = f"{resolved}.{name or f'[{index}]'}".lstrip(".")
    return value


def fact_names(value: object) -> tuple[str, ...]:
    """Return the names of the facts in a record."""
    kind = type(value)
    if isinstance(value, BaseModel):
        derived_names = (n for n in dir(kind) if isinstance(getattr(kind, n), property))
        return (*type(value).model_fields, *(n for n in derived_names if not n.startswith(("_", "model_"))))
    if isinstance(value, Mapping):
        return tuple(map(str, value))
    if isinstance(value, AffiliationView | PartnerView | YearFacts):
        return tuple(type(value).__dataclass_fields__) + (("begins", "ends") if isinstance(value, YearFacts) else ())
    return ()
