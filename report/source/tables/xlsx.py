"""The marks of an XLSX sheet: errors, formulas without a value, merged and hidden cells, number formats (ECMA-376 18)."""

from __future__ import annotations

import functools
import posixpath
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from report.source.tables import archive as zipped
from report.source.tables.grid import letters
from report.source.tables.limits import MAX_COLUMNS, MAX_TEXT
from report.source.tables.marks import Marks, Shown, error, shown_by, unread, unreckoned
from report.source.tables.table import MOST_LINES, too_many_rows
from report.values import Location

_CELL = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
_BUILT_IN = {9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "", 17: "mmm-yy", 22: ""}
"""Formats that a file need not write out (18.8.30); those that are left empty show no date that matters."""


def parts(path: Path, archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each sheet of cells by the sheet's name; hidden sheets come last."""
    book = next((n for n in archive.namelist() if re.fullmatch(r"/?xl/workbook\d*\.xml", n)), "xl/workbook.xml")
    tree, relations = (zipped.tree(path, archive, name) for name in (book, _relations(book)))
    if tree is None or relations is None:
        return {}
    targets = {r.get("Id"): r.get("Target", "") for r in relations if r.get("Type", "").endswith("/worksheet")}
    found = {}
    sheets = sorted(tree.iterfind(".//{*}sheets/{*}sheet"), key=lambda one: one.get("state", "visible") != "visible")
    for sheet in sheets:
        id_ = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
        if id_ not in targets:  # a sheet that is one chart, or a dialogue
            continue
        target = targets[id_]
        absolute = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(book), target)
        found[sheet.get("name", "")] = posixpath.normpath(absolute)
    return found


def _relations(part: str) -> str:
    return f"{posixpath.dirname(part)}/_rels/{posixpath.basename(part)}.rels"


def marks(path: Path, archive: zipfile.ZipFile, part: str) -> Marks:
    """Walk a sheet's cells once; raise `ReportError` where it is too large or no XML."""
    found, row, seen, columns = Marks(), 0, set[int](), 0
    try:
        styles = _Styles(path, archive)
        for _, element in zipped.elements(path, archive, part, "row", "col", "mergeCell"):
            name = zipped.local(element)
            if name == "row":
                row = int(element.get("r") or row + 1)
                if row in seen:
                    raise ValueError(f"the row {row} appears twice")
                seen.add(row)
                if _true(element.get("hidden")) or _true(element.get("zeroHeight")):
                    found.hidden.append(row)
                _cells(path, element, row, styles, found)
            elif name == "col" and _true(element.get("hidden")):
                span = range(int(element.get("min", 1)) - 1, min(int(element.get("max", 1)), MAX_COLUMNS))
                columns += len(span)
                if columns > MAX_COLUMNS:
                    raise ValueError("its columns are described again and again")
                found.hidden_columns.update(span)
            elif name == "mergeCell" and (merged := _span(element.get("ref", ""))):
                found.merged.append(merged)
        _check_texts(path, archive, found.shared)
    except (etree.XMLSyntaxError, ValueError, KeyError) as fault:
        raise zipped.broken(path, part, fault) from None
    return found


def _check_texts(path: Path, archive: zipfile.ZipFile, used: Mapping[int, int]) -> None:
    """Raise where the table of shared texts (18.4.9) lies about its size, or its texts are used so often that memory would not do.

    The library that reads values makes room for as many texts as the table says, and copies a text into each cell.
    """
    if _STRINGS not in archive.namelist():
        return
    size = archive.getinfo(_STRINGS).file_size
    total = 0
    for event, element in zipped.elements(path, archive, _STRINGS, "sst", "si", begun=True):
        name = zipped.local(element)
        if event == "start" and name == "sst":
            said = int(element.get("uniqueCount") or 0)
            if said > size:
                raise ValueError(f"{_STRINGS} is said to hold {said:,} texts, and has {size:,} bytes")
            if size * max(used.values(), default=0) <= MAX_TEXT:
                return
            number = 0
        elif event == "end" and name == "si":
            total += used.get(number, 0) * len("".join(element.itertext()))
            number += 1
    if total > MAX_TEXT:
        raise zipped.bomb(path, f"the sheet’s texts come to {total:,} characters, the most is {MAX_TEXT:,}")


def _cells(path: Path, row: etree._Element, number: int, styles: _Styles, found: Marks) -> None:
    column, last, seen = -1, -1, set[int]()
    for cell in row.iterchildren("{*}c"):
        said = cell.get("r")
        place = _CELL.fullmatch(said) if said else None
        if said and not place:
            raise ValueError(f"there is no cell {said[:20]}")
        column = _column(place[1].upper()) if place else column + 1
        if place and int(place[2]) != number:
            raise ValueError(f"the cell {place[0]} is in row {number}")
        if column in seen:
            raise ValueError(f"the cell {letters(column)}{number} appears twice")
        seen.add(column)
        kind, value, formula, inline = cell.get("t", "n"), None, None, False
        for child in cell:
            name = zipped.local(child)
            if name == "v":
                value = child.text or ""
            elif name == "f":
                formula = child
            inline = inline or name == "is"
        if value is None and formula is None and not inline and kind != "e":
            continue
        last = max(last, column)
        if kind == "e":
            found.flaws[number, column] = error(value)
        elif formula is not None and not value and (value is None or kind != "str"):  # an empty text is a value
            found.flaws[number, column] = unreckoned()
        elif kind == "s" and value is not None and not value.strip().isdecimal():
            found.flaws[number, column] = unread()
        elif value and value.strip() and kind != "s":
            found.hold(number, column)
        elif value and kind == "s":
            found.shared[int(value)] += 1
        if kind == "n" and (style := styles.shown(int(cell.get("s") or 0))):
            found.shown[number, column] = style
    if last >= 0:
        found.reach(path, number, last)
        found.rows += 1
        if found.rows > MOST_LINES:
            raise too_many_rows(Location(path, number, 1))


class _Styles:
    """What the cell formats show, by their number (18.8.10)."""

    def __init__(self, path: Path, archive: zipfile.ZipFile):
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []
        self._shown: dict[int, Shown | None] = {}
        if _STYLES in archive.namelist():
            for _, element in zipped.elements(path, archive, _STYLES, "numFmt", "xf"):
                if zipped.local(element) == "numFmt":
                    self._codes[int(element.get("numFmtId", 0))] = element.get("formatCode", "")
                elif zipped.local(element.getparent()) == "cellXfs":
                    self._formats.append(int(element.get("numFmtId") or 0))

    def shown(self, number: int) -> Shown | None:
        """Return what a format shows, where it does not show the whole value."""
        id_ = self._formats[number] if 0 <= number < len(self._formats) else 0
        if id_ not in self._shown:
            self._shown[id_] = shown_by(self._codes.get(id_) or _BUILT_IN.get(id_, ""))
        return self._shown[id_]


def _span(ref: str) -> tuple[int, int, int, int] | None:
    corners = [found for corner in ref.split(":") if (found := _CELL.fullmatch(corner))]
    if len(corners) != 2 or ref.count(":") != 1:
        return None
    first, last = corners
    return int(first[2]), _column(first[1].upper()), int(last[2]), _column(last[1].upper())


@functools.cache
def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _true(value: str | None) -> bool:
    return value in ("1", "true")
