"""The statement: lines against totals, funds against the year before, donations against income, the currency."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from report.model.changes import incomparable
from report.model.checks.fault import fault
from report.model.checks.results import outside
from report.model.dossier import Dossier, YearFacts
from report.model.finance import Finance
from report.model.money import can_convert, convert
from report.values import Problem, Severity

EURO_IN_BULGARIA = datetime.date(2026, 1, 1)
"""From this day the euro is Bulgaria's currency; a statement is in the one official at its period's end (Euro Act,
art. 48, para 8)."""
_CENT = Decimal("0.01")


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with the money of each year."""
    for year in dossier.years.values():
        yield from _currency(dossier, year)
        if year.finance:
            yield from _totals(dossier, year.number, year.finance)
            yield from _funds(dossier, year.number, year.finance)
            yield from _lines(dossier, year.number, year.finance)
            yield from _carried(dossier, year, year.finance)
            yield from _activities(dossier, year, year.finance)
        yield from _donations(dossier, year)


def _currency(dossier: Dossier, year: YearFacts) -> Iterator[Problem]:
    if dossier.organisation.country != "BG":
        return
    official = "EUR" if year.ends >= EURO_IN_BULGARIA else "BGN"
    if year.year.currency and year.year.currency != official:
        message = f"a year that ends on {year.ends} is stated in {official} in Bulgaria (Euro Act, art. 48, para 8)"
        yield fault(
            dossier, f"{year.number}/year.yaml", "money.currency", message, "currency", hint=f"write {official}"
        )


def _totals(dossier: Dossier, number: int, finance: Finance) -> Iterator[Problem]:
    if finance.totals is None:
        return
    file = f"{number}/finance.yaml"
    sums = {
        "income": sum((line.amount for line in finance.income), Decimal()),
        "expenditure": sum((line.amount for line in finance.expenditure), Decimal()),
    }
    for name, total in sums.items():
        said = getattr(finance.totals, name)
        if total != said:
            message = f"the lines come to {total}, the total says {said}; the difference is {abs(total - said)}"
            hint = "correct the total, or the line that is wrong or missing"
            yield fault(dossier, file, "money.total", message, "totals", name, hint=hint)
    result = finance.totals.income - finance.totals.expenditure
    if finance.totals.result != result:
        message = f"income less expenditure is {result}, not {finance.totals.result}"
        hint = f"write {result}, or correct income or expenditure"
        yield fault(dossier, file, "money.result", message, "totals", "result", hint=hint)


def _funds(dossier: Dossier, number: int, finance: Finance) -> Iterator[Problem]:
    for name, restricted in (("restricted", True), ("unrestricted", False)):
        funds = getattr(finance, name)
        if funds is None:
            continue
        came = sum((line.amount for line in finance.income if line.restricted is restricted), Decimal())
        went = sum((line.amount for line in finance.expenditure if line.restricted is restricted), Decimal())
        if funds.opening + came - went != funds.closing:
            message = (
                f"{funds.opening} at the beginning, {came} in and {went} out make {funds.opening + came - went}, "
                f"not {funds.closing}"
            )
            hint = f"correct opening or closing; or add  restricted: {str(restricted).lower()}  to the lines that belong here"
            yield fault(dossier, f"{number}/finance.yaml", "money.funds", message, name, "closing", hint=hint)


def _lines(dossier: Dossier, number: int, finance: Finance) -> Iterator[Problem]:
    file = f"{number}/finance.yaml"
    for side in ("income", "expenditure"):
        for index, line in enumerate(getattr(finance, side)):
            if line.amount < 0:
                hint = "enter a repayment on the other side"
                yield fault(dossier, file, "money.negative", "the amount is negative", side, index, "amount", hint=hint)
    for index, line in enumerate(finance.income):
        if line.restricted and not line.programme:
            message, where = "restricted income does not say for which programme", dossier.locate(file, "income", index)
            yield Problem(Severity.WARNING, "money.purpose", message, where, "add  programme: id")
    for programme in dict.fromkeys(line.programme for line in finance.expenditure if line.programme):
        yield from _bound(dossier, file, finance, programme)


def _bound(dossier: Dossier, file: str, finance: Finance, programme: str) -> Iterator[Problem]:
    """More restricted money cannot go out on a programme than came in for it, but for what was there before."""
    came = sum((i.amount for i in finance.income if i.restricted and i.programme == programme), Decimal())
    lines = [(n, e) for n, e in enumerate(finance.expenditure) if e.restricted and e.programme == programme]
    went = sum((line.amount for _, line in lines), Decimal())
    known = finance.restricted is not None
    opening = finance.restricted.opening if finance.restricted else Decimal()
    if lines and went > came + opening:
        there = f"and {opening} was there" if known else "and the statement does not say what was there before"
        message = f"{went} of restricted money was spent on {programme}; {came} came in for it {there}"
        hint = "correct the amount, or leave  restricted: true  out of what was paid from free money"
        hint = hint if known else "add  restricted: {opening: …, closing: …}  to the file"
        weight = Severity.ERROR if known else Severity.WARNING
        steps = ("expenditure", lines[0][0], "amount")
        yield fault(dossier, file, "money.programme", message, *steps, hint=hint, severity=weight)


