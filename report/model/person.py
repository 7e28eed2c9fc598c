"""People: who governs, works and signs. A person may ask not to be published."""

from __future__ import annotations

from typing import Literal

from report.model.base import Dated, Id, Model
from report.model.dates import PartialDate
from report.model.text import Passage, Text

Body = Literal["board", "supervisory", "management", "staff", "volunteer", "auditor"]


class Person(Dated):
    """A person of the organisation."""

    id: Id
    """The name that letters and signatures refer to."""
    name: Text | None = None
    """The full name, if it is known."""
    body: Body
    """Where the person serves: board, supervisory, management, staff, volunteer, auditor."""
    role: Text | None = None
    """What the person does there, if it is known."""
    since: PartialDate | None = None
    """Since when."""
    until: PartialDate | None = None
    """Until when, if the service has ended."""
    represents: bool = False
    """Whether the person represents the organisation before the law, and signs the report."""
    publish: bool = True
    """Whether the person may be named in a published document."""
    about: Passage | None = None
    """A few words on the person."""


class People(Model):
    """The file people.yaml."""

    people: tuple[Person, ...] = ()
    """The people, in the order in which they are printed."""
