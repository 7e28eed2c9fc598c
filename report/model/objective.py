"""What the organisation and its networks want to reach: objectives.yaml."""

from __future__ import annotations

from typing import Literal

from report.model.base import Dated, Id, Ids, Model
from report.model.dates import PartialDate
from report.model.text import Passage

ObjectiveKind = Literal["joint", "network", "own"]


class Objective(Dated):
    """One objective."""

    id: Id
    """A name for it."""
    kind: ObjectiveKind
    """joint: stated as shared by both. network: the network's own aim. own: the organisation's own."""
    text: Passage
    """The objective, beginning with a noun or a verb in the same form as its neighbours."""
    affiliations: Ids = ()
    """Ids of the affiliations that it belongs to."""
    since: PartialDate | None = None
    """Since when it is pursued; what changed from year to year is told from it."""
    until: PartialDate | None = None
    """Until when, if it is no longer pursued."""


class Objectives(Model):
    """The file objectives.yaml."""

    objectives: tuple[Objective, ...] = ()
    """The objectives, in the order in which they are printed."""
