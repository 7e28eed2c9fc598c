"""What structure elements learn from their HTML source while WeasyPrint builds the tree (ISO 14289-1):

- the language of a run that differs from the document's (7.2);
- the scope of header cells, which HTML gives in ``scope`` (7.5);
- a footnote is a Note with an identifier (7.9), its number a Lbl, the mark in the text a Reference;
- a leader and a page number in the contents are read as the number alone;
- a line with letters that run from right to left has them in reading order: the page has them in that of their places (ISO 32000-1,
  14.8.2.3.3 and 14.9.4).

WeasyPrint has no way to reach a box's structure element. Its issue 2482 collects what its tags lack; an interface for the tags of an element
would end this, and has not been reported.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags

from report.formats.pdf.weasyprint.tags.tree import resolve

_SCOPES = {"row": "/Row", "col": "/Column", "rowgroup": "/Column", "colgroup": "/Column"}
_PSEUDO = {"footnote-call": "/Reference", "footnote-marker": "/Lbl", "after": "/Span", "before": "/Span"}
_BUILD = tags._build_box_tree


def install() -> None:
    """Build structure elements that know their source."""
    tags._build_box_tree = _with_source


def _with_source(box: Any, *arguments: Any) -> Iterator[Any]:
    """Yield what WeasyPrint builds for a box; its last element is the box's own."""
    box = getattr(box, "_box", box)
    marks = list(_right_to_left(box, arguments[-1]))
    *others, own = [*_BUILD(box, *arguments)] or [None]
    yield from others
    if own is None:
        return
    if box.element is not None and box.element.tag not in ("html", "body"):
        _describe(own, box)
    _, pdf, _, owners, *_ = arguments
    for owner in {owners[mark] for mark, _ in marks}:
        text = "".join(text for mark, text in marks if owners[mark] == owner)
        resolve(pdf, owner)["ActualText"] = pydyf.String(text)
    yield own


def _right_to_left(box: Any, marks: Any) -> Iterator[tuple[int, str]]:
    """Yield the marks of a box's own texts that run from right to left, with those texts."""
    if not isinstance(box, boxes.ParentBox):
        return
    children = [
        each for child in box.children for each in (child.children if isinstance(child, boxes.LineBox) else [child])
    ]
    texts = [child for child in children if isinstance(child, boxes.TextBox) and child in marks]
    is_link = box.element is not None and box.element_tag == "a"  # its lines are one element's
    whole = is_link and any(map(_runs_left, texts))
    yield from ((marks[text]["mcid"], text.text) for text in texts if whole or _runs_left(text))


def _runs_left(box: Any) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in box.text)


def _describe(element: Any, box: Any) -> None:
    source, _, pseudo = (box.element_tag or "").partition("::")
    if pseudo:
        element["S"] = _PSEUDO.get(pseudo, element["S"])
        if source == "a" and (text := _readable(box)):
            element["ActualText"] = pydyf.String(text)
        return
    element.source, element.origin = source, box.element
    if language := box.element.get("lang"):
        element["Lang"] = pydyf.String(language)
    if element["S"] == "/TH" and "A" in element:
        element["A"]["Scope"] = _SCOPES.get(box.element.get("scope") or "col", "/Column")
    if box.element.get("role") == "doc-footnote" and element["S"] == "/Span":
        element["S"] = "/Note"
        element["ID"] = pydyf.String(f"note-{element.number}")


def _readable(box: Any) -> str:
    """Return the text of generated content without the dots and spaces of its leader."""
    descendants = box.descendants() if isinstance(box, boxes.ParentBox) else ()
    return "".join(each.text for each in descendants if isinstance(each, boxes.TextBox)).strip(". ")
