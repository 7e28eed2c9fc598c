"""The workbook that a chart of Word's own draws from: its numbers, to be edited there (ECMA-376 21.2, externalData)."""

from __future__ import annotations

import datetime
import io

from report.formats.docx.xml import clean
from report.values import Chart

SHEET = "Sheet1"


def workbook(chart: Chart, date: datetime.date) -> bytes:
    """Return the chart's numbers as a workbook: categories below one another, a column for each series."""
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

    class Exact(Worksheet):
        """A sheet whose numbers are written as they are; XlsxWriter's sixteen digits make 8742.3 another number."""

        def _xml_number_element(self, number: object, attributes: object = ()) -> None:
            said = "".join(f' {key}="{value}"' for key, value in attributes)  # type: ignore[attr-defined]
            self.fh.write(f"<c{said}><v>{number!r}</v></c>")

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"created": datetime.datetime.combine(date, datetime.time()), "title": clean(chart.title)})
    sheet, form = (
        book.add_worksheet(SHEET, worksheet_class=Exact),
        book.add_format({"num_format": number_format(chart)}),
    )
    sheet.set_column(0, 0, max(12, *(min(60, len(c)) for c in chart.categories)))
    sheet.write_column(1, 0, [clean(c) for c in chart.categories])
    for place, series in enumerate(chart.series, 1):
        sheet.write_string(0, place, clean(series.name))
        for row, value in enumerate(series.values, 1):
            if value is not None:
                sheet.write_number(row, place, float(value), form)
    book.close()
    return content.getvalue()


def number_format(chart: Chart) -> str:
    """Return the number format of Excel (18.8.30): amounts in whole units, shares with their sign."""
    if chart.unit == "percent":
        return '0.##"\u00a0%"' if any(v is not None and v % 1 for s in chart.series for v in s.values) else '0"\u00a0%"'
    return (
        "#,##0"
        if chart.unit or not any(v is not None and v % 1 for s in chart.series for v in s.values)
        else "#,##0.##"
    )
