"""Which facts have no date, and which are too old to print without a word."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal, NamedTuple

from report.model.base import Fact
from report.model.dates import PartialDate
from report.model.dossier import Dossier
from report.model.network import Network
from report.model.text import Text
from report.model.walk import Part, Steps, parts, records
from report.source.caching import cached_by_identity

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
        if isinstance(network, Network) and network.id in tied:
            for index, figure in enumerate(network.figures):
                if figure.as_of is None:
                    yield Undated(file, (*steps, "figures", index), "figure", network.name, figure.label)


def stale(dossier: Dossier, today: datetime.date) -> Iterator[tuple[str, Steps, PartialDate]]:
    """Yield the facts whose `as_of` is more than `STALE_AFTER_YEARS` before `today`."""
    limit = PartialDate(today.year - STALE_AFTER_YEARS, today.month, today.day)
    for part in parts(dossier):
        for file, steps, as_of in _dated(part):
            if as_of.before(limit):
                yield file, steps, as_of


@cached_by_identity
def _dated(part: Part) -> tuple[tuple[str, Steps, PartialDate], ...]:
    """Return the dates of records and of their figures, each with its file and the steps to it."""
    found = []
    for file, steps, value in part.records:
        facts = [((), value), *((("figures", i), figure) for i, figure in enumerate(getattr(value, "figures", ())))]
        dated = ((inner, fact.as_of) for inner, fact in facts if isinstance(fact, Fact) and fact.as_of)
        found += [(file, (*steps, *inner, "as_of"), as_of) for inner, as_of in dated]
    return tuple(found)
