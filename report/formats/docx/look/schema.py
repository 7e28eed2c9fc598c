"""The schema of `Look.word` (``word.yaml``): Word styles by name, and rules that map selectors of the HTML to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from report.values import Problem, ReportError, Severity

_FILES = "the Word styles (word.yaml, docx.yaml)"
CssLength = str | float
Align = Literal["left", "center", "right", "both"]


class Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sides(Spec):
    top: str | None = Field(None, description="`WIDTH COLOUR [SPACE]`, such as `0.5pt colour-line 4pt`, or `none`")
    left: str | None = None
    bottom: str | None = None
    right: str | None = None


class TableSides(Sides):
    inside_h: str | None = Field(None, description="the lines between rows")
    inside_v: str | None = Field(None, description="the lines between columns")


class Padding(Spec):
    top: CssLength | None = None
    left: CssLength | None = None
    bottom: CssLength | None = None
    right: CssLength | None = None


class RunSpec(Spec):
    font: str | None = Field(None, description="a font role of the theme: text, display, symbols")
    family: str | None = Field(None, description="a family by name, where no role fits; it is not embedded")
    size: str | None = None
    weight: Literal["regular", "bold"] | None = None
    italic: bool | None = None
    caps: bool | None = None
    small_caps: bool | None = None
    letter_spacing: CssLength | None = None
    colour: str | None = None
    highlight: str | None = Field(None, description="a background behind the characters")
    underline: bool | None = None
    strike: bool | None = None
    position: Literal["superscript", "subscript", "baseline"] | None = None
    proof: bool | None = Field(None, description="false: no spelling check, for code")


class TabSpec(Spec):
    at: CssLength = Field(description="a length from the left margin, or `right`: the right edge of the text")
    align: Literal["left", "center", "right", "decimal"] = "left"
    leader: Literal["dot", "hyphen", "underscore"] | None = None


class ParaSpec(Spec):
    before: CssLength | None = None
    after: CssLength | None = None
    line: CssLength | None = Field(None, description="a factor of the type size, or a length")
    left: CssLength | None = None
    right: CssLength | None = None
    first_line: CssLength | None = Field(None, description="negative: a hanging indent")
    align: Align | None = None
    keep_next: bool | None = None
    keep_lines: bool | None = None
    widow_control: bool | None = None
    page_break_before: bool | None = None
    contextual: bool | None = Field(None, description="no space between paragraphs of this style")
    hyphenate: bool | None = None
    fill: str | None = None
    borders: Sides | None = None
    tabs: tuple[TabSpec, ...] | None = None
    outline: int | None = Field(None, ge=1, le=9, description="the heading level that the navigation pane shows")


class CellSpec(Spec):
    borders: TableSides | None = None
    fill: str | None = None
    padding: Padding | None = None
    valign: Literal["top", "center", "bottom"] | None = None


class StyleSpec(RunSpec, ParaSpec):
    type: Literal["paragraph", "character", "table"] = "paragraph"
    based_on: str | None = None
    next: str | None = None
    quick: bool = Field(True, description="shown in Word's style gallery")
    table: CellSpec | None = Field(None, description="of a table style: its lines, fill and cell padding")


class MarkerSpec(Spec):
    text: str | None = None
    format: (
        Literal["decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "russianLower", "russianUpper"]
        | None
    ) = None
    suffix: str | None = Field(None, description="what follows a number: `.` or `)`")
    hanging: CssLength | None = Field(None, description="from the marker to the text")
    font: str | None = None
    colour: str | None = None
    size: str | None = None
    weight: Literal["regular", "bold"] | None = None


class BoxSpec(Spec):
    fill: str | None = None
    borders: Sides | None = None
    padding: CssLength | None = Field(None, description="at most 31pt")
    before: CssLength | None = None
    after: CssLength | None = None


class RuleSpec(Spec):
    select: str = Field(description="a CSS selector")
    style: str | None = Field(None, description="paragraph style of a block, character style of an inline, table style")
    run: RunSpec | None = None
    before: CssLength | None = Field(None, description="the space above, where the style's own does not fit")
    after: CssLength | None = Field(None, description="the space below")
    box: BoxSpec | None = None
    cell: CellSpec | None = Field(None, description="on td and th; on tr, thead, tbody and tfoot: of the whole group")
    marker: MarkerSpec | None = None
    layout: Literal["row", "columns", "flow"] | None = None
    columns: int | None = Field(None, ge=1, le=12, description="of `layout: row`: how many stand side by side")
    widths: tuple[float, ...] | None = Field(None, description="of `layout: columns`: per cent")
    table: str | None = Field(None, description="the table style that a layout uses")
    width: float | None = Field(None, gt=0, le=100, description="of a col: per cent")
    keep: bool | None = Field(None, description="of a container or tbody: all of it on one page, where it fits on one")
    keep_previous: bool | None = Field(None, description="of a container: what stands before it on its page too")
    display: Literal["block", "inline"] | None = Field(None, description="block: an inline element is a paragraph")
    tab: bool | None = Field(None, description="of an inline element: a tab before it")


class WordLook(Spec):
    """The whole of ``word.yaml``."""

    styles: dict[str, StyleSpec]
    rules: tuple[RuleSpec, ...] = ()


def read(word: Mapping[str, Any]) -> WordLook:
    """Check a parsed ``word.yaml``; raise `ReportError` with every mistake in it."""
    try:
        return WordLook.model_validate(dict(word))
    except ValidationError as error:
        problems = (f"{_FILES}: {_path(item['loc'], word)}: {_message(item)}" for item in error.errors())
        raise ReportError(Problem(Severity.ERROR, "docx.look", message) for message in problems) from error


def mistake(message: str, code: str = "docx.look") -> ReportError:
    """Return the error for a mistake in the Word styles."""
    return ReportError.of(code, f"{_FILES}: {message}")


def _path(loc: tuple[int | str, ...], word: Mapping[str, Any]) -> str:
    parts = [str(step) for step in loc]
    if len(loc) > 1 and loc[0] == "rules" and isinstance(loc[1], int):
        rule = word["rules"][loc[1]]
        parts[1] = f"`{rule['select']}`" if isinstance(rule, Mapping) and "select" in rule else f"number {loc[1] + 1}"
    return " → ".join(parts)


def _message(item: ErrorDetails) -> str:
    return "there is no such key" if item["type"] == "extra_forbidden" else item["msg"]
