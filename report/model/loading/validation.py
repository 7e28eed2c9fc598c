"""Pydantic's errors become problems: keyed on the error's type, never on its English text."""

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
from report.model.loading.field_types import held, record_type
from report.model.suggestions import Hinter
from report.model.text import LENGTHS, Passage, Text
from report.source import SourceFile, suggest
from report.source.sourcefile import in_flow
from report.values import Problem, Severity, required

Detail = dict[str, Any]

_MESSAGES: dict[str, Callable[[Detail], str]] = {
    "missing": lambda e: f"'{e['loc'][-1]}' is missing",
    "string_type": lambda e: "a text is needed here",
    "model_type": lambda e: "a record is needed here: lines of  name: value",
    "model_attributes_type": lambda e: "a record is needed here: lines of  name: value",
    "dict_type": lambda e: "a record is needed here: lines of  name: value",
    "tuple_type": lambda e: "a list is needed here: one line or block for each, beginning with  - ",
    "list_type": lambda e: "a list is needed here: one line or block for each, beginning with  - ",
    "int_type": lambda e: "a whole number is needed here",
    "decimal_type": lambda e: "a number is needed here, such as 560 or 12.5",
    "finite_number": lambda e: "a number is needed here, such as 560 or 12.5",
    "int_parsing_size": lambda e: "the number is too long",
    "decimal_max_digits": lambda e: "the number is too long",
    "decimal_whole_digits": lambda e: f"the number has at most {e['ctx']['whole_digits']} digits before the point",
    "greater_than_equal": lambda e: f"the number must be at least {e['ctx']['ge']}",
    "less_than_equal": lambda e: f"the number must be at most {e['ctx']['le']}",
    "greater_than": lambda e: f"the number must be more than {e['ctx']['gt']}",
    "less_than": lambda e: f"the number must be less than {e['ctx']['lt']}",
    "bool_parsing": lambda e: "true or false is needed here",
    "bool_type": lambda e: "true or false is needed here",
    "too_short": lambda e: "the list is empty",
    "literal_error": lambda e: f"this must be {_one_of(e['ctx']['expected'])}",
    "string_too_long": lambda e: f"the text is longer than {e['ctx']['max_length']} characters",
}


_HINTS: dict[str, Callable[[Detail], str | None]] = {
    "missing": lambda e: f"add  {e['loc'][-1]}: …",
    "bool_parsing": lambda e: "write true or false",
    "bool_type": lambda e: "write true or false",
}
_GENERAL = {
    "data.address": "write the whole address, such as https://example.org",
    "data.currency": "write the three capital letters of ISO 4217, such as EUR",
    "data.country": "write the two capital letters of ISO 3166-1, such as BG",
    "data.language": "write the code of ISO 639, such as en or bg",
    "data.twice": "remove one of them",
    "date.form": "write 2003, 2003-05 or 2003-05-31",
    "decimal_type": "write digits, with a point before decimal places",
    "finite_number": "write digits, with a point before decimal places",
    "int_type": "write digits alone",
    "int_parsing_size": "correct the number",
    "string_too_long": "shorten it",
    "dict_type": "write lines of names and values below, indented",
    "decimal_max_digits": "correct the number",
    "decimal_whole_digits": "correct the number",
    "greater_than": "correct the number",
    "greater_than_equal": "correct the number",
    "less_than": "correct the number",
    "less_than_equal": "correct the number",
    "literal_error": "choose one of them",
    "string_type": "write one text, in quotes if it has signs",
    "text.empty": "write a text, or remove the line",
    "text.long": "shorten it, or put the rest into texts of their own",
    "text.language": "write the code of ISO 639, such as en or bg",
    "text.type": "write one text, in quotes if it has signs",
    "theme.cmyk": "write four numbers from 0 to 100, such as [70, 20, 0, 75]",
    "too_short": "add one, or remove the line",
}
"""What to do where nothing more is known of what is meant."""


def _meant_word(detail: Detail, hinter: Hinter) -> str | None:
    options = _options(detail["ctx"]["expected"])
    if not isinstance(detail.get("input"), str):
        return None
    found = hinter.nearest(detail["input"].strip(suggest.QUOTES), options, None)
    return found or (f"write {options[0]}" if len(options) == 1 else None)


@functools.lru_cache(maxsize=256)
def _options(expected: str) -> tuple[str, ...]:
    return tuple(w.strip("'") for w in expected.replace(" or ", ", ").split(", "))


def _one_of(expected: str) -> str:
    return f"one of {expected.replace(' or ', ', ')}" if " or " in expected else f"{expected}: there is no other"


