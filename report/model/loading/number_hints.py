"""Numbers that are typed as no model takes them: what they may mean, of that what their fact may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from report.model import money
from report.model.loading.field_types import field
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

    Only what its field takes is offered: within its limits, and with no more decimals than the currency of an amount has. What is
    rounded for that says why.
    """
    kind, steps, value = detail["type"], detail["loc"], str(detail.get("input"))
    of = field(model, tuple(step for step in steps if isinstance(step, str)))
    whole, most = kind.startswith("int_"), detail.get("ctx", {}).get("decimal_places")
    whose, tried = "it", [most, *_FEWER]
    if isinstance(of, FieldInfo) and money.is_money(of):
        whose = _currency(file.data, steps, currency)
        most = money.most_decimals(whose)
        tried = [most]
    offered, places = _offered(of, value, whole, tried)
    where, why = file.locate(steps), suggest.why(offered, whose, 0 if whole else places)
    if len(offered) > 1:
        error = ambiguous(value.strip(), offered)
        hint = _typed([one.written for one in offered], in_sheet=bool(where.cell)) + why
        return Problem(Severity.ERROR, error.type, error.message(), where, hint)
    message = _MESSAGES[kind].format(most) or f"{value.strip()} may be read as thousands"
    why = "" if kind == "decimal_max_places" else why  # the message says it
    hint = f"write {offered[0].written}{why}" if offered else _general(of, value, whole, tried[-1], whose)
    return Problem(Severity.ERROR, kind if "." in kind else f"data.{kind}", message, where, hint)


def _general(of: Any, value: str, whole: bool, places: int | None, whose: str) -> str:
    """Return a hint without a number, since the field takes none that may be meant: how it is written, and within what limits."""
    alone = whole or not places
    errors = [_error(of, one.written) for one in suggest.offers(value, whole=whole, places=places)]
    more = [
        _LIMITS[error["type"]].format(**error.get("ctx", {})) for error in errors if error and error["type"] in _LIMITS
    ]
    decimals = [f"{whose} has no decimal places"] if alone and not whole else []
    return "; ".join([_GENERAL[alone], *decimals, *more[:1]])


_GENERAL = ("write digits, with a point before decimal places", "write digits alone")


def _typed(offered: Sequence[str], *, in_sheet: bool) -> str:
    """Return a hint with numbers to choose from; a sheet keeps a zero at the end only where the cell is one of text."""
    lost = [in_sheet and "." in one and is_ambiguous(one.rstrip("0")) for one in offered]
    told = [
        f"format the cell as text and write {one}" if gone else one for one, gone in zip(offered, lost, strict=True)
    ]
    return f"{'' if lost[0] else 'write '}{', or '.join(told)}"


def _offered(
    of: Any, value: str, whole: bool, tried: Sequence[int | None]
) -> tuple[tuple[suggest.Offer, ...], int | None]:
    """Return what a number may be written as: what its field takes, with the first of the decimals `tried` that it takes, and these."""
    found, few = list[suggest.Offer](), tried[0]
    for same in zip(*(suggest.offers(value, whole=whole, places=places) for places in tried), strict=True):
        for one, places in zip(same, tried, strict=True):
            if not _error(of, one.written):
                found.append(one)
                few = places if one.is_rounded else few
                break
    return tuple(found), few


def _error(of: Any, number: str) -> dict[str, Any] | None:
    """Return the first error of a field with a number; None where it takes it."""
    if not isinstance(of, FieldInfo):
        return None
    try:
        TypeAdapter(Annotated[of.annotation, of]).validate_python(number)
    except ValidationError as error:
        return dict(error.errors()[0])
    return None


def _currency(data: Any, steps: Sequence[str | int], otherwise: Any) -> str:
    """Return the currency that a record around a place says, the nearest; or else what is given, or the euro."""
    found, here = otherwise, data
    for step in steps:
        if isinstance(here, dict):
            found = here.get("currency", found)
        if isinstance(here, dict) and step in here or isinstance(here, list) and isinstance(step, int):
            here = here[step]  # type: ignore[index]  # an integer, where it is a list
        else:
            break
    return found if isinstance(found, str) and found in money.currencies() else "EUR"
