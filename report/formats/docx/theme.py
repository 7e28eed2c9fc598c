"""A look, resolved: every style of ``word.yaml`` with its tokens in Word's units, and the size of the page."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from report.formats.docx import schema
from report.formats.docx.direction import even
from report.formats.docx.format import Border, Borders, Cell, Margins, Para, Run, Tab, merge
from report.formats.docx.tokens import Tokens
from report.values import Look, ReportError

REQUIRED = ("Normal", "Caption", "Footnote Text", "Footnote Reference", "Header", "Footer", "TOC Heading",
            *(f"Heading {n}" for n in range(1, 7)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """A page's size and margins in twips (ECMA-376 17.6.13, 17.6.11)."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    landscape: bool = False

    @property
    def text_width(self) -> int:
        return self.width - self.left - self.right

    def turned(self) -> Page:
        """Return the page turned by a quarter, its margins turned with it."""
        return Page(self.height, self.width, self.right, self.bottom, self.left, self.top, not self.landscape)


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """One Word style, compared by identity.

    `run` and `para` are its own; `full_run` and `full_para` include those of the styles it is based on.
    """

    name: str
    id: str
    type: str
    based_on: str | None
    next: str | None
    quick: bool
    run: Run
    para: Para
    full_run: Run
    full_para: Para
    cell: Cell
    factor: float | None


@dataclass(frozen=True, slots=True)
class Theme:
    """All that the steps of the writer ask a look for."""

    tokens: Tokens
    styles: Mapping[str, Style]
    page: Page
    rules: tuple[schema.RuleSpec, ...]
    by_id: Mapping[str, Style]

    def style(self, name: str, kind: str | None = None) -> Style:
        """Return a style by name; raise `ReportError` where it is missing, or not of the kind that is needed."""
        found = self.styles.get(name)
        if found is None:
            raise ReportError.of("docx.style", f"the Word styles (word.yaml, docx.yaml) have no style `{name}`")
        if kind and found.type != kind:
            raise ReportError.of("docx.style", f"the style `{name}` is a {found.type} style, not a {kind} style")
        return found


def resolve(look: Look, turned: bool = False) -> Theme:
    """Read `look.word`, replace its tokens and follow its inheritance.

    The page's margins change sides where the document is `turned`: where it runs from right to left; those of cells are the same on
    both sides then.
    """
    word = schema.read(look.word)
    tokens = Tokens(look.tokens, look.fonts)
    page = Page(
        tokens.length("page-width", "210mm"), tokens.length("page-height", "297mm"),
        tokens.length("page-margin-top", "25mm"), tokens.length("page-margin-right", "25mm"),
        tokens.length("page-margin-bottom", "25mm"), tokens.length("page-margin-left", "25mm"),
    )  # fmt: skip
    page = dataclasses.replace(page, left=page.right, right=page.left) if turned else page
    styles: dict[str, Style] = {}
    for name in word.styles:
        _add(name, word.styles, styles, tokens, page, ())
    if turned:
        styles = {name: dataclasses.replace(style, cell=even(style.cell)) for name, style in styles.items()}
    theme = Theme(tokens, styles, page, word.rules, {style.id: style for style in styles.values()})
    for name in REQUIRED:
        theme.style(name)
    return theme