_PATTERNS = {
    "id": "an id is made of small Latin letters, digits and hyphens",
    "country": "a country is two capital letters, such as BG (ISO 3166-1)",
    "countries": "a country is two capital letters, such as BG (ISO 3166-1)",
    "sector_code": "a purpose code (OECD DAC) has five digits, such as 15160",
    "represents": "a country is two capital letters, such as BG (ISO 3166-1)",
    "nationality": "a country is two capital letters, such as BG (ISO 3166-1)",
    "email": "an e-mail address is needed, such as office@example.org",
    "website": "an address is needed, such as https://example.org",
    "url": "an address is needed, such as https://example.org",
}


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
    found = [
        number_hints.problem(detail, file, model, currency)
        if detail["type"] in number_hints.KINDS
        else _problem(detail, file, model, hinter)
        for detail in details
        if not (detail["type"] == "too_short" and detail["loc"] in wrong)  # what the list holds is wrong, and says so
    ]
    return sorted(found, key=_position)


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
    """Return an error for every key that no record and no text knows and that has no value: no model gets to see it."""
    found, hinter = [], Hinter()
    for steps in file.empty:
        name, value = str(steps[-1]), held(model, tuple(step for step in steps[:-1] if isinstance(step, str)))
        kept = record_type(value)
        if kept and name not in kept.model_fields:
            found.append(_stranger(file, steps, _fields(kept), hinter))
        elif _is_text(value) and not (LANGUAGE.fullmatch(name) or name in (*LENGTHS, "original")):
            meant = language_meant(name)
            hint = f"write {meant}" if meant else _GENERAL["text.language"]
            found.append(dataclasses.replace(_stranger(file, steps, (), hinter), hint=hint))
    return found


def _is_text(annotation: Any) -> bool:
    return annotation in (Text, Passage) or any(_is_text(arg) for arg in typing.get_args(annotation))


def _stranger(file: SourceFile, steps: Sequence[str | int], known: tuple[str, ...], hinter: Hinter) -> Problem:
    where, message = file.locate(steps, key=True), f"'{steps[-1]}' is not known here"
    hint = hinter.nearest(str(steps[-1]), known, "known fields:")
    return Problem(Severity.ERROR, "data.unknown", message, where, hint)


def _problem(detail: Detail, file: SourceFile, model: type[BaseModel], hinter: Hinter) -> Problem:
    kind, steps = detail["type"], detail["loc"]
    if kind == "extra_forbidden":
        return _stranger(file, steps, fields_at(model, steps[:-1]), hinter)
    if kind == "string_pattern_mismatch":
        name = next((str(s) for s in reversed(steps) if not isinstance(s, int)), "")
        message = _PATTERNS.get(name, _PATTERNS["id"])
        return Problem(Severity.ERROR, "data.form", message, file.locate(steps), _meant_form(name, detail.get("input")))
    message = _MESSAGES[kind](detail) if kind in _MESSAGES else detail["msg"]
    hint = detail.get("ctx", {}).get("hint") or (_HINTS[kind](detail) if kind in _HINTS else None)
    if hint is None and kind in _FORMS:
        hint = _FORMS[kind](detail.get("input"), held(model, tuple(step for step in steps if isinstance(step, str))))
    hint = hint or (_meant_word(detail, hinter) if kind == "literal_error" else None) or _GENERAL.get(kind)
    code = kind if "." in kind else f"data.{kind}"
    return Problem(Severity.ERROR, code, message, file.locate(steps, key=kind in _OF_KEYS), hint)


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
    told = in_flow(value) if isinstance(value, str) and len(needed) == 1 else "…"
    return f"write  {{{', '.join(f'{name}: {told}' for name in needed)}}}"


_FORMS: dict[str, Callable[[Any, Any], str]] = {
    **dict.fromkeys(("list_type", "tuple_type"), _as_list),
    **dict.fromkeys(("model_type", "model_attributes_type"), _as_record),
}
_OF_KEYS = frozenset({"text.language", "text.length"})
"""Mistakes that are a key's, not its value's."""


def _meant_form(name: str, value: Any) -> str | None:
    """Return a hint for a value whose form is wrong, by its field."""
    if name in ("country", "countries", "represents", "nationality"):
        code = country_named(str(value))
        return f"write {code}" if code else _GENERAL["data.country"]
    if name in _PATTERNS and name != "id":
        return suggest.address(str(value), mail=name == "email") if name in _ADDRESSES else "write it as in the example"
    return _suggest_id(value)


_ADDRESSES = frozenset({"email", "website", "url"})


def _suggest_id(value: Any) -> str | None:
    made = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in str(value).lower()).split())
    return (
        f"write {made}" if made and made != value else "write small Latin letters, digits and hyphens: harbour-lights"
    )


MOST_MISTAKES = 100_000
"""So many mistakes of one file are told one by one."""
_FIRST = 1000


def fields_at(model: type[BaseModel], steps: Sequence[str | int]) -> tuple[str, ...]:
    """Return the names of the fields that the record at `steps` may have."""
    return _fields(record_type(held(model, tuple(step for step in steps if isinstance(step, str)))))


@functools.cache
def _fields(kept: type[BaseModel] | None) -> tuple[str, ...]:
    return tuple(kept.model_fields) if kept else ()
