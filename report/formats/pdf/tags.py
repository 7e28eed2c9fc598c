"""The structure tree: what ISO 14289-1 asks for and WeasyPrint does not write.

Mended here, once, for every template:

- the language of a run that differs from the document's (7.2: natural language of content);
- the scope of header cells, which HTML gives in ``scope`` (7.5: table headers);
- blocks inside a list item, which belong in an LBody (7.2, ISO 32000-1 table 336);
- a link around other elements, whose annotation belongs to the Link itself (7.18.5).

WeasyPrint has no way to reach a box's structure element, so its tree builder is wrapped; a test proves that the
wrapper still bites.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags as weasyprint_tags

_BODY_OF_ITEM = frozenset({"/Lbl", "/LBody"})
_SCOPES = {"row": "/Row", "col": "/Column", "rowgroup": "/Row", "colgroup": "/Column"}
_build = weasyprint_tags._build_box_tree


def install() -> None:
    """Let WeasyPrint build structure elements with their language and scope."""
    weasyprint_tags._build_box_tree = _with_attributes


def _with_attributes(box: Any, *arguments: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)
    last = None
    for element in _build(box, *arguments):
        if last is not None:
            yield last
        last = element
    if last is None:
        return
    source = box.element
    if source is not None and source.tag not in ("html", "body"):
        if language := source.get("lang"):
            last["Lang"] = pydyf.String(language)
        if last["S"] == "/TH" and "A" in last:
            last["A"]["Scope"] = _SCOPES.get(source.get("scope") or "col", "/Column")
    yield last


def mend(pdf: Any) -> None:
    """Mend the structure tree of a `pydyf.PDF` before it is written."""
    elements = [o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/StructElem"]
    for element in elements:
        if element["S"] == "/LI":
            _wrap_body(pdf, element)
        elif element["S"] != "/Link":
            _raise_annotations(pdf, element)


def _raise_annotations(pdf: Any, element: Any) -> None:
    """Move the annotations of an element inside a link up to the Link, and tell the parent tree."""
    references = [kid for kid in element["K"] if isinstance(kid, bytes) and _object(pdf, kid).get("Type") == "/OBJR"]
    link = _ancestor(pdf, element, "/Link") if references else None
    if link is None:
        return
    tree = pdf.objects[int(_object(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"].split()[0])]["Nums"]
    owners = dict(zip(tree[::2], range(1, len(tree), 2), strict=True))
    for reference in references:
        element["K"].remove(reference)
        link["K"].append(reference)
        annotation = _object(pdf, _object(pdf, reference)["Obj"])
        tree[owners[annotation["StructParent"]]] = link.reference


def _ancestor(pdf: Any, element: Any, kind: str) -> Any:
    while element is not None and element.get("S") != kind:
        element = _object(pdf, element["P"]) if "P" in element else None
    return element


def _kids(pdf: Any, element: Any) -> list[Any]:
    return [_object(pdf, kid) for kid in element["K"]]


def _object(pdf: Any, kid: Any) -> Any:
    return pdf.objects[int(kid.split()[0])] if isinstance(kid, bytes) else kid


def _wrap_body(pdf: Any, item: Any) -> None:
    """Give a list item's kids that are neither label nor body a body of their own."""
    loose = [kid for kid in item["K"] if _kind(_object(pdf, kid)) not in _BODY_OF_ITEM]
    if not loose:
        return
    body = next((kid for kid in _kids(pdf, item) if _kind(kid) == "/LBody"), None)
    if body is None:
        body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(), "P": item.reference, "Pg": item["Pg"]})
        pdf.add_object(body)
    for kid in loose:
        found = _object(pdf, kid)
        if isinstance(found, dict) and found.get("Type") == "/StructElem":
            found["P"] = body.reference
    labels = [kid for kid in item["K"] if _kind(_object(pdf, kid)) == "/Lbl"]
    body["K"] = pydyf.Array([*loose, *body["K"]])
    item["K"] = pydyf.Array([*labels, body.reference])


def _kind(value: Any) -> str | None:
    return value.get("S") if isinstance(value, dict) else None
