"""What the benchmark measures from inside a fresh process: one format's `write`, without and with its imports.

``python -m benchmarks.child pdf|docx WORKSPACE ORGANISATION PAGES.json [DOCUMENT]`` prints the seconds as JSON. The document
is composed first, which is not counted; its page numbers are in PAGES.json, which ``pages`` in place of a format
writes.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path

from report import pipeline
from report.formats import charts
from report.values import Document
from report.workspace import Workspace

MODULES = {
    "pdf": (
        "report.formats.pdf",
        "report.formats.pdf.render",
        "report.formats.pdf.weasyprint.measure",
        "report.formats.pdf.weasyprint.tags.finish",
    ),
    "docx": ("report.formats.docx", "xlsxwriter"),
}
"""What each format imports when it first writes."""


def main(what: str, root: str, organisation: str, pages: str, name: str = "") -> None:
    """Lay out for the page numbers, or write one format and print what that took."""
    workspace = Workspace.at(Path(root))
    charts.cache_in(workspace.root / "charts")  # rendered in the run that is not counted, for both formats alike
    document = composed(workspace, organisation, name)
    if what == "pages":
        from report.formats import pdf

        Path(pages).write_text(json.dumps(pdf.layout(document).anchors), "utf-8")
        return
    anchors = json.loads(Path(pages).read_text("utf-8"))
    start = time.process_time()
    for name in MODULES[what]:
        importlib.import_module(name)
    imported = time.process_time()
    importlib.import_module(MODULES[what][0]).write(document, workspace.root / f"child.{what}", anchors)
    done = time.process_time()
    print(json.dumps({"imports": imported - start, "write": done - imported}))


def composed(workspace: Workspace, organisation: str, name: str = "") -> Document:
    """Return a document that an organisation asks for, the first where none is named."""
    checked = pipeline.check(workspace, organisation, templates=False)
    assert checked.dossier, checked.errors
    return pipeline.prepare(workspace, pipeline.jobs(checked.dossier, (name,) if name else (), (), ())[0])


if __name__ == "__main__":
    main(*sys.argv[1:])
