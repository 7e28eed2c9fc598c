"""Measure the processor time of fresh processes, interleaved so that a busy minute falls on all alike."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPORT = (sys.executable, "-c", "from report.cli.main import main; main()")
"""The command ``report`` of this checkout, as the installed script runs it."""


class Bench:
    """A folder for what is made, and an environment that is the same for all processes.

    Compiled modules are kept in a folder of the bench's own: every process finds them there, whether or not this
    machine lets Python write them beside their sources. The first run of a command makes them and is not counted.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        unwanted = ("PYTHONDONTWRITEBYTECODE", "PYTHONOPTIMIZE", "PYTHONPROFILEIMPORTTIME", "SOURCE_DATE_EPOCH")
        kept = {name: value for name, value in os.environ.items() if name not in unwanted}
        self.environment = kept | {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}

    def cpu(self, *command: str | Path) -> float:
        """Run a command and return the seconds of processor time, user and system, of it and its children."""
        return self.run(*command)[0]

    def wall(self, *command: str | Path) -> float:
        """Run a command and return the seconds that it took by the clock."""
        start = time.perf_counter()
        self.run(*command)
        return time.perf_counter() - start

    def run(self, *command: str | Path) -> tuple[float, str]:
        """Run a command; return its processor time in seconds and its output. Raise `RuntimeError` where it fails."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            words = [str(word) for word in command]
            child = subprocess.Popen(words, stdout=out, stderr=err, env=self.environment, cwd=self.folder)
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            if child.returncode:
                raise RuntimeError(f"{' '.join(words)} failed ({child.returncode}):\n{err.read().decode()[-2000:]}")
            return used.ru_utime + used.ru_stime, out.read().decode()


def forget_documents(output: Path) -> None:
    """Delete the documents in the cache of an output folder; drawings that were rendered stay."""
    for folder in ("documents", "builds"):
        shutil.rmtree(output / ".cache" / folder, ignore_errors=True)


def interleaved(sides: Mapping[str, Callable[[], float]], runs: int) -> dict[str, list[float]]:
    """Measure every side `runs` times in turns, A B B A A B, after one run of each that is not counted."""
    for measure in sides.values():
        measure()
    found: dict[str, list[float]] = {name: [] for name in sides}
    order = list(sides.items())
    for _ in range(runs):
        for name, measure in order:
            found[name].append(measure())
        order.reverse()
    return found
