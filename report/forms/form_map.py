"""A form map: a YAML file beside the funder's Word file that says which fact, or which words, go to which place."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from report.forms import suggestions
from report.forms.fields.field import Place
from report.model.loading import validation
from report.profiles.limits import Limit
from report.profiles.pages import PageRules
from report.source import SourceFile, read
from report.values import ReportError, Severity

_FAMILIES = ("control", "legacy", "cell", "table", "bookmark", "prompt", "tag")


def _address(said: str) -> str:
    family, _, name = said.partition(":")
    if family not in _FAMILIES or not name:
        message = "this is not an address of a place: {families}, a colon, and its name"
        raise PydanticCustomError("form.address", message, {"families": ", ".join(_FAMILIES)})
    return said


class Entry(BaseModel):
    """One place of the form and what goes there: a `fact`, a `value`, or `rows` of a list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: Annotated[str, AfterValidator(_address)]
    """Which place: control:TAG, legacy:NAME, cell:TABLE.ROW.CELL, table:TABLE.ROW, bookmark:NAME, prompt:N, tag:NAME."""
    kind: str | None = None
    """What the place takes; for the reader."""
    at: str | None = None
    """The part and paragraph where it stands; for the reader."""
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
    def _one_answer(self) -> Entry:
        given = [n for n in ("fact", "value", "rows", "picture") if getattr(self, n) is not None]
        if len(given) > 1:
            raise PydanticCustomError(
                "form.answers", "this place has two answers: {given}", {"given": " and ".join(given)}
            )
        if self.picture and not self.alt:
            raise PydanticCustomError("form.alt", "a picture needs `alt`: what it shows, for readers who cannot see it")
        return self

    @property
    def answered(self) -> bool:
        return any(getattr(self, n) is not None for n in ("fact", "value", "rows", "picture"))


class FormMap(BaseModel):
    """The file: which form it is of, and its places."""

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
    fields: Annotated[tuple[Entry, ...], Field(min_length=1)]
    """The places."""


def load(path: Path) -> tuple[FormMap, SourceFile]:
    """Read a map; raise `ReportError` with every mistake at its line."""
    file = read(path)
    try:
        made = FormMap.model_validate(file.data)
    except ValidationError as error:
        raise ReportError(validation.problems(error, file, FormMap)) from None
    if any(problem.severity is Severity.ERROR for problem in file.problems):
        raise ReportError(file.problems)
    seen: set[str] = set()
    for index, entry in enumerate(made.fields):
        if entry.address in seen:
            where = file.locate(("fields", index, "address"))
            raise ReportError.of("form.twice", f"'{entry.address}' is in the map twice", where, "remove one of them")
        seen.add(entry.address)
    return made, file


def write(form: Path, sha256: str, places: Iterable[Place]) -> str:
    """Return a map of a form as YAML: every place that can be addressed, with the fact that seems to fit."""
    entries = [_entry(place) for place in places]
    head = (
        f"# Map of {form.name}: which fact, or which words, go to which place. Made by  report form map\n"
        "# Give each place a `fact` (organisation.name), a `value` (the words themselves) or `rows` with `columns`;\n"
        "# take out what is not to be filled. A fact that is proposed is a guess: read it against `near`.\n"
    )
    body = {"form": form.name, "sha256": sha256, "fields": entries}
    return head + yaml.dump(body, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def _entry(place: Place) -> dict[str, Any]:
    made: dict[str, Any] = {"address": place.address, "kind": place.kind, "at": place.at, "near": place.near}
    if place.now:
        made["now"] = " ".join(place.now.split())[:160]
    if place.options:
        made["options"] = list(place.options)
    if place.limit:
        made["limit"] = {"characters": place.limit}
    if place.kind == "rows":
        rows, columns = suggestions.rows(place.near, place.columns)
        made |= {"rows": rows, "columns": columns}
    elif place.family == "tag":
        made["fact"] = place.name if suggestions.known(place.name) else None
    else:
        made["fact"] = suggestions.fact(place)
    return {name: value for name, value in made.items() if value not in ("", None) or name in ("fact", "rows")}


class _Dumper(yaml.SafeDumper):
    """Writes lists of short words on one line, and nothing for what is not known yet."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))
