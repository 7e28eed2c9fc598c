"""Annexes of invented organisations, made in one batch, pass every judge: a sample of twenty-five."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import network
from report.cli.main import cli
from tests.judges import judge, judge_params

SAMPLE = 25


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    root = tmp_path_factory.mktemp("network")
    network.workspace(root, SAMPLE)
    options = ["--document", "affiliations-annex", "--format", "pdf,docx", "-j", "1", "--json"]
    done = CliRunner().invoke(cli, ["batch", "-w", str(root), *options])
    assert done.exit_code == 0, done.output
    told = json.loads(done.output.splitlines()[-1])["summary"]
    assert (told["made"], told["files"], told["failed"]) == (SAMPLE, 2 * SAMPLE, 0)
    return sorted(path for path in (root / "output").glob("*/*/*.*") if path.suffix in (".pdf", ".docx"))


@pytest.mark.slow
@pytest.mark.parametrize("which", [*judge_params(".pdf"), *judge_params(".docx")])
def test_every_file_of_a_batch_passes(which, made: list[Path]) -> None:
    files = [path for path in made if path.suffix == which.suffix]
    assert len(files) == SAMPLE
    assert {f"{path}": found for path in files if (found := judge(which, path))} == {}
