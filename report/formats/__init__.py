"""Output formats: each module writes a `Document` to a file and says what it measured on it."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path

from report.values import Artifact, Document

FORMATS: Mapping[str, str] = {
    "pdf": "report.formats.pdf",
    "docx": "report.formats.docx",
    "html": "report.formats.html",
    "xlsx": "report.formats.xlsx",
}
"""The formats, in the order they are written: a module with ``write(document, target, anchors) -> Artifact`` each.

`anchors` are the page numbers of ids, known once a layout is made; the PDF makes one and hands it on.
"""


def write(name: str, document: Document, target: Path, anchors: Mapping[str, int] | None = None) -> Artifact:
    """Write `document` in the format `name`."""
    artifact: Artifact = importlib.import_module(FORMATS[name]).write(document, target, anchors)
    return artifact
