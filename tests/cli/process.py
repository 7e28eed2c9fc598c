"""The command in a process of its own, as a user runs it, but one that begins with the program imported and its templates compiled.

To import the program takes longer than most commands. So one process imports it, once for all tests of a worker, and forks
whenever a command is to run; the fork has its own folder, environment, arguments and streams, and ends as Python ends. What
depends on how Python itself begins is run without this: `CALL`.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, NoReturn

ROOT = Path(__file__).resolve().parents[2]
CALL = [sys.executable, "-c", "from report.cli.main import main; main()"]
_STREAMS = {1: "stdout", 2: "stderr"}


def run(words: tuple[str, ...], folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run ``report`` with these words in a folder; nothing is on its standard input."""
    with tempfile.TemporaryDirectory() as aside:
        told = {"words": words, "folder": str(folder), "environment": dict(environment), "aside": aside}
        requests, answers = _waiting()
        requests.write(json.dumps(told) + "\n")
        requests.flush()
        status = int(answers.readline())
        said = {name: (Path(aside) / name).read_text("utf-8") for name in _STREAMS.values()}
    return subprocess.CompletedProcess([*CALL, *words], status, **said)


@functools.cache
def _waiting() -> tuple[IO[str], IO[str]]:
    """Begin the process that waits; return the pipe that it is told by, and the one that it answers by."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    process = subprocess.Popen(
        [sys.executable, "-c", "from tests.cli.process import wait; wait()"],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin and process.stdout

    def end() -> None:
        process.communicate()

    atexit.register(end)
    return process.stdin, process.stdout


def wait() -> None:
    """Fork for each line that is read, and write its exit status."""
    from report import pipeline
    from report.cli import main
    from report.workspace import Workspace

    for module in (*(f"report.cli.{name}" for name in main.COMMANDS), "report.batch.preload", "fontTools.subset"):
        importlib.import_module(module)
    pipeline.check(Workspace.at(ROOT), "spoc")
    importlib.import_module("report.isolation.run").close()  # no fork shares the process that reads files
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _become(**json.loads(line))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(status, flush=True)


def _become(words: list[str], folder: str, environment: dict[str, str], aside: str) -> NoReturn:
    """Be the command: never return."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    with contextlib.ExitStack() as opened:
        os.dup2(opened.enter_context(open(os.devnull, "rb")).fileno(), 0)
        for descriptor, name in _STREAMS.items():
            os.dup2(opened.enter_context((Path(aside) / name).open("wb")).fileno(), descriptor)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as the process
    sys.stdout, sys.stderr = (open(n, "w", encoding="utf-8", closefd=False) for n in _STREAMS)  # noqa: SIM115
    sys.argv = ["-c", *words]
    from report.cli.main import main

    main()
    raise AssertionError("a command ends its process")
