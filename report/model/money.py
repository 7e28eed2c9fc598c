"""Amounts of money: decimal numbers with a currency, and the euro's fixed rate."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

Currency = Literal["EUR", "BGN", "GBP", "USD", "CHF", "RON", "PLN", "CZK", "HUF", "SEK", "DKK", "NOK"]
"""A currency by its code (ISO 4217)."""
Amount = Annotated[
    Decimal,
    Field(ge=-(10**13), le=10**13, max_digits=15, decimal_places=2),
    WithJsonSchema({"type": "number", "multipleOf": 0.01}),
]
"""An amount in the currency of its year, with at most two decimal places."""

BGN_PER_EUR = Decimal("1.95583")
"""The lev's fixed rate to the euro (Council Regulation (EC) 2866/98 as amended; Bulgaria's Euro Act)."""
_CENT = Decimal("0.01")


def to_euro(amount: Decimal, currency: str) -> Decimal:
    """Convert leva to euro, rounded to the cent, half up; raise `ValueError` for a currency without a fixed rate."""
    if currency == "EUR":
        return amount
    if currency != "BGN":
        raise ValueError(f"{currency} has no fixed rate to the euro")
    return (amount / BGN_PER_EUR).quantize(_CENT, ROUND_HALF_UP)
