"""The budget of an action, as PRAG Annex B lays it out, and what its lines come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from report.model.base import Id, Model
from report.model.codes import Numbered
from report.model.money import Amount
from report.model.numbers import NO_THOUSANDS
from report.model.text import Text

HEADINGS = (1, 2, 3, 4, 5, 6)
"""Human resources; travel; equipment and supplies; local office; other costs and services; other."""
MAX_INDIRECT, MAX_CONTINGENCY = Decimal(7), Decimal(5)
"""Most per cent of the direct eligible costs (PRAG Annex B, headings 8 and 10)."""

LineCode = Annotated[str, Numbered(r"[1-6](\.[1-9]\d?){1,3}", "1.1.1")]
Units = Annotated[
    Decimal, Field(ge=0, le=10**7, max_digits=11, decimal_places=4), WithJsonSchema({"type": "number"}), NO_THOUSANDS
]
Cost = Annotated[Amount, Field(ge=0)]
Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2), WithJsonSchema({"type": "number"})]


class Group(Model):
    """A name for some lines of a heading, such as `1.1 Salaries`."""

    code: LineCode
    """The beginning of their codes."""
    text: Text
    """Its name."""


class BudgetLine(Model):
    """One cost: so many units at such a price."""

    code: LineCode
    """Its number, `1.1.1`; the first figure is the heading: 1 human resources, 2 travel, 3 equipment and supplies, 4 local office, 5 other costs and services, 6 other."""
    text: Text
    """What it is."""
    unit: Text
    """In what it is counted: month, item, flight."""
    units: Units
    """How many for all years."""
    unit_value: Cost
    """What one costs."""
    units_year_1: Units = Decimal()
    """How many in the first year."""
    unit_value_year_1: Cost | None = None
    """What one costs in the first year, if not the same."""


class Provision(Model):
    """An amount for all years, and what of it is for the first."""

    all: Cost
    """For all years."""
    year_1: Cost = Decimal()
    """For the first year."""


class Funding(Model):
    """A source of funding."""

    kind: Literal["requested", "applicant", "other", "revenue"]
    """What it is: the contribution that is applied for, the applicant's own, that of another donor, revenue from the action."""
    by: Id | None = None
    """The id of the network or institution that gives it."""
    name: Text | None = None
    """Who gives it, where that is in no other file."""
    amount: Cost
    """How much."""


class Budget(Model):
    """The budget, in the currency of the action."""

    lines: tuple[BudgetLine, ...] = Field(min_length=1)
    """The costs."""
    groups: tuple[Group, ...] = ()
    """Names for groups of lines inside a heading."""
    indirect_rate: Percent = Decimal()
    """Indirect costs, in per cent of the direct eligible costs: at most 7."""
    contingency: Provision | None = None
    """The reserve for contingencies: at most 5 per cent of the direct eligible costs."""
    taxes: Provision | None = None
    """Taxes that are accepted and not eligible."""
    funding: tuple[Funding, ...] = ()
    """Who pays, which comes to the total accepted costs."""


@dataclass(frozen=True, slots=True)
class Sums:
    """An amount for all years and for the first."""

    all: Decimal = Decimal()
    year_1: Decimal = Decimal()

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.all + other.all, self.year_1 + other.year_1)


@dataclass(frozen=True, slots=True)
class LineSum:
    """A line with what it comes to; `group` is the name that begins at it."""

    line: BudgetLine
    unit_value_year_1: Decimal
    total: Sums
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """One of the headings 1 to 6 with its lines and its subtotal."""

    number: int
    lines: tuple[LineSum, ...]
    total: Sums


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a budget comes to: sums are sums of lines that were rounded. The numbers are PRAG's."""

    headings: tuple[Heading, ...]
    direct: Sums
    """7: subtotal direct eligible costs."""
    indirect: Sums
    """8: indirect costs."""
    eligible_without_reserve: Sums
    """9: total eligible costs, excluding reserve."""
    contingency: Sums
    """10: the reserve."""
    eligible: Sums
    """11: total eligible costs."""
    taxes: Sums
    """12: taxes."""
    accepted: Sums
    """13: total accepted costs."""
    funding: Decimal
    """All sources of funding."""
    decimals: int = 2
    """To how many decimals each line is rounded: those of the currency."""

    @property
    def first_year(self) -> bool:
        """Return whether anything is told of the first year alone."""
        return bool(self.accepted.year_1)


def rounded(amount: Decimal, decimals: int = 2) -> Decimal:
    """Round to the smallest unit of the currency, halves away from nothing."""
    return amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def reckon(budget: Budget, decimals: int = 2) -> Reckoning:
    """Add a budget up, each line rounded to the smallest unit of the currency, which has so many decimals."""
    headings = tuple(_heading(budget, number, decimals) for number in HEADINGS)
    direct = _sum(heading.total for heading in headings)
    rate = budget.indirect_rate / 100
    indirect = Sums(rounded(rate * direct.all, decimals), rounded(rate * direct.year_1, decimals))
    contingency, taxes = _provided(budget.contingency), _provided(budget.taxes)
    without = direct + indirect
    eligible = without + contingency
    funding = sum((source.amount for source in budget.funding), Decimal())
    accepted = eligible + taxes
    return Reckoning(headings, direct, indirect, without, contingency, eligible, taxes, accepted, funding, decimals)


def line_sums(line: BudgetLine, decimals: int = 2) -> Sums:
    """Return what a line comes to."""
    amounts = line.units * line.unit_value, line.units_year_1 * _first(line)
    return Sums(*(rounded(amount, decimals) for amount in amounts))


def order(code: str) -> tuple[int, ...]:
    """Return what codes are sorted by: 1.10 comes after 1.9."""
    return tuple(int(part) for part in code.split("."))


def _first(line: BudgetLine) -> Decimal:
    return line.unit_value if line.unit_value_year_1 is None else line.unit_value_year_1


def _heading(budget: Budget, number: int, decimals: int) -> Heading:
    lines = sorted((line for line in budget.lines if line.code.startswith(f"{number}.")), key=lambda x: order(x.code))
    named: set[str] = set()
    found = []
    for line in lines:
        group = next((g for g in budget.groups if line.code.startswith(f"{g.code}.") and g.code not in named), None)
        named |= {group.code} if group else set()
        found.append(LineSum(line, _first(line), line_sums(line, decimals), group))
    return Heading(number, tuple(found), _sum(one.total for one in found))


def _provided(provision: Provision | None) -> Sums:
    return Sums(provision.all, provision.year_1) if provision else Sums()


def _sum(sums: Iterable[Sums]) -> Sums:
    return sum(sums, Sums())
