"""The marks of an ODS sheet: errors, formulas without a value, merged and hidden cells, number styles (ODF 1.3, part 3)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from report.source.tables import archive as zipped
from report.source.tables.grid import Flaw, is_error
from report.source.tables.limits import MAX_CELLS, MAX_COLUMNS, MAX_TEXT
from report.source.tables.marks import Marks, Shown, error, unreckoned
from report.values import Location, ReportError

_PART = "content.xml"
_STYLES = ("number-style", "date-style", "style")
_SIGNS = {"tab": "\t", "line-break": "\n", "s": " "}
_PERCENT = Shown(percent=True)
_HIDDEN = ("collapse", "filter")


def is_locked(path: Path, archive: zipfile.ZipFile) -> bool:
    """Say whether the parts are encrypted (ODF 1.3, part 2, 4.8)."""
    manifest = zipped.tree(path, archive, "META-INF/manifest.xml")
    return manifest is not None and manifest.find(".//{*}encryption-data") is not None


def sheets(path: Path, archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Walk every sheet's cells once; raise `ReportError` where one is too large, or the part is no XML.

    The library that reads the values lays out all sheets as soon as it opens the file. Tables inside cells are not looked at.
    """
    found: dict[str, Marks] = {}
    texts = _Texts(path)
    try:
        styles = _Styles()
        if "styles.xml" in archive.namelist():
            for _, element in zipped.elements(path, archive, "styles.xml", *_STYLES):
                styles.take(element)
        walk, depth, cells = None, 0, 0
        wanted = ("table", "table-column", "table-row", *_STYLES)
        for event, element in zipped.elements(path, archive, _PART, *wanted, begun=True):
            name, ended = zipped.local(element), event == "end"
            if name == "table":
                depth += -1 if ended else 1
                if depth == 1 and not ended:
                    walk = _Walk(path, styles, Marks(before=cells), texts)
                    found[_get(element, "name") or ""] = walk.found
                elif depth == 0 and walk:
                    cells += walk.found.cells
            elif ended and name in _STYLES:
                styles.take(element)
            elif ended and depth == 1 and walk:
                (walk.column if name == "table-column" else walk.row)(element)
    except (etree.XMLSyntaxError, ValueError, KeyError) as fault:
        raise zipped.broken(path, _PART, fault) from None
    return found


class _Texts:
    """The characters of all cells: one that is repeated a million times is copied as often."""

    def __init__(self, path: Path):
        self._path, self._count = path, 0

    def add(self, count: int) -> None:
        """Count characters; raise `ReportError` where they become too many."""
        self._count += count
        if self._count > MAX_TEXT:
            raise zipped.bomb(self._path, f"the sheets’ texts come to more than {MAX_TEXT:,} characters")


class _Styles:
    """Cell styles and the number styles that they name, which may stand in either of two parts, before or after them."""

    def __init__(self) -> None:
        self._numbers: dict[str, Shown] = {}
        self._named: dict[str, str] = {}

    def of(self, cell: str | None) -> Shown | None:
        """Return what a cell style shows."""
        return self._numbers.get(self._named.get(cell or "", ""))

    def take(self, style: etree._Element) -> None:
        name = _get(style, "name") or ""
        if zipped.local(style) == "style":
            self._named[name] = _get(style, "data-style-name") or ""
            return
        parts = {zipped.local(part): part for part in style if isinstance(part.tag, str)}
        if "hours" in parts:
            return
        if zipped.local(style) == "date-style":
            dated = "".join(one[0] for one in ("year", "month", "day") if one in parts)
            self._numbers[name] = Shown(date=dated) if "y" in dated else Shown()
        elif len(parts) == 1 and "number" in parts:
            digits = int(_get(parts["number"], "min-integer-digits") or 0)
            if digits > 1:
                self._numbers[name] = Shown(digits=digits)


