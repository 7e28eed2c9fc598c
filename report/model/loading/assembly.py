"""The facts of validated data files become the `Dossier` of one organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from report.model.base import Fact, nested
from report.model.dossier import LISTS, LISTS_OF_YEAR, Dossier, YearFacts
from report.model.network import Networks
from report.model.organisation import Organisation
from report.source import SourceFile
from report.source.caching import cached_by_identity
from report.values import Problem


def dossier(
    id_: str,
    folder: str,
    values: Mapping[str, Any],
    files: Mapping[str, SourceFile],
    unreadable: Mapping[str, tuple[Problem, ...]] = MappingProxyType({}),
) -> Dossier:
    """Return the facts of an organisation, and of what they refer to.

    `values` are the validated data files by name, without those that are `unreadable`.
    """
    organisation: Organisation = values["organisation.yaml"]
    shared: Networks = values.get("networks.yaml") or Networks()
    lists = _lists("", LISTS, values)
    years = {int(name[:4]): _year(name[:4], values) for name in values if name.endswith("/year.yaml")}
    networks = {network.id: network for network in shared.networks}
    wanted = {id_ for tie in lists["affiliations"] for id_ in (tie.network, tie.invited_by)}
    used = [network for key, network in networks.items() if key in wanted]
    wanted |= {funder for network in used for programme in network.programmes for funder in programme.funders}
    wanted |= {funder for record in (*lists["programmes"], *lists["projects"]) for funder in record.funders}
    wanted |= {source.by for action in lists["actions"] if action.budget for source in action.budget.funding}
    wanted |= {line.funder for year in years.values() if year.finance for line in year.finance.income}
    networks = {key: network for key, network in networks.items() if key in wanted}
    institutions = {body.id: body for body in shared.institutions if body.id in wanted}
    facts = (facts for name, facts in values.items() if name not in ("networks.yaml", "documents.yaml"))
    cited = frozenset[str]().union(*map(_cited, (*facts, *networks.values(), *institutions.values())))
    return Dossier(
        id=id_,
        folder=folder,
        organisation=organisation,
        years=MappingProxyType(dict(sorted(years.items()))),
        networks=MappingProxyType(networks),
        institutions=MappingProxyType(institutions),
        sources=MappingProxyType({s.id: s for s in (*organisation.sources, *shared.sources) if s.id in cited}),
        files=MappingProxyType(dict(files)),
        unreadable=unreadable,
        **lists,
    )


def _year(number: str, values: Mapping[str, Any]) -> YearFacts:
    return YearFacts(
        number=int(number),
        year=values[f"{number}/year.yaml"],
        finance=values.get(f"{number}/finance.yaml"),
        **_lists(f"{number}/", LISTS_OF_YEAR, values),
    )


def _lists(folder: str, lists: Mapping[str, Sequence[str]], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the lists of data files by name; those of files that are not there are empty."""
    return {name: getattr(values.get(f"{folder}{file}"), name, ()) for file, names in lists.items() for name in names}


@cached_by_identity
def _cited(record: BaseModel) -> frozenset[str]:
    """Return the ids of the sources that facts name, at any depth."""
    return frozenset(fact.source for _, fact in nested(record) if isinstance(fact, Fact) and fact.source)
