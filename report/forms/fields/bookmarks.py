"""Bookmarks (ECMA-376 17.13.6) that a form's author set where an answer belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from report.formats.ooxml import Element, q
from report.forms.answers.answer import Answer
from report.forms.fields.data_binding import DataBindings
from report.forms.fields.field import WordField, covered, deleted, nearby_text
from report.forms.word import text

_START, _END = q("w:bookmarkStart"), q("w:bookmarkEnd")
_WORDS_OWN = re.compile(r"_.*|OLE_LINK\d+|page\w*", re.IGNORECASE)
"""Word names its own bookmarks with a line first: contents, cross-references, the last edit."""


def find(part: str, root: Element, earlier: Sequence[WordField]) -> Iterator[WordField]:
    """Yield the bookmarks that begin and end in one paragraph and are not those of a form field."""
    elements = {field.element for field in earlier}
    used = {field.name for field in earlier if field.family == "legacy"}
    used |= {e.get(q("w:anchor"), "") for e in root.iter(q("w:hyperlink"))}
    used |= {word for e in root.iter(q("w:instrText")) for word in (e.text or "").split()}
    for paragraph in dict.fromkeys(text.parent_of(start) for start in root.iter(_START)):
        if paragraph.tag != text.P:
            continue
        line = _Line(paragraph)
        for start, end in line.pairs():
            name = start.get(q("w:name"), "")
            if not name or _WORDS_OWN.fullmatch(name) or name in used or line.has_fields(start, end):
                continue
            if not (covered(start, elements) or deleted(start)):
                yield WordField("bookmark", name, "text", part, nearby_text(start), start, line.text(start, end))


class _Line:
    """The children of a paragraph, and what stands before each: bookmarks may overlap, a thousand of them."""

    def __init__(self, paragraph: Element):
        self._children = list(paragraph)
        self._indices = {child: index for index, child in enumerate(self._children)}
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
        pairs: list[tuple[Element, Element]] = []
        for child in reversed(self._children):
            if child.tag == _END:
                ends[child.get(q("w:id"))] = child
            elif child.tag == _START and (end := ends.get(child.get(q("w:id")))) is not None:
                pairs.append((child, end))
        return reversed(pairs)

    def has_fields(self, start: Element, end: Element) -> bool:
        """Say whether fields, or half of one, stand between a bookmark's ends: they take the answers."""
        first, last = self._indices[start] + 1, self._indices[end]
        return self._fields[last] > self._fields[first] or self._open[last] != self._open[first]

    def text(self, start: Element, end: Element) -> str:
        """Return the text between a bookmark's ends."""
        return "".join(self._texts[self._indices[start] + 1 : self._indices[end]])


def fill(field: WordField, answer: Answer, bindings: DataBindings) -> None:
    """Put an answer between the bookmark's start and its end; what else begins or ends there stays."""
    start, paragraph = field.element, text.parent_of(field.element)
    number = start.get(q("w:id"))
    between = list(takewhile(lambda e: e.tag != _END or e.get(q("w:id")) != number, start.itersiblings()))
    looks = [look for e in between if e.tag == text.R and (look := e.find(text.RPR)) is not None]
    start.addnext(text.run(answer.text, looks[0] if looks else text.mark_look(paragraph)))
    text.remove(e for e in between if e.tag in (text.R, q("w:hyperlink"), q("w:proofErr")))
