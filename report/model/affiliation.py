"""What binds the organisation to a network: affiliations.yaml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from report.model.base import Dated, Fact, Id, Ids, Model
from report.model.codes import Country
from report.model.dates import PartialDate
from report.model.numbers import WHOLE
from report.model.text import Passage, Text

AffiliationKind = Literal["member", "partner", "representative", "founder", "observer"]

GrantRole = Literal["co-applicant", "affiliated-entity", "associated-partner", "subcontractor"]


class WorkingGroups(Model):
    """The organisation's part in a network's working groups."""

    joined: Annotated[int, Field(ge=1), WHOLE]
    """In how many it takes part."""
    names: tuple[Text, ...] = ()
    """Their names, where they are known."""


class StructuralLink(Fact):
    """What links an affiliated entity to the applicant beyond the action (PRAG 6.1.2; EU model grant agreement, art. 8)."""

    kind: Literal["legal", "capital"]
    """Whether the link is of law, such as membership by statute, or of capital."""
    basis: Text
    """Where it is laid down: statute, contract, share."""
    since: PartialDate | None = None
    """Since when."""


class Mandate(Fact):
    """A co-applicant's signed mandate for the lead applicant."""

    signed: PartialDate
    """When it was signed."""
    file: str | None = None
    """The signed file's path inside the organisation's folder."""


class Affiliation(Dated):
    """One tie between the organisation and a network."""

    id: Id
    """The name that objectives refer to."""
    network: Id
    """The id of the network, from networks.yaml."""
    kind: AffiliationKind | None = None
    """What the tie is, if that is known. A representation is not a membership, and neither is a role in a grant."""
    since: PartialDate | None = None
    """Since when."""
    until: PartialDate | None = None
    """Until when, if it has ended."""
    role: Passage | None = None
    """What the organisation does there, in a sentence or more."""
    working_groups: WorkingGroups | None = None
    """Its part in the network's working groups."""
    programmes: Ids = ()
    """Ids of the network's programmes that it takes part in."""
    represents: Country | None = None
    """The country it speaks for there."""
    invited_by: Id | None = None
    """The id of the network or institution that invited it."""
    grant_role: GrantRole | None = None
    """Its role in a grant application, only where it has one: a membership is none."""
    structural_link: StructuralLink | None = None
    """The link that makes it an affiliated entity."""
    mandate: Mandate | None = None
    """The mandate that makes it a co-applicant."""


class Affiliations(Model):
    """The file affiliations.yaml."""

    affiliations: tuple[Affiliation, ...] = ()
    """The ties, in the order in which they are printed."""
