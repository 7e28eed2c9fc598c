"""Which rules of ``word.yaml`` an element matches (Selectors 4), merged into one answer for each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element as HtmlElement

import cssselect2

from report.formats.docx.formatting.values import Borders, CellFormat, MarkerFormat, RunFormat, merge
from report.formats.docx.look import schema
from report.formats.docx.look.styles import WordStyles, borders_format, cell_format, run_format
from report.formats.docx.look.tokens import Tokens
from report.values.length import ZERO, Length

_STRUCTURAL = re.compile(r"~|\+[^,]*\+|:(first|last|only|nth|empty|has|root)")
_EDGE = re.compile(r":(?:first|last|only)-child\b")
_ATTRIBUTE = re.compile(r"\[\s*([\w-]+)")
_AS_WRITTEN = ("style", "layout", "columns", "widths", "table", "width", "keep", "keep_previous", "display", "tab")


@dataclass(frozen=True, slots=True)
class BoxFormat:
    """A background, lines and padding around the blocks of a container."""

    fill: str | None = None
    borders: Borders = Borders()
    padding: Length = ZERO
    before: Length = ZERO
    after: Length = ZERO


@dataclass(frozen=True, slots=True)
class Rule:
    """What all rules that match an element set, taken together."""

    style: str | None = None
    run: RunFormat = RunFormat()
    before: Length | None = None
    after: Length | None = None
    box: BoxFormat | None = None
    cell: CellFormat = CellFormat()
    marker: MarkerFormat = MarkerFormat()
    layout: str | None = None
    columns: int | None = None
    widths: tuple[float, ...] | None = None
    table: str | None = None
    width: float | None = None
    keep: bool | None = None
    keep_previous: bool | None = None
    display: str | None = None
    tab: bool | None = None


class Cascade:
    """The rules of a look, matched once against every element of a document."""

    def __init__(self, styles: WordStyles, root: HtmlElement):
        self._rules = [_resolve(rule, styles.tokens) for rule in styles.rules]
        self._matcher = cssselect2.Matcher()
        for order, rule in enumerate(styles.rules):
            for selector in compiled(rule.select):
                self._matcher.add_selector(selector, order)
        self._combined: dict[tuple[int, ...], Rule] = {}
        self._matched: dict[HtmlElement, Rule] = {}
        self._match_all(root, [rule.select for rule in styles.rules])

    def __getitem__(self, element: HtmlElement) -> Rule:
        return self._matched[element]

    def _match_all(self, root: HtmlElement, selectors: list[str]) -> None:
        """Match every element. Equal ancestors, attributes, neighbours and edges (first, last child) give equal answers.

        Where a rule looks further along (``~``, ``:nth-child``, two ``+``), each element is matched by itself.
        """
        text = " ".join(selectors)
        names = {"class", *_ATTRIBUTE.findall(text)} | ({"id"} if "#" in text else set())
        names |= {"lang"} if ":lang" in text else set()
        attributes = tuple(sorted(names))
        siblings = any(_STRUCTURAL.search(_EDGE.sub("", selector)) for selector in selectors)
        edges = _EDGE.search(text) is not None
        adjacent = "+" in text
        numbers: dict[tuple[object, ...], int] = {}
        answers: dict[int, Rule] = {}
        signature: dict[HtmlElement, int] = {}
        for wrapper in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
            element = wrapper.etree_element
            above = signature[wrapper.parent.etree_element] if wrapper.parent is not None else -1
            before = wrapper.previous.etree_element if adjacent and wrapper.previous is not None else None
            beside = (before.tag, *map(before.get, attributes)) if before is not None else None
            edge = (wrapper.index == 0, wrapper.index + 1 == len(wrapper.etree_siblings)) if edges else None
            place = id(element) if siblings else edge
            key = (above, beside, element.tag, *map(element.get, attributes), place)
            number = numbers.setdefault(key, len(numbers))
            signature[element] = number
            if number not in answers:
                answers[number] = self._combine(sorted({m[3] for m in self._matcher.match(wrapper)}))
            self._matched[element] = answers[number]

    def _combine(self, orders: list[int]) -> Rule:
        key = tuple(orders)
        if key not in self._combined:
            rule = Rule()
            for order in orders:
                rule = merge(rule, self._rules[order])
            self._combined[key] = rule
        return self._combined[key]


@lru_cache(maxsize=1024)
def compiled(selector: str) -> list[Any]:
    """Compile a selector list; raise `ReportError` for one that is no CSS."""
    try:
        return list(cssselect2.compile_selector_list(selector))
    except cssselect2.SelectorError as error:
        raise schema.mistake(f"`{selector}` is not a CSS selector: {error}") from error


def _resolve(spec: schema.RuleSpec, tokens: Tokens) -> Rule:
    return Rule(
        **{name: getattr(spec, name) for name in _AS_WRITTEN},
        run=run_format(spec.run, tokens) if spec.run else RunFormat(),
        before=tokens.optional_length(spec.before),
        after=tokens.optional_length(spec.after),
        box=_box(spec.box, tokens) if spec.box else None,
        cell=cell_format(spec.cell, tokens) if spec.cell else CellFormat(),
        marker=_marker(spec.marker, tokens) if spec.marker else MarkerFormat(),
    )


def _box(spec: schema.BoxSpec, tokens: Tokens) -> BoxFormat:
    padding, before, after = (
        tokens.optional_length(value) or ZERO for value in (spec.padding, spec.before, spec.after)
    )
    fill = tokens.colour(spec.fill) if spec.fill else None
    return BoxFormat(fill, borders_format(spec.borders, tokens) or Borders(), padding, before, after)


def _marker(spec: schema.MarkerSpec, tokens: Tokens) -> MarkerFormat:
    run = RunFormat(
        font=tokens.family(spec.font) if spec.font and tokens.has_role(spec.font) else None,
        size=tokens.type_size(spec.size) if spec.size else None,
        bold=None if spec.weight is None else spec.weight == "bold",
        colour=tokens.colour(spec.colour) if spec.colour else None,
    )
    return MarkerFormat(spec.text, spec.format, spec.suffix, tokens.optional_length(spec.hanging), run)
