"""Shards: machines that know nothing of each other make every document, and each but once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from report.batch import worker
from report.batch.choice import read_shard
from report.cli.batch import command
from report.values import UsageError

ORGANISATION = "name: The {0} Society\ncountry: IE\nlanguages: [en]\nabout: The society keeps the {0} burning.\n"
DOCUMENTS = (
    "documents: [{id: report, kind: annual-report, title: Report, languages: [en], formats: [html], date: 2026-01-31}]"
)
NAMES = ("beacon", "candle", "ember", "flare", "lamp")


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five organisations, whose documents this very process makes."""
    monkeypatch.setattr("report.cli.batch._engine", lambda _given: lambda units: (worker.build(unit) for unit in units))
    for name in NAMES:
        folder = tmp_path / "data" / name
        folder.mkdir(parents=True)
        (folder / "organisation.yaml").write_text(ORGANISATION.format(name))
        (folder / "documents.yaml").write_text(DOCUMENTS)
    return tmp_path


def _batch(network: Path, *options: str, **environment: str) -> tuple[Result, list[dict]]:
    done = CliRunner().invoke(
        command, ["-w", str(network), "--json", "-j", "1", *options], env=environment, catch_exceptions=False
    )
    return done, [json.loads(line) for line in done.stdout.splitlines()]


def test_shards_make_each_document_once(network: Path) -> None:
    made: list[str] = []
    for index in range(3):
        environment = {"JOB_COMPLETION_INDEX": str(index), "JOB_COMPLETIONS": "3"}
        done, told = _batch(network, "--shard", "auto", **environment)
        assert done.exit_code == 0
        made += [line["organisation"] for line in told[:-1]]
    assert sorted(made) == list(NAMES)
    output = network / "output"
    assert sorted(p.name for p in output.glob("*.jsonl")) == [f"manifest-{n}-of-3.jsonl" for n in (1, 2, 3)]
    _, told = _batch(network)  # the whole, without shards
    assert told == [{"summary": told[0]["summary"]}] and told[0]["summary"]["unchanged"] == 5
    assert not (output / "manifest.jsonl").exists()


def test_there_may_be_more_shards_than_organisations(network: Path) -> None:
    done, told = _batch(network, "--shard", "7/9")
    assert done.exit_code == 0 and told[0]["summary"] | {"seconds": 0, "peak_memory": 0} == {
        "made": 0, "files": 0, "unchanged": 0, "failed": 0, "left": 0, "seconds": 0, "peak_memory": 0,
    }  # fmt: skip


def test_a_shard_goes_on_where_it_stopped(network: Path) -> None:
    _batch(network, "--shard", "2/2", "--where", "country=IE")
    (network / "output" / "candle" / "report" / "report-en.html").unlink()
    _, told = _batch(network, "--resume", "--shard", "2/2")
    assert [line["organisation"] for line in told[:-1]] == ["candle"]
    assert told[-1]["summary"]["unchanged"] == 1
    with pytest.raises(UsageError, match="no run to resume"):
        _batch(network, "--resume", "--shard", "1/2")


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({"JOB_COMPLETION_INDEX": "0", "JOB_COMPLETIONS": "8"}, (1, 8)),
        ({"SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_COUNT": "8"}, (8, 8)),
        ({"SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_COUNT": "8", "SLURM_ARRAY_TASK_MIN": "1"}, (1, 8)),
        (
            {
                "SLURM_ARRAY_TASK_ID": "14",
                "SLURM_ARRAY_TASK_COUNT": "3",
                "SLURM_ARRAY_TASK_MIN": "10",
                "SLURM_ARRAY_TASK_STEP": "2",
            },
            (3, 3),
        ),
    ],
)
def test_an_array_of_jobs_tells_its_tasks_their_part(environment: dict[str, str], found: tuple[int, int]) -> None:
    assert read_shard("auto", environment) == found


@pytest.mark.parametrize(
    ("text", "environment", "told"),
    [
        ("0/8", {}, "not a shard"),
        ("9/8", {}, "not a shard"),
        ("2", {}, "not a shard"),
        ("²/8", {}, "not a shard"),
        ("auto", {}, "SLURM_ARRAY_TASK_ID"),
        ("auto", {"JOB_COMPLETION_INDEX": "3"}, "JOB_COMPLETIONS is not set"),
        ("auto", {"JOB_COMPLETION_INDEX": "x", "JOB_COMPLETIONS": "4"}, "is not a number"),
        ("auto", {"JOB_COMPLETION_INDEX": "4", "JOB_COMPLETIONS": "4"}, "not one of 4 tasks"),
        ("auto", {"SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_TASK_COUNT": "0"}, "not one of 0 tasks"),
    ],
)
def test_what_is_no_shard_is_told(text: str, environment: dict[str, str], told: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        read_shard(text, environment)
    assert caught.value.problems[0].hint
