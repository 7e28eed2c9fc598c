"""Stories of people whom the work reached, and their consent: stories.yaml."""

from __future__ import annotations

from typing import Literal

from report.model.base import Fact, Id, Model
from report.model.dates import Day
from report.model.text import Passage, Text
from report.model.year import Picture


class Consent(Model):
    """The consent of the person a story is about, or of who speaks for them."""

    date: Day
    """When it was given."""
    by: Literal["person", "parent", "guardian"]
    """Who gave it."""
    scope: Literal["print", "web", "all"] = "all"
    """Where the story may be published: print, the printed edition alone; web, editions for the screen and html; all."""
    until: Day | None = None
    """Until when, if it ends."""


class Story(Fact):
    """A story of somebody whom the work reached."""

    id: Id
    """A name for the story."""
    programme: Id | None = None
    """The id of the programme."""
    title: Text
    """Its title."""
    text: Passage
    """The story."""
    person: Text | None = None
    """The name it uses, if it uses one."""
    pseudonym: bool = False
    """Whether that is not the person's real name."""
    consent: Consent | None = None
    """The consent; a story without one is not printed, and an error where it is asked for."""
    picture: Picture | None = None
    """A picture of it."""


class Stories(Model):
    """The file stories.yaml."""

    stories: tuple[Story, ...] = ()
    """The stories, in the order in which they are printed."""
