"""The statement against the narrative: an amount in a text that is nearly one of the year's is a slip of the pen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from report.model.checks.fault import within
from report.model.dossier import Dossier, YearFacts
from report.model.finance import ExpenditureLine, IncomeLine
from report.model.money import convert
from report.model.walk import texts
from report.values import Problem, Severity, required

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
Known = Mapping[str, frozenset[Decimal]]
"""The amounts of a year by their currency."""


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
                if said := _meant(shown, known[year].get(currency, frozenset())):
                    message = f"the text says {shown}, the facts of {year} say {said:,}"
                    listed = [*dossier.years[int(year)].year.other_amounts, _value(shown)[0]]
                    hint = f"correct one of them; or, if it is of something else, write  other_amounts: [{', '.join(map(str, listed))}]  in year.yaml"
                    at = match.start("before") if match["before"] else match.start("after")
                    yield within(dossier, found, language, at, "money.narrative", message, hint, Severity.WARNING)


def _meant(shown: str, known: frozenset[Decimal]) -> Decimal | None:
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


def _amounts(dossier: Dossier, year: YearFacts) -> Known:
    """Return every amount of a year, with sums by programme and kind, and those of the year before, converted too."""
    found: dict[str, set[Decimal]] = defaultdict(set)
    before = dossier.years.get(year.number - 1)
    for facts in (year, before):
        if facts is None or facts.finance is None:
            continue
        amounts = _of(facts)
        found[facts.currency] |= amounts
        if facts.year.currency == "BGN" and year.year.currency == "EUR":
            found["EUR"] |= {convert(facts.money(amount), "EUR").amount for amount in amounts}
    found[year.currency] |= set(year.year.other_amounts)
    return {currency: frozenset(amounts) for currency, amounts in found.items()}


def _of(facts: YearFacts) -> set[Decimal]:
    money = required(facts.finance)
    sums: dict[tuple[str, object], Decimal] = defaultdict(Decimal)
    sides: tuple[tuple[IncomeLine | ExpenditureLine, ...], ...] = money.income, money.expenditure
    for side in sides:
        for line in side:
            kind = getattr(line, "kind", None) or getattr(line, "nature", None)
            name = type(line).__name__
            keys = ("all", None), ("programme", line.programme), ("kind", kind), ("restricted", line.restricted)
            for key, value in keys:
                sums[f"{name} {key}", value] += line.amount
    found = {line.amount for side in sides for line in side} | set(sums.values())
    found |= {
        fund for funds in (money.restricted, money.unrestricted) if funds for fund in (funds.opening, funds.closing)
    }
    if money.restricted and money.unrestricted:
        found |= {
            money.restricted.opening + money.unrestricted.opening,
            money.restricted.closing + money.unrestricted.closing,
        }
    if money.totals:
        found |= {money.totals.income, money.totals.expenditure, money.totals.result}
    found |= (
        {d.value for d in facts.received}
        | {d.value for d in facts.given}
        | {a.cost for a in facts.activities if a.cost}
    )
    if facts.year.volunteers and facts.year.volunteers.value:
        found.add(facts.year.volunteers.value)
    return {abs(amount) for amount in found}
