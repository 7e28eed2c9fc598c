"""Formats read one tree and change nothing: in whichever order they are written, each has the same bytes."""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path

import pytest

from report import pipeline
from report.workspace import Workspace

FORMATS = ("docx", "pdf", "html")
ORDERS = list(itertools.permutations(FORMATS))
"""The first and the last are each other turned round: in them every format comes before every other."""


@pytest.mark.fonts
@pytest.mark.quick("spoc-affiliations-annex-bg-forward")
@pytest.mark.parametrize("orders", [ORDERS[:: len(ORDERS) - 1], ORDERS], ids=["forward and back", "all"])
@pytest.mark.parametrize(("organisation", "document", "language"), [("spoc", "affiliations-annex", "bg"), ("lantern-bridge", "three-valleys-budget", "en")])  # fmt: skip
def test_every_order_of_formats_gives_equal_bytes(repository: Workspace, tmp_path: Path, organisation: str, document: str, language: str, orders: list[tuple[str, ...]]) -> None:  # fmt: skip
    dossier = pipeline.check(repository, organisation, templates=False).dossier
    assert dossier
    (job,) = pipeline.jobs(dossier, (document,), (language,), FORMATS, ("screen",))
    made: dict[str, set[str]] = {name: set() for name in FORMATS}
    for number, order in enumerate(orders):
        workspace = Workspace.at(repository.root, tmp_path / str(number))
        for artifact in pipeline.run(workspace, dataclasses.replace(job, formats=order), dossier).artifacts:
            made[artifact.format].add(artifact.sha256)
    assert {name: len(files) for name, files in made.items()} == dict.fromkeys(FORMATS, 1)
