"""Texts that must fit a panel: which variant of a passage it prints, and where the fact stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from report.language.writer import Writer
from report.model.dossier import Dossier
from report.model.text import LENGTHS, Passage, Text
from report.model.walk import Steps, records, values
from report.values import FittedText

_LAST = re.compile(r" ([^\s<>]{1,9})(?=</(?:p|li)>|$)")
_NEAR = "\u00a0\\1"
"""A short last word stays with the one before it: alone on a line, it would look lost in a narrow panel."""


class Fitter:
    """The filters ``fitted`` and ``fitted_rich`` of one document: they print a passage as long as its panel has room for.

    The panel is the section that is being printed. `lengths` are the variants that panels print, where not the longest.
    """

    def __init__(self, writer: Writer, dossier: Dossier, lengths: Mapping[str, str]):
        self.writer, self._dossier, self._lengths = writer, dossier, lengths
        self._printed: dict[str, _Printed] = {}

    def filters(self) -> dict[str, Any]:
        """Return the filters by the names that templates use."""
        return {"fitted": self.fitted, "fitted_rich": self.fitted_rich}

    @pass_context
    def fitted(self, context: Context, value: Text | Passage, most: str = "full") -> Markup:
        """Write a text in a line, as long as there is room, and no longer a variant than `most`."""
        id_, chosen = self._choose(context, value, most)
        return Markup(f'<span id="{id_}">{_LAST.sub(_NEAR, self.writer.text(chosen))}</span>')

    @pass_context
    def fitted_rich(self, context: Context, value: Text | Passage, most: str = "full") -> Markup:
        """Write a passage as paragraphs and lists, as long as there is room, and no longer a variant than `most`."""
        id_, chosen = self._choose(context, value, most)
        return Markup(f'<div id="{id_}">{_LAST.sub(_NEAR, self.writer.rich(chosen))}</div>')

    def _choose(self, context: Context, value: Text | Passage, most: str) -> tuple[str, Text]:
        printed = _Printed(str(context["section"]), value, _most(value, most))
        id_ = f"fit-{len(self._printed) + 1}"
        self._printed[id_] = printed
        length = min(self._lengths.get(printed.panel, "full"), most, key=LENGTHS.index)
        return id_, printed.variants[_at(printed.variants, length)]

    def texts(self) -> Mapping[str, FittedText]:
        """Return the texts that were printed, by the ids of their elements."""
        wanted = {id(printed.value) for printed in self._printed.values()}
        places = _places(self._dossier, wanted) if wanted else {}
        return MappingProxyType(
            {id_: self._text(printed, places.get(id(printed.value))) for id_, printed in self._printed.items()}
        )

    def _text(self, printed: _Printed, place: tuple[str, Steps] | None) -> FittedText:
        where = self._dossier.locate(place[0], *place[1]) if place else None
        variants = {length: self.writer.plain(text) for length, text in printed.variants.items()}
        return FittedText(printed.panel, where, variants)


class _Printed(NamedTuple):
    """A text that a panel prints, and the variants that it may print of it."""

    panel: str
    value: Text | Passage
    variants: Mapping[str, Text]


def _most(value: Text | Passage, most: str) -> Mapping[str, Text]:
    """Return a text's variants up to the length `most`, or the shortest there is."""
    if isinstance(value, Text):
        return {"full": value}
    allowed = LENGTHS[: LENGTHS.index(most) + 1]
    return {one: value.variants[one] for one in allowed if one in value.variants} or {"full": value.shortest}


def _at(variants: Mapping[str, Text], length: str) -> str:
    """Return the name of the variant of that length, or else of the next shorter one, or of the shortest there is."""
    wanted = LENGTHS[: LENGTHS.index(length) + 1]
    found = next((one for one in reversed(wanted) if one in variants), None)
    return found or next(one for one in LENGTHS if one in variants)


def _places(dossier: Dossier, wanted: set[int]) -> dict[int, tuple[str, Steps]]:
    """Return where texts of the facts stand, by their identity."""
    return {
        id(value): (file, inner)
        for file, steps, record in records(dossier)
        for inner, value in values(record, steps)
        if id(value) in wanted
    }
