"""Numbers in a notation that no model accepts: what they may mean, and which of that their field accepts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from report.model import money
from report.model.loading.field_types import field, keys
from report.model.numbers import ambiguous, is_ambiguous
from report.source import SourceFile, suggest
from report.values import Problem, Severity

_MESSAGES = {
    "int_parsing": "a whole number is needed here",
    "int_from_float": "a whole number is needed here",
    "decimal_parsing": "a number is needed here, such as 560 or 12.5",
    "decimal_max_places": "the number has at most {} decimal places",
    "number.thousands": "",
}
_FEWER = (4, 2)
"""Decimals that are tried where a field does not take more."""
_LIMITS = {
    "decimal_max_digits": "the number is too long",
    "decimal_whole_digits": "the number is too long",
    "int_parsing_size": "the number is too long",
    "greater_than": "it must be more than {gt}",
    "greater_than_equal": "it must be at least {ge}",
    "less_than": "it must be less than {lt}",
    "less_than_equal": "it must be at most {le}",
}
"""What keeps a number out of its field, by the error."""
KINDS = frozenset(_MESSAGES)
"""The errors of numbers that may be read otherwise."""


def problem(detail: dict[str, Any], file: SourceFile, model: type[BaseModel], currency: Any) -> Problem:
    """Return what is wrong with a number, with what may be written for it.

    Only what its field accepts is offered: within its limits, and with no more decimals than the currency of an amount has. What is
    rounded for that says why.
    """
    kind, steps, value = detail["type"], detail["loc"], str(detail.get("input"))
    target = field(model, keys(steps))
    whole, most = kind.startswith("int_"), detail.get("ctx", {}).get("decimal_places")
    whose, tried = "it", [most, *_FEWER]
    if isinstance(target, FieldInfo) and money.is_money(target):
        whose = _currency(file.data, steps, currency)
        most = money.most_decimals(whose)
        tried = [most]
    offered, places = _offered(target, value, whole, tried)
    where, why = file.locate(steps), suggest.why(offered, whose, 0 if whole else places)
    if len(offered) > 1:
        error = ambiguous(value.strip(), offered)
        hint = _choice([one.written for one in offered], in_sheet=bool(where.cell)) + why
        return Problem(Severity.ERROR, error.type, error.message(), where, hint)
    message = _MESSAGES[kind].format(most) or f"{value.strip()} may be read as thousands"
    why = "" if kind == "decimal_max_places" else why  # the message says it
    hint = f"write {offered[0].written}{why}" if offered else _general(target, value, whole, tried[-1], whose)
    return Problem(Severity.ERROR, kind if "." in kind else f"data.{kind}", message, where, hint)


def _general(target: Any, value: str, whole: bool, places: int | None, whose: str) -> str:
    """Return a hint without a number, since the field accepts none that may be meant: how it is written, and within what limits."""
    alone = whole or not places
    errors = [_error(target, one.written) for one in suggest.offers(value, whole=whole, places=places)]
    limits = [_LIMITS[e["type"]].format(**e.get("ctx", {})) for e in errors if e and e["type"] in _LIMITS]
    decimals = [f"{whose} has no decimal places"] if alone and not whole else []
    return "; ".join([_GENERAL[alone], *decimals, *limits[:1]])


_GENERAL = ("write digits, with a point before decimal places", "write digits alone")


def _choice(numbers: Sequence[str], *, in_sheet: bool) -> str:
    """Return a hint with numbers to choose from; a sheet keeps a zero at the end only where the cell is one of text."""
    as_text = [in_sheet and "." in one and is_ambiguous(one.rstrip("0")) for one in numbers]
    pairs = zip(numbers, as_text, strict=True)
    choices = [f"format the cell as text and write {one}" if text else one for one, text in pairs]
    return f"{'' if as_text[0] else 'write '}{', or '.join(choices)}"


def _offered(
    target: Any, value: str, whole: bool, tried: Sequence[int | None]
) -> tuple[tuple[suggest.Offer, ...], int | None]:
    """Return what a number may be written as, with the first of the decimals `tried` that its field accepts, and these."""
    offered, few = list[suggest.Offer](), tried[0]
    for same in zip(*(suggest.offers(value, whole=whole, places=places) for places in tried), strict=True):
        for one, places in zip(same, tried, strict=True):
            if not _error(target, one.written):
                offered.append(one)
                few = places if one.is_rounded else few
                break
    return tuple(offered), few


def _error(target: Any, number: str) -> dict[str, Any] | None:
    """Return the first error of a field with a number; None where it accepts it."""
    if not isinstance(target, FieldInfo):
        return None
    try:
        TypeAdapter(Annotated[target.annotation, target]).validate_python(number)
    except ValidationError as error:
        return dict(error.errors()[0])
    return None


def _currency(data: Any, steps: Sequence[str | int], default: Any) -> str:
    """Return the currency that the nearest record around a place says, or else the default one, or the euro."""
    currency, here = default, data
    for step in steps:
        if isinstance(here, dict):
            currency = here.get("currency", currency)
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int):
            here = here[step]
        else:
            break
    return currency if isinstance(currency, str) and currency in money.currencies() else "EUR"
