"""Amounts of money: decimal numbers with a currency, and what converts them: the euro's fixed rate, or a rate that is given."""

from __future__ import annotations

import functools
import typing
from collections.abc import Hashable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, cast

from babel import Locale
from babel.numbers import get_currency_precision, list_currencies
from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from report.model.base import Id, Model, nested
from report.model.codes import Choices
from report.model.dates import Day
from report.model.numbers import NO_THOUSANDS
from report.values import Money

_NO_MONEY = frozenset("XAG XAU XBA XBB XBC XBD XFO XFU XPD XPT XRE XSU XTS XUA XXX".split())
"""Codes of ISO 4217 for metals, bonds, tests and no currency at all."""
_WITHOUT_MINOR_UNIT = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())
"""Currencies that have no smaller unit (ISO 4217, list one): an amount in them has no decimals."""
_SAID = {
    **dict.fromkeys(("лв", "лв.", "лев", "лева", "lev", "leva"), "BGN"),
    **dict.fromkeys(("€", "евро"), "EUR"),
    **dict.fromkeys(("ден", "ден.", "денар", "денари"), "MKD"),
    **dict.fromkeys(("$", "долар", "долара", "dollar", "dollars"), "USD"),
    **dict.fromkeys(("£", "лира", "паунд", "pound", "pounds"), "GBP"),
    "¥": "JPY",
    "₴": "UAH",
    "₺": "TRY",
    "ksh": "KES",
}
"""Signs and words that people write for a currency."""


@functools.cache
def currencies() -> frozenset[str]:
    """Return the codes of all currencies, past ones included (ISO 4217, as CLDR has them)."""
    return frozenset(list_currencies()) - _NO_MONEY


@functools.cache
def decimals(currency: str) -> int:
    """Return with how many decimals amounts in a currency are usually printed (CLDR)."""
    return int(get_currency_precision(currency))


def most_decimals(currency: str) -> int:
    """Return how many decimals an amount in a currency may have.

    Some currencies are printed without decimals, though they have a smaller unit that accounts go by, such as the Serbian dinar.
    """
    return 0 if currency in _WITHOUT_MINOR_UNIT else max(2, decimals(currency))


def places(amount: Decimal, currency: str | None) -> int:
    """Return with how many decimals an amount is printed: those of its currency, or more where it has more."""
    usual = decimals(currency) if currency else 2
    exponent = amount.normalize().as_tuple().exponent if amount.is_finite() else 0
    return max(usual, min(-int(exponent), most_decimals(currency) if currency else 2))


def _known(value: str) -> str:
    code = value.strip()
    if code in currencies():
        return code
    meant = _meant(code)
    hint = f"write {meant}" if meant else "write the three capital letters of ISO 4217, such as EUR"
    raise PydanticCustomError("data.currency", "'{value}' is not a currency", {"value": value, "hint": hint})


def _meant(said: str) -> str | None:
    """Return the currency that a text likely means by its sign, its English name, or its code in small letters."""
    if said.upper() in currencies():
        return said.upper()
    if said.lower() in _SAID:
        return _SAID[said.lower()]
    names = {name.lower(): code for code, name in Locale("en").currencies.items() if code in currencies()}
    word = said.lower()
    return names.get(word) or names.get(word.removesuffix("s"))


Currency = Annotated[str, AfterValidator(_known), Choices(currencies)]
"""A currency by its code (ISO 4217)."""


class _Money:
    """Marks fields that hold an amount of money."""


Amount = Annotated[
    Decimal,
    Field(ge=-(10**13), le=10**13, max_digits=17, decimal_places=4),
    WithJsonSchema({"type": "number"}),
    _Money(),
]
"""An amount in the currency of its year, project or action, with as many decimals as that has: `most_decimals`."""


def amounts(record: BaseModel, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Decimal]]:
    """Yield every amount of money in a record, with the steps to it."""
    for inner, one in nested(record, steps):
        for name, field in type(one).model_fields.items():
            value = getattr(one, name)
            if isinstance(value, Decimal) and is_money(field):
                yield (*inner, name), value
            elif isinstance(value, tuple) and is_money(field):
                yield from (((*inner, name, n), item) for n, item in enumerate(value) if isinstance(item, Decimal))


def is_money(field: FieldInfo) -> bool:
    """Say whether a field holds an amount, alone or in a list."""
    return _is_money(cast(Hashable, field.annotation)) or any(isinstance(mark, _Money) for mark in field.metadata)


@functools.cache
def _is_money(annotation: Hashable) -> bool:
    """Say whether a field's type holds an amount, alone, as one of several or in a list."""
    if any(isinstance(mark, _Money) for mark in getattr(annotation, "__metadata__", ())):
        return True
    return any(_is_money(part) for part in typing.get_args(annotation) if part is not ...)


BGN_PER_EUR = Decimal("1.95583")
"""The lev's fixed rate to the euro (Council Regulation (EC) 2866/98 as amended; Bulgaria's Euro Act)."""
_CENT = Decimal("0.01")


class Rate(Model):
    """What one euro was worth in another currency, so that amounts can be compared."""

    one_euro: Annotated[Decimal, Field(gt=0, le=10**9, max_digits=18), WithJsonSchema({"type": "number"}), NO_THOUSANDS]
    """How many units of the currency one euro was worth, such as 151.25 shillings."""
    date: Day
    """The day of the rate."""
    source: Id
    """The id of the source that says so."""


def can_convert(currency: str | None, to: str | None) -> bool:
    """Say whether amounts in one currency can be stated in another without a rate: in the same one, and leva in euro."""
    return currency == to or (currency, to) == ("BGN", "EUR")


def convert(money: Money, to: str) -> Money:
    """State an amount in another currency, rounded to the cent, half up; raise `ValueError` without a fixed rate."""
    if money.currency == to:
        return money
    if not can_convert(money.currency, to):
        raise ValueError(f"{money.currency} has no fixed rate to {to}")
    return Money((money.amount / BGN_PER_EUR).quantize(_CENT, ROUND_HALF_UP), to)


def in_euro(money: Money, rate: Rate | None) -> Money | None:
    """State an amount in euro, rounded to the cent, half up: at the given rate or the fixed one; None without either."""
    if rate and money.currency != "EUR":
        return Money((money.amount / rate.one_euro).quantize(_CENT, ROUND_HALF_UP), "EUR")
    return convert(money, "EUR") if can_convert(money.currency, "EUR") else None
