"""A form map: a YAML file beside the funder's Word file that says which fact, or which words, go to which field."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from report.forms import suggestions
from report.forms.fields.field import WordField
from report.model.loading import validation
from report.profiles.limits import Limit
from report.profiles.pages import PageRules
from report.source import SourceFile, read
from report.values import ReportError, Severity

_FAMILIES = ("control", "legacy", "cell", "table", "bookmark", "prompt", "tag")


def _address(address: str) -> str:
    family, _, name = address.partition(":")
    if family not in _FAMILIES or not name:
        message = "this is not the address of a field: {families}, a colon, and its name"
        raise PydanticCustomError("form.address", message, {"families": ", ".join(_FAMILIES)})
    return address


class FieldMapping(BaseModel):
    """One field of the form and what goes there: a `fact`, a `value`, or `rows` of a list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: Annotated[str, AfterValidator(_address)]
    """Which field: control:TAG, legacy:NAME, cell:TABLE.ROW.CELL, table:TABLE.ROW, bookmark:NAME, prompt:N, tag:NAME."""
    kind: str | None = None
    """What the field takes; for the reader."""
    at: str | None = None
    """The part and paragraph where it is; for the reader."""
    near: str | None = None
    """The text nearest to it; of a cell, a table or a prompt it must still be there."""
    now: str | None = None
    """What stands there now; for the reader."""
    options: tuple[str, ...] = ()
    """What a list of the form has to choose from; for the reader."""
    fact: str | None = None
    """The fact that answers it, such as organisation.name."""
    value: str | tuple[dict[str, str], ...] | None = None
    """The answer itself: words, or rows of words by column."""
    rows: str | None = None
    """The list that gives a row each, such as affiliations."""
    columns: dict[str, str | None] | None = None
    """Which fact of a record each column shows; one without a fact stays empty."""
    picture: str | None = None
    """A PNG or JPEG file in the organisation's folder."""
    alt: str | None = None
    """What the picture shows."""
    limit: Limit | None = None
    """How long the answer may be."""
    optional: bool = False
    """Whether the form may be handed in without it."""

    @model_validator(mode="after")
    def _one_answer(self) -> FieldMapping:
        answers = self._answers
        if len(answers) > 1:
            raise PydanticCustomError(
                "form.answers", "this field has two answers: {answers}", {"answers": " and ".join(answers)}
            )
        if self.picture and not self.alt:
            raise PydanticCustomError("form.alt", "a picture needs `alt`: what it shows, for readers who cannot see it")
        return self

    @property
    def _answers(self) -> list[str]:
        return [name for name in ("fact", "value", "rows", "picture") if getattr(self, name) is not None]

    @property
    def is_answered(self) -> bool:
        return bool(self._answers)


class FormMap(BaseModel):
    """The file: which form it is of, and its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: str
    """The name of the form's file."""
    sha256: str | None = None
    """The form's fingerprint: whether it is still the file that the map was made of."""
    year: int | None = None
    """The reporting year whose facts are meant; the latest if left out."""
    action: str | None = None
    """The id of the action that is applied for, whose co-applicants and affiliated entities are meant; in a call, that of its documents."""
    rules: PageRules | None = None
    """What the funder asks of the finished file: pages, type, margins."""
    fields: Annotated[tuple[FieldMapping, ...], Field(min_length=1)]
    """The fields."""


def load(path: Path) -> tuple[FormMap, SourceFile]:
    """Read a map; raise `ReportError` with every mistake at its line."""
    file = read(path)
    try:
        form_map = FormMap.model_validate(file.data)
    except ValidationError as error:
        raise ReportError(validation.problems(error, file, FormMap)) from None
    if any(problem.severity is Severity.ERROR for problem in file.problems):
        raise ReportError(file.problems)
    seen: set[str] = set()
    for index, mapping in enumerate(form_map.fields):
        if mapping.address in seen:
            where = file.locate(("fields", index, "address"))
            raise ReportError.of("form.twice", f"'{mapping.address}' is in the map twice", where, "remove one of them")
        seen.add(mapping.address)
    return form_map, file


def write(form: Path, sha256: str, fields: Iterable[WordField]) -> str:
    """Return a map of a form as YAML: every field that can be addressed, with the fact that seems to fit."""
    head = (
        f"# Map of {form.name}: which fact, or which words, go to which field. Made by  report form map\n"
        "# Give each field a `fact` (organisation.name), a `value` (the words themselves) or `rows` with `columns`;\n"
        "# take out what is not to be filled. A fact that is proposed is a guess: read it against `near`.\n"
    )
    body = {"form": form.name, "sha256": sha256, "fields": [_mapping(field) for field in fields]}
    return head + yaml.dump(body, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def _mapping(field: WordField) -> dict[str, Any]:
    mapping: dict[str, Any] = {
        "address": field.address,
        "kind": field.kind,
        "at": field.at,
        "near": field.near,
        "now": " ".join(field.now.split())[:160],
        "options": list(field.options) or None,
        "limit": {"characters": field.limit} if field.limit else None,
    }
    if field.kind == "rows":
        mapping["rows"], mapping["columns"] = suggestions.rows(field.near, field.columns)
    elif field.family == "tag":
        mapping["fact"] = field.name if suggestions.is_fact(field.name) else None
    else:
        mapping["fact"] = suggestions.fact(field)
    return {name: value for name, value in mapping.items() if value not in ("", None) or name in ("fact", "rows")}


class _Dumper(yaml.SafeDumper):
    """Writes lists of short words on one line, and nothing for what is not known yet."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))
