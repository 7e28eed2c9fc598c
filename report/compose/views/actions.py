"""What templates see of an action: results with what leads to them, the budget added up, who takes part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from report.model.action import Action, CoApplicant
from report.model.affiliation import Affiliation, Mandate, StructuralLink
from report.model.budget import Funding, Reckoning, reckon
from report.model.codes import Country
from report.model.dates import PartialDate
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.logframe import Impact, LogframeActivity, Outcome, Output
from report.model.money import most_decimals
from report.model.network import Network
from report.model.text import Text
from report.values import Record, required

GRANTED: Mapping[str, str] = {"co_applicants": "co-applicant", "affiliated_entities": "affiliated-entity"}
"""The lists that may be named for a role in the grant, and the role that somebody must have to be in it."""


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """An outcome with the outputs that lead to it."""

    facts: Outcome
    outputs: tuple[Output, ...]


@dataclass(frozen=True, slots=True)
class PartnerView(Record):
    """A co-applicant or affiliated entity; what it does not say itself is its affiliation's or its network's."""

    name: Text
    acronym: Text | None
    role: str
    europeaid_id: str | None
    nationality: Country | None
    established: PartialDate | None
    legal_status: Text | None
    relation: Text | None
    mandate: Mandate | None
    structural_link: StructuralLink | None
    affiliation: Affiliation | None
    network: Network | None


@dataclass(frozen=True, slots=True)
class FundingView:
    """A source of funding with the name of who gives it."""

    facts: Funding
    name: Text | None


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action with everything that its annexes print."""

    facts: Action
    impact: Impact | None
    outcomes: tuple[OutcomeView, ...]
    activities: tuple[LogframeActivity, ...]
    budget: Reckoning | None
    funding: tuple[FundingView, ...]
    co_applicants: tuple[PartnerView, ...]
    affiliated_entities: tuple[PartnerView, ...]


def view(dossier: Dossier, request: DocumentRequest) -> ActionView | None:
    """Join the facts of the action that a document is of."""
    action = next((one for one in dossier.actions if one.id == request.action), None)
    if action is None:
        return None
    logframe, budget = action.logframe, action.budget
    partners = tuple(_partner(dossier, one) for one in action.co_applicants)
    return ActionView(
        facts=action,
        impact=logframe.impact if logframe else None,
        outcomes=tuple(
            OutcomeView(outcome, tuple(o for o in logframe.outputs if o.outcome == outcome.code))
            for outcome in (logframe.outcomes if logframe else ())
            if logframe
        ),
        activities=logframe.activities if logframe else (),
        budget=reckon(budget, most_decimals(action.currency)) if budget else None,
        funding=tuple(_funding(dossier, source) for source in (budget.funding if budget else ())),
        co_applicants=tuple(one for one in partners if one.role == "co-applicant"),
        affiliated_entities=tuple(one for one in partners if one.role == "affiliated-entity"),
    )


def partners(dossier: Dossier, action: str | None) -> dict[str, tuple[PartnerView, ...]]:
    """Return who has a role in the grant, by role: whom the action names, or, where it names nobody, affiliations with a role."""
    named = next((one.co_applicants for one in dossier.actions if one.id == action), ()) if action else ()
    listed = named or tuple(CoApplicant(affiliation=tie.id) for tie in dossier.affiliations if tie.grant_role)
    views = [_partner(dossier, one) for one in listed]
    return {name: tuple(view for view in views if view.role == role) for name, role in GRANTED.items()}


def _partner(dossier: Dossier, one: CoApplicant) -> PartnerView:
    tie: Affiliation | None = next((a for a in dossier.affiliations if a.id == one.affiliation), None)
    network = dossier.network_of(tie) if tie else None
    return PartnerView(
        name=required(one.name or (network.name if network else None)),  # report.model.checks.actions sees to that
        acronym=network.acronym if network and not one.name else None,
        role=one.role or (tie.grant_role if tie else None) or "",
        europeaid_id=one.europeaid_id,
        nationality=one.nationality or (network.country if network else None),
        established=one.established,
        legal_status=one.legal_status,
        relation=one.relation,
        mandate=one.mandate or (tie.mandate if tie else None),
        structural_link=one.structural_link or (tie.structural_link if tie else None),
        affiliation=tie,
        network=network,
    )


def _funding(dossier: Dossier, source: Funding) -> FundingView:
    return FundingView(source, source.name or (dossier.body(source.by).name if source.by else None))
