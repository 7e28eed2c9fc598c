"""Which facts have no date, and which are too old to print without a word."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal, NamedTuple

from report.model.base import Fact
from report.model.dates import PartialDate
from report.model.dossier import Dossier
from report.model.text import Text
from report.model.walk import Steps, records

STALE_AFTER_YEARS = 3
"""A dated figure older than this, counted from the document's date, is called stale."""


class Undated(NamedTuple):
    """A fact without a date: a figure without `as_of`, or an affiliation without `since`."""

    file: str
    steps: Steps
    aspect: Literal["figure", "since"]
    subject: Text
    figure: Text | None = None


def undated(dossier: Dossier) -> Iterator[Undated]:
    """Yield the facts that should say when they are true and do not."""
    for index, affiliation in enumerate(dossier.affiliations):
        if affiliation.since is None:
            yield Undated("affiliations.yaml", ("affiliations", index), "since", dossier.network_of(affiliation).name)
    tied = {affiliation.network for affiliation in dossier.affiliations}
    for file, steps, network in records(dossier):
        for index, figure in enumerate(getattr(network, "figures", ()) if getattr(network, "id", None) in tied else ()):
            if figure.as_of is None:
                yield Undated(file, (*steps, "figures", index), "figure", network.name, figure.label)  # type: ignore[attr-defined]


def stale(dossier: Dossier, today: datetime.date) -> Iterator[tuple[str, Steps, PartialDate]]:
    """Yield the facts whose `as_of` is more than `STALE_AFTER_YEARS` before `today`."""
    limit = PartialDate(today.year - STALE_AFTER_YEARS, today.month, today.day)
    for file, steps, value in records(dossier):
        facts = [((), value), *(((("figures", i)), figure) for i, figure in enumerate(getattr(value, "figures", ())))]
        for inner, fact in facts:
            if isinstance(fact, Fact) and fact.as_of and fact.as_of.before(limit):
                yield file, (*steps, *inner, "as_of"), fact.as_of
