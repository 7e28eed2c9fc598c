"""Charts of the statement: where money came from, what it was spent on, what was left."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from report.compose.charts.pen import Pen
from report.compose.views.context import Context
from report.compose.views.years import YearView
from report.model.dossier import Dossier, YearFacts
from report.model.money import convert
from report.values import Chart

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
_NONE = Decimal()
Named = list[tuple[str, Decimal]]


def income(_dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield a bar for each source of income, the largest first."""
    year = facts.year
    if year and year.statement and len(year.statement.income) > 1:
        lines = [(pen.text(line.label), line.amount) for line in year.statement.income]
        yield _bars(
            "income-by-source",
            _titled(pen, "Income by source", year),
            _gathered(lines, MOST_BARS, pen),
            year,
            pen,
            True,
        )


def natures(_dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield the shares of what money was spent on."""
    year = facts.year
    spent = _by_nature(year, pen)
    if year and len(spent) > 1:
        title = _titled(pen, "Expenditure by type", year)
        parts = _gathered(spent, MOST_PARTS, pen)
        series = pen.series(str(year.number), [value for _, value in parts], year.currency)
        yield Chart(
            "expenditure-by-nature",
            "donut",
            title,
            "",
            tuple(n for n, _ in parts),
            (series,),
            year.currency,
            whole=True,
        )


def programmes(_dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield a bar for each programme, of what was spent on it by nature."""
    year = facts.year
    if not (year and year.statement):
        return
    lines = year.statement.facts.expenditure
    known = {p.programme.id: pen.text(p.programme.name) for p in year.programmes}
    wanted = [id_ for id_ in known if any(line.programme == id_ for line in lines)]
    if not wanted:
        return
    rows = [(known[id_], id_) for id_ in wanted]
    if any(line.programme is None for line in lines):
        rows.append((pen.say("Not assigned to a programme"), None))
    kept = _kept(_by_nature(year, pen))
    names = {key: pen.say(name) for key, name in NATURES.items()}
    groups = [(name, {k for k, n in names.items() if n == name}) for name in kept]
    if rest := set(names) - {k for _, keys in groups for k in keys}:
        groups.append((pen.say("All other"), rest))
    series = []
    for name, keys in groups:
        values: list[Decimal | None] = [
            sum((e.amount for e in lines if e.programme == id_ and e.nature in keys), _NONE) for _, id_ in rows
        ]
        if any(values):
            series.append(pen.series(name, values, year.currency))
    yield Chart(
        "expenditure-by-programme",
        "stacked",
        _titled(pen, "Expenditure by programme and type", year),
        "",
        tuple(name for name, _ in rows),
        tuple(series),
        year.currency,
        whole=True,
    )


def available(_dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield what was collected, what it cost to raise and to run, and what was available for the work."""
    year = facts.year
    if not (year and year.statement):
        return
    cost = {n: sum((e.amount for e in year.statement.facts.expenditure if e.nature == n and not e.programme), _NONE) for n in ("fundraising", "administration")}  # fmt: skip
    if not all(cost.values()):
        return
    left = year.statement.total_income - sum(cost.values(), _NONE)
    rows = [
        (pen.say("Income"), year.statement.total_income),
        (pen.say("Fundraising costs"), cost["fundraising"]),
        (pen.say("Administration"), cost["administration"]),
        (pen.say("Available for our work"), left),
    ]
    yield _bars("available", _titled(pen, "From income to funds available for our work", year), rows, year, pen)


def funds(_dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield income, expenditure and what is left, bound to a purpose and free."""
    year = facts.year
    money = year.statement.facts if year and year.statement else None
    if not (year and money and money.restricted and money.unrestricted):
        return
    sides = {bound: [sum((i.amount for i in rows if i.restricted is bound), _NONE) for rows in (money.income, money.expenditure)] for bound in (True, False)}  # fmt: skip
    series = []
    for bound, name, held in ((True, "Restricted", money.restricted), (False, "Unrestricted", money.unrestricted)):
        series.append(pen.series(pen.say(name), [held.opening, *sides[bound], held.closing], year.currency))
    names = ("Opening balance", "Income", "Expenditure", "Closing balance")
    yield Chart(
        "funds",
        "stacked",
        _titled(pen, "Restricted and unrestricted funds", year),
        "",
        tuple(pen.say(name) for name in names),
        tuple(series),
        year.currency,
    )


def trend(dossier: Dossier, facts: Context, pen: Pen) -> Iterator[Chart]:
    """Yield income and expenditure over up to five years, in the currency of the last."""
    year = facts.year
    if not (year and year.statement):
        return
    known = [y for n, y in dossier.years.items() if year.number - 5 < n <= year.number and y.finance]
    known = [y for y in known if y.year.currency == year.currency or (y.year.currency, year.currency) == ("BGN", "EUR")]
    if len(known) < 2:
        return
    series = []
    for side, name in (("income", "Income"), ("expenditure", "Expenditure")):
        series.append(pen.series(pen.say(name), [_total(y, side, year.currency) for y in known], year.currency))
    title = _titled(pen, "Income and expenditure over the years", None, year.currency)
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
    for name, shown in (("Cash", ("money",)), ("In kind", ("goods", "services"))):
        values: list[Decimal | None] = [
            sum((d.value for d in year.received if d.donor.kind == kind and d.kind in shown), _NONE) for kind in kinds
        ]
        if any(values):
            series.append(pen.series(pen.say(name), values, year.currency))
    yield Chart(
        "gifts-by-giver",
        "stacked",
        _titled(pen, "Donations received by type of donor", year),
        "",
        tuple(pen.say(GIVERS[kind]) for kind in kinds),
        tuple(series),
        year.currency,
        whole=True,
    )


def _titled(pen: Pen, title: str, year: YearView | None, currency: str = "") -> str:
    return pen.joined([pen.say(title), str(year.number) if year else "", year.currency if year else currency])


def _bars(id_: str, title: str, rows: Named, year: YearView, pen: Pen, whole: bool = False) -> Chart:
    series = pen.series(str(year.number), [value for _, value in rows], year.currency)
    return Chart(id_, "bar", title, "", tuple(name for name, _ in rows), (series,), year.currency, whole=whole)


def _gathered(rows: Named, most: int, pen: Pen) -> Named:
    """Return the largest rows, the largest first, and what is beyond `most` as one."""
    ranked = sorted(rows, key=lambda row: row[1], reverse=True)
    if len(ranked) <= most:
        return ranked
    return [*ranked[: most - 1], (pen.say("All other"), sum((value for _, value in ranked[most - 1 :]), _NONE))]


def _by_nature(year: YearView | None, pen: Pen) -> Named:
    if not (year and year.statement):
        return []
    lines = year.statement.facts.expenditure
    found = [(pen.say(name), sum((e.amount for e in lines if e.nature == key), _NONE)) for key, name in NATURES.items()]
    return [(name, value) for name, value in found if value]


def _kept(spent: Named) -> list[str]:
    ranked = sorted(spent, key=lambda row: row[1], reverse=True)
    return [name for name, _ in (ranked if len(ranked) <= MOST_PARTS else ranked[: MOST_PARTS - 1])]


def _total(year: YearFacts, side: str, currency: str) -> Decimal:
    total = sum((line.amount for line in getattr(year.finance, side)), _NONE)
    return convert(year.money(total), currency).amount
