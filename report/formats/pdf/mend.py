"""Put a finished structure tree right: what was split, tables, lists, links. Works on a `pydyf.PDF` before it is written.

The rules are those of ISO 14289-1 and of ISO 32000-1, 14.8.4: what a list item, a link may contain.
"""

from __future__ import annotations

from typing import Any

import pydyf

from report.formats.pdf import fragments, tables
from report.formats.pdf.tree import adopt, kids, kind, resolve

_OF_AN_ITEM = frozenset({"/Lbl", "/LBody"})


def mend(pdf: Any) -> None:
    """Mend every list and link of the tree, in place."""
    fragments.join(pdf)
    elements = [o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/StructElem"]
    for element in elements:
        if element["S"] == "/L":
            _flatten(pdf, element)
            _pair_terms(pdf, element)
        elif element["S"] == "/Table":
            tables.pad_rows(pdf, element)
    for element in elements:
        if element["S"] == "/LI":
            _wrap_body(pdf, element)
        elif element["S"] != "/Link":
            _raise_annotations(pdf, element)


def _flatten(pdf: Any, listing: Any) -> None:
    """Take the div away that may wrap a term and its descriptions (HTML 4.4.9): a list holds items only."""
    flat: list[Any] = []
    for reference, kid in kids(pdf, listing):
        if kind(kid) == "/Div":
            for inner, item in kids(pdf, kid):
                adopt(listing, item)
                flat.append(inner)
            kid["K"] = pydyf.Array()
        else:
            flat.append(reference)
    listing["K"] = pydyf.Array(flat)


def _pair_terms(pdf: Any, listing: Any) -> None:
    """Make one list item of a dt and the dd that follow it: the term is its label, the descriptions its body."""
    kept: list[Any] = []
    item: Any = None
    for reference, kid in kids(pdf, listing):
        body = resolve(pdf, kid["K"][0]) if kind(kid) == "/LI" and kid["K"] else None
        source = getattr(body, "source", None)
        if source == "dt":
            body["S"], item = "/Lbl", kid
        elif source == "dd" and item is not None:
            _join(pdf, item, body)
            continue
        kept.append(reference)
    listing["K"] = pydyf.Array(kept)


def _join(pdf: Any, item: Any, body: Any) -> None:
    existing = next((kid for _, kid in kids(pdf, item) if kind(kid) == "/LBody"), None)
    if existing is None:
        item["K"].append(body.reference)
        adopt(item, body)
        return
    inner = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/Div", "K": body["K"], "P": existing.reference, "Pg": body["Pg"]}
    )
    pdf.add_object(inner)
    for _, kid in kids(pdf, inner):
        adopt(inner, kid)
    existing["K"].append(inner.reference)


def _wrap_body(pdf: Any, item: Any) -> None:
    """Give a list item's kids that are neither label nor body a place in its body."""
    loose = [(kid, found) for kid, found in kids(pdf, item) if kind(found) not in _OF_AN_ITEM]
    if not loose:
        return
    body = next((found for _, found in kids(pdf, item) if kind(found) == "/LBody"), None)
    if body is None:
        body = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(), "P": item.reference, "Pg": item["Pg"]}
        )
        pdf.add_object(body)
    ordered: list[Any] = []
    if body.reference not in item["K"]:
        item["K"].append(body.reference)
    for kid, found in kids(pdf, item):
        if found is body:
            ordered += body["K"]
        elif kind(found) not in _OF_AN_ITEM:
            ordered.append(kid)
            adopt(body, found)
    body["K"] = pydyf.Array(ordered)
    labels = [kid for kid, found in kids(pdf, item) if kind(found) == "/Lbl"]
    item["K"] = pydyf.Array([*labels, body.reference])


def _raise_annotations(pdf: Any, element: Any) -> None:
    """Move the annotations of an element inside a link up to the Link (7.18.5), and tell the parent tree."""
    references = [kid for kid, found in kids(pdf, element) if isinstance(kid, bytes) and found.get("Type") == "/OBJR"]
    link = _ancestor(pdf, element, "/Link") if references else None
    if link is None:
        return
    tree = pdf.objects[int(resolve(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"].split()[0])]["Nums"]
    owners = dict(zip(tree[::2], range(1, len(tree), 2), strict=True))
    for reference in references:
        element["K"].remove(reference)
        link["K"].append(reference)
        annotation = resolve(pdf, resolve(pdf, reference)["Obj"])
        tree[owners[annotation["StructParent"]]] = link.reference


def _ancestor(pdf: Any, element: Any, wanted: str) -> Any:
    while element is not None and element.get("S") != wanted:
        element = resolve(pdf, element["P"]) if "P" in element else None
    return element
