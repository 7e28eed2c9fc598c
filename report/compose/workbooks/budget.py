"""The sheets of a budget, PRAG Annex B: costs and sources of funding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from report.compose.charts.pen import Pen
from report.compose.views.actions import ActionView, FundingView
from report.compose.workbooks.rows import Rows, plain, reference
from report.model.budget import Heading, LineSum, Reckoning, Sums, rounded
from report.model.organisation import Organisation
from report.values import required
from report.values.workbook import Cell, Sheet, sheet_name

HEADINGS = {
    1: "Human resources",
    2: "Travel",
    3: "Equipment and supplies",
    4: "Local office",
    5: "Other costs and services",
    6: "Other costs",
}
SOURCES = {
    "requested": "Contribution sought in this application",
    "applicant": "Applicant’s own contribution",
    "other": "Contribution of another donor",
    "revenue": "Revenue from the action",
}
_WIDTHS = (8, 46, 16, 10, 13, 15, 10, 13, 15)
_ALL, _FIRST = "F", "I"
"""The columns of the totals, for all years and for the first."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the total accepted costs stand."""

    sheet: str
    cell: str


def sheets(action: ActionView, organisation: Organisation, pen: Pen) -> Iterator[Sheet]:
    """Yield the sheet of costs and that of funding."""
    if action.budget is None or action.facts.budget is None:
        return
    costs, accepted = _costs(action, action.budget, pen)
    yield costs
    if action.funding:
        yield _funding(action, action.budget, organisation, pen, accepted)


def _costs(action: ActionView, money: Reckoning, pen: Pen) -> tuple[Sheet, _Place]:
    rows, first, currency = Rows(money.decimals), money.first_year, action.facts.currency
    rows.add(pen.text(action.facts.title), look="title")
    rows.add(pen.say("Costs of the action, in %(currency)s", currency=currency), look="note")
    empty, years = Cell(look="head"), [pen.say("All years"), *([pen.say("Year 1")] if first else [])]
    across = [cell for year in years for cell in (Cell(year, look="head", span=3), Cell(), Cell())]
    rows.add(empty, empty, empty, *across)
    columns = [
        pen.say("Number of units"),
        pen.say("Unit value (%(currency)s)", currency=currency),
        pen.say("Total (%(currency)s)", currency=currency),
    ]
    rows.add(None, pen.say("Costs"), pen.say("Unit"), *columns, *(columns if first else []), look="head")
    head = rows.next - 1
    subtotals = [_heading(rows, heading, first, pen) for heading in money.headings if heading.lines]
    last = _totals(rows, action, money, subtotals, pen)
    name = sheet_name(pen.say("Budget of the action"))
    return rows.sheet(name, _WIDTHS if first else _WIDTHS[:6], head), _Place(name, f"{_ALL}{last}")


def _heading(rows: Rows, heading: Heading, first: bool, pen: Pen) -> int:
    """Add a heading with its lines, and return the row of its subtotal."""
    name = pen.say(HEADINGS[heading.number])
    rows.add(str(heading.number), name, look="group")
    begin = rows.next
    for one in heading.lines:
        if one.group:
            rows.add(one.group.code, pen.text(one.group.text), look="note")
        _line(rows, one, first, pen)
    span = f"{{0}}{begin}:{{0}}{rows.next - 1}"
    label = pen.say("Subtotal: %(heading)s", heading=name)
    formulas = tuple(f"SUM({span.format(column)})" for column in (_ALL, _FIRST))
    return _total(rows, "", label, heading.total, formulas, first)


def _line(rows: Rows, one: LineSum, first: bool, pen: Pen) -> None:
    line, row = one.line, rows.next
    cells = [
        plain(line.units),
        rows.amount(line.unit_value),
        rows.amount(one.total.all, f"ROUND(D{row}*E{row},{rows.decimals})"),
    ]
    if first:
        same = line.unit_value_year_1 is None
        cells += [
            plain(line.units_year_1),
            rows.amount(one.unit_value_year_1, f"E{row}" if same else ""),
            rows.amount(one.total.year_1, f"ROUND(G{row}*H{row},{rows.decimals})"),
        ]
    rows.add(line.code, pen.text(line.text), pen.text(line.unit), *cells)


