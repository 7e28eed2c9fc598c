"""Pydantic's errors become problems: by the error's type, never by its English text."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import typing
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from report.model.codes import LANGUAGE, country_named, language_meant
from report.model.loading import number_hints
from report.model.loading.field_types import keys, record_type, value_type
from report.model.suggestions import Hinter
from report.model.text import LENGTHS, Passage, Text
from report.source import SourceFile, suggest
from report.source.sourcefile import in_flow
from report.values import Problem, Severity, required

Detail = dict[str, Any]

_COUNTRIES = ("country", "countries", "represents", "nationality")
"""Fields whose values are codes of countries."""
_RECORD, _LIST = (
    "a record is needed here: lines of  name: value",
    "a list is needed here: one line or block for each, beginning with  - ",
)
_NUMBER, _DIGITS = "a number is needed here, such as 560 or 12.5", "write digits, with a point before decimal places"
_MESSAGES = {
    "missing": "'{name}' is missing",
    "string_type": "a text is needed here",
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), _RECORD),
    **dict.fromkeys(("tuple_type", "list_type"), _LIST),
    "int_type": "a whole number is needed here",
    **dict.fromkeys(("decimal_type", "finite_number"), _NUMBER),
    **dict.fromkeys(("int_parsing_size", "decimal_max_digits"), "the number is too long"),
    "decimal_whole_digits": "the number has at most {whole_digits} digits before the point",
    "greater_than_equal": "the number must be at least {ge}",
    "less_than_equal": "the number must be at most {le}",
    "greater_than": "the number must be more than {gt}",
    "less_than": "the number must be less than {lt}",
    **dict.fromkeys(("bool_parsing", "bool_type"), "true or false is needed here"),
    "too_short": "the list is empty",
    "literal_error": "this must be {one_of}",
    "string_too_long": "the text is longer than {max_length} characters",
}
"""By the type of Pydantic's error, with what its context says."""
_GENERAL = {
    **dict.fromkeys(("bool_parsing", "bool_type"), "write true or false"),
    "data.address": "write the whole address, such as https://example.org",
    "data.currency": "write the three capital letters of ISO 4217, such as EUR",
    "data.country": "write the two capital letters of ISO 3166-1, such as BG",
    **dict.fromkeys(("data.language", "text.language"), "write the code of ISO 639, such as en or bg"),
    "data.twice": "remove one of them",
    "date.form": "write 2003, 2003-05 or 2003-05-31",
    **dict.fromkeys(("decimal_type", "finite_number"), _DIGITS),
    "int_type": "write digits alone",
    **dict.fromkeys(
        ("int_parsing_size", "decimal_max_digits", "decimal_whole_digits", "greater_than", "greater_than_equal"),
        "correct the number",
    ),
    **dict.fromkeys(("less_than", "less_than_equal"), "correct the number"),
    "string_too_long": "shorten it",
    "dict_type": "write lines of names and values below, indented",
    "literal_error": "choose one of them",
    **dict.fromkeys(("string_type", "text.type"), "write one text, in quotes if it has signs"),
    "text.empty": "write a text, or remove the line",
    "text.long": "shorten it, or put the rest into texts of their own",
    "theme.cmyk": "write four numbers from 0 to 100, such as [70, 20, 0, 75]",
    "too_short": "add one, or remove the line",
}
"""What to do where it is not known what is meant."""


def _likely_word(detail: Detail, hinter: Hinter) -> str | None:
    options = _options(detail["ctx"]["expected"])
    if not isinstance(detail.get("input"), str):
        return None
    likely = hinter.nearest(detail["input"].strip(suggest.QUOTES), options, None)
    return likely or (f"write {options[0]}" if len(options) == 1 else None)


@functools.lru_cache(maxsize=256)
def _options(expected: str) -> tuple[str, ...]:
    return tuple(w.strip("'") for w in expected.replace(" or ", ", ").split(", "))


def _one_of(expected: str) -> str:
    return f"one of {expected.replace(' or ', ', ')}" if " or " in expected else f"{expected}: there is no other"


_PATTERNS = {
    "id": "an id is made of small Latin letters, digits and hyphens",
    **dict.fromkeys(_COUNTRIES, "a country is two capital letters, such as BG (ISO 3166-1)"),
    "sector_code": "a purpose code (OECD DAC) has five digits, such as 15160",
    "email": "an e-mail address is needed, such as office@example.org",
    **dict.fromkeys(("website", "url"), "an address is needed, such as https://example.org"),
}
"""What form a text has, by its field."""


def problems(
    error: ValidationError,
    file: SourceFile,
    model: type[BaseModel],
    hinter: Hinter | None = None,
    currency: Any = None,
) -> list[Problem]:
    """Return a problem for every error of a file's validation, at its line and column, in the order of the lines.

    Amounts are in the `currency`, where no record around them says another.
    """
    if error.error_count() > MOST_MISTAKES:
        return _of_very_many(error, file, model)
    hinter = hinter or Hinter()
    details: list[Detail] = [dict(detail) for detail in error.errors(include_url=False, include_input=True)]
    wrong = {detail["loc"][:length] for detail in details for length in range(len(detail["loc"]))}
    every = [
        number_hints.problem(detail, file, model, currency)
        if detail["type"] in number_hints.KINDS
        else _problem(detail, file, model, hinter)
        for detail in details
        if not (detail["type"] == "too_short" and detail["loc"] in wrong)  # what is in the list is wrong, and says so
    ]
    return sorted(every, key=_position)


