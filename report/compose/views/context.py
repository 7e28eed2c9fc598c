"""What templates see: the facts joined to one another, so that a template only prints."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from report.compose.views import actions, notes
from report.compose.views.actions import ActionView
from report.compose.views.notes import Remark, UndatedView
from report.compose.views.years import ProgrammeView, YearView, undated_programmes, view
from report.model.affiliation import Affiliation
from report.model.base import Source
from report.model.dates import PartialDate
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.network import Network
from report.model.objective import Objective
from report.model.organisation import Institution, Organisation
from report.model.person import Person
from report.model.text import Text
from report.model.unreadable import or_unreadable, with_placeholders
from report.requests import experience
from report.requests.experience import Budget, ProjectView
from report.values import Record


@dataclass(frozen=True, slots=True)
class AffiliationView(Record):
    """An affiliation with its network and the objectives that belong to it, by kind."""

    id: str
    affiliation: Affiliation
    network: Network
    joint: tuple[Objective, ...]
    aims: tuple[Objective, ...]
    own: tuple[Objective, ...]


@dataclass(frozen=True, slots=True)
class NetworkView(Record):
    """A network with all ties to it, and the objectives of each, once. `id` and `affiliation` are those of the first tie."""

    id: str
    ids: tuple[str, ...]
    affiliation: Affiliation
    network: Network
    ties: tuple[AffiliationView, ...]
    joint: tuple[Objective, ...]
    aims: tuple[Objective, ...]
    own: tuple[Objective, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry of the timeline. `programme` is named where it began then."""

    date: PartialDate
    network: Network
    text: Text | None
    programme: Text | None = None
    funders: tuple[Network | Institution, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a template may use. The functions and filters are listed in docs/templates.md."""

    document: DocumentRequest
    organisation: Organisation
    affiliations: tuple[AffiliationView, ...]
    networks: tuple[NetworkView, ...]
    objectives: tuple[Objective, ...]
    timeline: tuple[Moment, ...]
    bodies: Mapping[str, Network | Institution]
    sources: tuple[Source, ...]
    remarks: tuple[Remark, ...]
    undated: tuple[UndatedView, ...]
    people: tuple[Person, ...]
    programmes: tuple[ProgrammeView, ...]
    year: YearView | None
    projects: tuple[ProjectView, ...]
    counted_from: datetime.date
    budgets: tuple[Budget, ...]
    head_counts: Mapping[str, int]
    action: ActionView | None

    def kind_count(self, kind: str) -> int:
        """Return how many objectives are of that kind."""
        return sum(objective.kind == kind for objective in self.objectives)


def context(dossier: Dossier, request: DocumentRequest) -> Context:
    """Join the facts of a dossier for one document; those that cannot be read are `Unreadable`."""
    whole, dossier = dossier, with_placeholders(dossier)
    going_on, year = dossier.going_on(request), view(dossier, request.year)
    ties = tuple(view for view in affiliation_views(dossier) if going_on(view.affiliation))
    return Context(
        document=request,
        organisation=dossier.organisation,
        affiliations=ties,
        networks=network_views(ties),
        objectives=or_unreadable(_objectives, dossier, request),
        timeline=tuple(sorted(_moments(dossier), key=lambda moment: moment.date)),
        bodies={**dossier.institutions, **dossier.networks},
        sources=tuple(dossier.sources.values()),
        remarks=tuple(notes.remarks(whole)),
        undated=tuple(notes.undated(whole)),
        people=or_unreadable(_people, dossier, request),
        programmes=year.programmes if year else or_unreadable(undated_programmes, dossier, request),
        year=year,
        projects=or_unreadable(experience.projects, dossier, request),
        counted_from=experience.counted_from(dossier, request),
        budgets=or_unreadable(experience.budgets, dossier, request),
        head_counts=or_unreadable(experience.head_counts, dossier, request),
        action=or_unreadable(actions.view, dossier, request),
    )


def _objectives(dossier: Dossier, request: DocumentRequest) -> tuple[Objective, ...]:
    return tuple(filter(dossier.going_on(request), dossier.objectives))


def _people(dossier: Dossier, request: DocumentRequest) -> tuple[Person, ...]:
    going_on = dossier.going_on(request)
    return tuple(
        person for person in dossier.people if person.publish and going_on(person) and (person.name or person.role)
    )


def affiliation_views(dossier: Dossier) -> tuple[AffiliationView, ...]:
    """Join each affiliation with its network and objectives."""
    return tuple(_affiliation(dossier, affiliation) for affiliation in dossier.affiliations)


def network_views(views: Iterable[AffiliationView]) -> tuple[NetworkView, ...]:
    """Join the ties to each network, in the order of the first of them."""
    ties: dict[str, list[AffiliationView]] = {}
    for one in views:
        ties.setdefault(one.network.id, []).append(one)
    return tuple(_network(tuple(those)) for those in ties.values())


def _network(ties: tuple[AffiliationView, ...]) -> NetworkView:
    def once(name: str) -> tuple[Objective, ...]:
        return tuple({objective.id: objective for tie in ties for objective in getattr(tie, name)}.values())

    first = ties[0]
    ids = tuple(tie.id for tie in ties)
    return NetworkView(first.id, ids, first.affiliation, first.network, ties, once("joint"), once("aims"), once("own"))


def _affiliation(dossier: Dossier, affiliation: Affiliation) -> AffiliationView:
    def of(kind: str) -> tuple[Objective, ...]:
        return tuple(o for o in dossier.objectives if o.kind == kind and affiliation.id in o.affiliations)

    return AffiliationView(
        affiliation.id,
        affiliation,
        dossier.network_of(affiliation),
        *(or_unreadable(of, kind) for kind in ("joint", "network", "own")),
    )


def _networks(dossier: Dossier) -> list[Network]:
    """Return the networks of the affiliations, each once."""
    return [dossier.networks[id_] for id_ in dict.fromkeys(a.network for a in dossier.affiliations)]


def _moments(dossier: Dossier) -> list[Moment]:
    """Return dated events of networks, of their programmes and of the affiliations to them."""
    moments = []
    for network in _networks(dossier):
        moments += [Moment(e.date, network, e.text, source=e.source) for e in network.history if e.date]
        moments += [
            Moment(
                p.since,
                network,
                p.summary.shortest if p.summary else None,
                p.name,
                tuple(map(dossier.body, p.funders)),
                p.source,
            )
            for p in network.programmes
            if p.since
        ]
    return moments
