"""Measure the cases whose names have one of the words given, or all: ``python -m benchmarks.large csv xlsx``."""

from __future__ import annotations

import argparse
import functools
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.large import Case, forms, tables, texts, workbooks
from benchmarks.table import machine
from benchmarks.timing import REPORT, ROOT

CASES = (*tables.CASES, *workbooks.CASES, *texts.CASES, *forms.CASES)
SMALL = {"check": tables.SMALL, "form": forms.SMALL}
"""A case of each command that is as small as can be: what it takes is the start of the program."""
MOST = 60
"""Seconds of processor time after which a case is ended."""
_HEAD = ("what", "size", "CPU s", "without start-up", "peak MB", "aim", "met", "answer")


@dataclass(frozen=True, slots=True)
class Result:
    """What a run took, and how it ended. The aim is one for what a run takes beyond the start of the program."""

    case: Case
    command: str
    cpu: float
    peak: int
    status: int
    output: str

    @property
    def answered(self) -> bool:
        """Say whether the command ended as it should: with the answer expected, by no signal and no fault of its own."""
        return self.status in (0, 1) and self.case.says in self.output

    @property
    def own(self) -> float:
        return max(0.0, self.cpu - start_up(self.command))

    @property
    def met(self) -> bool:
        return self.answered and self.own <= self.case.aim

    def line(self) -> str:
        last = next((line for line in reversed(self.output.splitlines()) if line.strip(" ]")), "").strip()[:70]
        cells = (
            self.case.what,
            self.case.size,
            f"{self.cpu:.2f}",
            f"{self.own:.2f}",
            str(self.peak),
            f"≤ {self.case.aim:g} s",
            "yes" if self.met else "**no**",
            last if self.answered else f"status {self.status}: {last}",
        )
        return "| " + " | ".join(cell.replace("|", "¦") for cell in cells) + " |"


def measured(case: Case) -> Result:
    """Build a case in a folder of its own and run the command in it."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as out:
        arguments = case.build(Path(folder))
        child = subprocess.Popen(
            [*REPORT, *arguments],
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "large"),
            },
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (MOST, MOST)),
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        output = out.read().decode("utf-8", "replace")
    cpu = used.ru_utime + used.ru_stime
    return Result(case, arguments[0], cpu, used.ru_maxrss // 1024, child.returncode, output)


@functools.cache
def start_up(command: str) -> float:
    """Return the seconds that a command takes for next to nothing: the least of three runs."""
    return min(measured(SMALL[command]).cpu for _ in range(3))


def main() -> None:
    """Print a line for each case; the exit status is 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description="Measure what comes from outside and is large.")
    parser.add_argument("words", nargs="*", help="run the cases whose names have one of these words")
    words = parser.parse_args().words
    chosen = [case for case in CASES if not words or any(word.lower() in case.what.lower() for word in words)]
    print("| " + " | ".join(_HEAD) + " |")
    print("| " + " | ".join(["---"] * len(_HEAD)) + " |")
    missed = 0
    for case in chosen:
        result = measured(case)
        missed += not result.met
        print(result.line(), flush=True)
    print(f"\n{len(chosen)} cases, {missed} missed. {machine().partition(' on ')[2]}")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
