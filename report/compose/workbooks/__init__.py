"""What the workbook of a document kind has, as `kind.yaml` names it: formulas, and what they come to in our own sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from report.compose.charts.pen import Pen
from report.compose.views.context import Context
from report.compose.workbooks import budget, logframe
from report.values.workbook import Sheet, Workbook


def make(kind: str | None, facts: Context, pen: Pen) -> Workbook | None:
    """Return the workbook of that kind for the action of a document."""
    if kind is None or facts.action is None:
        return None
    sheets = list(budget.sheets(facts.action, facts.organisation, pen)) if kind == "budget" else []
    return Workbook(tuple(_apart((*sheets, *logframe.sheets(facts.action, pen)))))


def _apart(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """Yield the sheets, a later one of the same name with a number: spreadsheets tell no letters apart, and refuse it."""
    seen: set[str] = set()
    for number, sheet in enumerate(sheets, 1):
        named = sheet if sheet.name.lower() not in seen else replace(sheet, name=f"{sheet.name[:27]} ({number})")
        seen.add(named.name.lower())
        yield named