def _carried(dossier: Dossier, year: YearFacts, finance: Finance) -> Iterator[Problem]:
    """What there is at the beginning is what there was at the end of the year before, converted if need be."""
    before = dossier.years.get(year.number - 1)
    if before is None or before.finance is None:
        return
    if why := incomparable(before, year):
        message = f"{why}: the amounts of {before.number} are not printed beside those of {year.number}"
        yield fault(
            dossier, f"{year.number}/year.yaml", "money.incomparable", message, "currency",
            hint="no action is needed; or state both years in one currency", severity=Severity.NOTE,
        )  # fmt: skip
    for name in ("restricted", "unrestricted"):
        funds, earlier = getattr(finance, name), getattr(before.finance, name)
        if funds is None or earlier is None:
            continue
        if not can_convert(before.year.currency, year.year.currency):
            continue
        closing = convert(before.money(earlier.closing), year.currency).amount
        converted = "" if before.year.currency == year.year.currency else f" ({earlier.closing} BGN at 1.95583)"
        if abs(closing - funds.opening) > (_CENT if converted else 0):  # each line may have been rounded before
            message = f"{before.number} closed with {closing}{converted}, {year.number} opens with {funds.opening}"
            hint = f"correct the opening, or the closing in {before.number}/finance.yaml"
            yield fault(dossier, f"{year.number}/finance.yaml", "money.carried", message, name, "opening", hint=hint)


def _activities(dossier: Dossier, year: YearFacts, finance: Finance) -> Iterator[Problem]:
    """The activities of a programme cannot cost more than was spent on it."""
    file = f"{year.number}/activities.yaml"
    for index, activity in enumerate(year.activities):
        steps = ("activities", index, "cost")
        if activity.cost is not None and activity.cost < 0:
            yield fault(dossier, file, "money.negative", "the cost is negative", *steps, hint="write what it cost")
    for programme in dict.fromkeys(a.programme for a in year.activities if a.cost):
        costs = [(n, a.cost) for n, a in enumerate(year.activities) if a.programme == programme and a.cost]
        cost = sum((amount for _, amount in costs), Decimal())
        spent = sum((line.amount for line in finance.expenditure if line.programme == programme), Decimal())
        if cost > spent:
            message = f"the activities of {programme} cost {cost}, the expenditure on it is {spent}"
            hint = "correct a cost, or add the expenditure on the programme to finance.yaml"
            yield fault(dossier, file, "money.activities", message, "activities", costs[-1][0], "cost", hint=hint)


def _donations(dossier: Dossier, year: YearFacts) -> Iterator[Problem]:
    file = f"{year.number}/donations.yaml"
    for side in ("received", "given"):
        for index, donation in enumerate(getattr(year, side)):
            if donation.value <= 0:
                yield fault(
                    dossier,
                    file,
                    "donation.value",
                    "the value is not above zero",
                    side,
                    index,
                    "value",
                    hint="write what it was worth, or remove the donation",
                )
            if donation.date and outside(donation.date, year):
                message = f"the date is outside the year, {year.begins} to {year.ends}"
                yield fault(
                    dossier,
                    file,
                    "donation.outside",
                    message,
                    side,
                    index,
                    "date",
                    hint="correct the date, or move it to the folder of its year",
                )
    for index, donation in enumerate(year.received):
        if donation.kind != "money" and not donation.description:
            message = f"{donation.kind} were given, but not which"
            yield fault(dossier, file, "donation.what", message, "received", index, hint="add  description: …")
        if donation.kind != "money" and donation.income:
            message = f"{donation.kind} are not part of a line of money"
            yield fault(
                dossier, file, "donation.income", message, "received", index, "income", hint="leave  income:  out"
            )
        if donation.kind == "money" and year.finance and not donation.income:
            message = "the donation does not say which line of income it is part of"
            hint = "add  income: id  of a line of finance.yaml"
            yield fault(dossier, file, "donation.income", message, "received", index, hint=hint)
    for line_at, line in enumerate(year.finance.income if year.finance else ()):
        total = sum((d.value for d in year.received if d.income == line.id and d.kind == "money"), Decimal())
        if total > line.amount:
            message = f"the donations of this line come to {total}, the line says {line.amount}"
            steps = ("income", line_at, "amount")
            hint = "correct the line, or the donations in donations.yaml that name it"
            yield fault(dossier, f"{year.number}/finance.yaml", "donation.sum", message, *steps, hint=hint)
