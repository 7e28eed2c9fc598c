"""Conditions that choose organisations by their facts: ``country=BG``, ``country=BG,RO``, ``legal_form.en!=company``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from report.batch.facts import Source
from report.model import faults
from report.model.organisation import Organisation
from report.values import ReportError, UsageError
from report.workspace import Workspace

SHOWN = 40
"""Characters of a value that is worth telling."""
_WRITTEN = re.compile(r"\s*(?:organisation\.)?([a-z_]+(?:\.[a-z_0-9-]+)*)\s*(!?=)\s*(.*?)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact of organisation.yaml, and the values that it has, or has not."""

    path: tuple[str, ...]
    values: frozenset[str]
    wanted: bool

    @classmethod
    def of(cls, text: str) -> Condition:
        """Read a condition; raise `UsageError` for one that names no fact of organisation.yaml."""
        found = _WRITTEN.fullmatch(text)
        if not found:
            hint = "write a fact of organisation.yaml and its value: country=BG"
            raise UsageError.of("batch.where", f"'{text}' is no condition", hint=hint)
        path = tuple(found[1].split("."))
        if path[0] not in Organisation.model_fields:
            hint = faults.nearest(path[0], Organisation.model_fields, "there are")
            raise UsageError.of("batch.where", f"organisation.yaml has no '{path[0]}'", hint=hint)
        values = frozenset(value.strip().casefold() for value in found[3].split(","))
        return cls(path, values, found[2] == "=")

    def met(self, workspace: Workspace, source: Source) -> bool:
        """Say whether an organisation meets it; one that cannot be read meets every condition, so that it is told."""
        try:
            value = source.plain(workspace, "organisation.yaml")
        except ReportError:
            return True
        return (not self.values.isdisjoint(self._said(value))) == self.wanted

    def _said(self, value: Any) -> set[str]:
        for step in self.path:
            value = value.get(step) if isinstance(value, dict) else None
        return _told(value)

    def hint(self, workspace: Workspace, sources: Iterable[Source]) -> str | None:
        """Return what organisations say of the fact, where none of them meets the condition."""
        said: set[str] = set()
        for source in sources:
            if self.met(workspace, source):
                return None
            said |= self._said(source.plain(workspace, "organisation.yaml"))
        fact = ".".join(self.path)
        known = sorted(text for text in said - {""} if len(text) <= SHOWN)
        return faults.nearest(min(self.values), known, f"{fact} is") if known else f"none says {fact}"


def nobody(workspace: Workspace, sources: Sequence[Source], texts: Iterable[str]) -> UsageError:
    """Return what is told where no organisation meets all conditions."""
    told = (hint for text in texts if (hint := Condition.of(text).hint(workspace, sources)))
    hint = next(told, "each is true of some, and all of none")
    return UsageError.of("batch.where", f"no organisation has {' and '.join(texts)}", hint=hint)


def _told(value: Any) -> set[str]:
    """Return what a fact says: each of a list, each language of a text."""
    if isinstance(value, dict):
        return {said for inner in value.values() for said in _told(inner)}
    if isinstance(value, list):
        return {said for inner in value for said in _told(inner)}
    return {"" if value is None else str(value).strip().casefold()}
