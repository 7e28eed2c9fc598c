"""Conditions that choose organisations by their facts: ``country=BG``, ``country=BG,RO``, ``legal_form.en!=company``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from report.batch.sources import Source
from report.model.organisation import Organisation
from report.model.suggestions import nearest
from report.model.tables import paths
from report.model.tables.paths import Step, UnknownPath
from report.values import ReportError, UsageError
from report.workspace import Workspace

_FILE = "organisation"
_WRITTEN = re.compile(r"\s*([^=!<>]*[^=!<>\s])\s*(!?=)=?\s*(.*?)\s*", re.DOTALL)
_QUOTED = re.compile(r"""(["'“„”‘’])(.*)["'“”’]""", re.DOTALL)
SHOWN = 40
"""Characters of a value that are shown."""
_MOST = 12
"""Values of a fact that are shown where no organisation meets a condition."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact of organisation.yaml, and the values that it should have, or, unless `wanted`, should not have."""

    text: str
    path: tuple[Step, ...]
    values: frozenset[str]
    wanted: bool

    @classmethod
    def of(cls, text: str) -> Condition:
        """Read a condition; raise `UsageError` for one that names no fact of organisation.yaml."""
        match = _WRITTEN.fullmatch(text)
        if not match:
            example = "write a fact of organisation.yaml and its value: country=BG"
            raise UsageError.of("batch.where", f"'{text}' is not a condition", hint=example)
        path = re.sub(rf"^{_FILE}\s*\.\s*", "", match[1], flags=re.IGNORECASE)
        try:
            fact = paths.fact_path(f"{_FILE}.{path}")
        except UnknownPath as error:
            hint = error.hint() or nearest(path, Organisation.model_fields, "available:")
            message = f"'{path}' is not a fact of organisation.yaml: {error}"
            raise UsageError.of("batch.where", message, hint=hint) from None
        values = frozenset(_bare(value) for value in match[3].split(","))
        return cls(text.strip(), fact.steps, values, match[2] == "=")

    def is_met(self, data: Any) -> bool:
        """Say whether an organisation with this organisation.yaml meets the condition."""
        return any(value.casefold() in self.values for value in self.actual(data)) == self.wanted

    def actual(self, data: Any) -> set[str]:
        """Return the values of the fact in organisation.yaml."""
        value, first = data, _first_language(data)
        for step in self.path:
            if isinstance(value, str) and step == first:  # a plain text is in the first language
                continue
            if isinstance(value, list) and isinstance(step, int):
                value = value[step] if step < len(value) else None
            else:
                value = value.get(step) if isinstance(value, dict) else None
        return _texts(value)


def select(
    workspace: Workspace, sources: Sequence[Source], conditions: Sequence[str]
) -> tuple[list[Source], Mapping[Condition, set[str]]]:
    """Return the organisations that meet all conditions, and, for each condition that none meets, the actual values.

    One that cannot be read meets every condition, so that it is reported.
    """
    parsed = [Condition.of(text) for text in conditions]
    matching: list[Source] = []
    unmet: dict[Condition, set[str]] = {condition: set() for condition in parsed}
    for source in sources:
        try:
            data = source.plain(workspace, "organisation.yaml")
        except ReportError:
            matching.append(source)
            continue
        met = {condition for condition in parsed if condition.is_met(data)}
        if len(met) == len(set(parsed)):
            matching.append(source)
        unmet = {condition: v | condition.actual(data) for condition, v in unmet.items() if condition not in met}
    return matching, unmet


def no_match(count: int, conditions: Sequence[str], unmet: Mapping[Condition, set[str]]) -> UsageError:
    """Return the error for `count` organisations of which none meets all conditions; `unmet` is what `select` returns."""
    every = " and ".join(f"'{text.strip()}'" for text in conditions)
    hints = []
    for condition, values in unmet.items():
        listed = [value[:SHOWN] or "nothing" for value in sorted(values)]
        more = f" and {len(listed) - _MOST} more" if len(listed) > _MOST else ""
        fact = re.split("!?=", condition.text)[0].strip()
        has_values = values - {""}
        hints.append(f"{fact} is {', '.join(listed[:_MOST])}{more}" if has_values else f"no organisation gives {fact}")
    hint = "; ".join(hints) or "some meet each condition, but none meets all of them"
    return UsageError.of("batch.where", f"none of {count} organisations meets {every}", hint=hint)


def _first_language(data: Any) -> str:
    languages = data.get("languages") if isinstance(data, dict) else None
    return str(languages[0]) if isinstance(languages, list) and languages else "en"


def _bare(value: str) -> str:
    value = value.strip()
    quoted = _QUOTED.fullmatch(value)
    return (quoted[2] if quoted else value).strip().casefold()


def _texts(value: Any) -> set[str]:
    """Return the texts of a fact: each of a list, each language of a text."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return {text for inner in value for text in _texts(inner)}
    return {"" if value is None else str(value).strip()}
