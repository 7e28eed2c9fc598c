"""Text in one or several languages, and passages in one or several lengths."""

from __future__ import annotations

import copy
import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema

from report.model.codes import LANGUAGE, language_meant
from report.values import Record

LENGTHS = ("short", "medium", "full")
MOST_CHARACTERS = 100_000
"""Most characters of a text: thirty pages."""
FOREIGN = re.compile(r"\[((?:[^\[\]]|\[…\])+)\]\{lang=([a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\}")
"""Words of another language inside a text: ``[Committee]{lang=en}``; a name that was taken out may stand among them."""
_WORDS: JsonSchemaValue = {"type": "string", "pattern": r"\S"}
_TEXT: JsonSchemaValue = {
    "anyOf": [
        _WORDS,
        {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": f"^(original|{LANGUAGE.pattern})$"},
            "additionalProperties": _WORDS,
        },
    ]
}
"""A text in JSON Schema: in one language, or by language."""


class Translation(NamedTuple):
    """A text in the language asked for, or in another one that a reader must be told of."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Text(Record):
    """A text by language.

    A plain text is in its file's first language: the validation context says which (``plain``). `original` names the language of a name that is not
    translated: it stands as it is in every document, marked as that language.
    """

    by_language: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    original: str | None = None
    marked: bool = field(default=False, compare=False)
    """Whether it is a passage's, so that it has Markdown's paragraphs, lists, emphasis and links."""

    def in_language(self, language: str, fallback: str | None = None) -> Translation | None:
        """Return the text in `language`, or an untranslated name, or the text in `fallback`, or None."""
        for candidate in (language, self.original, fallback):
            if candidate and candidate in self.by_language:
                return Translation(self.by_language[candidate], candidate)
        return None

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(
            lambda value, info: cls.validate(value, _plain_language(info)),
            serialization=core_schema.plain_serializer_function_ser_schema(cls._plain, info_arg=True),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _core: core_schema.CoreSchema, _handler: Any) -> JsonSchemaValue:
        return copy.deepcopy(_TEXT)

    def _plain(self, info: core_schema.SerializationInfo) -> dict[str, str]:
        """Return the text by language; where the context asks for one (``in_language``: language, fallback), in that alone."""
        asked = (info.context or {}).get("in_language")
        told = self.in_language(*asked) if asked else None
        languages = {told.language: told.text} if told else dict(self.by_language)
        return languages | ({"original": self.original} if self.original else {})

    @classmethod
    def validate(cls, value: Any, plain: str) -> Text:
        """Make a text of a string, which is in the language `plain`, or of a mapping from languages to strings."""
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            if not value.strip():
                raise PydanticCustomError("text.empty", "the text is empty")
            if len(value) > MOST_CHARACTERS:
                raise PydanticCustomError("text.long", "{said}", {"said": too_long(value)})
            return cls(MappingProxyType({plain: value.strip()}))
        if not isinstance(value, dict):
            raise PydanticCustomError("text.type", "a text is needed, or one per language:  en: …  bg: …")
        original = value.get("original")
        texts = {name: told for name, told in value.items() if name != "original"}
        errors = [error for name, told in texts.items() if (error := _mistake(name, told))]
        if not texts:
            errors.append(_detail("text.empty", "the text has no language", ()))
        elif original is not None and (not isinstance(original, str) or original not in texts):
            errors.append(
                _detail(
                    "text.original",
                    "original names a language that the text does not have",
                    ("original",),
                    f"write {next(iter(texts))}",
                )
            )
        if errors:
            raise ValidationError.from_exception_data("text", errors)
        return cls(MappingProxyType({name: told.strip() for name, told in texts.items()}), original)


def _plain_language(info: core_schema.ValidationInfo) -> str:
    return str((info.context or {}).get("plain", "en"))


def _mistake(name: str, told: Any) -> InitErrorDetails | None:
    if name in LENGTHS:
        return _detail("text.length", f"'{name}' is a length; this text has one length only, by language", (name,))
    if not LANGUAGE.fullmatch(name):
        meant = language_meant(name)
        hint = f"write {meant}" if meant else ""
        return _detail("text.language", f"'{name}' is not the code of a language, such as en or bg", (name,), hint)
    if isinstance(told, dict) and set(told) & set(LENGTHS):
        return _detail("text.order", "write the length first, then the language:  short: {en: …, bg: …}", (name,))
    if not isinstance(told, str):
        return _detail("text.type", "a text is needed", (name,))
    if not told.strip():
        return _detail("text.empty", "the text is empty", (name,))
    if len(told) > MOST_CHARACTERS:
        return _detail("text.long", too_long(told), (name,))
    return None


def too_long(text: str) -> str:
    """Return what is said of a text that is longer than any report prints."""
    return f"the text has {len(text):,} characters; the most is {MOST_CHARACTERS:,}"


def _detail(kind: Any, message: str, loc: tuple[str | int, ...], hint: str = "") -> InitErrorDetails:
    error = PydanticCustomError(kind, "{said}", {"said": message, "hint": hint})
    return InitErrorDetails(type=error, loc=loc, input=None)


@dataclass(frozen=True, slots=True)
class Passage(Record):
    """A text of one or several lengths (`short`, `medium`, `full`), so that it fits where it is asked for."""

    variants: Mapping[str, Text]

    @property
    def longest(self) -> Text:
        return next(self.variants[length] for length in reversed(LENGTHS) if length in self.variants)

    @property
    def shortest(self) -> Text:
        return next(self.variants[length] for length in LENGTHS if length in self.variants)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(
            lambda value, info: cls.validate(value, _plain_language(info)),
            serialization=core_schema.plain_serializer_function_ser_schema(cls._plain, info_arg=True),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _core: core_schema.CoreSchema, _handler: Any) -> JsonSchemaValue:
        names = {"enum": list(LENGTHS)}
        lengths = {"type": "object", "minProperties": 1, "propertyNames": names, "additionalProperties": _TEXT}
        return copy.deepcopy({"anyOf": [*_TEXT["anyOf"], lengths]})

    def _plain(self, info: core_schema.SerializationInfo) -> Any:
        return {length: text._plain(info) for length, text in self.variants.items()}

    @classmethod
    def validate(cls, value: Any, plain: str) -> Passage:
        """Make a passage of a text, or of a mapping from lengths to texts."""
        if isinstance(value, cls):
            return value
        if not (isinstance(value, dict) and set(value) & set(LENGTHS)):
            return cls(MappingProxyType({"full": _marked(value, plain)}))
        variants: dict[str, Text] = {}
        errors: list[InitErrorDetails] = []
        for length, text in value.items():
            if length not in LENGTHS:
                errors.append(
                    _detail("text.length", f"'{length}' is not a length; use short, medium or full", (length,))
                )
                continue
            try:
                variants[length] = _marked(text, plain)
            except PydanticCustomError as error:
                errors.append(InitErrorDetails(type=error, loc=(length,), input=None))
            except ValidationError as error:
                errors += [
                    _detail(e["type"], e["msg"], (length, *e["loc"]), e["ctx"].get("hint", ""))
                    for e in error.errors(include_url=False)
                ]
        if errors:
            raise ValidationError.from_exception_data("passage", errors)
        return cls(MappingProxyType(variants))


def _marked(value: Any, plain: str) -> Text:
    return dataclasses.replace(Text.validate(value, plain), marked=True)
