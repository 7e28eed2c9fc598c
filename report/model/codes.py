"""Codes of languages (RFC 5646) and of countries (ISO 3166-1), checked against the Unicode CLDR's lists."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB"})
"""Two-letter codes of the CLDR that are no country; ZZ stands, for the countries of invented organisations."""


def _country(value: str) -> str:
    if value not in _countries():
        raise PydanticCustomError("data.country", "there is no country with the code {code}", _known(value, _ALIASES))
    return value


def _language(value: str) -> str:
    if not LANGUAGE.fullmatch(value) or value.split("-")[0] not in _languages():
        raise PydanticCustomError(
            "data.language",
            "“{code}” is not the code of a language, such as en or bg (ISO 639)",
            _known(value, _named_languages()),
        )
    return value


_ALIASES = {"UK": "GB", "EL": "GR"}


def _known(value: str, meant: Mapping[str, str]) -> dict[str, str]:
    code = meant.get(value, meant.get(value.lower()))
    return {"code": value, "hint": f"write {code}" if code else ""}


@functools.cache
def _countries() -> frozenset[str]:
    from babel import Locale  # noqa: PLC0415 - English needs it only once there are facts

    return frozenset(c for c in Locale("en").territories if len(c) == 2 and c.isalpha()) - _NO_COUNTRY


def country_named(name: str) -> str | None:
    """Return the code of a country by its English name, or None."""
    return _named_countries().get(name.strip().lower())


@functools.cache
def _named_countries() -> Mapping[str, str]:
    from babel import Locale  # noqa: PLC0415

    return {name.lower(): code for code, name in Locale("en").territories.items() if code in _countries()}


@functools.cache
def _languages() -> Mapping[str, str]:
    from babel import Locale  # noqa: PLC0415

    return Locale("en").languages


@functools.cache
def _named_languages() -> Mapping[str, str]:
    return {name.lower(): code for code, name in _languages().items()}


Country = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{2}$"),
    AfterValidator(_country),
    Field(description="A country: ISO 3166-1 alpha-2, such as BG."),
]
Language = Annotated[str, AfterValidator(_language), Field(description="A language: ISO 639, such as en or bg.")]


def numbered(pattern: str, example: str) -> Any:
    """Return the type of a number of a row, such as `Op 1.1`; what is no such number is told with the example."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            told = {"value": value, "example": example, "hint": f"write it as in  {example}"}
            raise PydanticCustomError("data.code", "'{value}' is not a number such as {example}", told)
        return value

    return Annotated[str, AfterValidator(check), WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})]
