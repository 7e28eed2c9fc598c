"""What a form's map, and a field of a funder's profile, may name: ``organisation.name``, ``year.finance.income``; how each is written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from report.compose.views.actions import GRANTED, PartnerView, partners
from report.compose.views.context import AffiliationView, affiliation_views
from report.language.writer import Writer
from report.model import validity
from report.model.dates import PartialDate
from report.model.dossier import Dossier, YearFacts
from report.model.suggestions import nearest
from report.model.text import Passage, Text
from report.model.unreadable import Unreadable, or_unreadable, with_placeholders
from report.profiles.limits import Counter, Limit, fit

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class Refused(Exception):
    """What is asked cannot be answered so: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str | None = None):
        super().__init__(message)
        self.message, self.hint = message, hint


class Unanswered(Refused):
    """The facts do not say what is asked."""


def tree(dossier: Dossier, year: int | None = None, action: str | None = None) -> dict[str, Any]:
    """Return the facts that may be named; `year` is the latest reporting year where none is given.

    `action` is the one that is applied for: its co-applicants and affiliated entities have a role in the grant.
    """
    latest = max(dossier.years, default=None)
    dossier = with_placeholders(validity.at(dossier, validity.LATEST, validity.LATEST))
    granted = or_unreadable(partners, dossier, action)
    if isinstance(granted, Unreadable):
        granted = dict.fromkeys(GRANTED, granted)
    chosen = dossier.years.get(year) if year else dossier.years.get(latest) if latest else None
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
        "year": chosen,
        "years": {str(number): facts for number, facts in dossier.years.items()},
    }


def resolve(root: Any, path: str) -> Any:
    """Return the fact at `path`; raise `Refused` for a step that is not there, naming what is, or `UnreadableFacts`."""
    value, done = root, ""
    for name, index in _STEP.findall(path):
        if index:
            if not isinstance(value, tuple | list):
                raise Refused(f"'{done}' is not a list", f"remove the [{index}]")
            if int(index) >= len(value):
                raise Unanswered(f"the facts do not say '{done}[{index}]'", "add it; items count from 0")
            value = value[int(index)]
        else:
            known = names(value)
            if name not in known:
                if value is None:
                    raise Unanswered(f"the facts do not say '{done}'", f"add it, or remove {path} from the map")
                where = f"'{done}' has no '{name}'" if done else f"there are no facts called '{name}'"
                raise Refused(where, nearest(name, known, "available:"))
            value = value[name] if isinstance(value, Mapping) else getattr(value, name)
        if isinstance(value, Unreadable):
            value.refuse()
        done = f"{done}.{name or f'[{index}]'}".lstrip(".")
    return value


def names(value: Any) -> tuple[str, ...]:
    """Return the names of the facts that a value holds."""
    if isinstance(value, BaseModel):
        return (*type(value).model_fields, *(n for n in dir(type(value)) if isinstance(getattr(type(value), n), property) and not n.startswith(("_", "model_"))))  # fmt: skip
    if isinstance(value, Mapping):
        return tuple(map(str, value))
    if isinstance(value, AffiliationView | PartnerView | YearFacts):
        return tuple(type(value).__dataclass_fields__) + (("begins", "ends") if isinstance(value, YearFacts) else ())
    return ()


class Teller:
    """Writes facts as answers in one language."""

    def __init__(self, writer: Writer):
        self._writer = writer

    def counted(self, value: Any, limit: Limit | None, iso: bool = False, name: str = "") -> Counter:
        """Return a fact as text held against a limit: of a passage, the longest variant that fits.

        `iso` writes days as 2026-09-30, for a form's date field. `name` is the fact's last name: a country's code is spelled out.
        Raise `Unanswered` where there is nothing to say in this language.
        """
        if isinstance(value, Text | Passage):
            told = fit(value, self._writer.language, limit)
            if told is None:
                raise Unanswered(
                    f"the text is missing in '{self._writer.language}'", "add the translation to the facts"
                )
            return told
        text = self._plain(value, iso, name)
        if not text:
            raise Unanswered("the facts do not say it", "add it to the facts, or remove it from the map")
        return Counter(text, "full", limit.count(text) if limit else len(text), limit)

    def printed(self, value: Any) -> Any:
        """Return what a template prints for a value: facts as they are written elsewhere, a dash where there are none."""
        match value:
            case Text() | Passage():
                return self.counted(value, None).text
            case None:
                return "–"
            case PartialDate() | datetime.date() | Decimal():
                return self._plain(value, False, "")
            case tuple() | list() | BaseModel() | AffiliationView() | PartnerView() | YearFacts():
                return self._plain(value, False, "") or "–"
        return value

    def _plain(self, value: Any, iso: bool, name: str) -> str:
        match value:
            case None | () | "":
                return ""
            case bool():
                return "true" if value else "false"
            case datetime.date():
                return value.isoformat() if iso else self._writer.date(value)
            case PartialDate():
                return str(value) if iso else self._writer.date(value)
            case int() | Decimal():
                return self._writer.number(value)
            case str():
                return self._writer.country(value) if name in ("country", "nationality", "represents") else value
            case Text() | Passage():
                return self._writer.plain(value.longest if isinstance(value, Passage) else value)
            case tuple() | list():
                return "; ".join(self._plain(each, iso, name) for each in value)
        named = next((n for n in ("name", "text", "title", "label") if n in names(value)), None)
        if named is None:
            raise Refused("this is a record, not a text", f"name one of its facts: {', '.join(names(value)[:20])}")
        return self._plain(getattr(value, named), iso, name)
