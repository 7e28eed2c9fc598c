"""Cells of tables: an empty one right of its label or below it, and tables that take a row for each record."""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from report.formats.ooxml import Element, q
from report.forms.answers.answer import Answer, AnswerError
from report.forms.fields.data_binding import DataBindings
from report.forms.fields.field import Place, cells, columns, covered, nearest
from report.forms.word import text

_BLANK = re.compile(r"[\s._…\u2002\u00a0-]*|<[^<>]{0,120}>|\[[^\[\]]{0,120}\]", re.DOTALL)
"""What a form writes where an answer belongs: nothing, dots, a line, or <words> and [words] in brackets."""
_VERTICAL = q("w:vMerge")


def find(part: str, root: Element, known: Sequence[Place]) -> Iterator[Place]:
    """Yield the cells that wait for an answer, and the tables that wait for rows; those filled otherwise are left out."""
    held = {place.element for place in known}
    for number, table in enumerate(root.iter(text.TBL), 1):
        if covered(table, held):
            continue
        rows = own_rows(table)
        heads = _heads(rows)
        growing = {index for head, count in heads.items() for index in range(head + 1, head + 1 + count)}
        named: dict[int, str] = {}
        for index, row in enumerate(rows):
            here = columns(row)
            said = [_said(cell) for cell, _ in here]
            if len(here) > 2 and all(said[1:]):
                named = {begin: words for (_, begin), words in zip(here[1:], said[1:], strict=True)}
            if index in heads:
                yield _rows(part, number, table, rows, index)
            if index in growing or covered(row, held):
                continue
            for place, label in _labels(here, said, named):
                if not covered(here[place][0], held):
                    yield _cell(part, f"{number}.{index + 1}.{place + 1}", here[place][0], label)


def own_rows(table: Element) -> list[Element]:
    """Return the rows of a table, without those of tables inside it."""
    return [r for r in table.iter(text.TR) if next(r.iterancestors(text.TBL)) is table]


_HOLDS = tuple(q(f"w:{name}") for name in ("drawing", "pict", "object", "tbl", "sdt", "fldChar", "fldSimple"))


def waits(cell: Element) -> bool:
    """Say whether a cell is blank and holds nothing that is filled, drawn or reckoned otherwise."""
    if next(cell.iter(*_HOLDS), None) is not None:
        return False
    merged = cell.find(f"{q('w:tcPr')}/{_VERTICAL}")
    going_on = merged is not None and merged.get(q("w:val"), "continue") == "continue"
    return not going_on and _BLANK.fullmatch(text.of(cell)) is not None and "{{" not in text.of(cell)


def _said(cell: Element) -> str:
    said = text.of(cell).strip()
    return "" if _BLANK.fullmatch(said) else " ".join(said.split())


def _labels(here: list[tuple[Element, int]], said: list[str], named: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """Yield the cells of a row that wait, with the words left of each.

    Where several cells of a row wait, as in a table of years, the column's name belongs to them.
    """
    waiting = [waits(cell) for cell, _ in here]
    several, left = sum(waiting) > 1, ""
    for place, (_, begin) in enumerate(here):
        if place:
            left = said[place - 1] or left
        above = named.get(begin) if several else None
        label = f"{left}, {above}" if left and above else said[place - 1] if place else ""
        if waiting[place] and label:
            yield place, label


def _heads(rows: list[Element]) -> dict[int, int]:
    """Return the rows whose cells are the names of columns, and how many blank rows follow each.

    What stands below the blank rows, such as a total, is left alone; a blank line between the parts of a table is no record.
    """
    found: dict[int, int] = {}
    index = 0
    while index < len(rows) - 1:
        named = cells(rows[index])
        count = len(_blank_below(rows, index)) if len(named) > 1 and all(_said(c) for c in named[1:]) else 0
        below = rows[index + 1 : index + 1 + count]
        if count and (index + count == len(rows) - 1 or count > 1 or len(named) > 2 or _numbered(below[0])):
            found[index] = count
        index += count + 1
    return found


def _blank_below(rows: list[Element], head: int) -> list[Element]:
    """Return the rows that follow a head, are made like it and hold nothing but a number."""
    wanted = [begin for _, begin in columns(rows[head])]

    def alike(row: Element) -> bool:
        here = columns(row)
        blank = all(waits(c) for c, _ in here[1:]) and (waits(here[0][0]) or _numbered(row))
        return [begin for _, begin in here] == wanted and blank

    return list(itertools.takewhile(alike, rows[head + 1 :]))


def _numbered(row: Element) -> bool:
    return re.fullmatch(r"\s*\d{1,3}[.)]?\s*", text.of(cells(row)[0])) is not None


def _names(row: Element) -> tuple[str, ...]:
    said = [" ".join(text.of(c).split()) or f"column {n}" for n, c in enumerate(cells(row), 1)]
    return tuple(name if said.index(name) == n else f"{name} ({n + 1})" for n, name in enumerate(said))


def _rows(part: str, number: int, table: Element, rows: list[Element], head: int) -> Place:
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


def _cell(part: str, name: str, cell: Element, label: str) -> Place:
    return Place("cell", name, "text", part, 0, label, cell, text.of(cell).strip())


def fill(place: Place, answer: Answer, bindings: DataBindings) -> None:
    """Write an answer into a cell, or rows below the head of a table, of which there become as many as are needed."""
    if place.kind == "rows":
        _fill_rows(place, answer)
        return
    _write(place.element, answer.text)


def _write(cell: Element, said: str) -> None:
    blank = not text.of(cell).strip()
    text.fill_paragraphs(cell, said, text.answer_look(cell) if not blank else None, several=True)


def _fill_rows(place: Place, answer: Answer) -> None:
    records, first = answer.rows(place.columns), place.element
    every = own_rows(next(first.iterancestors(text.TBL)))
    rows = _blank_below(every, every.index(first) - 1)
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
        raise AnswerError("there is no row to write")