def _position(problem: Problem) -> tuple[int, int]:
    where = required(problem.location)
    return where.line or 0, where.column or 0


def _of_very_many(error: ValidationError, file: SourceFile, model: type[BaseModel]) -> list[Problem]:
    """Return how many mistakes a file has, and those among the first of each list and record: all would take gigabytes."""
    where = file.locate(())
    message = f"the file has {error.error_count():,} mistakes: only the first {_FIRST} of each list are shown"
    counted = Problem(Severity.ERROR, "data.mistakes", message, where, "correct these first, and check again")
    try:
        model.model_validate(_first(file.data), context={"plain": "en"})
    except ValidationError as of_first:
        return [counted, *problems(of_first, file, model)]
    return [counted]


def _first(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _first(value) for name, value in itertools.islice(data.items(), _FIRST)}
    return [_first(value) for value in data[:_FIRST]] if isinstance(data, list) else data


def unknown_keys(file: SourceFile, model: type[BaseModel]) -> list[Problem]:
    """Return an error for every unknown key without a value: no model gets to see it."""
    problems, hinter = [], Hinter()
    for steps in file.empty:
        name, value = str(steps[-1]), value_type(model, keys(steps[:-1]))
        record = record_type(value)
        if record and name not in record.model_fields:
            problems.append(_unknown_key(file, steps, _fields(record), hinter))
        elif _is_text(value) and not (LANGUAGE.fullmatch(name) or name in (*LENGTHS, "original")):
            meant = language_meant(name)
            hint = f"write {meant}" if meant else _GENERAL["text.language"]
            problems.append(dataclasses.replace(_unknown_key(file, steps, (), hinter), hint=hint))
    return problems


def _is_text(annotation: Any) -> bool:
    return annotation in (Text, Passage) or any(_is_text(arg) for arg in typing.get_args(annotation))


def _unknown_key(file: SourceFile, steps: Sequence[str | int], known: tuple[str, ...], hinter: Hinter) -> Problem:
    hint = hinter.nearest(str(steps[-1]), known, "known fields:")
    message = f"'{steps[-1]}' is not known here"
    return Problem(Severity.ERROR, "data.unknown", message, file.locate(steps, key=True), hint)


def _problem(detail: Detail, file: SourceFile, model: type[BaseModel], hinter: Hinter) -> Problem:
    kind, steps, context = detail["type"], detail["loc"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_key(file, steps, _fields(record_type(value_type(model, keys(steps[:-1])))), hinter)
    if kind == "string_pattern_mismatch":
        name = next((str(s) for s in reversed(steps) if not isinstance(s, int)), "")
        message = _PATTERNS.get(name, _PATTERNS["id"])
        return Problem(Severity.ERROR, "data.form", message, file.locate(steps), _form_hint(name, detail.get("input")))
    if kind in _MESSAGES:
        one_of = _one_of(context["expected"]) if kind == "literal_error" else ""
        message = _MESSAGES[kind].format(name=steps[-1] if steps else "", one_of=one_of, **context)
    else:
        message = detail["msg"]
    hint = context.get("hint")
    if not hint and kind == "missing":
        hint = f"add  {steps[-1]}: …"
    if not hint and kind in _FORMS:
        hint = _FORMS[kind](detail.get("input"), value_type(model, keys(steps)))
    if not hint and kind == "literal_error":
        hint = _likely_word(detail, hinter)
    code = kind if "." in kind else f"data.{kind}"
    where = file.locate(steps, key=kind in _OF_KEYS)
    return Problem(Severity.ERROR, code, message, where, hint or _GENERAL.get(kind))


def _as_list(value: Any, _: Any) -> str:
    """Return a hint with a list of what stands where one is needed."""
    if not isinstance(value, str):
        return (
            "begin it with a dash and a space, and indent its other lines like the first; a dash begins each of a list"
        )
    return f"write  [{', '.join(in_flow(one.strip()) for one in value.split(',') if one.strip())}]"


def _as_record(value: Any, annotation: Any) -> str:
    """Return a hint with what the record that is needed must have."""
    fields = model.model_fields if (model := record_type(annotation)) else {}
    needed = [name for name, field in fields.items() if field.is_required()] or [*fields][:1]
    content = in_flow(value) if isinstance(value, str) and len(needed) == 1 else "…"
    return f"write  {{{', '.join(f'{name}: {content}' for name in needed)}}}"


_FORMS: dict[str, Callable[[Any, Any], str]] = {
    **dict.fromkeys(("list_type", "tuple_type"), _as_list),
    **dict.fromkeys(("model_type", "model_attributes_type"), _as_record),
}
_OF_KEYS = frozenset({"text.language", "text.length"})
"""Mistakes that are a key's, not its value's."""


def _form_hint(name: str, value: Any) -> str:
    """Return a hint for a value whose form is wrong, by its field."""
    if name in _COUNTRIES:
        code = country_named(str(value))
        return f"write {code}" if code else _GENERAL["data.country"]
    if name in ("email", "website", "url"):
        return suggest.address(str(value), mail=name == "email")
    if name in _PATTERNS and name != "id":
        return "write it as in the example"
    likely = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in str(value).lower()).split())
    general = "write small Latin letters, digits and hyphens: harbour-lights"
    return f"write {likely}" if likely and likely != value else general


MOST_MISTAKES = 100_000
"""A file with more mistakes than these is reported by the first of each list."""
_FIRST = 1000


@functools.cache
def _fields(record: type[BaseModel] | None) -> tuple[str, ...]:
    return tuple(record.model_fields) if record else ()
