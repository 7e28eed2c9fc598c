"""Which documents are made: documents.yaml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from report.model.base import ONCE, Id, Ids, Languages, Model
from report.model.codes import Language
from report.model.dates import Day
from report.model.text import Text

Format = Literal["pdf", "docx", "html", "xlsx"]
Edition = Literal["screen", "print", "redacted"]


class DocumentRequest(Model):
    """A document that the organisation wants."""

    id: Id
    """Its name: the folder and the file that are written are called so."""
    kind: Id
    """The kind of document: a folder of templates/."""
    title: Text
    """The title on the cover."""
    subtitle: Text | None = None
    """A second line on the cover."""
    languages: Languages
    """The languages it is made in."""
    formats: Annotated[tuple[Format, ...], Field(min_length=1), ONCE] = ("pdf", "docx")
    """The formats it is made in: pdf, docx, html, xlsx (its tables, or what the kind has, as sheets of a workbook)."""
    editions: Annotated[tuple[Edition, ...], Field(min_length=1), ONCE] = ("screen",)
    """Its editions: screen; print, with links written out; redacted, without personal data."""
    theme: Id = "house"
    """Its look: a folder of templates/themes/."""
    date: Day
    """The date of this edition, 2026-11-22: printed, and stamped on the files so that equal facts give equal bytes."""
    year: Annotated[int, Field(ge=1900, le=2199)] | None = None
    """The reporting year that it is of: a folder of that name has its facts."""
    action: Id | None = None
    """The id of the action that it is of, from actions.yaml."""
    date_note: Text | None = None
    """What the date stands for, if not for the end of a reporting period."""
    profiles: Ids = ()
    """Requirement profiles, from data/profiles/, that it is held against; their index is printed."""
    sections: Ids = ()
    """Which sections are printed, in this order; all that have facts, in the kind's order, if left out. `report list` names them."""
    fallback: Language | None = None
    """A language to print, marked as such, where a translation is missing."""


class Documents(Model):
    """The file documents.yaml."""

    documents: tuple[DocumentRequest, ...] = ()
    """The documents, in the order in which they are made."""
