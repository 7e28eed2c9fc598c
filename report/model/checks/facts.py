"""Dates, affiliations and objectives: what contradicts something else, and what is undated or stale."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from report.model.affiliation import Affiliation
from report.model.base import Fact
from report.model.checks.place import CORRECT_ONE_DATE, Place
from report.model.dates import PartialDate
from report.model.dossier import Dossier
from report.model.network import Network
from report.model.objective import Objective
from report.model.programme import OwnProgramme
from report.model.suggestions import nearest
from report.model.walk import Part, Steps, parts
from report.source.caching import cached_by_identity
from report.values import Problem

CORRECT_ONE_NUMBER = "correct one of the two numbers"
STALE_AFTER_YEARS = 3
"""A dated figure older than this, counted from the document's date, is called stale."""


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with affiliations, objectives and periods, and what is undated or stale."""
    yield from _affiliations(dossier)
    for place, objective in Place(dossier, "objectives.yaml").each("objectives", dossier.objectives):
        if objective.kind != "own" and not objective.affiliations:
            message = f"a {objective.kind} objective belongs to at least one affiliation"
            yield place.error("objective.alone", message, "add  affiliations: [id]")
    yield from _periods(dossier)
    yield from _requests(dossier)
    yield from _undated(dossier)
    for request in dossier.documents:
        for file, steps, as_of in stale(dossier, request.date):
            message = (
                f"the fact is of {as_of}, more than {STALE_AFTER_YEARS} years before {request.id} ({request.date})"
            )
            hint = "ask for a newer one, or say why it still holds"
            yield Place(dossier, file, steps).warning("fact.stale", message, hint)


def _affiliations(dossier: Dossier) -> Iterator[Problem]:
    earlier: dict[str, list[Affiliation]] = {}
    for place, affiliation in Place(dossier, "affiliations.yaml").each("affiliations", dossier.affiliations):
        others = earlier.setdefault(affiliation.network, [])
        if other := next((a for a in others if not _follow(a, affiliation)), None):
            hint = "say in one record what the tie is; or, where one ended before this one began, add  until: …  to it"
            message = f"the tie '{other.id}' is to the same network"
            yield place.at("network").warning("affiliation.twice", message, hint)
        others.append(affiliation)
        network = dossier.network_of(affiliation)
        yield from _groups(place.at("working_groups"), affiliation, network)
        own = {programme.id for programme in network.programmes}
        for where, programme in place.each("programmes", affiliation.programmes):
            if programme not in own:
                message = f"the programme '{programme}' is not one of {network.id}'s"
                hint = nearest(programme, own) or f"add it to {network.id} in networks.yaml"
                yield where.error("affiliation.programme", message, hint)


def _follow(one: Affiliation, other: Affiliation) -> bool:
    """Say whether one tie to a network ended before the other began, as a partner becomes a member."""
    pairs = ((one.until, other.since), (other.until, one.since))
    return any(until and since and not since.before(until) for until, since in pairs)


def _groups(place: Place, affiliation: Affiliation, network: Network) -> Iterator[Problem]:
    groups = affiliation.working_groups
    if groups and network.working_groups and groups.joined > network.working_groups:
        message = f"takes part in {groups.joined} working groups, but the network has {network.working_groups}"
        yield place.at("joined").error("affiliation.groups", message, CORRECT_ONE_NUMBER)
    if groups and len(groups.names) > groups.joined:
        message = f"{len(groups.names)} working groups are named, but {groups.joined} are joined"
        yield place.at("names").error("affiliation.groups", message, CORRECT_ONE_NUMBER)


def _periods(dossier: Dossier) -> Iterator[Problem]:
    lists: tuple[tuple[str, Sequence[Affiliation | Objective | OwnProgramme]], ...] = (
        ("affiliations", dossier.affiliations),
        ("objectives", dossier.objectives),
        ("programmes", dossier.programmes),
    )
    for name, facts in lists:
        for place, fact in Place(dossier, f"{name}.yaml").each(name, facts):
            yield from place.period(fact.since, fact.until)
    for place, network in _networks(dossier):
        for where, programme in place.each("programmes", network.programmes):
            yield from where.period(programme.since, programme.until)


def _networks(dossier: Dossier) -> Iterator[tuple[Place, Network]]:
    """Yield the networks that the organisation's facts refer to, each after its place."""
    for file, steps, record in parts(dossier)[1].records:
        if isinstance(record, Network):
            yield Place(dossier, file, steps), record


def _requests(dossier: Dossier) -> Iterator[Problem]:
    founded = dossier.organisation.founded
    latest = max((request.date for request in dossier.documents), default=None)
    if founded and latest and founded.year > latest.year:
        message = f"it is founded in {founded.year}, after the date of its documents"
        yield Place(dossier, "organisation.yaml", ("founded",)).warning("date.future", message, CORRECT_ONE_DATE)
    for place, request in Place(dossier, "documents.yaml").each("documents", dossier.documents):
        if request.year is not None and not {f"{request.year}/year.yaml"} & {*dossier.files, *dossier.unreadable}:
            years = ", ".join(map(str, dossier.years))
            hint = f"available: {years}" if years else f"make a folder {request.year} with a year.yaml"
            yield place.at("year").error("document.year", f"there are no facts of {request.year}", hint)


def _undated(dossier: Dossier) -> Iterator[Problem]:
    """Yield a note for each affiliation without `since`, and for each figure of its networks without `as_of`."""
    for place, affiliation in Place(dossier, "affiliations.yaml").each("affiliations", dossier.affiliations):
        if affiliation.since is None:
            message = "the affiliation does not say since when"
            yield place.note("undated.since", message, "add  since: 2010  when you know it")
    tied = {affiliation.network for affiliation in dossier.affiliations}
    for place, network in _networks(dossier):
        for where, figure in place.each("figures", network.figures if network.id in tied else ()):
            if figure.as_of is None:
                yield where.note("undated.figure", "the figure has no date", "add  as_of: 2025  when you know it")


def stale(dossier: Dossier, today: datetime.date) -> Iterator[tuple[str, Steps, PartialDate]]:
    """Yield the facts whose `as_of` is more than `STALE_AFTER_YEARS` before `today`: file, steps and date."""
    limit = PartialDate(today.year - STALE_AFTER_YEARS, today.month, today.day)
    for part in parts(dossier):
        for file, steps, as_of in _dated(part):
            if as_of.before(limit):
                yield file, steps, as_of


@cached_by_identity
def _dated(part: Part) -> tuple[tuple[str, Steps, PartialDate], ...]:
    """Return the dates of records and of their figures, each with its file and the steps to it."""
    dated = []
    for file, steps, value in part.records:
        facts = [((), value), *((("figures", i), figure) for i, figure in enumerate(getattr(value, "figures", ())))]
        for inner, fact in facts:
            if isinstance(fact, Fact) and fact.as_of:
                dated.append((file, (*steps, *inner, "as_of"), fact.as_of))
    return tuple(dated)
