"""Tables as sheets: cells on their grid, numbers from `data-value`, sums from `data-formula`, notes beside numbers."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal
from xml.etree.ElementTree import Element as HtmlElement

from report.formats import grid
from report.values import Problem, Severity, required

Kind = Literal["head", "label", "group", "plain", "total"]
_BREAKS = frozenset({"br", "p", "li", "div", "ul", "ol", "dl", "dt", "dd"})
"""Elements that begin a new line in a cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at a place of its sheet, from 0. `sums` are runs of rows of its column that a formula adds up."""

    row: int
    column: int
    height: int
    width: int
    kind: Kind
    text: str
    flush: bool = False
    number: Decimal | None = None
    sums: tuple[tuple[int, int], ...] = ()
    percent: bool = False
    note: str = ""
    link: str | None = None

    @property
    def decimals(self) -> int:
        """Return with how many decimals the number is written."""
        return max(0, -int(self.number.as_tuple().exponent)) if self.number is not None else 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its caption, its cells, how many rows its head has and where its body ends, and how wide it is."""

    title: str
    cells: tuple[Cell, ...]
    head: int
    body: int
    columns: int
    problems: tuple[Problem, ...] = ()


def sheets(root: HtmlElement) -> Iterator[Sheet]:
    """Yield a sheet for each table of a document."""
    for table in root.iter("table"):
        rows, columns = grid.build(table)
        if rows and columns:
            yield _sheet(table, rows, columns)


def _sheet(table: HtmlElement, rows: list[grid.Row], columns: int) -> Sheet:
    caption = table.find("caption")
    title = _words(caption) if caption is not None else table.get("aria-label", "")
    found = {(place, slot.column): slot for place, row in enumerate(rows) for slot in row.slots}
    cells, problems = [], []
    for (place, column), slot in found.items():
        if slot.element is None or slot.merge == "continue":
            continue
        height = next(n for n in itertools.count(1) if not _continues(found, place + n, column))
        cell = _cell(rows[place], slot, place, height)
        if slot.element.get("data-formula") == "SUM":
            sums, total = _sum(rows, found, place, column)
            if sums and cell.number not in (None, total):
                message = f"the total of “{title}” is {cell.number}, but its cells come to {total}"
                hint = "the workbook adds the cells up; each may be rounded by itself"
                problems.append(Problem(Severity.WARNING, "xlsx.sum", message, None, hint))
            cell = _summed(cell, sums, total)
        cells.append(cell)
    head = sum(row.head for row in rows)
    return Sheet(title, tuple(cells), head, _body_end(rows), columns, tuple(problems))


def _continues(found: dict[tuple[int, int], grid.Slot], place: int, column: int) -> bool:
    slot = found.get((place, column))
    return slot is not None and slot.merge == "continue"


def _body_end(rows: list[grid.Row]) -> int:
    """Return how many rows there are before the foot."""
    return sum(row.group.tag != "tfoot" for row in rows)


def _cell(row: grid.Row, slot: grid.Slot, place: int, height: int) -> Cell:
    element = required(slot.element)
    value = element.get("data-value")
    text = _text(element, notes=value is None)
    return Cell(
        row=place,
        column=slot.column,
        height=height,
        width=slot.span,
        kind=_kind(row, element),
        text=text,
        flush=element.get("data-type") == "number",
        number=Decimal(value) if value is not None else None,
        percent=value is not None and text.endswith("%"),
        note="\n".join(_text(note) for note in element.iter() if _is_note(note)) if value is not None else "",
        link=_link(element, text),
    )


def _summed(cell: Cell, sums: tuple[tuple[int, int], ...], total: Decimal) -> Cell:
    return replace(cell, number=total, sums=sums) if sums else cell


def _kind(row: grid.Row, element: HtmlElement) -> Kind:
    if row.head:
        return "head"
    if row.group.tag == "tfoot":
        return "total"
    if element.get("scope") in ("rowgroup", "colgroup"):
        return "group"
    return "label" if element.tag == "th" else "plain"


def _sum(
    rows: list[grid.Row], found: dict[tuple[int, int], grid.Slot], place: int, column: int
) -> tuple[tuple[tuple[int, int], ...], Decimal]:
    """Return the runs of rows that a sum adds up, and what they come to.

    In the foot it is the sum of the body, in a body of its own part; other sums are left out, so that none counts twice.
    """
    own = rows[place].group
    runs: list[tuple[int, int]] = []
    total, last = Decimal(), None
    for at, row in enumerate(rows):
        slot = found.get((at, column))
        element = slot.element if slot else None
        inside = not row.head and row.group.tag != "tfoot" if own.tag == "tfoot" else row.group is own
        if element is None or not inside or at == place or element.get("data-formula"):
            last = None
            continue
        value = element.get("data-value")
        if value is None or (slot and slot.merge == "continue"):
            continue
        total += Decimal(value)
        runs[-1:] = [(runs[-1][0], at)] if last is not None else [*runs[-1:], (at, at)]
        last = at
    return tuple(runs), total


def _is_note(element: HtmlElement) -> bool:
    classes = element.get("class", "").split()
    return element.tag == "small" or "note" in classes or element.get("role") == "doc-footnote"


def _words(caption: HtmlElement) -> str:
    """Return a caption without its label and its number."""
    label = next((e for e in caption.iter() if "caption-label" in e.get("class", "").split()), None)
    text = " ".join("".join(caption.itertext()).split())
    return text.removeprefix(" ".join("".join(label.itertext()).split())).strip(" .:") if label is not None else text


def _text(element: HtmlElement, notes: bool = True) -> str:
    """Return a cell's text, with a line for each block and each break; notes may be left out."""
    lines = "".join(_pieces(element, notes)).split("\n")
    return "\n".join(line for piece in lines if (line := " ".join(piece.split())))


def _pieces(element: HtmlElement, notes: bool) -> Iterator[str]:
    footnote = element.get("role") == "doc-footnote"
    yield " (" if footnote else ""
    yield _flat(element.text)
    for child in element:
        if notes or not _is_note(child):
            yield "\n" if child.tag in _BREAKS else ""
            yield from _pieces(child, notes)
            yield "\n" if child.tag in _BREAKS - {"br"} else ""
        yield _flat(child.tail)
    yield ")" if footnote else ""


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _link(element: HtmlElement, text: str) -> str | None:
    """Return the address that all of a cell's text leads to."""
    links = [a for a in element.iter("a") if a.get("href", "").startswith(("http://", "https://", "mailto:"))]
    return links[0].get("href") if len(links) == 1 and _text(links[0]) == text else None
