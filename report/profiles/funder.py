"""A funder's profile: data/profiles/<name>.yaml with `kind: funder`. What its portal takes: files, fields and their lengths."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from report.model.base import ONCE, Id, Ids, Model
from report.model.codes import Language
from report.model.dates import PartialDate
from report.model.document import Format
from report.model.text import Text
from report.profiles.limits import Limit
from report.profiles.pages import PageRules
from report.profiles.profile import ProfileFile

_PATH = r"[a-z_]+(\[\d+\])*(\.(\*|[a-z0-9_]+(\[\d+\])*))*"


def _path(value: str) -> str:
    if not re.fullmatch(_PATH, value):
        details = {"value": value, "hint": "write keys with points between them; .* stands for each of a list"}
        raise PydanticCustomError("profile.fact", "'{value}' names no fact, such as organisation.mission", details)
    return value


FactPath = Annotated[str, AfterValidator(_path), WithJsonSchema({"type": "string", "pattern": f"^{_PATH}$"})]


def _regex(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        hint = "a point, a bracket or a plus that is meant as such has a backslash before it"
        details = {"reason": str(error), "hint": hint}
        raise PydanticCustomError("profile.regex", "this is not a pattern: {reason}", details) from None
    return value


class FileName(Model):
    """How a funder wants files to be called."""

    words: Text
    """The rule in words, for whoever meets it."""
    regex: Annotated[str, AfterValidator(_regex)]
    """The same as a regular expression that the whole name with its ending must match."""


class DocumentRules(PageRules):
    """What is asked of a document that is handed in, and where that is written."""

    counted: Text | None = None
    """What counts towards the pages, and what does not."""
    annexes: bool = False
    """Whether the pages of a call's other documents count too."""
    formats: Annotated[tuple[Format, ...], ONCE] = ()
    """The formats that are taken; any if left out."""
    languages: Annotated[tuple[Language, ...], ONCE] = ()
    """The languages that are taken; any if left out."""
    file_name: FileName | None = None
    """How the file is to be called."""
    required: Ids = ()
    """The sections that it must have; `report list` names them."""
    source: Text
    """Where the rules were read."""
    date: PartialDate
    """When they were read, or the edition they stand in."""
    verified: bool
    """Whether they were read in the source; what is common knowledge of the field is not."""


class FieldLimit(Limit):
    """How long a field's text may be, and where that is written."""

    source: Text
    """Where the limit was read."""
    date: PartialDate
    """When it was read, or the edition it stands in."""
    verified: bool
    """Whether it was read in the source; what is common knowledge of the field is not."""


class FormField(Model):
    """A field of the funder's form or portal."""

    id: Id
    """A name for it."""
    label: Text
    """What the funder calls it."""
    fact: FactPath | None = None
    """The fact that answers it, such as organisation.mission; ``affiliations.*.network.name`` tells that of each of a list.
    Without one, the call answers it."""
    limit: FieldLimit | None = None
    """How long it may be."""
    required: bool = False
    """Whether it must be answered."""


class Variant(Model):
    """A call of the same funder that asks for something else: written ``profile:variant``."""

    id: Id
    """Its name."""
    name: Text
    """What it is called."""
    document: DocumentRules | None = None
    """What it asks of the document otherwise; what is left out is as in the profile."""
    fields: tuple[FormField, ...] = ()
    """Fields that it has besides, or instead of those of the same id."""


class FunderProfile(ProfileFile):
    """What a funder's form or portal takes."""

    kind: Literal["funder"]
    """What kind of profile it is."""
    version: str
    """Its version, or the form's."""
    document: DocumentRules | None = None
    """What is asked of a document that is handed in."""
    fields: tuple[FormField, ...] = ()
    """The fields of its form or portal."""
    variants: tuple[Variant, ...] = ()
    """Calls that ask for something else."""

    def variant(self, id_: str) -> FunderProfile:
        """Return the profile as a variant has it: its rules and fields over those of the profile."""
        chosen = next(one for one in self.variants if one.id == id_)
        rules = chosen.document or self.document
        if self.document and chosen.document:
            own = {name: getattr(chosen.document, name) for name in chosen.document.model_fields_set}
            rules = self.document.model_copy(update=own)
        own_fields = {field.id: field for field in chosen.fields}
        fields = {field.id: field for field in self.fields} | own_fields
        return self.model_copy(update={"document": rules, "fields": tuple(fields.values()), "name": chosen.name})
