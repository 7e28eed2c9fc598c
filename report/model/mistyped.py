"""Numbers that are typed as no model takes them: what they may mean, of that what their fact may be."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from report.model import money
from report.model.fields import field
from report.model.numbers import ambiguous, is_ambiguous
from report.source import SourceFile, meant
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
KINDS = frozenset(_MESSAGES)
"""The errors of numbers that may be read otherwise."""


def problem(detail: dict[str, Any], file: SourceFile, model: type[BaseModel], currency: Any) -> Problem:
    """Return what is wrong with a number, with what may be written for it.

    Only what its field takes is offered: within its limits, and with no more decimals than the currency of an amount has.
    """
    kind, steps, value = detail["type"], detail["loc"], str(detail.get("input"))
    of = field(model, tuple(step for step in steps if isinstance(step, str)))
    whole, most = kind.startswith("int_"), detail.get("ctx", {}).get("decimal_places")
    if isinstance(of, FieldInfo) and money.is_money(of):
        most = money.most_decimals(_currency(file.data, steps, currency))
    offered = _offered(of, value, whole=whole, most=most)
    where = file.locate(steps)
    if len(offered) > 1:
        error = ambiguous(value.strip(), offered)
        return Problem(Severity.ERROR, error.type, error.message(), where, _typed(offered, in_sheet=bool(where.cell)))
    lost = whole and offered and all(Decimal(one) != Decimal(offered[0]) for one in meant.readings(value))
    hint = f"write {offered[0]}{'; it has no decimal places' if lost else ''}" if offered else _GENERAL[whole]
    message = _MESSAGES[kind].format(most) or f"{value.strip()} may be read as thousands"
    return Problem(Severity.ERROR, kind if "." in kind else f"data.{kind}", message, where, hint)


_GENERAL = ("write digits, with a point before decimal places", "write digits alone")


def _typed(offered: Sequence[str], *, in_sheet: bool) -> str:
    """Return a hint with numbers to choose from; a sheet keeps a zero at the end only where the cell is one of text."""
    lost = [in_sheet and "." in one and is_ambiguous(one.rstrip("0")) for one in offered]
    told = [
        f"format the cell as text and write {one}" if gone else one for one, gone in zip(offered, lost, strict=True)
    ]
    return f"{'' if lost[0] else 'write '}{', or '.join(told)}"


def _offered(of: Any, value: str, *, whole: bool, most: int | None) -> tuple[str, ...]:
    """Return what a number may be written as: what its field takes, with as many decimals as it takes."""
    found: dict[str, None] = {}
    tried = [meant.offers(value, whole=whole, places=places) for places in (most, *_FEWER)]
    for same in zip(*tried, strict=True):
        found |= dict.fromkeys(next(([one] for one in same if _takes(of, one)), ()))
    return tuple(found) or tuple(dict.fromkeys(tried[0]))


def _takes(of: Any, number: str) -> bool:
    """Say whether a field takes a number."""
    if not isinstance(of, FieldInfo):
        return True
    try:
        TypeAdapter(Annotated[of.annotation, of]).validate_python(number)
    except ValidationError:
        return False
    return True


def _currency(data: Any, steps: Sequence[str | int], otherwise: Any) -> str:
    """Return the currency that a record around a place says, the nearest; or else what is given, or the euro."""
    found, here = otherwise, data
    for step in steps:
        if isinstance(here, dict):
            found = here.get("currency", found)
        if not (isinstance(here, dict) and step in here or isinstance(here, list) and isinstance(step, int)):
            break
        here = here[step]
    return found if isinstance(found, str) and found in money.currencies() else "EUR"
