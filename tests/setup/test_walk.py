"""CONTRIBUTING's walk from YAML to a glyph has ten hops, whose functions are there and are called in that order."""

from __future__ import annotations

import dataclasses
import re
import sys
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import pytest

from report import pipeline
from report.values import Selection
from report.workspace import Workspace
from tests.conftest import ROOT

ORGANISATION, DOCUMENT = "lantern-bridge", "annual-report-2026"


class Hop(NamedTuple):
    number: int
    functions: tuple[tuple[Path, str], ...]
    """Files with the names of functions in them."""


def hops() -> list[Hop]:
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = page.partition("## From YAML to a glyph")[2].partition("\n## ")[0]
    rows = [re.split(r"(?<!\\) \| ", line.strip("| ")) for line in table.splitlines() if re.match(r"\| \d+ ", line)]
    found = []
    for number, functions, files, *_ in rows:
        names = [name.rpartition(".")[2] for name in re.findall(r"`([\w.]+)`", functions)]
        paths = [ROOT / name for name in re.findall(r"`([\w/.-]+)`", files)]
        found.append(Hop(int(number), tuple(zip(paths, names, strict=True))))
    return found


def test_the_walk_has_ten_hops_and_its_functions_are_there() -> None:
    assert [hop.number for hop in hops()] == list(range(1, 11))
    for path, name in (pair for hop in hops() for pair in hop.functions):
        assert re.search(rf"^ *(?:def|class) {name}\b", path.read_text("utf-8"), re.MULTILINE), (path, name)


@pytest.mark.slow
def test_the_hops_are_called_in_their_order(tmp_path: Path) -> None:
    walk = hops()
    left = {str(path): set(names) for path, names in _by_file(walk).items()}
    calls: list[tuple[str, str]] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_name in left.get(frame.f_code.co_filename, ()):
            calls.append((frame.f_code.co_filename, frame.f_code.co_name))

    workspace = dataclasses.replace(Workspace.at(ROOT, tmp_path / "output"), kept=tmp_path / "cache")
    sys.setprofile(note)
    try:
        plan = pipeline.plan(workspace, (ORGANISATION,), Selection((DOCUMENT,), ("en",), ("docx", "pdf"), ("screen",)))
        outcome = pipeline.run(workspace, plan.jobs[0], plan.dossier)
    finally:
        sys.setprofile(None)
    assert not outcome.failed
    place = 0
    for hop in walk:
        after = [calls.index((str(path), name), place) for path, name in hop.functions]
        place = max(after)


def _by_file(walk: list[Hop]) -> dict[Path, list[str]]:
    """Return the names of the walk's functions by their files."""
    files: dict[Path, list[str]] = {}
    for path, name in (pair for hop in walk for pair in hop.functions):
        files.setdefault(path, []).append(name)
    return files
