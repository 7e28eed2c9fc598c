"""Bookmarks (ECMA-376 17.13.6) that a form's author set where an answer belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from report.formats.docx.xml import Element, q
from report.forms import text
from report.forms.answer import Answer
from report.forms.binding import Bindings
from report.forms.place import Place, covered, deleted, nearest
from report.values import required

_START, _END = q("w:bookmarkStart"), q("w:bookmarkEnd")
_WORDS_OWN = re.compile(r"_.*|OLE_LINK\d+|page\w*", re.IGNORECASE)
"""Word names its own bookmarks with a line first: contents, cross-references, the last edit."""


def find(part: str, root: Element, known: Sequence[Place]) -> Iterator[Place]:
    """Yield the bookmarks that begin and end in one paragraph and are not those of a form field."""
    held = {place.element for place in known}
    fields = {place.name for place in known if place.family == "legacy"}
    linked = {e.get(q("w:anchor")) for e in root.iter(q("w:hyperlink"))}
    said = " ".join(e.text or "" for e in root.iter(q("w:instrText")))
    for start in root.iter(_START):
        name = start.get(q("w:name"), "")
        own = not name or _WORDS_OWN.fullmatch(name) or name in fields or name in linked or name in said.split()
        end = _end(start)
        if own or end is None or end.getparent() is not start.getparent() or start.getparent().tag != text.P:
            continue
        inside = _between(start, end)
        if covered(start, held) or deleted(start) or _holds_others(inside):
            continue
        yield Place("bookmark", name, "text", part, 0, nearest(start), start,
                    "".join(text.of(e) for e in inside))  # fmt: skip


def _holds_others(inside: list[Element]) -> bool:
    """Say whether fields stand between a bookmark's ends, or half of one does: they are places themselves."""
    chars = [c.get(q("w:fldCharType")) for each in inside for c in each.iter(q("w:fldChar"))]
    held = any(next(each.iter(text.SDT, q("w:ffData")), None) is not None for each in inside)
    return held or chars.count("begin") != chars.count("end")


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


def fill(place: Place, answer: Answer, bindings: Bindings) -> None:
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
