"""The statement against the narrative: an amount in a text that is nearly one of the year's is a slip of the pen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from report.model.checks.place import in_text
from report.model.dossier import Dossier, YearFacts
from report.model.finance import ExpenditureLine, Finance, IncomeLine
from report.model.money import convert
from report.model.walk import texts
from report.values import Problem, Severity

_SPACE = r"[ \u00a0\u202f\u2009]"
_NUMBER = rf"(?<![\d.,])(?:\d{{1,3}}(?:(?:{_SPACE}|,)\d{{3}})+(?:[.,]\d{{2}})?|\d{{1,3}}(?:\.\d{{3}})+(?:,\d{{2}})?|\d{{4,}}(?:[.,]\d{{1,2}})?)"
_CURRENCIES = {
    "EUR": r"EUR|€|евро|euros?",
    "BGN": r"BGN|лв\.?|лева|leva",
    "GBP": r"GBP|£",
    "USD": r"USD|\$",
}
_SIGN = "|".join(rf"(?P<{{0}}{code}>{signs})" for code, signs in _CURRENCIES.items())
_AMOUNT = re.compile(
    rf"(?:(?:{_SIGN.replace('{0}', 'b')}){_SPACE}?(?P<after>{_NUMBER}))"
    rf"|(?P<before>{_NUMBER}){_SPACE}?(?:{_SIGN.replace('{0}', 'a')})"
)
LEAST = 4
"""Numbers with fewer digits are not compared: they are like one another by chance."""
LEAST_OF_ONE = 5
"""Of numbers with fewer digits, those that differ in one digit are as likely two amounts."""
ROUND = (Decimal(1), Decimal(10), Decimal(100), Decimal(1000))
"""To what a text may round an amount."""


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield a warning for every amount in a year's texts that is like one of the year's, and none of them."""
    known = {str(number): _amounts(dossier, year) for number, year in dossier.years.items() if year.finance}
    for found in texts(dossier) if known else ():
        year = found.file.partition("/")[0]
        if year not in known or found.file.endswith(("finance.yaml", "donations.yaml")):
            continue
        for language, text in found.text.by_language.items():
            for match in _AMOUNT.finditer(text):
                shown = match["before"] or match["after"]
                currency = next(code for code in _CURRENCIES if match[f"a{code}"] or match[f"b{code}"])
                if meant := _meant(shown, known[year].get(currency, set())):
                    message = f"the text says {shown}, the facts of {year} say {meant:,}"
                    others = ", ".join(map(str, [*dossier.years[int(year)].year.other_amounts, _value(shown)[0]]))
                    hint = f"correct one of them; or, if it is of something else, write  other_amounts: [{others}]  in year.yaml"
                    where = in_text(dossier, found, language, match.start("before" if match["before"] else "after"))
                    yield Problem(Severity.WARNING, "money.narrative", message, where, hint)


def _meant(shown: str, known: set[Decimal]) -> Decimal | None:
    """Return the amount that a number is nearly, or None where it is one of the year's, or like none."""
    value, exact = _value(shown)
    if any(value in _rounded(amount) for amount in known):
        return None
    wholes = {amount: amount if exact else amount.quantize(Decimal(1)) for amount in known}
    digits = f"{value:f}"
    if len(digits.replace(".", "")) < LEAST:
        return None
    return next((amount for amount, whole in sorted(wholes.items()) if _alike(digits, f"{whole:f}")), None)


def _rounded(amount: Decimal) -> set[Decimal]:
    """Return an amount, and what it is when it is rounded up or down."""
    return {amount} | {
        (amount / to).to_integral_value(rounding=way) * to for to in ROUND for way in ("ROUND_UP", "ROUND_DOWN")
    }


def _value(shown: str) -> tuple[Decimal, bool]:
    """Return a number as it is meant, and whether it has cents: a comma or point before two digits parts them."""
    cents = re.search(r"[.,](\d{1,2})$", shown)
    whole = shown[: cents.start()] if cents else shown
    digits = re.sub(r"\D", "", whole)
    return (Decimal(f"{digits}.{cents[1]:0<2}"), True) if cents else (Decimal(digits), False)


def _alike(one: str, other: str) -> bool:
    """Say whether two numbers of a length differ in the order of two digits, or, where they are long, in one digit."""
    if len(one) != len(other) or one == other:
        return False
    apart = [n for n in range(len(one)) if one[n] != other[n]]
    if len(apart) == 1:
        return len(one.replace(".", "")) >= LEAST_OF_ONE
    return len(apart) == 2 and one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]


def _amounts(dossier: Dossier, year: YearFacts) -> dict[str, set[Decimal]]:
    """Return every amount of a year by its currency, with sums by programme and kind, and those of the year before, converted too."""
    by_currency: dict[str, set[Decimal]] = defaultdict(set)
    for facts in (year, dossier.years.get(year.number - 1)):
        if facts is None or facts.finance is None:
            continue
        amounts = _amounts_of(facts, facts.finance)
        by_currency[facts.currency] |= amounts
        if facts.currency == "BGN" and year.currency == "EUR":
            by_currency["EUR"] |= {convert(facts.money(amount), "EUR").amount for amount in amounts}
    by_currency[year.currency] |= set(year.year.other_amounts)
    return by_currency


def _amounts_of(facts: YearFacts, finance: Finance) -> set[Decimal]:
    sums: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    lines: tuple[IncomeLine | ExpenditureLine, ...] = (*finance.income, *finance.expenditure)
    for line in lines:
        kind = line.kind if isinstance(line, IncomeLine) else line.nature
        for key in ("all", None), ("programme", line.programme), ("kind", kind), ("restricted", line.restricted):
            sums[type(line), *key] += line.amount
    amounts = {line.amount for line in lines} | set(sums.values())
    funds = [one for one in (finance.restricted, finance.unrestricted) if one]
    amounts |= {amount for one in funds for amount in (one.opening, one.closing)}
    if len(funds) > 1:
        amounts |= {funds[0].opening + funds[1].opening, funds[0].closing + funds[1].closing}
    if finance.totals:
        amounts |= {finance.totals.income, finance.totals.expenditure, finance.totals.result}
    amounts |= {donation.value for side in (facts.received, facts.given) for donation in side}
    amounts |= {activity.cost for activity in facts.activities if activity.cost}
    if facts.year.volunteers and facts.year.volunteers.value:
        amounts.add(facts.year.volunteers.value)
    return {abs(amount) for amount in amounts}
