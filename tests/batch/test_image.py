"""The container image and the pages about many machines, as far as they can be tried without either."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from report.batch.choice import read_shard
from report.formats.libraries import LIBRARIES, PACKAGES
from tests.conftest import ROOT

DOCKERFILE = (ROOT / ".setup" / "Dockerfile").read_text("utf-8")
CODE = re.sub(r"(?m)^#.*\n", "", DOCKERFILE).replace("\\\n", " ")
ARRAYS = (ROOT / "docs" / "job-arrays.md").read_text("utf-8")


def _steps(word: str) -> list[str]:
    return re.findall(rf"(?m)^{word} (.*)$", CODE)


def _block(page: str, language: str) -> str:
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)[0]


def test_the_image_has_what_pdf_needs_each_at_a_version() -> None:
    packages = dict(re.findall(r"(?<=\s)([a-z0-9.+-]+)=([0-9]\S*)", CODE))
    assert {PACKAGES[library.package]["apt-get"] for library in LIBRARIES} <= packages.keys()
    installed = [word for step in _steps("RUN") for word in _apt(step)]
    assert installed and all("=" in word for word in installed)


def _apt(step: str) -> list[str]:
    return [
        word
        for command in step.split("&&")
        if "apt-get install" in command
        for word in shlex.split(command)[2:]
        if not word.startswith("-")
    ]


def test_the_image_is_of_plain_debian_and_runs_as_nobody_special() -> None:
    bases = [base.split()[0] for base in _steps("FROM")]
    assert [base for base in bases if base != "base"] == ["debian:12.11-slim"]
    assert _steps("USER") == ["10001:10001"] and _steps("ENTRYPOINT") == ['["report"]']
    assert "--require-hashes -r pins.txt -r pins-dask.txt" in CODE
    assert "://" not in CODE


def test_the_image_is_given_all_that_the_wheel_is_made_of() -> None:
    copied = [word for step in _steps("COPY") if "--from" not in step for word in step.split()[:-1]]
    allowed = re.findall(r"(?m)^!(.*)$", (ROOT / ".setup" / "Dockerfile.dockerignore").read_text("utf-8"))
    assert sorted(copied) == sorted(allowed)
    assert all((ROOT / name).exists() for name in copied)
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    needed = re.findall(r'(?m)^"(templates|data/profiles)" = ', project) + ["report", "README.md", "LICENSE"]
    assert set(needed) <= set(copied)


def test_pins_of_both_lists_agree() -> None:
    """Pip refuses to install two lists that name different versions."""
    run, dask = (
        dict(re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", (ROOT / ".setup" / name).read_text("utf-8")))
        for name in ("pins.txt", "pins-dask.txt")
    )
    assert "distributed" in dask
    assert {name: dask[name] for name in dask.keys() & run.keys()} == {n: run[n] for n in dask.keys() & run.keys()}


def test_the_job_of_the_guide_counts_its_shards() -> None:
    job = yaml.safe_load(_block(ARRAYS, "yaml"))["spec"]
    container = job["template"]["spec"]["containers"][0]
    environment = {told["name"]: told["value"] for told in container["env"]} | {"JOB_COMPLETION_INDEX": "0"}
    assert job["completionMode"] == "Indexed"
    assert read_shard("auto", environment) == (1, job["completions"])
    assert _helped(container["args"])


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_the_script_of_the_guide_runs(tmp_path: Path) -> None:
    script = _block(ARRAYS, "sh")
    (tmp_path / "report").write_text('#!/bin/sh\necho "$@"\n')
    (tmp_path / "report").chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "SLURM_CPUS_PER_TASK": "4"}
    done = subprocess.run(["sh", "-eu", "-c", script], env=environment, capture_output=True, text=True, check=True)
    words = done.stdout.split()
    assert words == "batch -w /shared/network --shard auto -j 4".split()
    assert _helped(words)
    first, last = re.findall(r"--array=(\d+)-(\d+)", script)[0]
    array = {"SLURM_ARRAY_TASK_ID": last, "SLURM_ARRAY_TASK_MIN": first, "SLURM_ARRAY_TASK_COUNT": "8"}
    assert read_shard("auto", array) == (8, 8)


def test_the_commands_of_the_guide_to_clusters_are_there() -> None:
    page = (ROOT / "docs" / "cluster.md").read_text("utf-8")
    line = next(line for line in page.splitlines() if line.startswith("report batch"))
    assert _helped(shlex.split(line)[1:])


def _helped(words: list[str]) -> bool:
    """Say whether a command line has only options that there are."""
    from click.testing import CliRunner

    from report.cli.main import cli

    given = [*words, "--help"]
    environment = {"JOB_COMPLETION_INDEX": "0", "JOB_COMPLETIONS": "8"}
    done = CliRunner().invoke(cli, given, env=environment)
    options = {word for word in words if word.startswith("-")}
    return done.exit_code == 0 and all(re.search(rf"(?m){re.escape(option)}\b", done.output) for option in options)
