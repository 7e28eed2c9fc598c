"""Text in WordprocessingML: read from a part, and written into runs that keep the look of those that were there."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator

from lxml import etree

from report.formats.ooxml import Element, q
from report.values import required

P, R, T, TC, TR, TBL = (q(f"w:{name}") for name in ("p", "r", "t", "tc", "tr", "tbl"))
RPR, PPR, BR, TAB = (q(f"w:{name}") for name in ("rPr", "pPr", "br", "tab"))
SDT, SDT_PR, SDT_CONTENT = (q(f"w:{name}") for name in ("sdt", "sdtPr", "sdtContent"))
_BREAKS = {BR: "\n", q("w:cr"): "\n", TAB: "\t", q("w:noBreakHyphen"): "\u2011", q("w:softHyphen"): "\u00ad"}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PIECE = re.compile(r"[\n\t]|[^\n\t]+")


def number(element: Element | None, default: int, name: str = "w:val", base: int = 10) -> int:
    """Return a number that an element states; `default` where it states none, or none that can be read."""
    try:
        return int(element.get(q(name), ""), base) if element is not None else default
    except ValueError:
        return default


def value(parent: Element, name: str) -> str:
    """Return the ``w:val`` of a child, empty where there is none."""
    child = parent.find(q(name))
    return child.get(q("w:val"), "") if child is not None else ""


def parent_of(element: Element) -> Element:
    """Return the element that holds this one, which is not the root of a part."""
    return required(element.getparent())


def remove(elements: Iterable[Element]) -> None:
    """Take elements out of what holds them."""
    for element in list(elements):
        parent_of(element).remove(element)


def ancestor(element: Element, *tags: str) -> Element | None:
    """Return the nearest element of these names that holds this one."""
    return next(element.iterancestors(*tags), None)


def copied(element: Element) -> Element:
    """Return a copy of a row or item without what is unique in a part: bookmarks and paragraph ids."""
    result = copy.deepcopy(element)
    remove(result.iter(q("w:bookmarkStart"), q("w:bookmarkEnd")))
    for each in result.iter():
        for name in (q("w14:paraId"), q("w14:textId")):
            each.attrib.pop(name, None)
    return result


def of(element: Element) -> str:
    """Return the text of an element: paragraphs on lines of their own; what was deleted or is hidden in fields is not read."""
    lines = ["".join(_pieces(each)) for each in ([element] if element.tag == P else element.iter(P))]
    return "\n".join(lines) if lines else "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == T:
            yield child.text or ""
        elif child.tag in _BREAKS and element.tag == R:
            yield _BREAKS[child.tag]
        elif child.tag == q("w:sym"):
            yield chr(min(0xFFFF, abs(number(child, 0x2610, "w:char", 16))))
        elif child.tag not in (q("w:del"), q("w:moveFrom"), PPR, RPR, SDT_PR, P):
            yield from _pieces(child)


def run(text: str, look: Element | None) -> Element:
    """Return a run of `text` with a copy of the properties `look`; line ends are breaks, tabs are tabs."""
    result: Element = etree.Element(R, nsmap=None)
    if look is not None:
        result.append(copy.deepcopy(look))
    for piece in _PIECE.findall(text.replace("\r\n", "\n").replace("\r", "\n")):
        if piece in "\n\t":
            etree.SubElement(result, BR if piece == "\n" else TAB)
            continue
        part = etree.SubElement(result, T)
        part.text = piece
        if piece != piece.strip() or "  " in piece:
            part.set(_SPACE, "preserve")
    return result


def look_of(element: Element) -> Element | None:
    """Return the properties of the first run with text, or None."""
    runs = [each for each in element.iter(R) if each.find(T) is not None] or list(element.iter(R))
    return runs[0].find(RPR) if runs else None


_OF_PROMPTS = frozenset(q(f"w:{name}") for name in ("rStyle", "color", "highlight", "shd", "i", "iCs", "vanish"))
"""What tells a prompt from text: a form greys it, slants it or marks it."""


def answer_look(prompt: Element) -> Element | None:
    """Return the look of an answer where a prompt stood: the prompt's font and size without what marks it as a prompt."""
    look = copy.deepcopy(look_of(prompt))
    if look is not None:
        remove(each for each in look if each.tag in _OF_PROMPTS)
    return look


def mark_look(paragraph: Element) -> Element | None:
    """Return the look of a paragraph's mark as the properties of a run: what Word would give to text that is typed there."""
    mark = paragraph.find(f"{PPR}/{RPR}")
    if mark is None:
        return None
    look = etree.Element(RPR)
    look.extend(copy.deepcopy(each) for each in mark if each.tag not in _REVISIONS)
    return look if len(look) else None


_REVISIONS = frozenset(q(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange"))
_MARKS = frozenset(q(f"w:{name}") for name in (
    "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd", "proofErr",
    "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"))  # fmt: skip
"""What begins or ends in a paragraph and is no text of it: its other end may stand elsewhere."""
_POINTERS = frozenset(q(f"w:{name}") for name in (
    "footnoteReference", "endnoteReference", "commentReference", "footnoteRef", "endnoteRef"))  # fmt: skip
"""Marks of notes and comments: they belong to the form, and without them a note would be lost."""
_SECTION = q("w:sectPr")


def _stays(child: Element) -> bool:
    """Say whether a child of a paragraph stays when its text is replaced."""
    if child.tag == R:
        return any(c.tag in _POINTERS for c in child) and not any(c.tag == T for c in child)
    return child.tag in (PPR, SDT_PR) or child.tag in _MARKS


def replace_runs(paragraph: Element, text: str, look: Element | None) -> None:
    """Let a paragraph, or what stands for one, hold `text` alone, in the place of its first run."""
    place = next((n for n, child in enumerate(paragraph) if not _stays(child)), len(paragraph))
    remove(child for child in paragraph if not _stays(child))
    paragraph.insert(place, run(text, look))


def fill_paragraphs(holder: Element, text: str, look: Element | None, *, several: bool) -> None:
    """Let a cell or a block's content hold `text`: in its first paragraph, or with `several` a paragraph a line."""
    paragraphs = [child for child in holder if child.tag == P]
    if not paragraphs:
        paragraphs = [etree.SubElement(holder, P)]
    first = paragraphs[0]
    for child in [child for child in holder if child.tag in (P, TBL, SDT) and child is not first]:
        if child.find(f"{PPR}/{_SECTION}") is not None:  # a section of the form ends here
            remove(each for each in child if each.tag != PPR)
            continue
        first.extend([mark for mark in child.iter(*_MARKS) if not mark.tag.endswith("proofErr")])
        holder.remove(child)
    if several:
        fill_paragraph(first, text, look)
    else:
        replace_runs(first, text, _look_for(first, look))


def fill_paragraph(first: Element, text: str, look: Element | None) -> None:
    """Let a paragraph hold the first line of `text`, and paragraphs like it, after it, the others."""
    lines, look = text.replace("\r\n", "\n").split("\n"), _look_for(first, look)
    replace_runs(first, lines[0], look)
    for line in reversed(lines[1:]):
        more = etree.Element(P)
        if (properties := first.find(PPR)) is not None:
            more.append(copied_properties := copy.deepcopy(properties))
            remove(copied_properties.iter(*_REVISIONS, q("w:pPrChange")))  # a revision stands once, with its own number
            if (section := properties.find(_SECTION)) is not None:  # it ends after the last line
                properties.remove(section)
        more.append(run(line, look))
        first.addnext(more)


def _look_for(paragraph: Element, look: Element | None) -> Element | None:
    return copy.deepcopy(look if look is not None else mark_look(paragraph))
