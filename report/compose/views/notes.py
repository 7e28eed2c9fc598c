"""What facts say of how their sources were read: remarks, how sure they are, and what has no date. Reports may print it, brochures do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from report.model.activity import Result
from report.model.affiliation import Affiliation
from report.model.base import Confidence, Fact
from report.model.dossier import Dossier
from report.model.network import Network
from report.model.text import Passage, Text
from report.model.walk import records
from report.values import Record

_NAMES = ("label", "registry", "title", "name", "text", "purpose")
"""The fields that say what a fact is about, the best first."""


@dataclass(frozen=True, slots=True)
class Remark(Record):
    """What a reader should know about a fact. A document prints the fact where it prints words of `fact`."""

    fact: Fact
    subject: Text
    text: Text | None
    confidence: Confidence | None = None
    about: Text | None = None


@dataclass(frozen=True, slots=True)
class UndatedView(Record):
    """A fact of a network that its source does not date: since when the organisation is tied to it, or a `figure`."""

    fact: Fact
    network: Network
    figure: Text | None = None


def remarks(dossier: Dossier) -> list[Remark]:
    """Return what the facts remark, and how sure they are where that is not plain, subject by subject, the organisation first."""
    found = [
        _remark(dossier, record, fact)
        for _, _, record in records(dossier)
        for fact in _facts(record)
        if fact.remark or fact.confidence in ("inferred", "uncertain")
    ]
    named = [dossier.organisation.name, *(dossier.network_of(affiliation).name for affiliation in dossier.affiliations)]
    order = {id(name): place for place, name in reversed(list(enumerate(named)))}
    return sorted(found, key=lambda remark: order.get(id(remark.subject), len(order)))


def _facts(value: BaseModel | tuple[Any, ...]) -> Iterator[Fact]:
    """Yield the facts in a record, itself first."""
    if isinstance(value, Fact):
        yield value
    for inner in value if isinstance(value, tuple) else (getattr(value, name) for name in type(value).model_fields):
        if isinstance(inner, BaseModel | tuple):
            yield from _facts(inner)


def _remark(dossier: Dossier, record: BaseModel, fact: Fact) -> Remark:
    known, subject, about = fact, dossier.organisation.name, _about(fact)
    if isinstance(fact, Affiliation):
        known = dossier.network_of(fact)
    if isinstance(fact, Result):
        known = next((one for one in dossier.indicators if one.id == fact.indicator), fact)
        about = _about(known)
    if isinstance(record, Network | Affiliation):
        network = record if isinstance(record, Network) else dossier.network_of(record)
        subject = network.name
    whole = fact is record and isinstance(fact, Network | Affiliation) or fact is dossier.organisation
    return Remark(known, subject, fact.remark, fact.confidence, None if whole else about)


def _about(fact: Fact) -> Text | None:
    found = next((value for name in _NAMES if (value := getattr(fact, name, None))), None)
    return found.shortest if isinstance(found, Passage) else found if isinstance(found, Text) else None


def undated(dossier: Dossier) -> Iterator[UndatedView]:
    """Yield the ties and the figures of networks that have a source and no date, the ties first."""
    networks = {affiliation.network: dossier.network_of(affiliation) for affiliation in dossier.affiliations}
    for id_, network in networks.items():
        if any(a.source and a.since is None for a in dossier.affiliations if a.network == id_):
            yield UndatedView(network, network)
    for network in networks.values():
        yield from (UndatedView(one, network, one.label) for one in network.figures if one.source and not one.as_of)


def words(fact: Fact) -> Iterator[Text]:
    """Yield the texts of a fact, but for its remark: where one of them is printed, the fact is."""
    for name in type(fact).model_fields:
        value = getattr(fact, name)
        if isinstance(value, Passage):
            yield from value.variants.values()
        elif isinstance(value, Text) and name != "remark":
            yield value
