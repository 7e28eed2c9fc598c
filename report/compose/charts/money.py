"""Charts of the statement: where money came from, what it was spent on, what was left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

from report.compose.charts.pen import Pen
from report.compose.views.context import Context
from report.compose.views.years import YearView
from report.model.dossier import Dossier, YearFacts
from report.model.money import convert
from report.values import Chart, Series

MOST_BARS, MOST_PARTS = 12, 6
NATURES = {
    "staff": "Staff",
    "programme": "Programme costs",
    "fundraising": "Fundraising",
    "administration": "Administration",
    "premises": "Premises",
    "travel": "Travel",
    "equipment": "Equipment",
    "grants": "Grants made",
    "other": "Other",
}
GIVERS = {
    "person": "Individuals",
    "company": "Companies",
    "foundation": "Foundations",
    "public": "Public bodies",
    "association": "Associations",
}
Kind = Literal["bar", "stacked", "donut"]
Row = tuple[str, Decimal]
"""The name of a bar or part, and its amount."""


def income(_dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield a bar for each source of income, the largest first."""
    year = facts.year
    if year and year.statement and len(year.statement.income) > 1:
        lines = [(pen.text(line.label), line.amount) for line in year.statement.income]
        rows = _largest(lines, MOST_BARS, pen)
        yield _of_rows("income-by-source", "bar", "Income by source", rows, year, pen, whole=True)


