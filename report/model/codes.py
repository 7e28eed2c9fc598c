"""Codes of languages (RFC 5646) and of countries (ISO 3166-1), checked against the Unicode CLDR's lists."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import (
    AfterValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB"})
"""Two-letter codes of the CLDR that are no country; ZZ stands, for the countries of invented organisations."""


def _country(value: str) -> str:
    if value not in _countries():
        raise PydanticCustomError("data.country", "there is no country with the code {code}", _known(value, _ALIASES))
    return value


def _language(value: str) -> str:
    if not LANGUAGE.fullmatch(value) or not is_language(value):
        meant = language_meant(value)
        details = {"code": value, "hint": f"write {meant}" if meant else ""}
        message = "“{code}” is not the code of a language, such as en or bg (ISO 639)"
        raise PydanticCustomError("data.language", message, details)
    return value


def is_language(code: str) -> bool:
    """Say whether a code begins with that of a language (ISO 639, as CLDR has them): en, de-CH; not bgx."""
    return code.partition("-")[0] in _languages()


def language_meant(said: str, known: Collection[str] = ()) -> str | None:
    """Return the code of the language that a text likely means, first among those `known`; None where none is like it.

    It may be a code with other letters or signs (EN, bg_BG, eng), a name in English, Bulgarian or the language itself, or a slip.
    """
    word = said.strip().replace("_", "-")
    primary, *more = word.split("-")
    primary = _aliases().get(primary.lower(), primary.lower())
    if primary in _languages():
        tag = "-".join([primary, *(one.title() if len(one) == 4 else one.upper() for one in more)])
        usual = more and more[-1].upper() == _usual_region(primary) and tag not in known
        tag = tag.rpartition("-")[0] if usual else tag
        return tag if LANGUAGE.fullmatch(tag) else primary
    if named := _named_languages().get(word.lower()):
        return named
    likely = difflib.get_close_matches(primary, known, 1) if len(word) <= _LONGEST else []
    if len(word) <= _LONGEST and primary[:2] in _languages():
        likely.append(primary[:2])
    return likely[0] if likely else _named_otherwise().get(word.lower())


_ALIASES = {"UK": "GB", "EL": "GR"}


def _known(value: str, meant: Mapping[str, str]) -> dict[str, str]:
    code = meant.get(value, meant.get(value.lower()))
    return {"code": value, "hint": f"write {code}" if code else ""}


@functools.cache
def _countries() -> frozenset[str]:
    from babel import Locale  # noqa: PLC0415 - English needs it only once there are facts

    return frozenset(c for c in map(str, Locale("en").territories) if len(c) == 2 and c.isalpha()) - _NO_COUNTRY


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


_LONGEST = 4
"""Letters of a code with slips; a longer word is another."""


@functools.cache
def _aliases() -> Mapping[str, str]:
    """Return the codes in use for others: eng for en (ISO 639-2)."""
    from babel.core import get_global  # noqa: PLC0415

    return get_global("language_aliases")


def _usual_region(language: str) -> str:
    from babel.core import get_global  # noqa: PLC0415

    return str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]


@functools.cache
def _named_otherwise() -> Mapping[str, str]:
    """Return the languages by their Bulgarian names, and by what they call themselves."""
    from babel import Locale  # noqa: PLC0415
    from babel.localedata import exists  # noqa: PLC0415

    own = {
        (Locale(code).languages.get(code) or code).lower(): code
        for code in _languages()
        if len(code) == 2 and exists(code)
    }
    return own | {name.lower(): code for code, name in Locale("bg").languages.items()}


@functools.cache
def _named_languages() -> Mapping[str, str]:
    return {name.lower(): code for code, name in _languages().items()}


@dataclass(frozen=True)
class Choices:
    """The values that a field may have, for editors: a function returns them when a schema is asked for."""

    values: Callable[[], Collection[str]]

    def __get_pydantic_json_schema__(
        self, core: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(core), "enum": sorted(self.values())}


Country = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{2}$"),
    AfterValidator(_country),
    Choices(_countries),
    Field(description="A country: ISO 3166-1 alpha-2, such as BG."),
]
Language = Annotated[
    str,
    AfterValidator(_language),
    WithJsonSchema({"type": "string", "pattern": f"^{LANGUAGE.pattern}$"}),
    Field(description="A language: ISO 639, such as en or bg."),
]


def _like(value: str, example: str) -> str:
    """Return the number that a text likely means, with the letters of an example: Op 1.1 for op1.1."""
    letters = re.match("[A-Za-z]* *", example)
    digits = re.search(r"\d+(?:[.,]\d+)*", value)
    return f"{letters[0] if letters else ''}{digits[0].replace(',', '.') if digits else ''}"


@dataclass(frozen=True)
class Numbered:
    """The form of a row's number, such as `Op 1.1`, in a field's type: a `pattern` of the whole number, and an `example` for messages."""

    pattern: str
    example: str

    def __get_pydantic_core_schema__(self, source: type[str], handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, _: core_schema.CoreSchema, __: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": f"^{self.pattern}$"}

    def _check(self, value: str) -> str:
        if not re.fullmatch(self.pattern, value):
            likely = _like(value, self.example)
            hint = f"write {likely}" if re.fullmatch(self.pattern, likely) else "write it as in the example"
            details = {"value": value, "example": self.example, "hint": hint}
            raise PydanticCustomError("data.code", "'{value}' is not a number such as {example}", details)
        return value
