"""Bookmarks (ECMA-376 17.13.6) that a form's author set where an answer belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from report.formats.ooxml import Element, q
from report.forms.answers.answer import Answer
from report.forms.fields.data_binding import DataBindings
from report.forms.fields.field import Place, covered, deleted, nearest
from report.forms.word import text
from report.values import required

_START, _END = q("w:bookmarkStart"), q("w:bookmarkEnd")
_WORDS_OWN = re.compile(r"_.*|OLE_LINK\d+|page\w*", re.IGNORECASE)
"""Word names its own bookmarks with a line first: contents, cross-references, the last edit."""


def find(part: str, root: Element, known: Sequence[Place]) -> Iterator[Place]:
    """Yield the bookmarks that begin and end in one paragraph and are not those of a form field."""
    held = {place.element for place in known}
    taken = {place.name for place in known if place.family == "legacy"}
    taken |= {e.get(q("w:anchor"), "") for e in root.iter(q("w:hyperlink"))}
    taken |= {word for e in root.iter(q("w:instrText")) for word in (e.text or "").split()}
    for paragraph in dict.fromkeys(start.getparent() for start in root.iter(_START)):
        line = _Line(paragraph) if paragraph.tag == text.P else None
        for start, end in line.pairs() if line else ():
            name = start.get(q("w:name"), "")
            if not name or _WORDS_OWN.fullmatch(name) or name in taken or line.holds_others(start, end):
                continue
            if not (covered(start, held) or deleted(start)):
                yield Place("bookmark", name, "text", part, 0, nearest(start), start, line.said(start, end))


class _Line:
    """The children of a paragraph, and what stands before each: bookmarks may overlap, a thousand of them."""

    def __init__(self, paragraph: Element):
        self._children = list(paragraph)
        self._places = {child: place for place, child in enumerate(self._children)}
        self._texts = [text.of(child) for child in self._children]
        self._fields, self._open = [0], [0]
        for child in self._children:
            kinds = [c.get(q("w:fldCharType")) for c in child.iter(q("w:fldChar"))]
            others = sum(1 for _ in child.iter(text.SDT, q("w:ffData")))
            self._fields.append(self._fields[-1] + others)
            self._open.append(self._open[-1] + kinds.count("begin") - kinds.count("end"))

    def pairs(self) -> Iterator[tuple[Element, Element]]:
        """Yield each bookmark's start with the first end of its number behind it."""
        ends: dict[str | None, Element] = {}
        found: list[tuple[Element, Element]] = []
        for child in reversed(self._children):
            if child.tag == _END:
                ends[child.get(q("w:id"))] = child
            elif child.tag == _START and (end := ends.get(child.get(q("w:id")))) is not None:
                found.append((child, end))
        return reversed(found)

    def holds_others(self, start: Element, end: Element) -> bool:
        """Say whether fields stand between a bookmark's ends, or half of one does: they are places themselves."""
        begin, stop = self._places[start] + 1, self._places[end]
        return self._fields[stop] > self._fields[begin] or self._open[stop] != self._open[begin]

    def said(self, start: Element, end: Element) -> str:
        """Return the text between a bookmark's ends."""
        return "".join(self._texts[self._places[start] + 1 : self._places[end]])


def _end(start: Element) -> Element | None:
    number = start.get(q("w:id"))
    return next((e for e in start.itersiblings(_END) if e.get(q("w:id")) == number), None)


def _between(start: Element, end: Element) -> list[Element]:
    found: list[Element] = []
    for each in start.itersiblings():
        if each is end:
            break
        found.append(each)
    return found


def fill(place: Place, answer: Answer, bindings: DataBindings) -> None:
    """Put an answer between the bookmark's start and its end; what else begins or ends there stays."""
    end = required(_end(place.element))
    inside = [e for e in _between(place.element, end) if e.tag in (text.R, q("w:hyperlink"), q("w:proofErr"))]
    looks = [e.find(text.RPR) for e in inside if e.tag == text.R]
    paragraph = place.element.getparent()
    look = next((each for each in looks if each is not None), None)
    made = text.run(answer.text, look if look is not None else text.mark_look(paragraph))
    place.element.addnext(made)
    for stale in inside:
        paragraph.remove(stale)
