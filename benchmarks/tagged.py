"""The annex of `benchmarks.annex` as a Word template with docxtpl's tags."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.shared import Mm, Pt

WIDTHS = ((24, 18, 36, 13, 9), (64, 13, 14, 9))
"""Per cent of the text's width, as the annex has them."""


def write(path: Path) -> None:
    """Write the template: the same text, tables and picture as the other ways have."""
    made = docx.Document()
    page, text = made.sections[0], made.styles["Normal"]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    text.font.name, text.font.size, text.paragraph_format.space_after = "IBM Plex Sans", Pt(8.5), Pt(2)
    made.add_heading("{{ title }}", 1)
    facts = made.add_table(2, 2, "Table Grid")
    _loop(facts, "facts", ("{{ row[0] }}", "{{ row[1] }}"), 0)
    for line in ("{%p for each in about %}", "{{ each }}", "{%p endfor %}"):
        made.add_paragraph(line)
    for index, widths in enumerate(WIDTHS):
        columns = len(widths)
        table = f"tables[{index}]"
        made.add_heading(f"{{{{ {table}.heading }}}}", 2)
        made.add_paragraph(f"{{{{ {table}.intro }}}}")
        made.add_paragraph(f"{{{{ {table}.caption }}}}", "Caption")
        grid = made.add_table(2, columns, "Table Grid")
        for column in range(columns):
            grid.cell(0, column).text = f"{{{{ {table}.head[{column}] }}}}"
        _loop(grid, f"{table}.rows", tuple(f"{{{{ row[{column}] }}}}" for column in range(columns)), 1)
        for row in grid.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(1.7 * width)
        if index == 0:
            made.add_heading("{{ drawn.heading }}", 2)
            made.add_paragraph("{{ drawn.caption }}", "Caption")
            made.add_paragraph("{{ picture }}")
    made.add_heading("{{ evidence.heading }}", 2)
    for line in ("{%p for each in evidence['items'] %}", "{{ each }}", "{%p endfor %}"):
        made.add_paragraph(line)
    made.save(str(path))


def _loop(table, rows: str, cells: tuple[str, ...], first: int) -> None:
    """Write a row between the tags that repeat it."""
    while len(table.rows) < first + 3:
        table.add_row()
    table.cell(first, 0).text = f"{{%tr for row in {rows} %}}"
    for column, text in enumerate(cells):
        table.cell(first + 1, column).text = text
    table.cell(first + 2, 0).text = "{%tr endfor %}"
