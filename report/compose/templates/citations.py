"""What a document says of where its facts come from: marks, the sources that they lead to, and notes on how these were read.

Which facts a document prints is known only after it was rendered. So a source stands in `sources` where a mark of it was printed, in the
order of the marks; and `remarks` and `undated` tell of facts whose words were printed, for templates that ask for them.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import Markup

from report.compose.views.context import Context
from report.compose.views.notes import Remark, UndatedView, words
from report.language.writer import Writer
from report.model.base import Source

ANCHOR = "source-"
"""What the id of an entry among the sources begins with."""
_MARK = re.compile(rf'href="#{ANCHOR}([a-z0-9-]+)"')


class Asked(tuple):  # type: ignore[type-arg]
    """A list that knows whether a template looked at it."""

    asked = False

    def __iter__(self) -> Iterator[Any]:
        self.asked = True
        return super().__iter__()

    def __len__(self) -> int:
        self.asked = True
        return super().__len__()


class Citations:
    """The marks of one document, and what it lists for them."""

    def __init__(self, facts: Context, writer: Writer):
        self._facts, self._writer = facts, writer
        self._sources = {source.id: source for source in facts.sources}
        self._set(facts.sources, (), ())

    def _set(self, sources: Iterable[Source], remarks: Iterable[Remark], undated: Iterable[UndatedView]) -> None:
        self._listed = tuple(sources)
        self._given = (Asked(self._listed), Asked(remarks), Asked(undated))
        self._writer.printed.clear()

    def filters(self) -> dict[str, Any]:
        """Return the filter by the name that templates use."""
        return {"cited": self.cited}

    def values(self) -> dict[str, Any]:
        """Return what a template sees of the sources, as far as it is known."""
        named = dict(zip(("sources", "remarks", "undated"), self._given, strict=True))
        return {**named, "facts": dataclasses.replace(self._facts, **named)}

    def cited(self, value: Any, among: Iterable[Any] = ()) -> Markup:
        """Write the mark of a fact's source, ``[1]``; nothing for a fact without one.

        Of a list it writes the mark that all of them share. Of a fact `among` others nothing, where these share it: it stands once then.
        """
        if isinstance(value, tuple | list):
            return self._mark(_shared(value))
        return Markup() if _shared(among) else self._mark(getattr(value, "source", None))

    def _mark(self, id_: str | None) -> Markup:
        if id_ not in self._sources:
            return Markup()
        number = next((n for n, source in enumerate(self._listed, 1) if source.id == id_), 0)
        return Markup(f'\N{NO-BREAK SPACE}<a href="#{ANCHOR}{id_}" role="doc-biblioref">[{number}]</a>')

    def settle(self, html: str) -> bool:
        """Learn from what was rendered; return whether it must be rendered once more, since a list that it prints is another."""
        listed, remarks, undated = self._given
        cited = tuple(self._sources[id_] for id_ in dict.fromkeys(_MARK.findall(html)) if id_ in self._sources)
        told = self._told(self._facts.remarks) if remarks.asked and not tuple.__len__(remarks) else tuple(remarks)
        open_ = self._told(self._facts.undated) if undated.asked and not tuple.__len__(undated) else tuple(undated)
        again = (listed.asked and cited != self._listed) or len(told) > len(remarks) or len(open_) > len(undated)
        if again:
            self._set(cited, told, open_)
        return again

    def _told(self, notes: Iterable[Any]) -> tuple[Any, ...]:
        """Return the notes on facts whose words were printed."""
        return tuple(note for note in notes if self._writer.printed & set(map(id, words(note.fact))))


def _shared(values: Iterable[Any]) -> str | None:
    """Return the source that two facts or more have in common, all of them."""
    named = [getattr(value, "source", None) for value in values]
    return named[0] if len(named) > 1 and len(set(named)) == 1 else None
