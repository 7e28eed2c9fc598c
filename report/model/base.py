"""What all facts share: frozen, no unknown keys, and where a fact comes from."""

from __future__ import annotations

import ast
import inspect
import itertools
import textwrap
from collections.abc import Iterator
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationInfo,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from report.model.codes import Language
from report.model.dates import PartialDate
from report.model.text import Text
from report.values import Record

Id = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60),
    Field(description="A short name that other facts refer to: small Latin letters, digits and hyphens."),
]


def _whole_address(value: str) -> str:
    try:
        host = urlsplit(value).hostname
    except ValueError:
        host = None
    if not host:
        raise PydanticCustomError("data.address", "this is not an address such as https://example.org")
    return value


Url = Annotated[
    str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=500), AfterValidator(_whole_address)
]


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) < len(values):
        again = next(value for place, value in enumerate(values) if value in values[:place])
        raise PydanticCustomError("data.twice", "'{value}' is in the list twice", {"value": again})
    return values


ONCE = AfterValidator(_once)
"""A list that has no value twice."""
Ids = Annotated[tuple[Id, ...], ONCE]
Languages = Annotated[tuple[Language, ...], Field(min_length=1), ONCE]
Confidence = Literal["stated", "inferred", "uncertain"]


class Model(Record, BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe each field by the string below it.

        Pydantic's own ``use_attribute_docstrings`` would read the source of every model whenever a command starts.
        """
        schema = handler(core)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, text in descriptions(cls).items():
            properties[name]["description"] = text
        return schema


def nested(value: object, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], BaseModel]]:
    """Yield a record and those inside it, at any depth, with the steps to each; of a tuple, those of its items."""
    if isinstance(value, BaseModel):
        yield steps, value
        for name in type(value).model_fields:
            yield from nested(getattr(value, name), (*steps, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from nested(item, (*steps, index))


def descriptions(model: type[BaseModel]) -> dict[str, str]:
    """Return the strings below the fields of a model and of those it extends."""
    by_field: dict[str, str] = {}
    for one in reversed([c for c in model.__mro__ if issubclass(c, BaseModel) and c is not BaseModel]):
        source = ast.parse(textwrap.dedent(inspect.getsource(one)))
        (definition,) = (node for node in source.body if isinstance(node, ast.ClassDef))
        for field, below in itertools.pairwise(definition.body):
            match field, below:
                case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(text))):
                    by_field[name] = inspect.cleandoc(text)
    return by_field


class Fact(Model):
    """A record that says where it comes from."""

    source: Id | None = None
    """The id of the source that says so, from the `sources` of organisation.yaml or networks.yaml."""
    as_of: PartialDate | None = None
    """The date at which the fact was true: 2025, 2025-06 or 2025-06-30."""
    confidence: Confidence | None = None
    """How sure the fact is: stated by the source, inferred from it, or uncertain."""
    remark: Text | None = None
    """What a reader should know about the fact; printed in the section `notes`, which no brochure has."""


def _after(value: PartialDate | None, known: ValidationInfo) -> PartialDate | None:
    since = known.data.get("valid_from")
    if value and since and value.before(since):
        details = {"until": str(value), "since": str(since), "hint": "correct one of the two dates"}
        raise PydanticCustomError("date.order", "ends ({until}) before it begins ({since})", details)
    return value


AFTER = AfterValidator(_after)
"""A date that is not before the record's ``valid_from``."""


class Dated(Fact):
    """A fact that may change: a document prints it where it is valid on its day, or at some time of its year."""

    valid_from: PartialDate | None = None
    """From when it is so."""
    valid_to: Annotated[PartialDate | None, AFTER] = None
    """Until when it was so. What came after it may have the same id."""


class Source(Model):
    """A text that facts are taken from."""

    id: Id
    """The name that facts refer to."""
    title: Text
    """The title of the text."""
    publisher: Text | None = None
    """Who published it."""
    language: Language
    """The language of the text, such as en."""
    url: Url | None = None
    """Its address."""
    place: Text | None = None
    """Where it was found, if it has no address that lasts."""
    date: PartialDate | None = None
    """When it was published."""
    accessed: PartialDate | None = None
    """When it was read."""
