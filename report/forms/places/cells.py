"""Cells of tables: an empty one right of its label or below it, and tables that take a row for each record."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence

from report.formats.docx.xml import Element, q
from report.forms import text
from report.forms.answer import Answer, Refused
from report.forms.binding import Bindings
from report.forms.place import Place, cells, column, nearest

_BLANK = re.compile(r"[\s._…\u2002\u00a0-]*|<[^<>]{0,120}>|\[[^\[\]]{0,120}\]", re.DOTALL)
"""What a form writes where an answer belongs: nothing, dots, a line, or <words> and [words] in brackets."""
_VERTICAL = q("w:vMerge")


def find(part: str, root: Element, known: Sequence[Place]) -> Iterator[Place]:
    """Yield the cells that wait for an answer, and the tables that wait for rows; those filled otherwise are left out."""
    taken = {e for place in known for e in (place.element, *place.element.iterancestors(text.TC))}
    for number, table in enumerate(root.iter(text.TBL), 1):
        rows = own_rows(table)
        head = _head(rows, taken)
        if head is not None:
            yield _rows(part, root, number, table, head)
        for index, row in enumerate(rows):
            if head is not None and index > head:
                break
            for place, cell in enumerate(cells(row)):
                if place and cell not in taken and _waits(cell, taken) and (label := _label(row, place)):
                    yield _cell(part, root, f"{number}.{index + 1}.{place + 1}", cell, label)


def own_rows(table: Element) -> list[Element]:
    """Return the rows of a table, without those of tables inside it."""
    return [r for r in table.iter(text.TR) if next(r.iterancestors(text.TBL)) is table]


def _waits(cell: Element, taken: set[Element]) -> bool:
    if any(inner in taken for inner in cell.iter()) or next(cell.iter(q("w:drawing"), text.TBL), None) is not None:
        return False
    merged = cell.find(f"{q('w:tcPr')}/{_VERTICAL}")
    going_on = merged is not None and merged.get(q("w:val"), "continue") == "continue"
    return not going_on and _BLANK.fullmatch(text.of(cell)) is not None and "{{" not in text.of(cell)


def _label(row: Element, place: int) -> str:
    said = text.of(cells(row)[place - 1]).strip()
    return "" if _BLANK.fullmatch(said) else " ".join(said.split())


def _head(rows: list[Element], taken: set[Element]) -> int | None:
    """Return the row whose cells are the names of columns, with nothing but blank rows below it."""
    for index, row in enumerate(rows[:-1]):
        named = cells(row)
        below = rows[index + 1 :]
        if len(named) < 2 or any(_BLANK.fullmatch(text.of(c)) for c in named[1:]):
            continue
        alike = all([column(c) for c in cells(r)] == [column(c) for c in named] for r in below)
        if (
            alike
            and all(_waits(c, taken) for r in below for c in cells(r)[1:])
            and all(_blank_or_number(r, taken) for r in below)
        ):
            return index
    return None


def _blank_or_number(row: Element, taken: set[Element]) -> bool:
    first = cells(row)[0]
    return _waits(first, taken) or re.fullmatch(r"\s*\d{1,3}[.)]?\s*", text.of(first)) is not None


def _names(row: Element) -> tuple[str, ...]:
    said = [" ".join(text.of(c).split()) or f"column {n}" for n, c in enumerate(cells(row), 1)]
    return tuple(name if said.index(name) == n else f"{name} ({n + 1})" for n, name in enumerate(said))


def _rows(part: str, root: Element, number: int, table: Element, head: int) -> Place:
    rows = own_rows(table)
    first = rows[head + 1]
    return Place(
        family="table",
        name=f"{number}.{head + 1}",
        kind="rows",
        part=part,
        paragraph=0,
        near=nearest(table),
        element=first,
        columns=_names(rows[head]),
    )


def _cell(part: str, root: Element, name: str, cell: Element, label: str) -> Place:
    return Place("cell", name, "text", part, 0, label, cell, text.of(cell).strip())


def fill(place: Place, answer: Answer, bindings: Bindings) -> None:
    """Write an answer into a cell, or rows below the head of a table, of which there become as many as are needed."""
    if place.kind == "rows":
        _fill_rows(place, answer)
        return
    _write(place.element, answer.text)


def _write(cell: Element, said: str) -> None:
    blank = not text.of(cell).strip()
    text.fill_paragraphs(cell, said, text.look_of(cell) if not blank else None, several=True)


def _fill_rows(place: Place, answer: Answer) -> None:
    records, first = answer.rows(place.columns), place.element
    rows = [first, *list(first.itersiblings(text.TR))]
    pattern = copy.deepcopy(rows[-1])
    while len(rows) < len(records):
        rows[-1].addnext(row := copy.deepcopy(pattern))
        for each in row.iter():
            for name in (q("w14:paraId"), q("w14:textId")):
                each.attrib.pop(name, None)
        for mark in list(row.iter(q("w:bookmarkStart"), q("w:bookmarkEnd"))):
            mark.getparent().remove(mark)
        rows.append(row)
    numbered = re.fullmatch(r"\s*1([.)]?)\s*", text.of(cells(first)[0]))
    for number, (row, record) in enumerate(zip(rows, records, strict=False), 1):
        for name, cell in zip(place.columns, cells(row), strict=False):
            if name in record:
                _write(cell, record[name].text)
            elif numbered and name == place.columns[0]:
                _write(cell, f"{number}{numbered[1]}")
    if not any(records):
        raise Refused("there is no row to write")
