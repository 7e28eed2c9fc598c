"""A look, resolved: every style of ``word.yaml`` with its tokens replaced, and the size of the page."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from report.formats.docx.formatting.direction import even_margins
from report.formats.docx.formatting.values import (
    Borders,
    CellFormat,
    CellMargins,
    ParagraphFormat,
    RunFormat,
    Tab,
    merge,
)
from report.formats.docx.look import schema
from report.formats.docx.look.tokens import Tokens
from report.values import Look, ReportError
from report.values.length import Length, half_points, twips

DEFAULT_SIZE = half_points(20)
"""The size of text that sets none (17.3.2.38)."""
REQUIRED = ("Normal", "Caption", "Footnote Text", "Footnote Reference", "Header", "Footer", "TOC Heading",
            *(f"Heading {n}" for n in range(1, 7)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """A page's size and margins (ECMA-376 17.6.13, 17.6.11)."""

    width: Length
    height: Length
    top: Length
    right: Length
    bottom: Length
    left: Length
    landscape: bool = False

    @property
    def text_width(self) -> Length:
        return self.width - self.left - self.right

    @property
    def text_height(self) -> Length:
        return self.height - self.top - self.bottom

    def turned(self) -> Page:
        """Return the page turned by a quarter, its margins turned with it."""
        return Page(self.height, self.width, self.right, self.bottom, self.left, self.top, not self.landscape)


@dataclass(frozen=True, slots=True, eq=False)
class WordStyle:
    """One Word style, compared by identity.

    `run` and `para` are its own; `full_run` and `full_para` include those of the styles it is based on.
    """

    name: str
    id: str
    type: str
    based_on: str | None
    next: str | None
    quick: bool
    run: RunFormat
    para: ParagraphFormat
    full_run: RunFormat
    full_para: ParagraphFormat
    cell: CellFormat
    line_factor: float | None


@dataclass(frozen=True, slots=True)
class WordStyles:
    """The styles of a look by name and by id, its page, and its rules for elements."""

    tokens: Tokens
    by_name: Mapping[str, WordStyle]
    page: Page
    rules: tuple[schema.RuleSpec, ...]
    by_id: Mapping[str, WordStyle]

    def style(self, name: str, kind: str | None = None) -> WordStyle:
        """Return a style by name; raise `ReportError` where it is missing, or not of the kind that is needed."""
        style = self.by_name.get(name)
        if style is None:
            raise ReportError.of("docx.style", f"the Word styles (word.yaml, docx.yaml) have no style `{name}`")
        if kind and style.type != kind:
            raise ReportError.of("docx.style", f"the style `{name}` is a {style.type} style, not a {kind} style")
        return style

    def character_style(self, run: RunFormat) -> WordStyle | None:
        """Return the character style of a run."""
        return self.by_id[run.style] if run.style else None


def resolve(look: Look, rtl: bool = False) -> WordStyles:
    """Read `look.word`, replace its tokens and follow its inheritance.

    In a document that runs from right to left the page's margins change sides, and those of cells are the same on both.
    """
    word = schema.read(look.word)
    tokens = Tokens(look.tokens, look.fonts)
    page = _page(tokens)
    if rtl:
        page = dataclasses.replace(page, left=page.right, right=page.left)
    resolver = _Resolver(word.styles, tokens, page)
    for name in word.styles:
        resolver.style(name)
    styles = resolver.resolved
    if rtl:
        styles = {name: dataclasses.replace(style, cell=even_margins(style.cell)) for name, style in styles.items()}
    resolved = WordStyles(tokens, styles, page, word.rules, {style.id: style for style in styles.values()})
    for name in REQUIRED:
        resolved.style(name)
    return resolved


def _page(tokens: Tokens) -> Page:
    top, right, bottom, left = (
        tokens.length_or(f"page-margin-{n}", "25mm") for n in ("top", "right", "bottom", "left")
    )
    width, height = tokens.length_or("page-width", "210mm"), tokens.length_or("page-height", "297mm")
    return Page(width, height, top, right, bottom, left)


