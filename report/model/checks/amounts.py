"""Every amount: it has a currency, no more decimals than that has, and says whether its point divides thousands."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from pydantic import BaseModel

from report.model import money
from report.model.checks.fault import fault
from report.model.dossier import Dossier
from report.model.finance import Finance
from report.model.numbers import ambiguous, is_ambiguous
from report.model.walk import Part, Steps, parts
from report.source import suggest
from report.source.caching import cached_by_identity
from report.values import Problem, required

_THREE = 3
"""Decimals of the dinars of Kuwait, Bahrain and others: there three digits after the point are usual."""


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with single amounts."""
    without: set[str] = set()
    for file, steps, record, amounts in itertools.chain.from_iterable(map(_amounts, parts(dossier))):
        place = required(_place_of_currency(file, steps))
        currency, found = _currency(dossier, file, record), list(amounts)
        if currency is None and isinstance(record, Finance) and not found:
            found = [(steps, Decimal())]  # a statement of nothing is in a currency, too
        for inner, amount in found:
            if currency is None:
                key = f"{place[0]} {place[1]}"
                if key not in without:
                    without.add(key)
                    message = f"the currency is missing: {file} has amounts"
                    yield fault(dossier, place[0], "money.currency", message, *place[1], hint="add  currency: EUR  or another")  # fmt: skip
                continue
            yield from _amount(dossier, file, inner, amount, currency)


@cached_by_identity
def _amounts(part: Part) -> tuple[tuple[str, Steps, BaseModel, tuple[tuple[Steps, Decimal], ...]], ...]:
    """Return the records of a part that may have amounts, each with those that it has: rows of a table share most of them."""
    return tuple(
        (file, steps, record, tuple(money.amounts(record, steps)))
        for file, steps, record in part.records
        if _place_of_currency(file, steps)
    )


def _place_of_currency(file: str, steps: Steps) -> tuple[str, Steps] | None:
    """Return the file and steps to the record that says in which currency the amounts of another are; None where there are none."""
    year, _, name = file.rpartition("/")
    if year:
        return f"{year}/year.yaml", ()
    return (file, steps) if name in ("projects.yaml", "actions.yaml") else None


def _currency(dossier: Dossier, file: str, record: object) -> str | None:
    year = file.rpartition("/")[0]
    return dossier.years[int(year)].year.currency if year else getattr(record, "currency", None)


def _amount(dossier: Dossier, file: str, steps: Steps, amount: Decimal, currency: str) -> Iterator[Problem]:
    most, text = money.most_decimals(currency), f"{amount:f}"
    if most != _THREE and is_ambiguous(text):
        offered = suggest.offers(text, places=most)
        error = ambiguous(text, offered, suggest.why(offered, currency, most))
        hint = (error.context or {}).get("hint")
        yield fault(dossier, file, error.type, error.message(), *steps, hint=hint)
        return
    rounded = amount.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    if rounded != amount:
        has = f"at most {most} decimal places" if most else "no decimal places"
        message = f"an amount in {currency} has {has}"
        yield fault(
            dossier,
            file,
            "money.decimals",
            message,
            *steps,
            hint=f"write {rounded}" if rounded else "correct the number",
        )
