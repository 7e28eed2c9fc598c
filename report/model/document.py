"""Which documents are made: documents.yaml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from report.model.base import ONCE, Id, Ids, Languages, Model
from report.model.codes import Language
from report.model.dates import Day
from report.model.text import Passage, Text

Format = Literal["pdf", "docx", "html", "xlsx"]
Edition = Literal["screen", "print", "redacted"]


ProfileName = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(:[a-z0-9]+(-[a-z0-9]+)*)?$", max_length=120)
]
"""A profile, or a variant of it: ``eu-portal-part-b:cerv``."""
ProfileNames = Annotated[tuple[ProfileName, ...], ONCE]


PRINTER = "print-europe"
"""The print shop that a brochure is made for, where none is named."""


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
    """Its editions: screen; print, with links written out; redacted, without personal data. Of a brochure: print, which is for the
    print shop and comes first, and screen."""
    layout: Id | None = None
    """Which of the kind's layouts is printed, where it has several: roll or z for a folded brochure, a2 or a3 for a poster."""
    printer: ProfileName | None = None
    """The print shop that a brochure is made for: a profile of data/profiles/ whose kind is printer; print-europe if left out."""
    theme: Id = "house"
    """Its look: a folder of templates/themes/."""
    date: Day
    """The date of this edition, 2026-11-22: printed, and stamped on the files so that equal facts give equal bytes."""
    year: Annotated[int, Field(ge=1900, le=2199)] | None = None
    """The reporting year that it is of: a folder of that name has its facts."""
    action: Id | None = None
    """The id of the action that it is of, from actions.yaml."""
    funding_statement: Literal["funded-by-the-eu", "co-funded-by-the-eu"] | None = None
    """That the European Union pays for it, or for a part of it: brochures print the emblem, the statement and the disclaimer."""
    date_note: Text | None = None
    """What the date stands for, if not for the end of a reporting period."""
    profiles: ProfileNames = ()
    """Profiles, from data/profiles/, that it is held against: the index of a regulator's requirements is printed, a funder's rules are measured."""
    sections: Ids = ()
    """Which sections are printed, in this order; all that have facts, in the kind's order, if left out. `report list` names them."""
    without: Ids = ()
    """Sections that are left out of those: `without: [notes]` prints all but how the sources were read."""
    fallback: Language | None = None
    """A language to print, marked as such, where a translation is missing."""


class CallForm(Model):
    """A funder's own Word file that belongs to a call."""

    file: str
    """The form's path inside the organisation's folder."""
    map: str
    """The path of its map there."""
    languages: Languages | None = None
    """The languages of its answers; those of the call if left out."""


class CallAnswer(Model):
    """What is written for one field of a call alone."""

    field: Id
    """The field of the funder's profile."""
    text: Passage
    """The answer; of several lengths the longest that fits is taken."""


class Call(Model):
    """A call for proposals: what is handed in together, to whom, and by when."""

    id: Id
    """Its name: `report submit` and the package are called so."""
    title: Text
    """What the funder calls it."""
    profile: ProfileName
    """The funder's profile, from data/profiles/, or a variant of it: un-partner-portal, eu-portal-part-b:cerv."""
    deadline: Day
    """The last day on which it may be handed in."""
    languages: Languages
    """The languages that it is handed in in."""
    documents: Ids = ()
    """Ids of the documents that belong to it."""
    forms: tuple[CallForm, ...] = ()
    """The funder's own forms that are filled for it."""
    answers: tuple[CallAnswer, ...] = ()
    """What is written for fields of the profile that no fact answers, or instead of the fact."""

    @model_validator(mode="after")
    def _something(self) -> Call:
        if not (self.documents or self.forms):
            raise PydanticCustomError(
                "call.empty", "there is nothing to submit: the call has neither documents nor forms"
            )
        return self


class Documents(Model):
    """The file documents.yaml."""

    documents: tuple[DocumentRequest, ...] = ()
    """The documents, in the order in which they are made."""
    calls: tuple[Call, ...] = ()
    """The calls for proposals that some of them are made for."""
