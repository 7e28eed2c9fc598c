"""The facts of validated data files become the `Dossier` of one organisation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from report.model.base import Fact
from report.model.dossier import Dossier, YearFacts
from report.model.network import Networks
from report.model.organisation import Organisation
from report.model.programme import Programmes
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

    `values` are those of its data files by name, without mistakes and without the files that are `unreadable`.
    """
    organisation: Organisation = values["organisation.yaml"]
    shared: Networks = values.get("networks.yaml") or Networks()
    affiliations = values["affiliations.yaml"].affiliations if "affiliations.yaml" in values else ()
    objectives = values["objectives.yaml"].objectives if "objectives.yaml" in values else ()
    documents = values["documents.yaml"].documents if "documents.yaml" in values else ()
    networks = {network.id: network for network in shared.networks}
    wanted = {a.network for a in affiliations} | {a.invited_by for a in affiliations}
    used = {key: network for key, network in networks.items() if key in wanted}
    wanted |= {funder for network in used.values() for programme in network.programmes for funder in programme.funders}
    people = values["people.yaml"].people if "people.yaml" in values else ()
    own: Programmes = values.get("programmes.yaml") or Programmes()
    projects = values["projects.yaml"].projects if "projects.yaml" in values else ()
    actions = values["actions.yaml"].actions if "actions.yaml" in values else ()
    years = {int(name[:4]): _year(name[:4], values) for name in values if name.endswith("/year.yaml")}
    wanted |= {funder for programme in own.programmes for funder in programme.funders}
    wanted |= {funder for project in projects for funder in project.funders}
    wanted |= {source.by for action in actions if action.budget for source in action.budget.funding}
    wanted |= {line.funder for y in years.values() if y.finance for line in y.finance.income}
    bodies = (*(n for k, n in networks.items() if k in wanted), *(b for b in shared.institutions if b.id in wanted))
    facts = (made for name, made in values.items() if name not in ("networks.yaml", "documents.yaml"))
    cited = frozenset[str]().union(*map(_cited, (*facts, *bodies)))
    return Dossier(
        id=id_,
        folder=folder,
        organisation=organisation,
        affiliations=affiliations,
        objectives=objectives,
        documents=documents,
        people=people,
        programmes=own.programmes,
        indicators=own.indicators,
        projects=projects,
        years=MappingProxyType(dict(sorted(years.items()))),
        networks=MappingProxyType({key: network for key, network in networks.items() if key in wanted}),
        institutions=MappingProxyType({body.id: body for body in shared.institutions if body.id in wanted}),
        sources=MappingProxyType({s.id: s for s in (*organisation.sources, *shared.sources) if s.id in cited}),
        files=MappingProxyType(dict(files)),
        actions=actions,
        calls=values["documents.yaml"].calls if "documents.yaml" in values else (),
        unreadable=unreadable,
    )


def _year(name: str, values: Mapping[str, Any]) -> YearFacts:
    def of(file: str, field: str) -> Any:
        found = values.get(f"{name}/{file}")
        return getattr(found, field) if found else ()

    return YearFacts(
        number=int(name),
        year=values[f"{name}/year.yaml"],
        activities=of("activities.yaml", "activities"),
        results=of("results.yaml", "results"),
        finance=values.get(f"{name}/finance.yaml"),
        received=of("donations.yaml", "received"),
        given=of("donations.yaml", "given"),
        stories=of("stories.yaml", "stories"),
    )


@cached_by_identity
def _cited(record: BaseModel) -> frozenset[str]:
    """Return the ids of the sources that facts name, at any depth."""
    own = {record.source} if isinstance(record, Fact) and record.source else set()
    return frozenset(own.union(*(_cited_in(getattr(record, name)) for name in type(record).model_fields)))


def _cited_in(value: Any) -> frozenset[str]:
    if isinstance(value, tuple):
        return frozenset[str]().union(*map(_cited_in, value))
    return _cited(value) if isinstance(value, BaseModel) else frozenset()
