"""Put a finished structure tree right: tables, lists and links of a `pydyf.PDF` before it is written.

The rules are those of ISO 14289-1 and of ISO 32000-1, 14.8.4: what a table row, a list item, a link may contain. WeasyPrint's issue 2482
lists better tags for ``dl`` and nested elements in links among its plans; short rows have not been reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from report.formats.pdf.weasyprint.tags.tree import adopt, is_element, kids, kind, parent_tree, resolve

_OF_AN_ITEM = frozenset({"/Lbl", "/LBody"})


def repair(pdf: Any) -> None:
    """Repair every table, list and link of the tree, in place."""
    elements = [each for each in pdf.objects if is_element(each)]
    for element in elements:
        if element["S"] == "/L":
            _flatten(pdf, element)
            _pair_terms(pdf, element)
        elif element["S"] == "/Table":
            _pad_rows(pdf, element)
    for element in elements:
        if element["S"] == "/LI":
            _wrap_body(pdf, element)
        elif element["S"] != "/Link":
            _raise_annotations(pdf, element)


def _add(pdf: Any, kind: str, parent: Any, page: Any, kids: Any = (), **more: Any) -> Any:
    """Return a new structure element, which is not yet among the kids of its parent."""
    values = {"Type": "/StructElem", "S": kind, "K": pydyf.Array(kids), "P": parent.reference, "Pg": page, **more}
    element = pydyf.Dictionary(values)
    pdf.add_object(element)
    return element


def _flatten(pdf: Any, listing: Any) -> None:
    """Remove the div that may wrap a term and its descriptions (HTML 4.4.9): a list holds items only."""
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
    items: list[Any] = []
    term: Any = None
    for reference, kid in kids(pdf, listing):
        body = resolve(pdf, kid["K"][0]) if kind(kid) == "/LI" and kid["K"] else pydyf.Dictionary()
        source = getattr(body, "source", None)
        if source == "dt":
            body["S"], term = "/Lbl", kid
        elif source == "dd" and term is not None:
            _add_description(pdf, term, body)
            continue
        items.append(reference)
    listing["K"] = pydyf.Array(items)


def _add_description(pdf: Any, item: Any, body: Any) -> None:
    existing = next((kid for _, kid in kids(pdf, item) if kind(kid) == "/LBody"), None)
    if existing is None:
        item["K"].append(body.reference)
        adopt(item, body)
        return
    inner = _add(pdf, "/Div", existing, body["Pg"], body["K"])
    for _, kid in kids(pdf, inner):
        adopt(inner, kid)
    existing["K"].append(inner.reference)


def _wrap_body(pdf: Any, item: Any) -> None:
    """Put a list item's kids that are neither label nor body into its body."""
    if all(kind(kid) in _OF_AN_ITEM for _, kid in kids(pdf, item)):
        return
    body = next((kid for _, kid in kids(pdf, item) if kind(kid) == "/LBody"), None)
    if body is None:
        body = _add(pdf, "/LBody", item, item["Pg"])
        item["K"].append(body.reference)
    content: list[Any] = []
    for reference, kid in kids(pdf, item):
        if kid is body:
            content += body["K"]
        elif kind(kid) not in _OF_AN_ITEM:
            content.append(reference)
            adopt(body, kid)
    body["K"] = pydyf.Array(content)
    labels = [reference for reference, kid in kids(pdf, item) if kind(kid) == "/Lbl"]
    item["K"] = pydyf.Array([*labels, body.reference])


def _raise_annotations(pdf: Any, element: Any) -> None:
    """Move the annotations of an element inside a link up to the Link (7.18.5), in the parent tree too."""
    references = [kid for kid, value in kids(pdf, element) if isinstance(kid, bytes) and value.get("Type") == "/OBJR"]
    link = _ancestor(pdf, element, "/Link") if references else None
    if link is None:
        return
    tree = parent_tree(pdf)
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


def _pad_rows(pdf: Any, table: Any) -> None:
    """Give every row of a table as many columns as its longest (ISO 14289-1, 7.5; ISO 32000-1, 14.8.4.3.4).

    HTML lets a row end early; a screen reader that counts columns does not.
    """
    rows = list(_rows(pdf, table))
    widths = list(_widths(pdf, rows))
    for row, width in zip(rows, widths, strict=True):
        if missing := max(widths) - width:
            attributes = pydyf.Dictionary({"O": "/Table", **({"ColSpan": missing} if missing > 1 else {})})
            row["K"].append(_add(pdf, "/TD", row, row["Pg"], A=attributes).reference)


def _rows(pdf: Any, element: Any) -> Iterator[Any]:
    for _, kid in kids(pdf, element):
        if kind(kid) == "/TR":
            yield kid
        elif kind(kid) in ("/THead", "/TBody", "/TFoot", "/NonStruct"):
            yield from _rows(pdf, kid)


def _widths(pdf: Any, rows: list[Any]) -> Iterator[int]:
    """Yield how many columns each row fills, with the cells that reach down into it."""
    reaching: list[tuple[int, int]] = []  # (rows still to go, columns)
    for row in rows:
        width = sum(columns for _, columns in reaching)
        reaching = [(left - 1, columns) for left, columns in reaching if left > 1]
        for _, cell in kids(pdf, row):
            if kind(cell) in ("/TD", "/TH"):
                spans = cell.get("A", {})
                width += spans.get("ColSpan", 1)
                if spans.get("RowSpan", 1) > 1:
                    reaching.append((spans["RowSpan"] - 1, spans.get("ColSpan", 1)))
        yield width
