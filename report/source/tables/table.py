"""Which row is the header, and what is wrong with the rows below it: nothing is dropped without a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from report.source.tables.archive import SAVE
from report.source.tables.grid import Grid, Row, SheetGrid, letters, seen
from report.source.tables.limits import MAX_CELLS, MAX_ROWS
from report.values import Location, Problem, ReportError, Severity

_TITLES = 20
"""The header is looked for among so many rows."""
MOST_LINES = MAX_ROWS + _TITLES
"""More rows than these are too many, whichever of them is the header."""


@dataclass(frozen=True)
class Table:
    """A header, the rows below it, and what is wrong with the whole. `of_row` says what is wrong with one of them."""

    grid: Grid
    header: Row
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    merged: Mapping[int, tuple[Problem, ...]] = field(default_factory=dict)
    """What is wrong with merged cells, by the numbers of the rows that they are in."""

    def where(self, row: Row, column: int) -> Location:
        """Return the place of a cell."""
        return self.grid.where(row, column)

    def headings(self) -> list[tuple[int, str]]:
        """Return the columns that have a heading, with it."""
        return [(column, text) for column, text in enumerate(self.header.cells) if text]

    def of_row(self, row: Row) -> Iterator[Problem]:
        """Yield what is wrong with a row's cells: errors, formulas, merged ones, cells below no heading."""
        yield from self.merged.get(row.number, ())
        for column in range(len(row.cells)):
            if flaw := self.grid.flaw(row, column):
                yield Problem(flaw.severity, flaw.code, flaw.message, self.where(row, column), flaw.hint)
            spoilt = flaw is not None and flaw.severity is Severity.ERROR
            if row.cells[column] and not spoilt and not self.header.cell(column):
                message = "the cell has no heading above it"
                hint = "write a heading above it, or empty it; is there a delimiter too many in the row?"
                yield Problem(Severity.ERROR, "table.heading", message, self.where(row, column), hint)
        short = len(self.header.cells) - len(row.cells)
        if short > 0 and not isinstance(self.grid, SheetGrid):
            message = f"the row has {len(row.cells)} cells, the header {len(self.header.cells)}"
            hint = "the last ones count as empty"
            yield Problem(Severity.WARNING, "table.short", message, self.where(row, len(row.cells) - 1), hint)


def table(grid: Grid, heads: Callable[[str], bool]) -> Table:
    """Make a table of a file's rows; raise `ReportError` where there is no header or no row."""
    if not grid.rows:
        raise _empty(grid, "the table is empty", Location(grid.path), "write a header and rows")
    grid = seen(grid)
    place = _header(grid.rows, heads)
    header, rows = grid.rows[place], grid.rows[place + 1 :]
    header = replace(header, cells=_trimmed(header.cells))
    if len(rows) > MAX_ROWS:
        raise too_many_rows(grid.where(rows[MAX_ROWS], 0))
    if not rows:
        where = grid.where(header, 0)
        raise _empty(grid, "there is no row below the header", where, "write a row for each organisation")
    problems = [*grid.problems, *_titles(grid, grid.rows[:place]), *_blank(grid, header, rows)]
    for column in range(len(header.cells)):
        if flaw := grid.flaw(header, column):
            problems.append(Problem(flaw.severity, flaw.code, flaw.message, grid.where(header, column), flaw.hint))
    merged: dict[int, tuple[Problem, ...]] = {}
    if isinstance(grid, SheetGrid):
        merged = _merged(grid, header, rows)
        problems += [*merged.pop(header.number, ()), *_hidden(grid, header, rows)]
    return Table(grid, header, rows, tuple(problems), merged)


def too_many_rows(where: Location) -> ReportError:
    """Return what is said of a table that is too long, at the first row that is too many."""
    message = f"the table has more than {MAX_ROWS:,} rows"
    return ReportError.of("table.rows", message, where, "split it into several tables")


def _empty(grid: Grid, message: str, where: Location, hint: str) -> ReportError:
    """Return what is said of a table without rows, and with it what may be why: that other sheets are not read."""
    return ReportError([Problem(Severity.ERROR, "table.empty", message, where, hint), *grid.problems])


