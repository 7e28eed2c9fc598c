"""The statement: lines against totals, funds against the year before, donations against income, the currency."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal

from report.model.changes import incomparable
from report.model.checks.place import Place
from report.model.checks.results import is_outside
from report.model.dossier import Dossier, YearFacts
from report.model.finance import ExpenditureLine, Finance, IncomeLine
from report.model.money import can_convert, convert
from report.values import Problem

EURO_IN_BULGARIA = datetime.date(2026, 1, 1)
"""From this day the euro is Bulgaria's currency; a statement is in the one official at its period's end (Euro Act,
art. 48, para 8)."""
_CENT = Decimal("0.01")


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with the money of each year."""
    for year in dossier.years.values():
        yield from _currency(Place(dossier, f"{year.number}/year.yaml", ("currency",)), year)
        if year.finance:
            place = Place(dossier, f"{year.number}/finance.yaml")
            yield from _totals(place.at("totals"), year.finance)
            yield from _funds(place, year.finance)
            yield from _lines(place, year.finance)
            yield from _carried(place, year, year.finance)
            yield from _activities(Place(dossier, f"{year.number}/activities.yaml"), year, year.finance)
        yield from _donations(Place(dossier, f"{year.number}/donations.yaml"), year)
        yield from _donations_of_lines(Place(dossier, f"{year.number}/finance.yaml"), year)


def _total(lines: Iterable[IncomeLine | ExpenditureLine]) -> Decimal:
    return sum((line.amount for line in lines), Decimal())


def _currency(place: Place, year: YearFacts) -> Iterator[Problem]:
    official = "EUR" if year.ends >= EURO_IN_BULGARIA else "BGN"
    if place.dossier.organisation.country == "BG" and year.currency not in ("", official):
        message = f"a year that ends on {year.ends} is stated in {official} in Bulgaria (Euro Act, art. 48, para 8)"
        yield place.error("money.currency", message, f"write {official}")


def _totals(place: Place, finance: Finance) -> Iterator[Problem]:
    totals = finance.totals
    if totals is None:
        return
    for name, total, stated in (
        ("income", _total(finance.income), totals.income),
        ("expenditure", _total(finance.expenditure), totals.expenditure),
    ):
        if total != stated:
            message = f"the lines come to {total}, the total says {stated}; the difference is {abs(total - stated)}"
            yield place.at(name).error(
                "money.total", message, "correct the total, or the line that is wrong or missing"
            )
    result = totals.income - totals.expenditure
    if totals.result != result:
        message = f"income less expenditure is {result}, not {totals.result}"
        yield place.at("result").error("money.result", message, f"write {result}, or correct income or expenditure")


def _funds(place: Place, finance: Finance) -> Iterator[Problem]:
    for name, restricted in (("restricted", True), ("unrestricted", False)):
        funds = getattr(finance, name)
        came, went = (
            _total(line for line in lines if line.restricted is restricted)
            for lines in (finance.income, finance.expenditure)
        )
        if funds and (total := funds.opening + came - went) != funds.closing:
            message = f"{funds.opening} at the beginning, {came} in and {went} out make {total}, not {funds.closing}"
            hint = f"correct opening or closing; or add  restricted: {str(restricted).lower()}  to the lines that belong here"
            yield place.at(name, "closing").error("money.funds", message, hint)


def _lines(place: Place, finance: Finance) -> Iterator[Problem]:
    for side in ("income", "expenditure"):
        for where, line in place.each(side, getattr(finance, side)):
            if line.amount < 0:
                hint = "enter a repayment on the other side"
                yield where.at("amount").error("money.negative", "the amount is negative", hint)
    for where, income in place.each("income", finance.income):
        if income.restricted and not income.programme:
            message = "restricted income does not say for which programme"
            yield where.warning("money.purpose", message, "add  programme: id")
    for programme in dict.fromkeys(line.programme for line in finance.expenditure if line.programme):
        yield from _restricted(place, finance, programme)


def _restricted(place: Place, finance: Finance, programme: str) -> Iterator[Problem]:
    """More restricted money cannot go out on a programme than came in for it, but for what was there before."""
    came = _total(line for line in finance.income if line.restricted and line.programme == programme)
    spent = [
        (where, line)
        for where, line in place.each("expenditure", finance.expenditure)
        if line.restricted and line.programme == programme
    ]
    went = _total(line for _, line in spent)
    opening = finance.restricted.opening if finance.restricted else Decimal()
    if not spent or went <= came + opening:
        return
    message = f"{went} of restricted money was spent on {programme}; {came} came in for it"
    where = spent[0][0].at("amount")
    if finance.restricted:
        hint = "correct the amount, or leave  restricted: true  out of what was paid from free money"
        yield where.error("money.programme", f"{message} and {opening} was there", hint)
    else:
        hint = "add  restricted: {opening: …, closing: …}  to the file"
        message = f"{message} and the statement does not say what was there before"
        yield where.warning("money.programme", message, hint)


