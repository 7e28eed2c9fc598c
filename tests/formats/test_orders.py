"""Formats read one tree and change nothing: in whichever order they are written, each has the same bytes."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from report import formats, pipeline
from report.html.parser import tree
from report.workspace import Workspace
from tests.conftest import composed

FORMATS = ("pdf", "docx", "html", "xlsx")


@pytest.mark.parametrize(("organisation", "document", "language"), [("spoc", "annual-report", "bg"), ("lantern-bridge", "three-valleys-budget", "en")])  # fmt: skip
def test_every_order_of_formats_gives_equal_bytes(workspace: Workspace, tmp_path: Path, organisation: str, document: str, language: str) -> None:  # fmt: skip
    dossier = pipeline.check(workspace, organisation, templates=False).dossier
    assert dossier
    (job,) = pipeline.jobs(dossier, (document,), (language,), FORMATS, ("screen",))
    made: dict[str, set[bytes]] = {name: set() for name in FORMATS}
    for number, order in enumerate((FORMATS, FORMATS[::-1], ("docx", "pdf", "xlsx", "html"))):
        page = composed(workspace, job, dossier)
        before = ET.tostring(tree(page.html))
        for name in order:
            made[name].add(formats.write(name, page, tmp_path / f"{number}.{name}", None).path.read_bytes())
            assert ET.tostring(tree(page.html)) == before, f"{name} changed the tree"
    assert {name: len(files) for name, files in made.items()} == dict.fromkeys(FORMATS, 1)