def _header(rows: Sequence[Row], heads: Callable[[str], bool]) -> int:
    """Return the first row that has a word of a header; otherwise the first of several cells, or the first."""
    first = rows[:_TITLES]
    found = (n for n, row in enumerate(first) if any(cell and heads(cell) for cell in row.cells))
    several = (n for n, row in enumerate(first) if sum(map(bool, row.cells)) > 1)
    return next(found, next(several, 0))


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    return cells[: max((n for n, cell in enumerate(cells, 1) if cell), default=0)]


def _titles(grid: Grid, above: Sequence[Row]) -> Iterator[Problem]:
    if above:
        column = next((n for n, cell in enumerate(above[0].cells) if cell), 0)
        message = f"{_rows(_spans(row.number for row in above))} above the header {_are(len(above))} not read"
        yield Problem(Severity.NOTE, "table.title", message, grid.where(above[0], column))


def _blank(grid: Grid, header: Row, rows: Sequence[Row]) -> Iterator[Problem]:
    blank = [span for span in grid.blank if header.number < span.start]
    if blank:
        message = f"{_rows(blank)} between others {_are(sum(map(len, blank)))} blank"
        where = Location(grid.path, blank[0].start, 1)
        if isinstance(grid, SheetGrid):
            where = grid.at(blank[0].start, 0)
        yield Problem(Severity.WARNING, "table.blank", message, where, "is something missing there? If not, delete it")


def _merged(grid: SheetGrid, header: Row, rows: Sequence[Row]) -> dict[int, tuple[Problem, ...]]:
    """Return an error for each range of merged cells by the rows that it is in: only the first cell has a value."""
    found: dict[int, list[Problem]] = {}
    last, count = rows[-1].number, 0
    for top, left, bottom, right in dict.fromkeys(grid.merged):
        span = range(max(top, header.number), min(bottom, last) + 1)
        if span and left < max(len(header.cells), 1):
            message = f"the cells {letters(left)}{top}:{letters(right)}{bottom} are merged: all but the first have no value of their own"
            hint = "unmerge them and write the value into each"
            problem = Problem(Severity.ERROR, "table.merged", message, grid.at(top, left), hint)
            count += len(span)
            if count > MAX_CELLS:
                raise ReportError.of(
                    "table.broken", "the workbook is damaged: its merged cells overlap", Location(grid.path), SAVE
                )
            for number in span:
                found.setdefault(number, []).append(problem)
    return {number: tuple(problems) for number, problems in found.items()}


def _hidden(grid: SheetGrid, header: Row, rows: Sequence[Row]) -> Iterator[Problem]:
    hint = "delete what does not belong to the table"
    hidden = [number for number in grid.hidden if number > header.number]
    if hidden:
        message = f"{_rows(_spans(hidden))} {_are(len(hidden))} hidden or filtered away, and read all the same"
        yield Problem(Severity.WARNING, "table.hidden", message, grid.at(hidden[0], 0), hint)
    columns = [column for column in grid.hidden_columns if header.cell(column)]
    if columns:
        one = len(columns) == 1
        named = ", ".join(letters(column) for column in columns[:10])
        message = f"{'column' if one else 'columns'} {named} {_are(len(columns))} hidden, and read all the same"
        yield Problem(Severity.WARNING, "table.hidden", message, grid.at(header.number, columns[0]), hint)


def _spans(numbers: Iterable[int]) -> list[range]:
    """Return numbers that rise as the spans of those that follow one another."""
    spans: list[range] = []
    for number in numbers:
        begin = spans.pop().start if spans and spans[-1].stop == number else number
        spans.append(range(begin, number + 1))
    return spans


def _rows(spans: Sequence[range]) -> str:
    """Return spans in words: row 5; rows 5, 7–9."""
    told = [str(span.start) if len(span) == 1 else f"{span.start}–{span[-1]}" for span in spans[:8]]
    listed = ", ".join(told) + (f" and {len(spans) - 8} more" if len(spans) > 8 else "")
    return f"{'row' if sum(map(len, spans)) == 1 else 'rows'} {listed}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
