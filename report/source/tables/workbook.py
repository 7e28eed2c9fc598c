"""XLSX and ODS: calamine reads the values, the sheet's XML says what calamine leaves out."""

from __future__ import annotations

import datetime
import difflib
import itertools
import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from report.source.tables import archive as zipped
from report.source.tables import ods, xlsx
from report.source.tables.grid import Flaw, Place, Row, SheetGrid, too_long
from report.source.tables.limits import MAX_LETTERS
from report.source.tables.marks import Marks, Shown, unread
from report.values import Location, Problem, ReportError, Severity

_SURROGATE = re.compile(r"_x(D[89A-F][0-9A-F]{2})_", re.IGNORECASE)
"""Half of a sign as ECMA-376 22.9.2.19 writes what XML cannot carry; calamine reads all others."""
_DIGITS = 15
"""So many digits of a number a spreadsheet keeps."""


def read(path: Path, data: bytes, sheet: str | None = None) -> SheetGrid:
    """Read a sheet's rows, the first sheet's if none is named; raise `ReportError` where the workbook cannot be read."""
    if data.startswith(zipped.CFB):
        zipped.refuse_compound(path, data)
    archive = zipped.opened(path, data)
    names = set(archive.namelist())
    kind = "xlsx" if any(n.lstrip("/").startswith("xl/") for n in names) else "ods" if "content.xml" in names else ""
    if not kind or any(name.endswith("workbook.bin") for name in names):
        message, hint = "this is not a workbook of XLSX or ODS", "save it as an Excel workbook (.xlsx)"
        raise ReportError.of("table.kind", message, Location(path), hint)
    if kind == "ods" and ods.is_locked(path, archive):
        raise ods.locked(path)
    every = ods.sheets(path, archive) if kind == "ods" else xlsx.parts(path, archive)
    chosen = _chosen(path, list(every), sheet)
    found = every[chosen]
    marks = found if isinstance(found, Marks) else xlsx.marks(path, archive, found)
    try:
        values = (
            CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(chosen).to_python(skip_empty_area=False)
        )
    except CalamineError as error:
        raise _unreadable(path, chosen, marks, f": {error}") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust, which is no Exception
            raise
        raise _unreadable(path, chosen, marks) from None
    others = [name for name in every if name != chosen] if sheet is None else []
    return _grid(path, chosen, values, marks, _others(path, others))


def _unreadable(path: Path, sheet: str, marks: Marks, why: str = "") -> ReportError:
    """Return what is said of a sheet that calamine gives up: its spoilt cells, one of which it does not know, if there are any."""
    if not marks.flaws:
        return ReportError.of("table.broken", f"the workbook cannot be read{why}", Location(path), zipped.SAVE)
    grid = SheetGrid(path, (), sheet=sheet)
    return ReportError(
        Problem(flaw.severity, flaw.code, flaw.message, grid.at(*place), flaw.hint)
        for place, flaw in sorted(marks.flaws.items(), key=lambda item: item[0])
    )


def _chosen(path: Path, sheets: list[str], wanted: str | None) -> str:
    if not sheets:
        raise ReportError.of("table.empty", "the workbook has no sheet of cells", Location(path))
    found = next((name for name in sheets if wanted is None or name.casefold() == wanted.casefold()), None)
    if found is None:
        close = difflib.get_close_matches(wanted or "", sheets, 1)
        hint = f"did you mean '{close[0]}'?" if close else f"available: {', '.join(sheets[:20])}"
        raise ReportError.of("table.sheet", f"there is no sheet '{wanted}'", Location(path), hint)
    return found


def _others(path: Path, others: list[str]) -> tuple[Problem, ...]:
    if not others:
        return ()
    message = f"only the first sheet is read, not {', '.join(f'“{name}”' for name in others[:5])}"
    hint = f"to read another, write {path.name}:{others[0]}"
    return (Problem(Severity.NOTE, "table.sheets", message, Location(path), hint),)


def _grid(path: Path, sheet: str, values: list[list[Any]], marks: Marks, notes: tuple[Problem, ...]) -> SheetGrid:
    flaws: dict[Place, Flaw] = dict.fromkeys(marks.lost(values), unread()) | marks.flaws
    reach: dict[int, int] = {}  # a formula without a value may stand behind all values, and below them
    for number, column in flaws:
        reach[number] = max(reach.get(number, 0), column + 1)
    rows: list[Row] = []
    for number in range(1, max(len(values), *reach, 0) + 1):
        cells = []
        for column, value in enumerate(values[number - 1] if number <= len(values) else ()):
            place = number, column
            text, flaw = _text(marks.texts.get(place, value), marks.shown.get(place))
            cells.append(text)
            if flaw:
                flaws.setdefault(place, flaw)
        cells += [""] * (reach.get(number, 0) - len(cells))
        if number in reach or any(cells):
            rows.append(Row(number, tuple(cells)))
    numbers = {row.number for row in rows}
    pairs = itertools.pairwise(row.number for row in rows)
    blank = tuple(range(one + 1, other) for one, other in pairs if one + 1 < other)
    hidden = tuple(number for number in marks.hidden if number in numbers)
    columns = tuple(sorted(marks.hidden_columns))
    return SheetGrid(path, tuple(rows), blank, flaws, notes, sheet, tuple(marks.merged), hidden, columns)


def _text(value: Any, shown: Shown | None) -> tuple[str, Flaw | None]:
    """Return a value as YAML would have it typed, as text, and what is wrong with it."""
    if isinstance(value, str):
        if "_x" in value:
            halves = _SURROGATE.sub(lambda found: chr(int(found[1], 16)), value)
            value = halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
        return (text, None) if len(text) <= MAX_LETTERS else (text[:MAX_LETTERS], too_long(len(text)))
    if isinstance(value, bool):
        return str(value).lower(), None
    if isinstance(value, int | float):
        return _number(value, shown)
    if isinstance(value, datetime.datetime):
        if value.time() != datetime.time():
            return value.isoformat(" ", "minutes"), None
        value = value.date()
    if isinstance(value, datetime.date):
        length = {"y": 4, "ym": 7}.get(shown.date if shown else "", 10)
        return value.isoformat()[:length], None
    if isinstance(value, datetime.time):
        return value.isoformat("seconds" if value.second else "minutes"), None
    if isinstance(value, datetime.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}", None
    return str(value), None


def _number(value: float, shown: Shown | None) -> tuple[str, Flaw | None]:
    """Return a number with as many digits as a spreadsheet keeps, and with the leading zeros that its format shows."""
    text = f"{Decimal(f'{value:.{_DIGITS}g}'):f}"
    if abs(value) >= 10**_DIGITS:
        message = f"a spreadsheet keeps {_DIGITS} digits of a number: the last ones of this may be lost"
        return text, Flaw(Severity.ERROR, "table.digits", message, "format the cell as text and write the number again")
    if shown and shown.percent:
        said = f"{Decimal(text) * 100:f}"
        said = said.rstrip("0").rstrip(".") if "." in said else said
        message = f"the cell shows {said} % and holds {text}: it is not clear which is meant"
        hint = f"format the cell as a number, and write {said} where the fact is in percent"
        return text, Flaw(Severity.ERROR, "table.percent", message, hint)
    if shown and text.isdigit() and len(text) < shown.digits:
        whole = text.zfill(shown.digits)
        message = f"the cell holds the number {text} and shows {whole}, which is what is read"
        return whole, Flaw(Severity.NOTE, "table.zeros", message, "format the cell as text and write the number again")
    return text, None