class _Resolver:
    """Resolves styles, each after the one that it is based on."""

    def __init__(self, specs: Mapping[str, schema.StyleSpec], tokens: Tokens, page: Page):
        self._specs, self._tokens, self._page = specs, tokens, page
        self.resolved: dict[str, WordStyle] = {}

    def style(self, name: str, derived: tuple[str, ...] = ()) -> WordStyle:
        """Resolve a style that the styles in `derived` are based on, the nearest last."""
        if name not in self.resolved:
            if name in derived:
                raise schema.mistake(f"the style `{name}` is based on itself", "docx.style")
            self.resolved[name] = self._resolve(name, derived)
        return self.resolved[name]

    def _resolve(self, name: str, derived: tuple[str, ...]) -> WordStyle:
        spec, tokens = self._specs[name], self._tokens
        for other in (spec.based_on, spec.next):
            if other and other not in self._specs:
                raise schema.mistake(f"the style `{name}` refers to `{other}`, which is missing", "docx.style")
        base = self.style(spec.based_on, (*derived, name)) if spec.based_on else None
        run, para = run_format(spec, tokens), _paragraph_format(spec, tokens, self._page)
        full_run = merge(base.full_run, run) if base else run
        factor = base.line_factor if base and spec.line is None else None
        if spec.line is not None and tokens.is_factor(spec.line):
            factor = tokens.factor(spec.line)
        if factor is not None and spec.type == "paragraph" and (spec.line is not None or spec.size is not None):
            para = merge(para, _line_format(factor, full_run.size or DEFAULT_SIZE))
        cell = cell_format(spec.table, tokens) if spec.table else CellFormat()
        return WordStyle(
            name, "".join(name.split()), spec.type, spec.based_on, spec.next, spec.quick, run, para, full_run,
            merge(base.full_para, para) if base else para, merge(base.cell, cell) if base else cell, factor,
        )  # fmt: skip


def _line_format(factor: float, size: Length) -> ParagraphFormat:
    """Return the line height of a factor of the type size, as CSS has it; Word's own factors are of the font's line gap."""
    return ParagraphFormat(
        line=twips(factor * size.half_points * 10), line_rule="atLeast" if factor >= 1.3 else "exact"
    )


def run_format(spec: schema.RunSpec, tokens: Tokens) -> RunFormat:
    """Resolve the character formatting of a style or a rule."""
    return RunFormat(
        font=spec.family or (tokens.family(spec.font) if spec.font else None),
        size=tokens.type_size(spec.size) if spec.size else None,
        bold=None if spec.weight is None else spec.weight == "bold",
        italic=spec.italic, caps=spec.caps, small_caps=spec.small_caps,
        letter_spacing=tokens.optional_length(spec.letter_spacing),
        colour=tokens.colour(spec.colour) if spec.colour else None,
        fill=tokens.colour(spec.highlight) if spec.highlight else None,
        underline=spec.underline, strike=spec.strike, position=spec.position,
        no_proof=None if spec.proof is None else not spec.proof,
    )  # fmt: skip


def _paragraph_format(spec: schema.ParaSpec, tokens: Tokens, page: Page) -> ParagraphFormat:
    """Resolve the paragraph formatting of a style, but for line heights that are factors."""
    length = tokens.optional_length
    line = None if spec.line is None or tokens.is_factor(spec.line) else tokens.length(spec.line)
    tabs = None if spec.tabs is None else tuple(
        Tab(page.text_width if t.at == "right" else tokens.length(t.at), t.align, t.leader) for t in spec.tabs
    )  # fmt: skip
    return ParagraphFormat(
        keep_next=spec.keep_next, keep_lines=spec.keep_lines, page_break=spec.page_break_before,
        widow_control=spec.widow_control, borders=borders_format(spec.borders, tokens),
        fill=tokens.colour(spec.fill) if spec.fill else None, tabs=tabs, hyphenate=spec.hyphenate,
        before=length(spec.before), after=length(spec.after), line=line, line_rule="exact" if line else None,
        left=length(spec.left), right=length(spec.right), first=length(spec.first_line), contextual=spec.contextual,
        align=spec.align, outline=None if spec.outline is None else spec.outline - 1,
    )  # fmt: skip


def borders_format(spec: schema.Sides | None, tokens: Tokens) -> Borders | None:
    """Resolve the lines around a paragraph, a cell or a table."""
    if spec is None:
        return None
    return Borders(**{side: tokens.border(text) for side, text in spec.model_dump(exclude_none=True).items()})


def cell_format(spec: schema.CellSpec, tokens: Tokens) -> CellFormat:
    """Resolve the look of a cell."""
    padding = spec.padding.model_dump(exclude_none=True) if spec.padding else {}
    return CellFormat(
        borders_format(spec.borders, tokens) or Borders(),
        tokens.colour(spec.fill) if spec.fill else None,
        CellMargins(**{side: tokens.length(value) for side, value in padding.items()}),
        spec.valign,
    )
