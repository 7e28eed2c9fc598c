"""Formatting of runs, paragraphs and cells as frozen values. None leaves a property to the style."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from typing import Any, TypeVar

from report.values.length import ZERO, Length


@dataclass(frozen=True, slots=True)
class Border:
    """One line, and its distance from the text, at most 31 pt (17.3.4); a width of 0 draws nothing."""

    width: Length
    colour: str
    space: Length = ZERO


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
    """A tab stop and its distance from the left margin."""

    position: Length
    align: str = "left"
    leader: str | None = None


@dataclass(frozen=True, slots=True)
class RunFormat:
    """Character formatting (ECMA-376 17.3.2); `complex_font` is the family of letters that run from right to left."""

    style: str | None = None
    font: str | None = None
    size: Length | None = None
    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    small_caps: bool | None = None
    letter_spacing: Length | None = None
    colour: str | None = None
    fill: str | None = None
    underline: bool | None = None
    strike: bool | None = None
    position: str | None = None
    no_proof: bool | None = None
    lang: str | None = None
    rtl: bool | None = None
    complex_font: str | None = None


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """Paragraph formatting (ECMA-376 17.3.1). `numbering` is an instance and a level; `line_rule` is ``auto``, ``exact`` or ``atLeast``."""

    keep_next: bool | None = None
    keep_lines: bool | None = None
    page_break: bool | None = None
    widow_control: bool | None = None
    numbering: tuple[int, int] | None = None
    borders: Borders | None = None
    fill: str | None = None
    tabs: tuple[Tab, ...] | None = None
    hyphenate: bool | None = None
    before: Length | None = None
    after: Length | None = None
    line: Length | None = None
    line_rule: str | None = None
    left: Length | None = None
    right: Length | None = None
    first: Length | None = None
    contextual: bool | None = None
    align: str | None = None
    outline: int | None = None
    bidi: bool | None = None


@dataclass(frozen=True, slots=True)
class CellMargins:
    """The inner margins of a cell."""

    top: Length | None = None
    left: Length | None = None
    bottom: Length | None = None
    right: Length | None = None


@dataclass(frozen=True, slots=True)
class CellFormat:
    """What a table cell looks like (ECMA-376 17.4.69)."""

    borders: Borders = Borders()
    fill: str | None = None
    margins: CellMargins = CellMargins()
    valign: str | None = None


@dataclass(frozen=True, slots=True)
class MarkerFormat:
    """What stands before the items of a list, and how far it hangs out."""

    text: str | None = None
    format: str | None = None
    suffix: str | None = None
    hanging: Length | None = None
    run: RunFormat = RunFormat()


PLAIN_RUN = RunFormat()
PLAIN_PARAGRAPH = ParagraphFormat()

T = TypeVar("T")


@functools.lru_cache(maxsize=4096)
def merge(base: T, over: T) -> T:
    """Return one set of formatting with every property that another sets; sets inside it are merged likewise."""
    changes: dict[str, Any] = {}
    for field in dataclasses.fields(over):  # type: ignore[arg-type]  # each of `_NESTED` is a dataclass, and so is what holds them
        name, value = field.name, getattr(over, field.name)
        if isinstance(value, _NESTED):
            changes[name] = merge(getattr(base, name) or type(value)(), value)
        elif value is not None:
            changes[name] = value
    return dataclasses.replace(base, **changes) if changes else base  # type: ignore[type-var]  # each is a dataclass


_NESTED = (RunFormat, CellFormat, Borders, CellMargins, MarkerFormat)
