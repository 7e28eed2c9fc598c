"""What binds the organisation to a network: affiliations.yaml."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from report.model.base import Fact, Id, Ids, Model
from report.model.codes import Country
from report.model.dates import PartialDate
from report.model.text import Passage, Text

AffiliationKind = Literal["member", "partner", "representative", "founder", "observer"]


class WorkingGroups(Model):
    """The organisation's part in a network's working groups."""

    joined: int = Field(ge=1)
    """In how many it takes part."""
    names: tuple[Text, ...] = ()
    """Their names, where they are known."""


class Affiliation(Fact):
    """One tie between the organisation and a network."""

    id: Id
    """The name that objectives refer to."""
    network: Id
    """The id of the network, from networks.yaml."""
    kind: AffiliationKind
    """What the tie is. A representation is not a membership, and neither is a role in a grant."""
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


class Affiliations(Model):
    """The file affiliations.yaml."""

    affiliations: tuple[Affiliation, ...] = ()
    """The ties, in the order in which they are printed."""
