"""Numbers that two documents of one package print under the same label for the same year, and that differ."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from xml.etree import ElementTree as ET

from babel.numbers import get_decimal_symbol, get_group_symbol

from report.html.text import words
from report.language.writer import Writer, rounded
from report.values import Problem, Severity

_YEAR = re.compile(r"\b(?:19|20|21)\d\d\b")
_UNIT = re.compile(r"%|€|лв\.|\b[A-Z]{3}\b")
_UNITS = {"€": "EUR", "лв.": "BGN"}
_BESIDE = re.compile(r"\([^()]*\)")
_ALL = re.compile(r"^(?:all|total|overall|всички|всичко|общо|общ|обща|общи)\s+(?=\w)")
_WORDLESS = frozenset("amount total together sum value values all сума стойност общо всичко заедно".split())
"""Words of a header or of a sum's row that name no thing of their own."""


class Key(NamedTuple):
    """What a number is of."""

    label: str
    year: str
    unit: str


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """A composed document: its name, language and tree; its year and currency, where its facts have them."""

    name: str
    language: str
    root: ET.Element
    year: int | None = None
    currency: str | None = None


def compare(documents: Sequence[PrintedDocument]) -> Iterator[Problem]:
    """Yield a warning for every label and year under which two documents of a language have no number in common."""
    pairs = [(document, numbers(document)) for document in documents]
    for (one, mine), (other, theirs) in itertools.combinations(pairs, 2):
        if one.language != other.language or one.name == other.name:
            continue
        for key in mine.keys() & theirs.keys():
            if not any(_alike(a, b) for a in mine[key] for b in theirs[key]):
                values = f"{_listed(mine[key])} in {one.name}, and {_listed(theirs[key])} in {other.name}"
                year = f", {key.year}" if key.year else ""
                unit = f" ({key.unit})" if key.unit else ""
                message = f"“{key.label}”{year}{unit} is {values} ({one.language})"
                hint = "correct one of them, or give one another label"
                yield Problem(Severity.WARNING, "call.numbers", message, None, hint)


def numbers(document: PrintedDocument) -> dict[Key, set[Decimal]]:
    """Return the numbers of a document's tables by what they are of."""
    values: dict[Key, set[Decimal]] = {}
    for table in document.root.iter("table"):
        for key, number in _of_table(document, table):
            values.setdefault(key, set()).add(number)
    return values


def _of_table(document: PrintedDocument, table: ET.Element) -> Iterator[tuple[Key, Decimal]]:
    caption = table.find(".//caption")
    title = _title(caption) if caption is not None else ""
    heads = [words(cell) for cell in _cells(next(table.iter("thead"), ET.Element("thead")))]
    group = ""
    for row in table.iter("tr"):
        cells = list(row)
        if len(cells) == 1 or all(cell.tag == "th" for cell in cells):
            group = words(cells[0]) if len(cells) == 1 and cells[0].get("scope") == "rowgroup" else group
            continue
        label = words(cells[0])
        for place, cell in enumerate(cells[1:], 1):
            text = words(cell)
            if cell.get("data-type") == "number" and (number := parsed(text, document.language)) is not None:
                head = heads[place] if place < len(heads) else ""
                yield _key(document, title, group, label, head, text), number


def _cells(head: ET.Element) -> Iterator[ET.Element]:
    """Yield the cells of a head's last row, one that spans columns once for each."""
    rows = list(head.iter("tr"))
    for cell in rows[-1] if rows else ():
        yield from itertools.repeat(cell, int(cell.get("colspan", "1")))


def _title(caption: ET.Element) -> str:
    whole = words(caption)
    number = next((words(part) for part in caption if part.get("class") == "caption-label"), "")
    return whole.removeprefix(number).strip()


def _key(document: PrintedDocument, title: str, group: str, label: str, head: str, cell: str) -> Key:
    """Return what a number is of: a row named for a year takes its label from the column."""
    if _YEAR.fullmatch(label):
        label, head, group = head, label, ""
    year = _first(_YEAR, (head, label, title)) or str(document.year or "")
    unit = _first(_UNIT, (cell, head, label, title)) or document.currency or ""
    parts = [part for text in (group, label, head) if (part := _plain(text))]
    if not _plain(label):  # a row that sums up its table is named for it
        parts = [_plain(title), *parts]
    return Key(" / ".join(parts), year, _UNITS.get(unit, unit))


def _first(pattern: re.Pattern[str], texts: Iterable[str]) -> str:
    return next((match[0] for text in texts if (match := pattern.search(text))), "")


def _plain(text: str) -> str:
    """Return a label without years, units, what stands in brackets, and words such as total."""
    bare = _UNIT.sub(" ", _YEAR.sub(" ", _BESIDE.sub(" ", text)))
    folded = " ".join(bare.casefold().split()).strip(" ,.:;–-")
    return "" if folded in _WORDLESS else _ALL.sub("", folded)


def parsed(cell: str, language: str) -> Decimal | None:
    """Return the number that a cell states in its language, or None where it is anything else."""
    locale = Writer(language).locale
    bare = _UNIT.sub("", _BESIDE.sub("", cell)).replace("\N{MINUS SIGN}", "-")
    bare = "".join(bare.split()).replace(get_group_symbol(locale).strip() or " ", "")
    bare = bare.replace(get_decimal_symbol(locale), ".")
    return Decimal(bare) if re.fullmatch(r"-?\d+(\.\d+)?", bare) else None


def _alike(one: Decimal, other: Decimal) -> bool:
    """Say whether two numbers are the same to the decimals of the one that has fewer."""
    places = min(max(0, -int(n.as_tuple().exponent)) for n in (one, other))
    return rounded(one, places) == rounded(other, places)


def _listed(numbers: set[Decimal]) -> str:
    return " or ".join(f"{number:,}" for number in sorted(numbers))
