"""A workbook as a value: what stands in each cell, and the formula that a spreadsheet finds it by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

CellLook = Literal["text", "head", "title", "group", "total", "note"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, a number, or a number with the A1 `formula` that comes to it. `decimals` are those that are shown.

    A text may stand across a `span` of columns; the cells that it covers are empty.
    """

    value: str | Decimal | None = None
    formula: str = ""
    look: CellLook = "text"
    decimals: int = 2
    unit: str = ""
    span: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells under a name. `widths` are in characters; the first `head` rows stay in sight and are repeated."""

    name: str
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: int = 0


MOST_OF_A_NAME = 31
"""Characters that spreadsheets take as the name of a sheet."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def sheet_name(name: str) -> str:
    """Return a name as spreadsheets allow it: formulas of other sheets name it so too."""
    return " ".join(_FORBIDDEN.sub(" ", name).split())[:MOST_OF_A_NAME].strip(" '") or "1"


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets, in their order."""

    sheets: tuple[Sheet, ...]
