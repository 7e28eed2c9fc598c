"""Tables of many rows over a base, and text files that are odd: ``report check --table``."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import xlsxwriter

from benchmarks import network
from benchmarks.large import Build, Case

ROWS = 3000
FILE = "members.csv"
_BASE = """name: {en: The Lantern Society, bg: Дружество на фенерите}
country: IE
languages: [en, bg]
about: {en: The society keeps the lights of small harbours burning., bg: Дружеството поддържа фаровете на малките пристанища.}
registrations: [{registry: {en: Register, bg: Регистър}, number: "1"}]
"""
_HEADER = ("id", "name.en", "name.bg", "country", "registration.number", "contact.email", "founded")
Row = Sequence[str]


def _small(folder: Path) -> None:
    base = folder / "data" / "_base"
    base.mkdir(parents=True)
    (base / "organisation.yaml").write_text(_BASE, "utf-8")


def _large(folder: Path) -> None:
    """Let the first organisation of an invented network be the base: ten ties, thirty aims, two annexes."""
    network.workspace(folder, 1)
    (made,) = [path for path in (folder / "data").iterdir() if path.is_dir()]
    made.rename(folder / "data" / "_base")


def _fine(number: int) -> Row:
    name = f"Member {number} of the Lantern Association", f"Член {number} на сдружението на фенерите"
    return (f"member-{number}", *name, "RO", f"{number:09}", f"post-{number}@example.org", f"{1900 + number % 120}")


def _alike(number: int) -> Row:
    return (*_fine(number)[:3], "ro", *_fine(number)[4:])


def _different(number: int) -> Row:
    """Return a row with a mistake of its own, with a value that no other row has."""
    row = list(_fine(number))
    column = number % len(row)
    row[column] = ("Id {}!", "", "#REF!", "Countryland {}", "#N/A", "post {} at example", "the year {}")[column].format(
        number
    )
    return row


def table(
    row: Callable[[int], Row],
    *,
    count: int = ROWS,
    header: Row = _HEADER,
    base: Callable[[Path], None] = _large,
    options: Sequence[str] = (),
) -> Build:
    """Write a table of rows over a base."""

    def build(folder: Path) -> Sequence[str]:
        base(folder)
        with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *map(row, range(count))])
        return ("check", "--table", FILE, "--base", "_base", *options)

    return build


def _workbook(folder: Path) -> Sequence[str]:
    _large(folder)
    with xlsxwriter.Workbook(folder / "members.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([_HEADER, *map(_fine, range(ROWS))]):
            sheet.write_row(number, 0, row)
    return ("check", "--table", "members.xlsx", "--base", "_base")


def text(content: Callable[[], Iterable[bytes]], *options: str) -> Build:
    """Write a text file as it is."""

    def build(folder: Path) -> Sequence[str]:
        _small(folder)
        with (folder / FILE).open("wb") as file:
            file.writelines(content())
        return ("check", "--table", FILE, "--base", "_base", *options)

    return build


_WIDE = tuple(f"registrations[{number}].number" for number in range(1, 201))
_LONG = "They keep the lights of small harbours burning, and tell of it. " * 100
_TIES = tuple(f"objectives[own-{number}].affiliations" for number in range(1, 31))

SMALL = Case("start", "one row", 5, table(_fine, count=1, base=_small))
CASES = (
    Case("table: fine rows", f"{ROWS:,} rows", 10, table(_fine)),
    Case("table: fine rows, a small base", f"{ROWS:,} rows", 5, table(_fine, base=_small)),
    Case("table: all wrong alike", f"{ROWS:,} rows", 10, table(_alike), "data.form"),
    Case("table: all wrong alike, a small base", f"{ROWS:,} rows", 5, table(_alike, base=_small), "data.form"),
    Case("table: each wrong otherwise", f"{ROWS:,} rows", 10, table(_different)),
    Case(
        "table: all wrong alike, JSON", f"{ROWS:,} rows", 10, table(_alike, options=("--format", "json")), "data.form"
    ),
    Case(
        "table: many columns, each cell wrong",
        "500 rows of 200",
        10,
        table(
            lambda n: (f"m-{n}", f"M {n}", *("12 345 678901234567890" * 3,) * 200),
            count=500,
            header=("id", "name.en", *_WIDE),
        ),
    ),
    Case(
        "table: unknown ids in many columns",
        f"{ROWS:,} rows of 30",
        20,
        table(lambda n: (f"m-{n}", *(f"network-{n}-{c}" for c in range(30))), header=("id", *_TIES)),
        "id.unknown",
    ),
    Case(
        "table: long texts",
        f"{ROWS:,} rows, 19 MB",
        10,
        table(lambda n: (*_fine(n), _LONG), header=(*_HEADER, "about.full.en")),
    ),
    Case(
        "table: long lines, each wrong",
        "500 rows of 90 KB",
        10,
        table(lambda n: (*_alike(n), _LONG * 14), count=500, header=(*_HEADER, "about.full.en")),
        "data.form",
    ),
    Case("table: one id in all rows", f"{ROWS:,} rows", 10, table(lambda n: ("same", *_fine(n)[1:])), "id.duplicate"),
    Case(
        "table: rows without id or name", f"{ROWS:,} rows", 10, table(lambda n: ("", "", "", *_fine(n)[3:])), "table.id"
    ),
    Case("table: an XLSX of fine rows", f"{ROWS:,} rows", 10, _workbook),
    Case("csv: many rows", "100,000 rows", 5, table(_fine, count=100_000, base=_small), "rows"),
    Case("csv: one column", "1,000,000 rows", 5, text(lambda: (f"member-{n}\n".encode() for n in range(1_000_000)))),
    Case("csv: one line", "100 MB", 5, text(lambda: [b"a" * 99_999_999])),
    Case("csv: one line of commas", "1,000,000", 5, text(lambda: [b"a" + b"," * 1_000_000 + b"\n1\n"])),
    Case("csv: nothing but commas", "10,000 rows of 1,000", 5, text(lambda: [(b"," * 999 + b"\n") * 10_000])),
    Case("csv: nothing but line ends", "50,000,000", 5, text(lambda: [b"id,name\n" + b"\n" * 50_000_000 + b"a,A\n"])),
    Case("csv: a line of quotes", "1,000,000", 5, text(lambda: [b'id,name\na,"' + b'"' * 1_000_001])),
    Case("csv: quotes that never close", "1,000,000 rows", 5, text(lambda: [b'id,name\n"a,A\n', b"b,B\n" * 1_000_000])),
    Case("csv: a quote in each row", "1,000,000 rows", 5, text(lambda: [b"id,name\n", b'"b" x,B\n' * 1_000_000])),
    Case("csv: quoted lines like rows", "200,000", 5, text(lambda: [b"id,name\n", *(b'a,"b\nc,"\n',) * 200_000])),
    Case("csv: spaces", "50 MB", 5, text(lambda: [b"id,name\na," + b" " * 50_000_000 + b"x\n"])),
    Case(
        "csv: UTF-16",
        "100,000 rows",
        5,
        text(
            lambda: [
                "\ufeffid,name.en\n".encode("utf-16-le"),
                *(f"m-{n},Член {n}\n".encode("utf-16-le") for n in range(100_000)),
            ]
        ),
        "rows",
    ),
    Case(
        "csv: Windows-1251",
        "20,000 rows",
        10,
        text(lambda: [b"id,founded,name.bg\n", *(f"m-{n},x,Член {n}\n".encode("cp1251") for n in range(20_000))]),
    ),
    Case("csv: no charset", "50 MB", 5, text(lambda: [b"id,name\n", bytes(range(128, 256)) * 390_000])),
    Case("csv: zeros", "99 MB", 5, text(lambda: [b"\0" * 99_000_000])),
)
