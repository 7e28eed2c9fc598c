"""Numbers as people type them: what may be a thousand or a thousandth is asked about, and never decided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from report.source import suggest

_THREE = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")


def ambiguous(value: str, offered: Sequence[suggest.Offer], why: str = "") -> PydanticCustomError:
    """Return the error of a number that may be several, those that are `offered`: in half of Europe the point divides thousands.

    The hint ends with `why` some of them are rounded.
    """
    asked = " or ".join(_bare(one.read) for one in offered)
    said = {"value": value, "asked": asked, "hint": f"write {', or '.join(one.written for one in offered)}{why}"}
    return PydanticCustomError("number.thousands", "is {value} {asked}?", said)


def _bare(number: str) -> str:
    """Return a number without zeros at the end of its decimals."""
    return number.rstrip("0").removesuffix(".") if "." in number else number


def is_ambiguous(value: str) -> bool:
    """Say whether a text may be read as a number of thousands or as one with three decimals: 12.400."""
    return bool(_THREE.fullmatch(value))


def _asked(value: Any) -> Any:
    if isinstance(value, str) and is_ambiguous(value.strip()):
        raise ambiguous(value.strip(), suggest.offers(value))
    return value


def _asked_of_whole(value: Any) -> Any:
    if isinstance(value, str) and is_ambiguous(value.strip()) and len(found := suggest.offers(value, whole=True)) > 1:
        raise ambiguous(value.strip(), found)
    return value


NO_THOUSANDS = BeforeValidator(_asked)
"""A number of which three digits after the point are asked about."""
WHOLE = BeforeValidator(_asked_of_whole)
"""A whole number of which three zeros after a point are asked about: 12.000 may be twelve."""