def _totals(rows: Rows, action: ActionView, money: Reckoning, subtotals: list[int], pen: Pen) -> int:
    """Add the totals 7 to 13, and return the row of the last."""
    first, rate = money.first_year, required(action.facts.budget).indirect_rate

    def of(formula: str) -> tuple[str, ...]:
        return tuple(formula.replace("#", column) for column in (_ALL, _FIRST))

    parts = ",".join(f"#{row}" for row in subtotals)
    direct = _total(rows, "7", pen.say("Subtotal direct eligible costs"), money.direct, of(f"SUM({parts})"), first)
    label = pen.say("Indirect costs (%(rate)s %% of 7, at most 7 %%)", rate=pen.writer.number(rate))
    formula = of(f"ROUND($D${rows.next}/100*#{direct},{rows.decimals})")
    indirect = _total(rows, "8", label, money.indirect, formula, first, plain(rate, "%"))
    label = pen.say("Total eligible costs, excluding reserve (7 + 8)")
    without = _total(rows, "9", label, money.eligible_without_reserve, of(f"#{direct}+#{indirect}"), first)
    label = _whole(pen.say("Contingency reserve (at most 5 %% of 7)"))
    reserve = _total(rows, "10", label, money.contingency, (), first)
    label = pen.say("Total eligible costs (9 + 10)")
    eligible = _total(rows, "11", label, money.eligible, of(f"#{without}+#{reserve}"), first)
    taxes = _total(rows, "12", pen.say("Taxes"), money.taxes, (), first)
    label = pen.say("Total accepted costs (11 + 12)")
    return _total(rows, "13", label, money.accepted, of(f"#{eligible}+#{taxes}"), first)


def _whole(label: str) -> str:
    """Return a label without the doubled signs of per cent that a gettext format has."""
    return label.replace("%%", "%")


def _total(
    rows: Rows, code: str, label: str, sums: Sums, formulas: tuple[str, ...], first: bool, rate: Cell | None = None
) -> int:
    all_years, year_1 = formulas or ("", "")
    cells = [rate or Cell(look="total"), Cell(look="total"), rows.amount(sums.all, all_years, "total")]
    if first:
        cells += [Cell(look="total"), Cell(look="total"), rows.amount(sums.year_1, year_1, "total")]
    return rows.add(code, label, Cell(look="total"), *cells, look="total")


def _funding(action: ActionView, money: Reckoning, organisation: Organisation, pen: Pen, accepted: _Place) -> Sheet:
    rows, total = Rows(money.decimals), reference(accepted.sheet, accepted.cell)
    rows.add(pen.text(action.facts.title), look="title")
    rows.add(pen.say("Funding of the action"), look="note")
    amount = pen.say("Amount (%(currency)s)", currency=action.facts.currency)
    rows.add(pen.say("Source"), pen.say("Provided by"), amount, _whole(pen.say("Share of 13 (%%)")), look="head")
    head = rows.next - 1

    def share(value: Decimal, row: int, look: str = "text") -> Cell:
        if not money.accepted.all:
            return Cell("–")
        return Cell(rounded(100 * value / money.accepted.all), f"ROUND(100*C{row}/{total},2)", look)  # type: ignore[arg-type]

    for source in action.funding:
        row, value = rows.next, source.facts.amount
        rows.add(
            pen.say(SOURCES[source.facts.kind]),
            _giver(source, organisation, pen),
            rows.amount(value),
            share(value, row),
        )
    row = rows.next
    whole = rows.amount(money.funding, f"SUM(C{head + 1}:C{row - 1})", "total")
    rows.add(
        pen.say("All sources of funding"), Cell(look="total"), whole, share(money.funding, row, "total"), look="total"
    )
    left = money.funding - money.accepted.all
    rows.add(pen.say("Difference from the total accepted costs"), None, rows.amount(left, f"C{row}-{total}"))
    return rows.sheet(sheet_name(pen.say("Sources of funding")), (46, 38, 16, 14), head)


def _giver(source: FundingView, organisation: Organisation, pen: Pen) -> str:
    if source.name:
        return pen.text(source.name)
    return pen.text(organisation.name) if source.facts.kind == "applicant" else "–"
