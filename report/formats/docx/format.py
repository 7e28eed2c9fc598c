"""Run, paragraph and table formatting as frozen values. None means: not said here, ask the style."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Border:
    """One line. Width in eighths of a point, space in points (at most 31); width 0 draws nothing."""

    width: int
    colour: str
    space: int = 0


@dataclass(frozen=True, slots=True)
class Borders:
    """The lines around a paragraph, a cell or a table; the inner ones exist in tables only."""

    top: Border | None = None
    left: Border | None = None
    bottom: Border | None = None
    right: Border | None = None
    inside_h: Border | None = None
    inside_v: Border | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab stop, in twips from the left margin."""

    position: int
    align: str = "left"
    leader: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Character formatting (ECMA-376 17.3.2). Size in half-points, letter spacing in twips.

    `complex` is the family of letters that run from right to left.
    """

    style: str | None = None
    font: str | None = None
    size: int | None = None
    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    small_caps: bool | None = None
    letter_spacing: int | None = None
    colour: str | None = None
    fill: str | None = None
    underline: bool | None = None
    strike: bool | None = None
    position: str | None = None
    no_proof: bool | None = None
    lang: str | None = None
    rtl: bool | None = None
    complex: str | None = None


@dataclass(frozen=True, slots=True)
class Para:
    """Paragraph formatting (ECMA-376 17.3.1). Lengths in twips; `line_rule` is ``auto``, ``exact`` or ``atLeast``."""

    keep_next: bool | None = None
    keep_lines: bool | None = None
    page_break: bool | None = None
    widow_control: bool | None = None
    numbering: tuple[int, int] | None = None
    borders: Borders | None = None
    fill: str | None = None
    tabs: tuple[Tab, ...] | None = None
    hyphenate: bool | None = None
    before: int | None = None
    after: int | None = None
    line: int | None = None
    line_rule: str | None = None
    left: int | None = None
    right: int | None = None
    first: int | None = None
    contextual: bool | None = None
    align: str | None = None
    outline: int | None = None
    bidi: bool | None = None


@dataclass(frozen=True, slots=True)
class Margins:
    """The inner margins of a cell, in twips."""

    top: int | None = None
    left: int | None = None
    bottom: int | None = None
    right: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table cell looks like (ECMA-376 17.4.69)."""

    borders: Borders = Borders()
    fill: str | None = None
    margins: Margins = Margins()
    valign: str | None = None


PLAIN = Run()
UNSAID = Para()

T = TypeVar("T", Run, Para, Borders, Margins, Cell)


@functools.lru_cache(maxsize=4096)
def merge(base: T, over: T) -> T:
    """Return `base` with everything that `over` says."""
    said = {}
    for item in dataclasses.fields(over):
        value = getattr(over, item.name)
        if isinstance(value, (Borders, Margins)):
            value = merge(getattr(base, item.name) or type(value)(), value)
        if value is not None:
            said[item.name] = value
    return dataclasses.replace(base, **said) if said else base
