"""Numbers as people type them: what may be a thousand or a thousandth is asked about, and never decided."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

_THREE = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")


def ambiguous(value: str) -> PydanticCustomError:
    """Return the error of a number with three digits after its point: in half of Europe the point divides thousands."""
    whole, part = value.replace(".", ""), value.rstrip("0").removesuffix(".")
    said = {"value": value, "whole": whole, "part": part, "hint": f"write {whole}, or {_longer(part)}"}
    return PydanticCustomError("number.thousands", "is {value} {whole} or {part}?", said)


def is_ambiguous(value: str) -> bool:
    """Say whether a text may be read as a number of thousands or as one with three decimals: 12.400."""
    return bool(_THREE.fullmatch(value))


def _longer(part: str) -> str:
    """Return a number so that it does not have three decimals: a zero more says the same."""
    return f"{part}0" if len(part.partition(".")[2]) in (1, 3) else part


def _asked(value: Any) -> Any:
    if isinstance(value, str) and is_ambiguous(value.strip()):
        raise ambiguous(value.strip())
    return value


ASKED = BeforeValidator(_asked)
"""A number of which three digits after the point are asked about."""
