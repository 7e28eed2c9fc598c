"""Conditions that choose organisations by their facts: ``country=BG``, ``country=BG,RO``, ``legal_form.en!=company``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from report.batch.facts import Source
from report.model import faults
from report.model.organisation import Organisation
from report.model.tables import paths
from report.model.tables.paths import Step, UnknownPath
from report.values import ReportError, UsageError
from report.workspace import Workspace

_FILE = "organisation"
_WRITTEN = re.compile(r"\s*([^=!<>]*[^=!<>\s])\s*(!?=)=?\s*(.*?)\s*", re.DOTALL)
_QUOTED = re.compile(r"""(["'“„”‘’])(.*)["'“”’]""", re.DOTALL)
SHOWN = 40
"""Characters of a value that are told."""
_MOST = 12
"""So many of the values that are there are told where none is met."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact of organisation.yaml, and the values that it has, or has not."""

    text: str
    path: tuple[Step, ...]
    values: frozenset[str]
    wanted: bool

    @classmethod
    def of(cls, text: str) -> Condition:
        """Read a condition; raise `UsageError` for one that names no fact of organisation.yaml."""
        found = _WRITTEN.fullmatch(text)
        if not found:
            hint = "write a fact of organisation.yaml and its value: country=BG"
            raise UsageError.of("batch.where", f"'{text}' is not a condition", hint=hint)
        path = re.sub(rf"^{_FILE}\s*\.\s*", "", found[1], flags=re.IGNORECASE)
        try:
            fact = paths.fact_path(f"{_FILE}.{path}")
        except UnknownPath as error:
            hint = error.hint() or faults.nearest(path, Organisation.model_fields, "available:")
            message = f"'{path}' is not a fact of organisation.yaml: {error}"
            raise UsageError.of("batch.where", message, hint=hint) from None
        values = frozenset(_bare(value) for value in found[3].split(","))
        return cls(text.strip(), fact.steps, values, found[2] == "=")

    def met(self, told: Any) -> bool:
        """Say whether an organisation of which organisation.yaml says this meets the condition."""
        return any(value.casefold() in self.values for value in self.said(told)) == self.wanted

    def said(self, told: Any) -> set[str]:
        """Return what organisation.yaml says of the fact."""
        value, first = told, _first_language(told)
        for step in self.path:
            if isinstance(value, str) and step == first:  # a plain text is in the first language
                continue
            if isinstance(value, list) and isinstance(step, int):
                value = value[step] if step < len(value) else None
            else:
                value = value.get(step) if isinstance(value, dict) else None
        return _told(value)


def chosen(
    workspace: Workspace, sources: Sequence[Source], conditions: Sequence[str]
) -> tuple[list[Source], Mapping[Condition, set[str]]]:
    """Return the organisations that meet all conditions, and, for each condition that none meets, what they say of its fact.

    One that cannot be read meets every condition, so that it is told.
    """
    read = [Condition.of(text) for text in conditions]
    found: list[Source] = []
    there: dict[Condition, set[str]] = {condition: set() for condition in read}
    for source in sources:
        try:
            told = source.plain(workspace, "organisation.yaml")
        except ReportError:
            found.append(source)
            continue
        meets = {condition: condition.met(told) for condition in read}
        if all(meets.values()):
            found.append(source)
        for condition in [condition for condition in there if meets[condition]]:
            del there[condition]
        for condition, values in there.items():
            values |= condition.said(told)
    return found, there


def nobody(count: int, conditions: Sequence[str], there: Mapping[Condition, set[str]]) -> UsageError:
    """Return what is told where none of `count` organisations meets all conditions; `there` is what `chosen` returns."""
    every = " and ".join(f"'{text.strip()}'" for text in conditions)
    hints = []
    for condition, values in there.items():
        listed = [value[:SHOWN] or "nothing" for value in sorted(values)]
        more = f" and {len(listed) - _MOST} more" if len(listed) > _MOST else ""
        fact = re.split("!?=", condition.text)[0].strip()
        hints.append(
            f"{fact} is {', '.join(listed[:_MOST])}{more}" if values - {""} else f"no organisation gives {fact}"
        )
    hint = "; ".join(hints) or "some meet each condition, but none meets all of them"
    return UsageError.of("batch.where", f"none of {count} organisations meets {every}", hint=hint)


def _first_language(told: Any) -> str:
    languages = told.get("languages") if isinstance(told, dict) else None
    return str(languages[0]) if isinstance(languages, list) and languages else "en"


def _bare(value: str) -> str:
    value = value.strip()
    quoted = _QUOTED.fullmatch(value)
    return (quoted[2] if quoted else value).strip().casefold()


def _told(value: Any) -> set[str]:
    """Return what a fact says: each of a list, each language of a text."""
    if isinstance(value, dict):
        return {said for inner in value.values() for said in _told(inner)}
    if isinstance(value, list):
        return {said for inner in value for said in _told(inner)}
    return {"" if value is None else str(value).strip()}
