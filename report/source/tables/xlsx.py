"""The marks of an XLSX sheet: errors, formulas without a value, merged and hidden cells, number formats (ECMA-376 18)."""

from __future__ import annotations

import functools
import posixpath
import re
import zipfile
from pathlib import Path

from lxml import etree

from report.source.tables import archive as zipped
from report.source.tables.grid import letters
from report.source.tables.marks import Marks, Shown, error, shown_by, unread, unreckoned

_CELL = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
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
    found, row, seen = Marks(), 0, set[int]()
    try:
        shown = _styles(path, archive)
        with archive.open(part) as stream:
            wanted = ("{*}row", "{*}col", "{*}mergeCell")
            for _, element in etree.iterparse(stream, tag=wanted, resolve_entities=False, no_network=True):
                name = zipped.local(element)
                if name == "row":
                    row = int(element.get("r") or row + 1)
                    if row in seen:
                        raise ValueError(f"the row {row} is there twice")
                    seen.add(row)
                    if _true(element.get("hidden")) or _true(element.get("zeroHeight")):
                        found.hidden.append(row)
                    _cells(path, element, row, shown, found)
                elif name == "col" and _true(element.get("hidden")):
                    found.hidden_columns += range(
                        int(element.get("min", 1)) - 1, min(int(element.get("max", 1)), 16384)
                    )
                elif name == "mergeCell" and (span := _span(element.get("ref", ""))):
                    found.merged.append(span)
                element.clear()
    except (etree.XMLSyntaxError, ValueError, KeyError) as fault:
        raise zipped.broken(path, part, fault) from None
    return found


def _cells(path: Path, row: etree._Element, number: int, shown: dict[int, Shown], found: Marks) -> None:
    column, last, seen = -1, -1, set[int]()
    for cell in row.iterchildren("{*}c"):
        place = _CELL.fullmatch(cell.get("r") or "")
        column = _column(place[1].upper()) if place else column + 1
        if place and int(place[2]) != number:
            raise ValueError(f"the cell {place[0]} is in row {number}")
        if column in seen:
            raise ValueError(f"the cell {letters(column)}{number} is there twice")
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
        if kind == "n" and (style := shown.get(int(cell.get("s") or 0))):
            found.shown[number, column] = style
    if last >= 0:
        found.reach(path, number, last)


def _styles(path: Path, archive: zipfile.ZipFile) -> dict[int, Shown]:
    """Return what the cell formats show, by their number, for those that do not show the whole value."""
    tree = zipped.tree(path, archive, "xl/styles.xml")
    if tree is None:
        return {}
    codes = {int(f.get("numFmtId", 0)): f.get("formatCode", "") for f in tree.iterfind(".//{*}numFmts/{*}numFmt")}
    formats = enumerate(tree.iterfind("./{*}cellXfs/{*}xf"))
    told = {n: shown_by(_code(int(one.get("numFmtId") or 0), codes)) for n, one in formats}
    return {number: style for number, style in told.items() if style}


def _code(id_: int, codes: dict[int, str]) -> str:
    return codes.get(id_) or _BUILT_IN.get(id_, "")


def _span(ref: str) -> tuple[int, int, int, int] | None:
    corners = [_CELL.fullmatch(corner) for corner in ref.split(":")]
    if len(corners) != 2 or not (corners[0] and corners[1]):
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