def _carried(place: Place, year: YearFacts, finance: Finance) -> Iterator[Problem]:
    """What there is at the beginning is what there was at the end of the year before, converted if need be."""
    before = place.dossier.years.get(year.number - 1)
    if before is None or before.finance is None:
        return
    if why := incomparable(before, year):
        message = f"{why}: the amounts of {before.number} are not printed beside those of {year.number}"
        currency = Place(place.dossier, f"{year.number}/year.yaml", ("currency",))
        hint = "no action is needed; or state both years in one currency"
        yield currency.note("money.incomparable", message, hint)
    if not can_convert(before.year.currency, year.year.currency):
        return
    for name in ("restricted", "unrestricted"):
        funds, earlier = getattr(finance, name), getattr(before.finance, name)
        if funds is None or earlier is None:
            continue
        closing = convert(before.money(earlier.closing), year.currency).amount
        converted = "" if before.currency == year.currency else f" ({earlier.closing} BGN at 1.95583)"
        if abs(closing - funds.opening) > (_CENT if converted else 0):  # each line may have been rounded before
            message = f"{before.number} closed with {closing}{converted}, {year.number} opens with {funds.opening}"
            hint = f"correct the opening, or the closing in {before.number}/finance.yaml"
            yield place.at(name, "opening").error("money.carried", message, hint)


def _activities(place: Place, year: YearFacts, finance: Finance) -> Iterator[Problem]:
    """The activities of a programme cannot cost more than was spent on it."""
    costs: dict[str, tuple[Place, Decimal]] = {}
    """The cost of each programme's activities, after the place of the last of them."""
    for where, activity in place.each("activities", year.activities):
        if activity.cost is not None and activity.cost < 0:
            yield where.at("cost").error("money.negative", "the cost is negative", "write what it cost")
        if activity.cost:
            _, before = costs.get(activity.programme, (where, Decimal()))
            costs[activity.programme] = where.at("cost"), before + activity.cost
    for programme, (where, cost) in costs.items():
        spent = _total(line for line in finance.expenditure if line.programme == programme)
        if cost > spent:
            message = f"the activities of {programme} cost {cost}, the expenditure on it is {spent}"
            hint = "correct a cost, or add the expenditure on the programme to finance.yaml"
            yield where.error("money.activities", message, hint)


def _donations(file: Place, year: YearFacts) -> Iterator[Problem]:
    for side in ("received", "given"):
        for place, donation in file.each(side, getattr(year, side)):
            if donation.value <= 0:
                hint = "write what it was worth, or remove the donation"
                yield place.at("value").error("donation.value", "the value is not above zero", hint)
            if donation.date and is_outside(donation.date, donation.date, year):
                message = f"the date is outside the year, {year.begins} to {year.ends}"
                hint = "correct the date, or move it to the folder of its year"
                yield place.at("date").error("donation.outside", message, hint)
    for place, gift in file.each("received", year.received):
        if gift.kind != "money" and not gift.description:
            yield place.error("donation.what", f"{gift.kind} were given, but not which", "add  description: …")
        if gift.kind != "money" and gift.income:
            message = f"{gift.kind} are not part of a line of money"
            yield place.at("income").error("donation.income", message, "leave  income:  out")
        if gift.kind == "money" and year.finance and not gift.income:
            message = "the donation does not say which line of income it is part of"
            yield place.error("donation.income", message, "add  income: id  of a line of finance.yaml")


def _donations_of_lines(file: Place, year: YearFacts) -> Iterator[Problem]:
    """The donations of money that name a line of income cannot come to more than it."""
    for place, line in file.each("income", year.finance.income if year.finance else ()):
        total = sum((d.value for d in year.received if d.income == line.id and d.kind == "money"), Decimal())
        if total > line.amount:
            message = f"the donations of this line come to {total}, the line says {line.amount}"
            hint = "correct the line, or the donations in donations.yaml that name it"
            yield place.at("amount").error("donation.sum", message, hint)
