"""The annexes that batches are measured with, and what the table says of a run. Nothing is timed here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import annex, batch, tagged


@pytest.mark.slow
def test_every_way_is_given_the_same_facts(tmp_path: Path) -> None:
    made = annex.workspace(tmp_path / "workspace", 8)
    _, document = next(annex.found(made, 1))
    annex.give(document, tmp_path, 0)
    facts = json.loads((tmp_path / "0.json").read_text("utf-8"))
    html = (tmp_path / "0.html").read_text("utf-8")
    first, second = facts["tables"]
    assert facts["title"] in html and 'src="0.svg"' in html and "table-layout: auto" in html
    assert (len(first["head"]), len(second["head"])) == tuple(map(len, tagged.WIDTHS))
    assert first["rows"] and second["rows"] and facts["evidence"]["items"] and facts["facts"] and facts["about"]
    assert first["widths"] == list(tagged.WIDTHS[0])
    assert (tmp_path / "0.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("memory", "said"),
    [
        ([90.0] * 100 + [100.0] * 150 + [110.0] * 50, "+10.0%"),
        ([90.0] * 100 + [100.0] * 200, "+0.0%"),
        ([1.0, 2.0], ""),
    ],
)
def test_growth_leaves_the_first_part_out(memory: list[float], said: str) -> None:
    assert batch._growth(memory) == said


def test_a_way_that_is_not_here_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch.shutil, "which", lambda _name: None)
    told = {side.way: side.missing() for side in batch.SIDES}
    assert told["chromium"] == "install chromium: `.setup/peers.sh`" and not told["pdf"]
