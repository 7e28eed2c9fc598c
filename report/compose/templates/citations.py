"""What a document says of where its facts come from: marks, the sources that they lead to, and notes on how these were read.

Which facts a document prints is known only after it was rendered. So a source stands in `sources` where a mark of it was printed, in the
order of the marks; and `remarks` and `undated` have the notes on facts whose words were printed, for templates that use them.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from markupsafe import Markup

from report.compose.views.context import Context
from report.compose.views.notes import Remark, UndatedView, words
from report.language.writer import Writer
from report.model.base import Source

ANCHOR = "source-"
"""What the id of an entry among the sources begins with."""
_MARK = re.compile(rf'href="#{ANCHOR}([a-z0-9-]+)"')
Item = TypeVar("Item")
Note = TypeVar("Note", Remark, UndatedView)


class Watched(tuple[Item, ...]):
    """A list that knows whether a template looked at it."""

    used = False

    def all(self) -> tuple[Item, ...]:
        """Return the items, using none."""
        return tuple(super().__iter__())

    def __iter__(self) -> Iterator[Item]:
        self.used = True
        return super().__iter__()

    def __len__(self) -> int:
        self.used = True
        return super().__len__()


class Citations:
    """The marks of one document, and what it lists for them."""

    def __init__(self, facts: Context, writer: Writer):
        self._facts, self._writer = facts, writer
        self._known = {source.id: source for source in facts.sources}
        self._list(facts.sources, (), ())

    def _list(self, sources: tuple[Source, ...], remarks: Iterable[Remark], undated: Iterable[UndatedView]) -> None:
        self._sources, self._remarks, self._undated = Watched(sources), Watched(remarks), Watched(undated)
        self._numbers = {source.id: number for number, source in enumerate(sources, 1)}
        self._writer.printed.clear()
        self._writer.log.clear()

    def filters(self) -> dict[str, Any]:
        """Return the filter by the name that templates use."""
        return {"cited": self.cited}

    def values(self) -> dict[str, Any]:
        """Return what a template sees of the sources, as far as it is known."""
        sources, remarks, undated = self._sources, self._remarks, self._undated
        facts = dataclasses.replace(self._facts, sources=sources, remarks=remarks, undated=undated)
        return {"sources": sources, "remarks": remarks, "undated": undated, "facts": facts}

    def cited(self, value: Any, among: Iterable[Any] = ()) -> Markup:
        """Write the mark of a fact's source, ``[1]``; nothing for a fact without one.

        Of a list it writes the mark that all of them share. Of a fact `among` others nothing, where these share it: it stands once then.
        """
        if isinstance(value, tuple | list):
            return self._mark(_shared(value))
        return Markup() if _shared(among) else self._mark(getattr(value, "source", None))

    def _mark(self, id_: str | None) -> Markup:
        if id_ not in self._known:
            return Markup()
        number = self._numbers.get(id_, 0)
        return Markup(f'\N{NO-BREAK SPACE}<a href="#{ANCHOR}{id_}" role="doc-biblioref">[{number}]</a>')

    def settle(self, html: str) -> bool:
        """Learn from what was rendered; return whether it must be rendered once more, since a list that it prints is another."""
        cited = tuple(self._known[id_] for id_ in dict.fromkeys(_MARK.findall(html)) if id_ in self._known)
        remarks = self._on_printed(self._remarks, self._facts.remarks)
        undated = self._on_printed(self._undated, self._facts.undated)
        again = self._sources.used and cited != self._sources.all()
        again |= (remarks, undated) != (self._remarks.all(), self._undated.all())
        if again:
            self._list(cited, remarks, undated)
        return again

    def _on_printed(self, listed: Watched[Note], notes: Iterable[Note]) -> tuple[Note, ...]:
        """Return the notes on facts whose words were printed, where a template used an empty list of them."""
        if listed.all() or not listed.used:
            return listed.all()
        return tuple(note for note in notes if self._writer.printed & set(map(id, words(note.fact))))


def _shared(values: Iterable[Any]) -> str | None:
    """Return the source that two facts or more have in common, all of them."""
    sources = [getattr(value, "source", None) for value in values]
    return sources[0] if len(sources) > 1 and len(set(sources)) == 1 else None
