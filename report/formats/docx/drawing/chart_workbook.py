"""The workbook that a chart of Word's own draws from: its numbers, to be edited there (ECMA-376 21.2, externalData)."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

from report.formats.ooxml import clean
from report.formats.sheets import exact
from report.values import Chart

SHEET = "Sheet1"


def workbook(chart: Chart, date: datetime.date) -> bytes:
    """Return the chart's numbers as a workbook: categories below one another, a column for each series."""
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"created": datetime.datetime.combine(date, datetime.time()), "title": clean(chart.title)})
    sheet, form = (
        book.add_worksheet(SHEET, worksheet_class=exact()),
        book.add_format({"num_format": number_format(chart)}),
    )
    sheet.set_column(0, 0, max(12, *(min(60, len(c)) for c in chart.categories)))
    for row, category in enumerate(chart.categories, 1):
        sheet.write_string(row, 0, clean(category))
    for place, series in enumerate(chart.series, 1):
        sheet.write_string(0, place, clean(series.name))
        for row, value in enumerate(series.values, 1):
            if value is not None:
                sheet.write_number(row, place, float(value), form)
    if has_totals(chart):
        last = column(len(chart.series) - 1)
        sheet.write_string(0, len(chart.series) + 1, clean(chart.together))
        for row, total in enumerate(sums(chart), 1):
            sheet.write_formula(row, len(chart.series) + 1, f"=SUM(B{row + 1}:{last}{row + 1})", form, float(total))
    book.close()
    return content.getvalue()


def number_format(chart: Chart, decimals: int | None = None) -> str:
    """Return the number format of Excel (18.8.30): as many decimals as on the page, shares with their sign.

    A bar that is cut at the chart's limit has a mark behind its number.
    """
    decimals = chart.decimals if decimals is None else decimals
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    sign = "\u00a0%" if chart.unit == "percent" else ""
    plain = f'{digits}"{sign}"' if sign else digits
    if chart.limit is None:
        return plain
    below = f"[<0]-{plain};" if chart.least < 0 else ""  # a condition on one part takes the sign from the others
    return f'[>{chart.limit}]{digits}"{sign}\u00a0»";{below}{plain}'


def has_totals(chart: Chart) -> bool:
    """Return whether bars bear their totals, which have a column of their own."""
    return chart.kind == "stacked" and bool(chart.together)


def sums(chart: Chart) -> list[Decimal]:
    """Return the total of each category."""
    return [sum((s.values[n] or Decimal() for s in chart.series), Decimal()) for n in range(len(chart.categories))]


def column(place: int) -> str:
    """Return the letters of the column of a series: B is the first."""
    number, letters = place + 2, ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
