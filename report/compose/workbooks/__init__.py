"""What the workbook of a document kind has, as `kind.yaml` names it: formulas, and what they come to in our own sums."""

from __future__ import annotations

from report.compose.charts.pen import Pen
from report.compose.views import Context
from report.compose.workbooks import budget, logframe
from report.workbook import Workbook


def make(kind: str | None, facts: Context, pen: Pen) -> Workbook | None:
    """Return the workbook of that kind for the action of a document."""
    if kind is None or facts.action is None:
        return None
    sheets = list(budget.sheets(facts.action, facts.organisation, pen)) if kind == "budget" else []
    return Workbook((*sheets, *logframe.sheets(facts.action, pen)))
