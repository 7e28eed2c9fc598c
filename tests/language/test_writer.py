"""How numbers and amounts are written in each language."""

from __future__ import annotations

from decimal import Decimal

import pytest

from report.language.writer import Writer

_NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("language", "amount", "currency", "written"),
    [
        ("en", "4050", "GBP", "£4,050"),
        ("en", "-25", "GBP", "−£25"),
        ("en", "4050", "EUR", "€4,050"),
        ("en", "1424932.6", "PLN", "PLN~1,424,933"),
        ("en", "-50", "BGN", "−BGN~50"),
        ("bg", "4050", "EUR", "4~050~€"),
        ("bg", "-25", "EUR", "−25~€"),
        ("bg", "174050", "BGN", "174~050~лв."),
        ("de", "4050", "EUR", "4.050~€"),
    ],
)
def test_the_currency_stands_where_the_language_puts_it(
    language: str, amount: str, currency: str, written: str
) -> None:
    assert Writer(language).whole_money(Decimal(amount), currency) == written.replace("~", _NBSP)


def test_a_minus_is_a_minus_sign_and_not_a_hyphen() -> None:
    writer = Writer("en")
    value = Decimal("-1234.5")
    written = [writer.money(value), writer.whole(value), writer.number(value), writer.money(value, "GBP")]
    assert written == ["−1,234.50", "−1,235", "−1,234.5", "−£1,234.50"]
    assert Writer("bg").money(value) == f"−1{_NBSP}234,50"
