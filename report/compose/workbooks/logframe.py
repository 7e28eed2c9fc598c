"""The sheets of a logical framework, PRAG Annex C: results with their indicators, and activities."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from report.compose.charts.pen import Pen
from report.compose.views.actions import ActionView
from report.compose.workbooks.rows import Rows, plain
from report.model.logframe import Impact, LogframeIndicator, Measured
from report.model.money import most_decimals
from report.values.workbook import Cell, Sheet, sheet_name


def sheets(action: ActionView, pen: Pen) -> Iterator[Sheet]:
    """Yield the sheet of results and that of activities."""
    if action.impact:
        yield _results(action, action.impact, pen)
    if action.activities:
        yield _activities(action, pen)


def _results(action: ActionView, impact: Impact, pen: Pen) -> Sheet:
    results: list[tuple[Impact, str, str]] = [(impact, pen.say("Impact"), "")]
    results += [(one.facts, one.facts.code, "") for one in action.outcomes]
    results += [(output, output.code, output.outcome) for one in action.outcomes for output in one.outputs]
    sexes = any(_by_sex(indicator) for fact, _, _ in results for indicator in fact.indicators)
    rows = Rows()
    rows.add(pen.text(action.facts.title), look="title")
    rows.add(pen.say("Results, indicators and assumptions"), look="note")
    shares = [pen.say("female"), pen.say("male")] if sexes else []
    stages = (("Baseline", "Year"), ("Current value", "Date"), ("Target", "Year"))
    columns = [title for value, when in stages for title in (pen.say(value), pen.say(when), *shares)]
    rows.add(
        pen.say("Number"), pen.say("Results chain"), pen.say("Leads to"), pen.say("Indicators"), *columns,
        pen.say("Sources and means of verification"), pen.say("Assumptions"), look="head",
    )  # fmt: skip
    head = rows.next - 1
    for fact, code, leads in results:
        for place, indicator in enumerate(fact.indicators or (None,)):
            told = (code, pen.text(fact.text), leads) if place == 0 else (code, None, None)
            assumed = pen.text(fact.assumptions) if fact.assumptions and place == 0 else None
            rows.add(*told, *_indicator(indicator, sexes, pen), assumed)
    split = (8, 8) if sexes else ()
    widths = (13, 30, 8, 26, 9, 7, *split, 9, 14, *split, 9, 7, *split, 24, 28)
    return rows.sheet(sheet_name(pen.say("Logical framework")), widths, head)


def _by_sex(indicator: LogframeIndicator) -> bool:
    stages = (indicator.baseline, indicator.current, indicator.target)
    return any(stage and (stage.female is not None or stage.male is not None) for stage in stages)


def _indicator(indicator: LogframeIndicator | None, sexes: bool, pen: Pen) -> list[Cell | str | None]:
    if indicator is None:
        return [None] * (8 + 6 * sexes)
    unit = "%" if indicator.unit == "percent" else ""
    base, now, target = indicator.baseline, indicator.current, indicator.target
    cells: list[Cell | str | None] = [pen.text(indicator.name)]
    cells += _stage(base, str(base.year) if base else None, unit, sexes)
    cells += _stage(now, pen.writer.date(now.date) if now else None, unit, sexes)
    cells += _stage(target, str(target.year) if target else None, unit, sexes)
    return [*cells, pen.text(indicator.sources) if indicator.sources else None]


def _stage(measured: Measured | None, when: str | None, unit: str, sexes: bool) -> list[Cell | str | None]:
    if measured is None:
        return [None] * (2 + 2 * sexes)
    shares = (measured.female, measured.male) if sexes else ()
    return [plain(measured.value, unit), when, *(None if n is None else plain(n, unit) for n in shares)]


def _activities(action: ActionView, pen: Pen) -> Sheet:
    rows = Rows(most_decimals(action.facts.currency))
    rows.add(pen.text(action.facts.title), look="title")
    rows.add(pen.say("Activities by output, with means and costs"), look="note")
    costs = pen.say("Costs (%(currency)s)", currency=action.facts.currency)
    rows.add(pen.say("Number"), pen.say("Leads to"), pen.say("Activity"), pen.say("Means"), costs, look="head")
    head = rows.next - 1
    for one in action.activities:
        amount = None if one.costs is None else rows.amount(one.costs)
        rows.add(one.code, one.output, pen.text(one.text), pen.text(one.means), amount)
    total = sum((one.costs for one in action.activities if one.costs is not None), Decimal())
    last = rows.amount(total, f"SUM(E{head + 1}:E{rows.next - 1})", "total")
    empty = Cell(look="total")
    rows.add(pen.say("All activities"), empty, empty, empty, last, look="total")
    return rows.sheet(sheet_name(pen.say("Activities")), (16, 9, 60, 48, 16), head)