class _Walk:
    """One pass over a sheet: repeated rows and cells are counted as often as they stand."""

    def __init__(self, path: Path, styles: _Styles, found: Marks, texts: _Texts):
        self.path, self.styles, self.found, self.texts = path, styles, found, texts
        self.columns: list[str | None] = []
        self.number = 1

    def column(self, element: etree._Element) -> None:
        """Take a column into account."""
        begin = len(self.columns)
        repeated = min(_count(_get(element, "number-columns-repeated")), MAX_COLUMNS - begin)
        if repeated < 1:
            raise ValueError(f"no sheet has more than {MAX_COLUMNS:,} columns")
        if _get(element, "visibility") in _HIDDEN:
            self.found.hidden_columns.update(range(begin, begin + repeated))
        self.columns += [_get(element, "default-cell-style-name")] * repeated

    def row(self, row: etree._Element) -> None:
        """Take a row into account."""
        number, repeated, column, holds = self.number, _count(_get(row, "number-rows-repeated")), 0, False
        default = _get(row, "default-cell-style-name")
        for cell in row:
            if not isinstance(cell.tag, str) or zipped.local(cell) not in ("table-cell", "covered-table-cell"):
                continue
            said = _attributes(cell)
            times = _count(said.get("number-columns-repeated"))
            if "value-type" in said or "formula" in said or cell.find("{*}p") is not None:
                holds = True
                self.found.reach(self.path, number + repeated - 1, column + times - 1)
                self._cell(cell, said, said.get("style-name") or default, (number, repeated), (column, times))
            wide, high = _count(said.get("number-columns-spanned")), _count(said.get("number-rows-spanned"))
            if wide > 1 or high > 1:
                self.found.merged.append((number, column, number + high - 1, column + wide - 1))
            column += times
        if holds and _get(row, "visibility") in _HIDDEN:
            self.found.hidden += range(number, number + repeated)
        self.number += repeated

    def _cell(
        self,
        cell: etree._Element,
        said: Mapping[str, str],
        style: str | None,
        rows: tuple[int, int],
        columns: tuple[int, int],
    ) -> None:
        letters = sum(map(len, cell.itertext())) + sum(_count(_get(space, "c")) for space in cell.iter("{*}s"))
        self.texts.add(letters * rows[1] * columns[1])
        text, kind = _text(cell), said.get("value-type")
        flaw = _flaw(cell, said, text)
        broken = _broken(cell) if not flaw and kind in (None, "string") else ""
        full = not flaw and (kind not in (None, "string") or bool(text))
        for column in range(columns[0], columns[0] + columns[1]):
            named = style or (self.columns[column] if column < len(self.columns) else None)
            shown = self.styles.of(named) if kind in ("float", "date") else _PERCENT if kind == "percentage" else None
            for row in range(rows[0], rows[0] + rows[1]):
                if full:
                    self.found.hold(row, column)
                if broken:
                    self.found.texts[row, column] = broken
                if flaw:
                    self.found.flaws[row, column] = flaw
                elif shown:
                    self.found.shown[row, column] = shown


def _flaw(cell: etree._Element, said: Mapping[str, str], text: str) -> Flaw | None:
    kinds = [value for name, value in cell.items() if name.endswith("}value-type")]
    if "error" in kinds or (kinds and "string" not in kinds and is_error(text)):  # OpenOffice: an error is the number 0
        return error(text or None)
    if "formula" in said and not kinds and not text:
        return unreckoned()
    return None


def _text(cell: etree._Element) -> str:
    """Return what a cell shows, without remarks."""
    return " ".join("".join(line.itertext()) for line in cell.iterfind("{*}p")).strip()


def _broken(cell: etree._Element) -> str:
    """Return a text that has tabs and line breaks inside its paragraphs, or nothing: calamine leaves these out."""
    if next(cell.iter("{*}tab", "{*}line-break"), None) is None:
        return ""
    return "\n".join("".join(_signs(line)) for line in cell.iterfind("{*}p"))


def _signs(element: etree._Element) -> Iterator[str]:
    """Yield an element's texts with what its tabs, breaks and spaces stand for."""
    name = zipped.local(element)
    if name in _SIGNS:
        yield _SIGNS[name] * min(_count(_get(element, "c")), 1000)
    yield element.text or ""
    for child in element.iterchildren("*"):
        yield from _signs(child)
        yield child.tail or ""


def _count(said: str | None) -> int:
    """Return how often something is repeated, or how many it spans: once, if nothing is said."""
    return max(1, min(int(said), MAX_CELLS)) if said else 1


def _get(element: etree._Element, name: str) -> str | None:
    """Return an attribute by its local name."""
    return _attributes(element).get(name)


def _attributes(element: etree._Element) -> dict[str, str]:
    """Return attributes by their local names; LibreOffice's own `calcext` ones come after those of the standard."""
    return {key.rpartition("}")[2]: value for key, value in reversed(element.items())}


def locked(path: Path) -> ReportError:
    """Return what is said of a workbook whose parts are encrypted."""
    return ReportError.of("table.password", "the workbook has a password", Location(path), "save it without a password")
