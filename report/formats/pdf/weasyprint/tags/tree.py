"""Steps in the structure tree of a `pydyf.PDF` that is not yet written: references are bytes such as ``b"12 0 R"``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def resolve(pdf: Any, kid: Any) -> Any:
    """Return what a reference leads to; anything else as it is."""
    return pdf.objects[int(kid.split()[0])] if isinstance(kid, bytes) else kid


def kids(pdf: Any, element: Any) -> Iterator[tuple[Any, Any]]:
    """Yield an element's kids as they stand and resolved."""
    for kid in element["K"]:
        yield kid, resolve(pdf, kid)


def kind(value: Any) -> str | None:
    """Return the structure type, such as ``/LI``, or None for what is no element."""
    return value.get("S") if isinstance(value, dict) else None


def is_element(value: Any) -> bool:
    """Say whether a value is a structure element."""
    return isinstance(value, dict) and value.get("Type") == "/StructElem"


def adopt(parent: Any, kid: Any) -> None:
    """Make an element the parent of another."""
    if is_element(kid):
        kid["P"] = parent.reference


def parent_tree(pdf: Any) -> Any:
    """Return the numbers of pages and annotations, each followed by the elements that own its content (ISO 32000-1, 14.7.4.4)."""
    return resolve(pdf, resolve(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
