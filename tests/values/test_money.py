"""Money: arithmetic in one currency alone."""

from decimal import Decimal

import pytest

from report.language.writer import Writer
from report.values import Money


def euro(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def test_amounts_in_one_currency_are_added_and_compared() -> None:
    assert euro("1.10") + euro("2.20") - euro("0.30") == euro("3.00")
    assert euro("1") < euro("2") <= euro("2")
    assert not euro("0") and abs(euro("-3")) == euro("3")
    assert Money.total((), "BGN") == Money(Decimal(), "BGN")


def test_two_currencies_are_not_mixed() -> None:
    with pytest.raises(ValueError, match="EUR and BGN"):
        _ = euro("1") + Money(Decimal(1), "BGN")
    with pytest.raises(ValueError, match="EUR and BGN"):
        _ = euro("1") < Money(Decimal(1), "BGN")


def test_a_template_prints_money_in_its_own_currency() -> None:
    assert Writer("en").money(euro("1234.5")) == Writer("en").money(Decimal("1234.5"), "EUR") == "€1,234.50"
