"""What templates see: the facts joined to one another, so that a template only prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from report.model import provenance
from report.model.affiliation import Affiliation
from report.model.base import Source
from report.model.dates import PartialDate
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.network import Network
from report.model.objective import Objective
from report.model.organisation import Institution, Organisation
from report.model.text import Text
from report.model.walk import records


@dataclass(frozen=True, slots=True)
class AffiliationView:
    """An affiliation with its network and the objectives that belong to it, by kind."""

    id: str
    affiliation: Affiliation
    network: Network
    joint: tuple[Objective, ...]
    aims: tuple[Objective, ...]
    own: tuple[Objective, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry of the timeline. `programme` is named where it began then."""

    date: PartialDate
    network: Network
    text: Text
    programme: Text | None = None
    funders: tuple[Network | Institution, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader should know about a fact."""

    subject: Text
    text: Text


@dataclass(frozen=True, slots=True)
class UndatedView:
    """What the sources do not date about one subject: its tie to the organisation, figures, or both."""

    subject: Text
    since: bool
    figures: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a template may use. The functions and filters are listed in docs/templates.md."""

    document: DocumentRequest
    organisation: Organisation
    affiliations: tuple[AffiliationView, ...]
    objectives: tuple[Objective, ...]
    timeline: tuple[Moment, ...]
    bodies: Mapping[str, Network | Institution]
    sources: tuple[Source, ...]
    remarks: tuple[Remark, ...]
    undated: tuple[UndatedView, ...]

    def kind_count(self, kind: str) -> int:
        """Return how many objectives are of that kind."""
        return sum(objective.kind == kind for objective in self.objectives)


def context(dossier: Dossier, request: DocumentRequest) -> Context:
    """Join the facts of a dossier for one document."""
    affiliations = tuple(_affiliation(dossier, affiliation) for affiliation in dossier.affiliations)
    used = [value for _, _, value in records(dossier)]
    named = {getattr(value, "source", None) for value in used} | {
        i.source for n in dossier.networks.values() for i in _inner(n)
    }
    named |= {entry.source for entry in dossier.organisation.registrations}
    return Context(
        document=request,
        organisation=dossier.organisation,
        affiliations=affiliations,
        objectives=dossier.objectives,
        timeline=tuple(sorted(_moments(dossier), key=lambda moment: moment.date)),
        bodies={**dossier.institutions, **dossier.networks},
        sources=tuple(source for key, source in dossier.sources.items() if key in named),
        remarks=tuple(_remarks(dossier)),
        undated=tuple(_undated(dossier)),
    )


def _inner(network: Network) -> tuple:
    return (*network.figures, *network.history, *network.programmes)


def _affiliation(dossier: Dossier, affiliation: Affiliation) -> AffiliationView:
    def of(kind: str) -> tuple[Objective, ...]:
        return tuple(o for o in dossier.objectives if o.kind == kind and affiliation.id in o.affiliations)

    return AffiliationView(
        affiliation.id, affiliation, dossier.network_of(affiliation), of("joint"), of("network"), of("own")
    )


def _moments(dossier: Dossier) -> list[Moment]:
    """Return dated events of networks, of their programmes and of the affiliations to them."""
    moments = []
    for affiliation in dossier.affiliations:
        network = dossier.network_of(affiliation)
        moments += [Moment(event.date, network, event.text) for event in network.history]
        moments += [
            Moment(p.since, network, p.summary.shortest, p.name, tuple(dossier.body(funder) for funder in p.funders))
            for p in network.programmes
            if p.since
        ]
    return moments


def _remarks(dossier: Dossier) -> list[Remark]:
    remarks = []
    if dossier.organisation.remark:
        remarks.append(Remark(dossier.organisation.name, dossier.organisation.remark))
    registrations = dossier.organisation.registrations
    remarks += [Remark(dossier.organisation.name, entry.remark) for entry in registrations if entry.remark]
    for affiliation in dossier.affiliations:
        network = dossier.network_of(affiliation)
        facts = [network, *_inner(network), affiliation]
        remarks += [Remark(network.name, fact.remark) for fact in facts if fact.remark]
    # An objective's remark is a footnote where the objective is printed; one that stands nowhere else is told here.
    remarks += [
        Remark(dossier.organisation.name, o.remark) for o in dossier.objectives if o.remark and not o.affiliations
    ]
    return remarks


def _undated(dossier: Dossier) -> list[UndatedView]:
    facts = list(provenance.undated(dossier))
    subjects = [fact.subject for n, fact in enumerate(facts) if fact.subject not in [f.subject for f in facts[:n]]]
    return [
        UndatedView(
            subject,
            any(fact.aspect == "since" for fact in facts if fact.subject == subject),
            tuple(fact.figure for fact in facts if fact.subject == subject and fact.figure),
        )
        for subject in subjects
    ]
