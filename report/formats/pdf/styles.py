"""Computed styles kept from document to document: those of a batch have the same sheets, and mostly the same elements.

WeasyPrint computes a property of an element from the style of its parent and the declarations that match it, anew in each
document. Here both together are a place (`Kept`), the same one for the same sheets, and what was computed there is
looked up. Of a style that layout changes it makes a copy first, or changes the style itself, never what is kept: a copy
looks nothing up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weasyprint import css

from report.formats.pdf import cascade

MOST = 5000
"""So many places are kept; then all are forgotten."""
_OWN = frozenset({"anchor", "position", "float", "display"})
"""What is not kept: the names of places on the page, and what is computed with one another."""


class Kept:
    """What was computed at a place: values by property, what else is made of them (`made`), and the places below."""

    __slots__ = ("_anonymous", "below", "cascaded", "made", "parent", "values")

    def __init__(self, parent: Kept | None = None, cascaded: Mapping[str, Any] | None = None):
        self.parent, self.cascaded = parent, cascaded  # held, since their identities are the key
        self.values: dict[str, Any] = {}
        self.made: dict[str, Any] = {}
        self.below: dict[Any, Kept] = {}
        self._anonymous: Kept | None = None

    @property
    def anonymous(self) -> Kept:
        """Return the place of boxes that no element makes."""
        if self._anonymous is None:
            self._anonymous = Kept(self)
        return self._anonymous


class Store:
    """The places of one set of fonts and style sheets; a sheet that is forgotten takes them along."""

    def __init__(self) -> None:
        self.root, self._count = Kept(), 0
        self.cascades = cascade.Cascades()

    def place(self, above: Kept, key: Any, cascaded: Mapping[str, Any]) -> Kept:
        """Return the place below another that has these declarations."""
        if (found := above.below.get(key)) is None:
            self._count += 1
            if self._count > MOST:
                self.root.below.clear()  # styles of this document keep their places; later ones find them no more
                self._count = 1
            found = above.below[key] = Kept(above, cascaded)
        return found


def install() -> None:
    """Let WeasyPrint look up what it computed before."""
    css.ComputedStyle, css.AnonymousStyle, css.StyleFor = Computed, Anonymous, cascade.StyleFor


def made(style: Any) -> dict[str, Any]:
    """Return where to keep what is made of a style's values: with its place, or with the style alone."""
    kept = getattr(style, "kept", None)
    return kept.made if kept else style.__dict__.setdefault("made", {})


class Computed(css.ComputedStyle):
    """An element's style. `kept` is its place, None until it is needed, False where it has none."""

    _kept: Kept | bool | None = None

    @property
    def kept(self) -> Kept | bool:
        if self._kept is None:
            self._kept = _place(self) or False
            if self._kept:
                self.update({**self._kept.values, **self})
        return self._kept

    def copy(self) -> Any:
        copied = super().copy()
        copied._kept = False
        return copied

    def __missing__(self, key: str) -> Any:
        if key == "anchor" and key not in self.cascaded:  # asked of every element and pseudo-element
            self[key] = None
            return None
        if key in _OWN or not (kept := self._kept if self._kept is not None else self.kept):
            return super().__missing__(key)
        try:
            value = self[key] = kept.values[key]
        except KeyError:
            value = kept.values[key] = super().__missing__(key)
        return value


class Anonymous(css.AnonymousStyle):
    """The style of a box that no element makes."""

    def __init__(self, parent_style: Any):
        super().__init__(parent_style)
        above = getattr(parent_style, "kept", False)
        self.kept: Kept | bool = above.anonymous if above else False
        if self.kept:
            self.update(self.kept.values)

    def copy(self) -> Any:
        copied = super().copy()
        copied.kept = False
        return copied

    def __missing__(self, key: str) -> Any:
        if not self.kept or key in _OWN:
            return super().__missing__(key)
        try:
            value = self[key] = self.kept.values[key]
        except KeyError:
            value = self.kept.values[key] = super().__missing__(key)
        return value


def _place(style: Computed) -> Kept | None:
    """Return a style's place, or None where its fonts come without a store."""
    store = getattr(style.font_config, "store", None)
    if store is None:
        return None
    parent = style.parent_style
    above = store.root if parent is None else getattr(parent, "kept", None)
    if not above:
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
