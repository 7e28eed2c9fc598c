"""Which rules of ``word.yaml`` an element matches (Selectors 4), merged into one answer for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element as HtmlElement

import cssselect2

from report.formats.docx import schema
from report.formats.docx.format import Borders, Cell, Run, merge
from report.formats.docx.theme import Theme, borders_format, cell_format, run_format
from report.formats.docx.tokens import Tokens
from report.values import ReportError

_STRUCTURAL = re.compile(r"~|\+[^,]*\+|:(first|last|only|nth|empty|has|root)")
_EDGE = re.compile(r":(?:first|last|only)-child\b")
_ATTRIBUTE = re.compile(r"\[\s*([\w-]+)")
_PLAIN = ("style", "layout", "columns", "widths", "table", "width", "keep", "keep_previous", "display", "tab")


@dataclass(frozen=True, slots=True)
class Box:
    """A background, lines and padding around the blocks of a container. Lengths in twips."""

    fill: str | None = None
    borders: Borders = Borders()
    padding: int = 0
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """What the rules say about one element, taken together."""

    style: str | None = None
    run: Run = Run()
    before: int | None = None
    after: int | None = None
    box: Box | None = None
    cell: Cell = Cell()
    marker: Mapping[str, Any] = field(default_factory=dict)
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
    """The rules of a theme, matched once against every element of a document."""

    def __init__(self, theme: Theme, root: HtmlElement):
        self._tokens = theme.tokens
        self._rules = [_resolve(rule, theme.tokens) for rule in theme.rules]
        self._matcher = cssselect2.Matcher()
        for order, rule in enumerate(theme.rules):
            for selector in compiled(rule.select):
                self._matcher.add_selector(selector, order)
        self._cache: dict[tuple[int, ...], Rule] = {}
        self._found: dict[HtmlElement, Rule] = {}
        self._match_all(root, [rule.select for rule in theme.rules])

    def __getitem__(self, element: HtmlElement) -> Rule:
        return self._found[element]

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
            self._found[element] = answers[number]

    def _combine(self, orders: list[int]) -> Rule:
        key = tuple(orders)
        if key not in self._cache:
            rule = Rule()
            for order in orders:
                rule = _over(rule, self._rules[order])
            self._cache[key] = rule
        return self._cache[key]


@lru_cache(maxsize=1024)
def compiled(selector: str) -> list[cssselect2.compiler.CompiledSelector]:
    """Compile a selector list; raise `ReportError` for one that is no CSS."""
    try:
        return cssselect2.compile_selector_list(selector)
    except cssselect2.SelectorError as error:
        raise ReportError.of(
            "docx.look", f"the Word styles (word.yaml, docx.yaml): `{selector}` is not a CSS selector: {error}"
        ) from error


def _resolve(spec: schema.RuleSpec, tokens: Tokens) -> Rule:
    marker = spec.marker.model_dump(exclude_none=True) if spec.marker else {}
    if "colour" in marker:
        marker["colour"] = tokens.colour(marker["colour"])
    if "hanging" in marker:
        marker["hanging"] = tokens.twips(marker["hanging"])
    if "size" in marker:
        marker["size"] = tokens.half_points(marker["size"])
    if "font" in marker:
        marker["font"] = tokens.family(marker["font"]) if tokens.has_role(marker["font"]) else None
    return Rule(
        **{name: getattr(spec, name) for name in _PLAIN},
        run=run_format(spec.run, tokens) if spec.run else Run(),
        before=None if spec.before is None else tokens.twips(spec.before),
        after=None if spec.after is None else tokens.twips(spec.after),
        box=_box(spec.box, tokens) if spec.box else None,
        cell=cell_format(spec.cell, tokens) if spec.cell else Cell(),
        marker=marker,
    )


def _box(spec: schema.BoxSpec, tokens: Tokens) -> Box:
    lengths = {name: tokens.twips(value) for name in ("padding", "before", "after")
               if (value := getattr(spec, name)) is not None}  # fmt: skip
    fill = tokens.colour(spec.fill) if spec.fill else None
    return Box(fill, borders_format(spec.borders, tokens) or Borders(), **lengths)


def _over(rule: Rule, later: Rule) -> Rule:
    said = {name: value for name in (*_PLAIN, "box", "before", "after") if (value := getattr(later, name)) is not None}
    return replace(
        rule, **said, run=merge(rule.run, later.run), cell=merge(rule.cell, later.cell),
        marker={**rule.marker, **later.marker},
    )  # fmt: skip
