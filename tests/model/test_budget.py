"""Budgets add up to the cent, whatever their lines."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

from report.model.budget import Budget, Sums, reckon

CENT = Decimal("0.01")


def _text(word: str) -> dict[str, str]:
    return {"en": word}


def random_budget(seed: int, lines: int = 60) -> Budget:
    """Return a budget of random lines, many of which come to half a cent."""
    chance = random.Random(seed)
    made = []
    for number in range(lines):
        units = Decimal(chance.choice([chance.randrange(1, 400_000), 5 * chance.randrange(1, 999)])) / 1000
        value = Decimal(chance.randrange(1, 2_000_000)) / 100
        first = (units * chance.choice([0, 1, Decimal("0.5")])).quantize(Decimal("0.0001"))
        code = f"{chance.randrange(1, 7)}.{number // 50 + 1}.{number % 50 + 1}"
        made.append({"code": code, "text": _text(code), "unit": _text("item"), "units": units, "unit_value": value,
                     "units_year_1": first})  # fmt: skip
    rate = Decimal(chance.randrange(0, 701)) / 100
    return Budget.model_validate(
        {"lines": made, "indirect_rate": rate, "contingency": {"all": Decimal("10.01"), "year_1": Decimal("0.07")}}
    )


def test_subtotals_add_up_to_the_cent() -> None:
    for seed in range(200):
        budget = random_budget(seed)
        money = reckon(budget)
        lines = [line for heading in money.headings for line in heading.lines]
        assert sorted(x.line.code for x in lines) == sorted(x.code for x in budget.lines)
        for one in lines:
            assert one.total.all == (one.line.units * one.line.unit_value).quantize(CENT, ROUND_HALF_UP)
        for part in ("all", "year_1"):
            each = [getattr(line.total, part) for line in lines]
            assert getattr(money.direct, part) == sum(each) == sum(getattr(h.total, part) for h in money.headings)
            parts = (money.direct, money.indirect, money.contingency, money.taxes)
            assert getattr(money.accepted, part) == sum(getattr(sums, part) for sums in parts)
            assert getattr(money.indirect, part) == (budget.indirect_rate * getattr(money.direct, part) / 100).quantize(
                CENT, ROUND_HALF_UP
            )


def test_half_a_cent_is_a_cent() -> None:
    budget = Budget.model_validate(
        {"lines": [{"code": "1.1", "text": _text("x"), "unit": _text("x"), "units": "0.5", "unit_value": "0.05"}]}
    )
    assert reckon(budget).direct == Sums(Decimal("0.03"))


def test_lines_stand_in_the_order_of_their_numbers() -> None:
    codes = ["1.10", "1.9", "1.1.2", "1.1.10"]
    line = {"text": _text("x"), "unit": _text("x"), "units": 1, "unit_value": 1}
    budget = Budget.model_validate({"lines": [{"code": code, **line} for code in codes]})
    assert [x.line.code for x in reckon(budget).headings[0].lines] == ["1.1.2", "1.1.10", "1.9", "1.10"]
