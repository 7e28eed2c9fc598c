"""Texts that must fit a panel: which variant of a passage it prints, and where the fact stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from pydantic import BaseModel

from report.compose.filters import Writer
from report.model.dossier import Dossier
from report.model.text import LENGTHS, Passage, Text
from report.model.walk import Steps, records
from report.values import FittedText


class Fitter:
    """The filters ``fitted`` and ``fitted_rich`` of one document: they print a passage as long as its panel has room for.

    The panel is the section that is being printed. `lengths` are the variants that panels print, where not the longest.
    """

    def __init__(self, writer: Writer, dossier: Dossier, lengths: Mapping[str, str]):
        self._writer, self._dossier, self._lengths = writer, dossier, lengths
        self._printed: dict[str, tuple[str, Text | Passage]] = {}

    def filters(self) -> dict[str, Any]:
        """Return the filters by the names that templates use."""
        return {"fitted": self.fitted, "fitted_rich": self.fitted_rich}

    @pass_context
    def fitted(self, context: Context, value: Text | Passage) -> Markup:
        """Write a text in a line, as long as there is room."""
        id_, chosen = self._choose(context, value)
        told = self._writer.text(Passage({"full": chosen}) if isinstance(value, Passage) else chosen)
        return Markup(f'<span id="{id_}">{told}</span>')

    @pass_context
    def fitted_rich(self, context: Context, value: Text | Passage) -> Markup:
        """Write a passage as paragraphs and lists, as long as there is room."""
        id_, chosen = self._choose(context, value)
        return Markup(f'<div id="{id_}">{self._writer.rich(chosen)}</div>')

    def _choose(self, context: Context, value: Text | Passage) -> tuple[str, Text]:
        panel = str(context["section"])
        id_ = f"fit-{len(self._printed) + 1}"
        self._printed[id_] = (panel, value)
        return id_, _at(value, self._lengths.get(panel, "full"))

    def texts(self) -> Mapping[str, FittedText]:
        """Return the texts that were printed, by the ids of their elements."""
        places = _places(self._dossier, {id(value) for _, value in self._printed.values()})
        return MappingProxyType(
            {id_: self._text(panel, value, places.get(id(value))) for id_, (panel, value) in self._printed.items()}
        )

    def _text(self, panel: str, value: Text | Passage, place: tuple[str, Steps] | None) -> FittedText:
        where = self._dossier.locate(place[0], *place[1]) if place else None
        variants = value.variants if isinstance(value, Passage) else {"full": value}
        return FittedText(panel, where, {length: self._writer.plain(text) for length, text in variants.items()})


def _at(value: Text | Passage, length: str) -> Text:
    """Return a passage's variant of that length, or else the next shorter one, or the shortest there is."""
    if isinstance(value, Text):
        return value
    wanted = LENGTHS[: LENGTHS.index(length) + 1]
    return next((value.variants[one] for one in reversed(wanted) if one in value.variants), value.shortest)


def _places(dossier: Dossier, wanted: set[int]) -> dict[int, tuple[str, Steps]]:
    """Return where texts of the facts stand, by their identity."""
    return {
        id(value): (file, inner)
        for file, steps, record in records(dossier)
        for inner, value in _values(record, steps)
        if id(value) in wanted
    }


def _values(value: Any, steps: Steps) -> Iterator[tuple[Steps, Text | Passage]]:
    if isinstance(value, Text | Passage):
        yield steps, value
        if isinstance(value, Passage):
            for length, text in value.variants.items():
                yield (*steps, length), text
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _values(getattr(value, name), (*steps, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _values(item, (*steps, index))
