"""Every amount: it has a currency, no more decimals than that has, and says whether its point divides thousands."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from pydantic import BaseModel

from report.model import money
from report.model.checks.place import Place
from report.model.dossier import Dossier
from report.model.finance import Finance
from report.model.numbers import ambiguous, is_ambiguous
from report.model.walk import Part, Steps, parts
from report.source import suggest
from report.source.caching import cached_by_identity
from report.values import Problem

_THREE = 3
"""Decimals of the dinars of Kuwait, Bahrain and others: there three digits after the point are usual."""


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with single amounts."""
    without: set[tuple[str, Steps]] = set()
    for file, steps, record, in_record in itertools.chain.from_iterable(map(_amounts, parts(dossier))):
        year = file.rpartition("/")[0]
        named = Place(dossier, f"{year}/year.yaml") if year else Place(dossier, file, steps)
        currency = dossier.years[int(year)].currency if year else getattr(record, "currency", None)
        if currency:
            for inner, amount in in_record:
                yield from _amount(Place(dossier, file, inner), amount, currency)
        elif (in_record or isinstance(record, Finance)) and (named.file, named.steps) not in without:
            without.add((named.file, named.steps))  # a statement of nothing is in a currency, too
            message = f"the currency is missing: {file} has amounts"
            yield named.error("money.currency", message, "add  currency: EUR  or another")


@cached_by_identity
def _amounts(part: Part) -> tuple[tuple[str, Steps, BaseModel, tuple[tuple[Steps, Decimal], ...]], ...]:
    """Return the records of a part that may have amounts, each with those that it has: rows of a table share most of them."""
    return tuple(
        (file, steps, record, tuple(money.amounts(record, steps)))
        for file, steps, record in part.records
        if "/" in file or file in ("projects.yaml", "actions.yaml")
    )


def _amount(place: Place, amount: Decimal, currency: str) -> Iterator[Problem]:
    most, text = money.most_decimals(currency), f"{amount:f}"
    if most != _THREE and is_ambiguous(text):
        offered = suggest.offers(text, places=most)
        error = ambiguous(text, offered, suggest.why(offered, currency, most))
        yield place.error(error.type, error.message(), (error.context or {}).get("hint"))
        return
    rounded = amount.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    if rounded != amount:
        places = f"at most {most} decimal places" if most else "no decimal places"
        hint = f"write {rounded}" if rounded else "correct the number"
        yield place.error("money.decimals", f"an amount in {currency} has {places}", hint)