def _add(name: str, specs: Mapping[str, schema.StyleSpec], done: dict[str, Style], tokens: Tokens, page: Page,
         above: tuple[str, ...]) -> Style:  # fmt: skip
    if name in done:
        return done[name]
    if name not in specs:
        raise ReportError.of(
            "docx.style",
            f"the Word styles (word.yaml, docx.yaml): the style `{above[-1]}` refers to `{name}`, which is missing",
        )
    if name in above:
        raise ReportError.of(
            "docx.style", f"the Word styles (word.yaml, docx.yaml): the style `{name}` is based on itself"
        )
    spec = specs[name]
    base = _add(spec.based_on, specs, done, tokens, page, (*above, name)) if spec.based_on else None
    if spec.next and spec.next not in specs:
        raise ReportError.of(
            "docx.style",
            f"the Word styles (word.yaml, docx.yaml): the style `{name}` refers to `{spec.next}`, which is missing",
        )
    run, para = run_format(spec, tokens), para_format(spec, tokens, page)
    full_run = merge(base.full_run, run) if base else run
    factor = tokens.factor(spec.line) if spec.line is not None and tokens.is_factor(spec.line) else None
    inherits = base is not None and spec.line is None
    if factor is None and inherits:
        factor = base.factor
    if factor is not None and spec.type == "paragraph" and (spec.line is not None or spec.size is not None):
        para = dataclasses.replace(para, **_line(factor, full_run.size or 20))
    cell = cell_format(spec.table, tokens) if spec.table else Cell()
    done[name] = Style(
        name, "".join(name.split()), spec.type, spec.based_on, spec.next, spec.quick, run, para, full_run,
        merge(base.full_para, para) if base else para, merge(base.cell, cell) if base else cell, factor,
    )  # fmt: skip
    return done[name]


def _line(factor: float, half_points: int) -> dict[str, int | str]:
    """Turn a factor of the type size, as CSS has it, into twips; Word's own factors are of the font's line gap."""
    return {"line": round(factor * half_points * 10), "line_rule": "atLeast" if factor >= 1.3 else "exact"}


def run_format(spec: schema.RunSpec, tokens: Tokens) -> Run:
    """Resolve the character formatting of a style or a rule."""
    return Run(
        font=spec.family or (tokens.family(spec.font) if spec.font else None),
        size=tokens.half_points(spec.size) if spec.size else None,
        bold=None if spec.weight is None else spec.weight == "bold",
        italic=spec.italic, caps=spec.caps, small_caps=spec.small_caps,
        letter_spacing=None if spec.letter_spacing is None else tokens.twips(spec.letter_spacing),
        colour=tokens.colour(spec.colour) if spec.colour else None,
        fill=tokens.colour(spec.highlight) if spec.highlight else None,
        underline=spec.underline, strike=spec.strike, position=spec.position,
        no_proof=None if spec.proof is None else not spec.proof,
    )  # fmt: skip


def para_format(spec: schema.ParaSpec, tokens: Tokens, page: Page) -> Para:
    """Resolve the paragraph formatting of a style, but for line heights that are factors."""

    def twips(value: schema.Length | None) -> int | None:
        return None if value is None else tokens.twips(value)

    line = None if spec.line is None or tokens.is_factor(spec.line) else tokens.twips(spec.line)
    tabs = None if spec.tabs is None else tuple(
        Tab(page.text_width if t.at == "right" else tokens.twips(t.at), t.align, t.leader) for t in spec.tabs
    )  # fmt: skip
    return Para(
        keep_next=spec.keep_next, keep_lines=spec.keep_lines, page_break=spec.page_break_before,
        widow_control=spec.widow_control, borders=borders_format(spec.borders, tokens),
        fill=tokens.colour(spec.fill) if spec.fill else None, tabs=tabs, hyphenate=spec.hyphenate,
        before=twips(spec.before), after=twips(spec.after), line=line, line_rule="exact" if line else None,
        left=twips(spec.left), right=twips(spec.right), first=twips(spec.first_line), contextual=spec.contextual,
        align=spec.align, outline=None if spec.outline is None else spec.outline - 1,
    )  # fmt: skip


def borders_format(spec: schema.Sides | None, tokens: Tokens) -> Borders | None:
    """Resolve the lines around a paragraph, a cell or a table."""
    if spec is None:
        return None
    sides: dict[str, Border] = {k: tokens.border(v) for k, v in spec.model_dump(exclude_none=True).items()}
    return Borders(**sides)


def cell_format(spec: schema.CellSpec, tokens: Tokens) -> Cell:
    """Resolve the look of a cell."""
    padding = spec.padding.model_dump(exclude_none=True) if spec.padding else {}
    return Cell(
        borders_format(spec.borders, tokens) or Borders(),
        tokens.colour(spec.fill) if spec.fill else None,
        Margins(**{side: tokens.twips(value) for side, value in padding.items()}),
        spec.valign,
    )