def natures(_dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield the shares of what money was spent on."""
    year = facts.year
    spent = _by_nature(year, pen) if year else []
    if year and len(spent) > 1:
        rows = _largest(spent, MOST_PARTS, pen)
        yield _of_rows("expenditure-by-nature", "donut", "Expenditure by type", rows, year, pen, whole=True)


def programmes(_dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield a bar for each programme, of what was spent on it by nature."""
    year = facts.year
    if not (year and year.statement):
        return
    lines = year.statement.facts.expenditure
    known = {p.programme.id: pen.text(p.programme.name) for p in year.programmes}
    bars: list[tuple[str, str | None]] = [
        (name, id_) for id_, name in known.items() if any(line.programme == id_ for line in lines)
    ]
    if not bars:
        return
    if any(line.programme is None for line in lines):
        bars.append((pen.say("Not assigned to a programme"), None))
    spent = sorted(_by_nature(year, pen), key=_amount, reverse=True)
    largest = [name for name, _ in (spent if len(spent) <= MOST_PARTS else spent[: MOST_PARTS - 1])]
    names = {key: pen.say(name) for key, name in NATURES.items()}
    groups = [(name, {k for k, n in names.items() if n == name}) for name in largest]
    if rest := set(names) - {k for _, keys in groups for k in keys}:
        groups.append((pen.say("All other"), rest))
    series = []
    for name, keys in groups:
        values = [_sum(e.amount for e in lines if e.programme == id_ and e.nature in keys) for _, id_ in bars]
        if any(values):
            series.append(pen.series(name, values, year.currency))
    title, categories = "Expenditure by programme and type", [name for name, _ in bars]
    yield _chart("expenditure-by-programme", "stacked", title, categories, series, year, pen, whole=True)


def available(_dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield what was collected, what it cost to raise and to run, and what was available for the work."""
    year = facts.year
    if not (year and year.statement):
        return
    lines = [line for line in year.statement.facts.expenditure if not line.programme]
    cost = {n: _sum(line.amount for line in lines if line.nature == n) for n in ("fundraising", "administration")}
    if not all(cost.values()):
        return
    rows = [
        (pen.say("Income"), year.statement.total_income),
        (pen.say("Fundraising costs"), cost["fundraising"]),
        (pen.say("Administration"), cost["administration"]),
        (pen.say("Available for our work"), year.statement.total_income - _sum(cost.values())),
    ]
    yield _of_rows("available", "bar", "From income to funds available for our work", rows, year, pen)


def funds(_dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield income, expenditure and what is left, bound to a purpose and free."""
    year = facts.year
    money = year.statement.facts if year and year.statement else None
    if not (year and money and money.restricted and money.unrestricted):
        return
    series = []
    for bound, name, fund in ((True, "Restricted", money.restricted), (False, "Unrestricted", money.unrestricted)):
        sides = (_sum(line.amount for line in side if line.restricted is bound) for side in (money.income, money.expenditure))  # fmt: skip
        series.append(pen.series(pen.say(name), [fund.opening, *sides, fund.closing], year.currency))
    names = [pen.say(name) for name in ("Opening balance", "Income", "Expenditure", "Closing balance")]
    yield _chart("funds", "stacked", "Restricted and unrestricted funds", names, series, year, pen)


def trend(dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield income and expenditure over up to five years, in the currency of the last."""
    year = facts.year
    if not (year and year.statement):
        return
    known = [y for n, y in dossier.years.items() if year.number - 5 < n <= year.number and y.finance]
    known = [y for y in known if y.year.currency == year.currency or (y.year.currency, year.currency) == ("BGN", "EUR")]
    if len(known) < 2:
        return
    series = [
        pen.series(pen.say(name), [_total(y, side, year.currency) for y in known], year.currency)
        for side, name in (("income", "Income"), ("expenditure", "Expenditure"))
    ]
    title = pen.joined([pen.say("Income and expenditure over the years"), year.currency])
    if any(y.year.currency != year.currency for y in known):
        title = pen.say("%(title)s (converted from leva at 1.95583)", title=title)
    yield Chart("trend", "line", title, "", tuple(str(y.number) for y in known), tuple(series), year.currency)


def givers(_dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield what was given, in money and in kind, by what the givers are."""
    year = facts.year
    if not year or len({d.donor.kind for d in year.received}) < 2:
        return
    kinds = [kind for kind in GIVERS if any(d.donor.kind == kind for d in year.received)]
    series = []
    for name, forms in (("Cash", ("money",)), ("In kind", ("goods", "services"))):
        values = [_sum(d.value for d in year.received if d.donor.kind == kind and d.kind in forms) for kind in kinds]
        if any(values):
            series.append(pen.series(pen.say(name), values, year.currency))
    title, names = "Donations received by type of donor", [pen.say(GIVERS[kind]) for kind in kinds]
    yield _chart("gifts-by-giver", "stacked", title, names, series, year, pen, whole=True)


def _chart(
    id_: str,
    kind: Kind,
    title: str,
    names: Iterable[str],
    series: Iterable[Series],
    year: YearView,
    pen: Pen,
    *,
    whole: bool = False,
) -> Chart:
    """Return a chart of a year, in its currency; its title names both."""
    title = pen.joined([pen.say(title), str(year.number), year.currency])
    return Chart(id_, kind, title, "", tuple(names), tuple(series), year.currency, whole=whole)


def _of_rows(
    id_: str, kind: Kind, title: str, rows: Sequence[Row], year: YearView, pen: Pen, *, whole: bool = False
) -> Chart:
    series = pen.series(str(year.number), [amount for _, amount in rows], year.currency)
    return _chart(id_, kind, title, [name for name, _ in rows], [series], year, pen, whole=whole)


def _largest(rows: Iterable[Row], most: int, pen: Pen) -> list[Row]:
    """Return the largest rows, the largest first, and what is beyond `most` as one."""
    ranked = sorted(rows, key=_amount, reverse=True)
    if len(ranked) <= most:
        return ranked
    return [*ranked[: most - 1], (pen.say("All other"), _sum(map(_amount, ranked[most - 1 :])))]


def _by_nature(year: YearView, pen: Pen) -> list[Row]:
    if not year.statement:
        return []
    lines = year.statement.facts.expenditure
    rows = [(pen.say(name), _sum(e.amount for e in lines if e.nature == key)) for key, name in NATURES.items()]
    return [row for row in rows if row[1]]


def _amount(row: Row) -> Decimal:
    return row[1]


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal())


def _total(year: YearFacts, side: str, currency: str) -> Decimal:
    total = _sum(line.amount for line in getattr(year.finance, side))
    return convert(year.money(total), currency).amount
