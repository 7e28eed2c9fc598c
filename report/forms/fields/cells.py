"""Cells of tables: an empty one right of its label or below it, and tables that take a row for each record."""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from report.formats.ooxml import Element, q
from report.forms.answers.answer import Answer, AnswerError
from report.forms.fields.data_binding import DataBindings
from report.forms.fields.field import WordField, cells, columns, covered, nearby_text
from report.forms.word import text

_BLANK = re.compile(r"[\s._…\u2002\u00a0-]*|<[^<>]{0,120}>|\[[^\[\]]{0,120}\]", re.DOTALL)
"""What a form writes where an answer belongs: nothing, dots, a line, or <words> and [words] in brackets."""
_CONTENT = tuple(q(f"w:{name}") for name in ("drawing", "pict", "object", "tbl", "sdt", "fldChar", "fldSimple"))
_NUMBER = re.compile(r"\s*(\d{1,3})([.)]?)\s*")


def find(part: str, root: Element, earlier: Sequence[WordField]) -> Iterator[WordField]:
    """Yield the cells that wait for an answer, and the tables that wait for rows; those filled otherwise are left out."""
    elements = {field.element for field in earlier}
    for number, table in enumerate(root.iter(text.TBL), 1):
        if covered(table, elements):
            continue
        rows = own_rows(table)
        heads = _heads(rows)
        growing = {index for head, count in heads.items() for index in range(head + 1, head + 1 + count)}
        column_names: dict[int, str] = {}
        for index, row in enumerate(rows):
            row_cells = columns(row)
            words = [_words(cell) for cell, _ in row_cells]
            if len(row_cells) > 2 and all(words[1:]):
                column_names = {begin: name for (_, begin), name in zip(row_cells[1:], words[1:], strict=True)}
            if index in heads:
                name, first = f"{number}.{index + 1}", rows[index + 1]
                near, names = nearby_text(table), _names(row)
                yield WordField("table", name, "rows", part, near, first, columns=names)
            if index in growing or covered(row, elements):
                continue
            for place, label in _labels(row_cells, words, column_names):
                cell = row_cells[place][0]
                if not covered(cell, elements):
                    name = f"{number}.{index + 1}.{place + 1}"
                    yield WordField("cell", name, "text", part, label, cell, text.of(cell).strip())


def own_rows(table: Element) -> list[Element]:
    """Return the rows of a table, without those of tables inside it."""
    return [row for row in table.iter(text.TR) if text.ancestor(row, text.TBL) is table]


def waits(cell: Element) -> bool:
    """Say whether a cell is blank and holds nothing that is filled, drawn or calculated otherwise."""
    if next(cell.iter(*_CONTENT), None) is not None:
        return False
    merged = cell.find(f"{q('w:tcPr')}/{q('w:vMerge')}")
    continued = merged is not None and merged.get(q("w:val"), "continue") == "continue"
    return not continued and _BLANK.fullmatch(text.of(cell)) is not None and "{{" not in text.of(cell)


def _words(cell: Element) -> str:
    words = text.of(cell).strip()
    return "" if _BLANK.fullmatch(words) else " ".join(words.split())


def _labels(
    row: list[tuple[Element, int]], words: list[str], column_names: Mapping[int, str]
) -> Iterator[tuple[int, str]]:
    """Yield the cells of a row that wait, with the words left of each.

    Where several cells of a row wait, as in a table of years, the column's name belongs to them.
    """
    waiting = [waits(cell) for cell, _ in row]
    several, left = sum(waiting) > 1, ""
    for place, (_, begin) in enumerate(row):
        if place:
            left = words[place - 1] or left
        above = column_names.get(begin) if several else None
        label = f"{left}, {above}" if left and above else words[place - 1] if place else ""
        if waiting[place] and label:
            yield place, label


def _heads(rows: list[Element]) -> dict[int, int]:
    """Return the rows whose cells are the names of columns, and how many blank rows follow each.

    What stands below the blank rows, such as a total, is left alone; a blank line between the parts of a table is no record.
    """
    heads: dict[int, int] = {}
    index = 0
    while index < len(rows) - 1:
        names = cells(rows[index])
        below = _blank_below(rows, index) if len(names) > 1 and all(map(_words, names[1:])) else []
        count = len(below)
        if count and (index + count == len(rows) - 1 or count > 1 or len(names) > 2 or _number(below[0])):
            heads[index] = count
        index += count + 1
    return heads


def _blank_below(rows: list[Element], head: int) -> list[Element]:
    """Return the rows that follow a head, have its columns and hold nothing but a number."""
    begins = [begin for _, begin in columns(rows[head])]

    def is_alike(row: Element) -> bool:
        row_cells = columns(row)
        blank = all(waits(c) for c, _ in row_cells[1:]) and (waits(row_cells[0][0]) or _number(row) is not None)
        return [begin for _, begin in row_cells] == begins and blank

    return list(itertools.takewhile(is_alike, rows[head + 1 :]))


def _number(row: Element) -> re.Match[str] | None:
    """Return the number that a row's first cell holds, and what stands behind it."""
    return _NUMBER.fullmatch(text.of(cells(row)[0]))


def _names(row: Element) -> tuple[str, ...]:
    names = [" ".join(text.of(c).split()) or f"column {n}" for n, c in enumerate(cells(row), 1)]
    return tuple(name if names.index(name) == n else f"{name} ({n + 1})" for n, name in enumerate(names))


def fill(field: WordField, answer: Answer, bindings: DataBindings) -> None:
    """Write an answer into a cell, or rows below the head of a table, of which there become as many as are needed."""
    if field.kind == "rows":
        _fill_rows(field, answer)
    else:
        _write(field.element, answer.text)


def _write(cell: Element, words: str) -> None:
    look = text.answer_look(cell) if text.of(cell).strip() else None
    text.fill_paragraphs(cell, words, look, several=True)


def _fill_rows(field: WordField, answer: Answer) -> None:
    records, first = answer.rows(field.columns), field.element
    if not any(records):
        raise AnswerError("there is no row to write")
    every = own_rows(next(first.iterancestors(text.TBL)))
    rows = _blank_below(every, every.index(first) - 1)
    numbered = _number(first)
    pattern = text.copied(rows[-1])
    while len(rows) < len(records):
        rows[-1].addnext(row := copy.deepcopy(pattern))
        rows.append(row)
    for number, (row, record) in enumerate(zip(rows, records, strict=False), 1):
        for name, cell in zip(field.columns, cells(row), strict=False):
            if name in record:
                _write(cell, record[name].text)
            elif numbered and numbered[1] == "1" and name == field.columns[0]:
                _write(cell, f"{number}{numbered[2]}")
