"""Output formats: each module writes a `Document` to a file and states what it measured on it."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path

from report.values import Artifact, Document, Problem

FORMATS: Mapping[str, str] = {
    "pdf": "report.formats.pdf",
    "docx": "report.formats.docx",
    "html": "report.formats.html",
    "xlsx": "report.formats.xlsx",
}
"""The formats, in the order they are written: a module with ``write(document, target, anchors) -> Artifact`` each,
and ``problems(document)`` where something of a document may have no room in it.

`anchors` are the page numbers of ids, known once a layout is made; the PDF makes one and hands it on.
"""


def write(name: str, document: Document, target: Path, anchors: Mapping[str, int] | None = None) -> Artifact:
    """Write `document` in the format `name`."""
    artifact: Artifact = importlib.import_module(FORMATS[name]).write(document, target, anchors)
    return artifact


def problems(name: str, document: Document) -> tuple[Problem, ...]:
    """Return what the format `name` cannot hold of `document`, though it can be written."""
    found = getattr(importlib.import_module(FORMATS[name]), "problems", None)
    return tuple(found(document)) if found else ()
