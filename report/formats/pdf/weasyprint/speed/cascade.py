"""The cascade, computed once for elements that the same selectors match, in all documents of the same sheets.

WeasyPrint weighs the declarations of all selectors that match an element anew for every element. Here the selectors that
match are looked up together: what they declare is one record, the same for all elements alike. Only what an element declares
by attributes of its own (``id``, ``lang``, ``style``) is put on top of it. Not reported to WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf
from types import SimpleNamespace
from typing import Any

from weasyprint import css

MOST = 2000
"""The most sets of selectors; beyond, all are forgotten."""
_LANGUAGE, _ANCHOR = "lang", "anchor"
_CALL = "note-call"
"""The pseudo-element in whose style layout writes: the anchor of each note's call, another for each."""


class Cascaded(dict[str, tuple[Any, tuple[Any, ...]]]):
    """What is declared for an element: values and weights by property.

    `base` is what its selectors declare, one record for all elements that the same ones match; `language` is what the
    element itself declares in addition. None stands for `base` where the element has a style of its own.
    """

    __slots__ = ("base", "language")

    def __init__(self, declared: Mapping[str, Any] = {}, base: Cascaded | None = None, language: Any = None):  # noqa: B006
        super().__init__(declared)
        self.base, self.language = base, language


_NOTHING = Cascaded()
_NOTHING.base = _NOTHING
_EMPTY = SimpleNamespace(
    base_url=None, etree_element=SimpleNamespace(iter=tuple), wrapper_element=SimpleNamespace(iter_subtree=tuple)
)
"""A document of no elements: WeasyPrint's own constructor finds nothing to do in it."""


class Cascades:
    """What sets of selectors declare, for elements and for their pseudo-elements."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], Mapping[str | None, Cascaded]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def of(self, element: Any, sheets: Iterable[tuple[Any, str, Any]]) -> Mapping[str | None, Cascaded]:
        """Return what is declared for an element and its pseudo-elements; None is the key of the element itself."""
        matched: list[tuple[Any, Any]] = []
        key: list[Any] = []
        for each in sheets:
            if selectors := each[0].matcher.match(element):
                matched.append((each, selectors))
                key += (each[0], *(order for _, order, _, _ in selectors))
        known = self._known.get(tuple(key))
        if known is None:
            if len(self._known) >= MOST:
                self._known.clear()
            known = self._known[tuple(key)] = _weighed(matched)
        return known


def _weighed(matched: Iterable[tuple[Any, Any]]) -> Mapping[str | None, Cascaded]:
    """Weigh declarations against each other (CSS Cascading 4, 6.1): of the heaviest the last wins."""
    styles: dict[str | None, Cascaded] = {}
    for (sheet, origin, of_sheet), selectors in matched:
        for specificity, _, pseudo, (declarations, layer) in selectors:
            style = styles.setdefault(pseudo, Cascaded())
            style.base = style
            order = inf if layer is None else sheet.layers.index(layer)
            for name, value, important in declarations:
                weight = css.declaration_precedence(origin, important), order, of_sheet or specificity
                if name not in style or style[name][1] <= weight:
                    style[name] = value, weight
    return styles


class StyleFor(css.StyleFor):
    """The computed styles of a document's elements."""

    def __init__(self, html: Any, sheets: Any, presentational_hints: bool, font_config: Any, target_collector: Any):
        store = getattr(font_config, "store", None)
        if store is None:
            super().__init__(html, sheets, presentational_hints, font_config, target_collector)
            return
        super().__init__(_EMPTY, (), False, font_config, target_collector)
        self._sheets = sheets
        root, base = html.etree_element, html.base_url
        own = _of_attributes(css.find_style_attributes(root, presentational_hints, base))
        styles = self._computed_styles
        shared: dict[tuple[int, str | None, int], Any] = {}
        pseudos: list[tuple[Any, str, Cascaded]] = []

        def compute(element: Any, parent: Any, pseudo: str | None, declared: Cascaded, may_share: bool) -> None:
            key = (id(styles.get((parent, None))), pseudo, id(declared))
            if may_share and (style := shared.get(key)) is not None:
                styles[element, pseudo] = style
                return
            self._cascaded_styles[element, pseudo] = declared
            self.set_computed_styles(element, parent, root, pseudo, base, target_collector)
            if may_share:
                shared[key] = styles[element, pseudo]

        for wrapper in html.wrapper_element.iter_subtree():
            element, parent = wrapper.etree_element, wrapper.parent.etree_element if wrapper.parent else None
            cascades = store.cascades.of(wrapper, sheets)
            declared = cascades.get(None, _NOTHING)
            if element in own:
                declared = _over(declared, own[element])
            compute(element, parent, None, declared, element not in own)
            pseudos += [(element, pseudo, each) for pseudo, each in cascades.items() if pseudo]
        for element, pseudo, declared in pseudos:
            compute(element, element, pseudo, declared, pseudo != _CALL)
        self._cascaded_styles.clear()  # from here on for pages


def _of_attributes(attributes: Iterable[tuple[Any, Any, Any, str]]) -> dict[Any, list[tuple[str, Any, Any]]]:
    """Return what elements declare themselves, with weights."""
    own: dict[Any, list[tuple[str, Any, Any]]] = {}
    for specificity, element, declarations, base in attributes:
        own.setdefault(element, []).extend(
            (name, value, (css.declaration_precedence("author", important), inf, specificity))
            for name, value, important in css.preprocess_declarations(base, declarations)
        )
    return own


def _over(base: Cascaded, own: Iterable[tuple[str, Any, Any]]) -> Cascaded:
    """Return what selectors declare with what an element declares itself; of equal weight, it gives way."""
    cascaded = Cascaded(base, base)
    heaviest: dict[str, Any] = {}
    for name, value, weight in own:
        if name not in heaviest or heaviest[name][1] <= weight:
            heaviest[name] = value, weight
    for name, declared in heaviest.items():
        if name not in base or base[name][1] < declared[1]:
            cascaded[name] = declared
            if name == _LANGUAGE:
                cascaded.language = declared[0]
            elif name != _ANCHOR:
                cascaded.base = None
    return cascaded
