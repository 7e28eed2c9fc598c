"""The structure tree: what ISO 14289-1 asks for and WeasyPrint does not write.

Mended here, once, for every template. While the tree is built, each element learns from its HTML source:

- the language of a run that differs from the document's (ISO 14289-1, 7.2);
- the scope of header cells, which HTML gives in ``scope`` (7.5);
- a footnote is a Note with an identifier (7.9), its number a Lbl, the mark in the text a Reference;
- a leader and a page number in the contents are read as the number alone;
- a line with letters that run from right to left says them in their order: the page has them in that of their places (ISO 32000-1,
  14.8.2.3.3 and 14.9.4).

Afterwards the tree is put right (`report.formats.pdf.mend`). WeasyPrint has no way to reach a box's structure
element, so its tree builder is wrapped; tests prove that the wrapper still bites.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags as weasyprint_tags

from report.formats.pdf.tree import resolve

_SCOPES = {"row": "/Row", "col": "/Column", "rowgroup": "/Column", "colgroup": "/Column"}
_PSEUDO = {"footnote-call": "/Reference", "footnote-marker": "/Lbl", "after": "/Span", "before": "/Span"}
_build = weasyprint_tags._build_box_tree


def install() -> None:
    """Let WeasyPrint build structure elements that know their source."""
    weasyprint_tags._build_box_tree = _with_source


def _with_source(box: Any, *arguments: Any) -> Iterator[Any]:
    """Yield what WeasyPrint builds for a box; its last element is the box's own."""
    box = getattr(box, "_box", box)
    lines = list(_turned(box, arguments[-1]))
    last = None
    for element in _build(box, *arguments):
        if last is not None:
            yield last
        last = element
    if last is None:
        return
    if box.element is not None and box.element.tag not in ("html", "body"):
        _describe(last, box)
    _, pdf, _, owners, *_ = arguments
    for owner in {owners[mark] for mark, _ in lines}:
        said = "".join(text for mark, text in lines if owners[mark] == owner)
        resolve(pdf, owner)["ActualText"] = pydyf.String(said)
    yield last


def _turned(box: Any, marks: Any) -> Iterator[tuple[int, str]]:
    """Yield the marks of a box's own lines with their texts; nothing where none runs from right to left."""
    if not isinstance(box, boxes.ParentBox):
        return
    children = [
        one for child in box.children for one in (child.children if isinstance(child, boxes.LineBox) else [child])
    ]
    texts = [child for child in children if isinstance(child, boxes.TextBox) and child in marks]
    whole = (
        box.element is not None and box.element_tag == "a" and any(map(_runs_left, texts))
    )  # a link's lines are one element's
    yield from ((marks[one]["mcid"], one.text) for one in texts if whole or _runs_left(one))


def _runs_left(box: Any) -> bool:
    return any(unicodedata.bidirectional(c) in ("R", "AL") for c in box.text)


def _describe(element: Any, box: Any) -> None:
    source, _, pseudo = (box.element_tag or "").partition("::")
    if pseudo:
        element["S"] = _PSEUDO.get(pseudo, element["S"])
        if source == "a" and (read := _readable(box)):
            element["ActualText"] = pydyf.String(read)
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
    texts = [
        b.text for b in (box.descendants() if isinstance(box, boxes.ParentBox) else ()) if isinstance(b, boxes.TextBox)
    ]
    return "".join(texts).strip(". ")
