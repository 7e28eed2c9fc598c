"""Computed styles, shared by documents: those of a batch have the same sheets, and mostly the same elements.

WeasyPrint computes a property of an element from the style of its parent and the declarations that match it, anew in each
document. Here both together are a place (`Place`), the same one for the same sheets, and what was computed there is
looked up. Of a style that layout changes it makes a copy first, or changes the style itself, never a place: a copy
looks nothing up.

WeasyPrint 70 shares styles inside a document (its pull request 2808 asked for that); sharing them between documents of the same
`FontConfiguration` has not been reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from weasyprint import css

from report.formats.pdf.weasyprint.speed import cascade

MOST = 5000
"""The most places of a store; beyond, all are forgotten."""
_OWN = frozenset({"anchor", "position", "float", "display"})
"""What no place has: the names of places on the page, and what is computed with one another."""


_VIEWPORT = re.compile(r"\d[sldp]?v(?:w|h|i|b|min|max)\b", re.IGNORECASE)
"""Lengths that depend on the page."""


class Place:
    """What was computed for a parent's place and certain declarations: `values` by property, what is `derived` from them, the places below."""

    __slots__ = ("_anonymous", "below", "cascaded", "derived", "parent", "values")

    def __init__(self, parent: Place | None = None, cascaded: Mapping[str, Any] | None = None):
        self.parent, self.cascaded = parent, cascaded  # referenced here, since their identities are keys
        self.values: dict[str, Any] = {}
        self.derived: dict[str, Any] = {}
        self.below: dict[Any, Place] = {}
        self._anonymous: Place | None = None

    @property
    def anonymous(self) -> Place:
        """Return the place of boxes that no element makes."""
        if self._anonymous is None:
            self._anonymous = Place(self)
        return self._anonymous


class Store:
    """The places of one set of fonts and style sheets; a sheet that is forgotten takes them along."""

    def __init__(self) -> None:
        self.root, self._count = Place(), 0
        self.cascades = cascade.Cascades()

    def place(self, above: Place, key: Any, cascaded: Mapping[str, Any]) -> Place:
        """Return the place below another that has these declarations."""
        if (place := above.below.get(key)) is None:
            self._count += 1
            if self._count > MOST:
                self.root.below.clear()  # styles of this document keep their places; later ones find them no more
                self._count = 1
            place = above.below[key] = Place(above, cascaded)
        return place


def install() -> None:
    """Let WeasyPrint look up what it computed before."""
    css.ComputedStyle, css.AnonymousStyle, css.StyleFor = Computed, Anonymous, cascade.StyleFor


def share(font_config: Any, sheet: str) -> None:
    """Share computed styles among the documents of a style sheet, unless lengths in it depend on the page."""
    if not _VIEWPORT.search(sheet):
        font_config.store = Store()


def derived(style: Any) -> dict[str, Any]:
    """Return where to put what is derived from a style's values: beside its place, or beside the style alone."""
    place: Place | None = getattr(style, "place", None)
    values: dict[str, Any] = place.derived if place else style.__dict__.setdefault("derived", {})
    return values


class Computed(css.ComputedStyle):
    """An element's style. Its place is looked for when a value is first asked for."""

    _place: Place | None = None
    _placed = False

    @property
    def place(self) -> Place | None:
        if not self._placed:
            self._placed, self._place = True, _place(self)
            if self._place:
                self.update({**self._place.values, **self})
        return self._place

    def copy(self) -> Any:
        copied = super().copy()
        copied._placed = True
        return copied

    def __missing__(self, key: str) -> Any:
        if key == "anchor" and key not in self.cascaded:  # asked of every element and pseudo-element
            self[key] = None
            return None
        if key in _OWN or not (place := self._place if self._placed else self.place):
            return super().__missing__(key)
        try:
            value = self[key] = place.values[key]
        except KeyError:
            value = place.values[key] = super().__missing__(key)
        return value


class Anonymous(css.AnonymousStyle):
    """The style of a box that no element makes."""

    def __init__(self, parent_style: Any):
        super().__init__(parent_style)
        above: Place | None = getattr(parent_style, "place", None)
        self.place = above.anonymous if above else None
        if self.place:
            self.update(self.place.values)

    def copy(self) -> Any:
        copied = super().copy()
        copied.place = None
        return copied

    def __missing__(self, key: str) -> Any:
        if not self.place or key in _OWN:
            return super().__missing__(key)
        try:
            value = self[key] = self.place.values[key]
        except KeyError:
            value = self.place.values[key] = super().__missing__(key)
        return value


def _place(style: Computed) -> Place | None:
    """Return a style's place, or None where its fonts come without a store."""
    store: Store | None = getattr(style.font_config, "store", None)
    if store is None:
        return None
    above: Place | None = store.root if style.parent_style is None else getattr(style.parent_style, "place", None)
    if above is None:
        return None
    cascaded = style.cascaded
    base = cascaded.base if cascaded.__class__ is cascade.Cascaded else None
    if base is not None:
        return store.place(above, (style.pseudo_type, style.base_url, id(base), cascaded.language), cascaded)
    declared = tuple(
        (name, value if name == "lang" else id(value), *weight[:2], *weight[2])
        for name, (value, weight) in cascaded.items()
        if name != "anchor"
    )
    return store.place(above, (style.pseudo_type, style.base_url, declared), cascaded)
