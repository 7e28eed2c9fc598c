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


def adopt(parent: Any, kid: Any) -> None:
    """Tell a structure element its new parent."""
    if isinstance(kid, dict) and kid.get("Type") == "/StructElem":
        kid["P"] = parent.reference
