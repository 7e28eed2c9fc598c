"""Measure ``report batch`` against what people would use instead: ``python -m benchmarks.batch [--count N]``.

Every way makes the same annexes of three pages, twenty at a time, in turns. Start-up is not counted: each makes one annex
before.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import IO

from benchmarks import annex, table
from benchmarks.timing import REPORT, ROOT, Bench
from benchmarks.ways import CHROMIUM
from report.batch.sources import Folder
from report.batch.worker import Unit
from report.values import Job
from report.workspace import Workspace

AT_A_TIME = 20
"""LibreOffice converts so many documents in one call: the kindest way for it."""
HUNDRED = 100
PEERS = ROOT / ".peers"


@dataclass(frozen=True, slots=True)
class Side:
    """A way of making documents: what it is called in the table, and what is missing where it cannot be measured."""

    way: str
    what: str
    missing: Callable[[], str] = lambda: ""


@dataclass(slots=True)
class Run:
    """The process that makes documents one way, and what it took."""

    process: subprocess.Popen[str]
    cpu: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    peak: float = 0

    def make(self, numbers: list[int], *, counted: bool = True) -> None:
        """Make documents; raise `RuntimeError` where they are not made."""
        given, told = self._pipes()
        print(*numbers, file=given, flush=True)
        if not (line := told.readline()):
            raise RuntimeError(f"{' '.join(map(str, self.process.args))} failed: see above")
        said = json.loads(line)
        self.peak = said["peak"]
        if counted:
            self.cpu.append(said["cpu"] / len(numbers))
            self.memory += said["memory"]

    def close(self) -> None:
        self._pipes()[0].close()
        self.process.wait()

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self.process.stdin and self.process.stdout
        return self.process.stdin, self.process.stdout


def _program(*names: str) -> Callable[[], str]:
    return lambda: "" if any(map(shutil.which, names)) else f"install {names[0]}: `.setup/peers.sh`"


def _module(name: str) -> Callable[[], str]:
    there = (PEERS / name).is_dir() or importlib.util.find_spec(name)
    return lambda: "" if there else f"install {name}: `.setup/peers.sh`"


SIDES = (
    Side("pdf", "`report batch`, PDF (PDF/A-3a, PDF/UA-1)"),
    Side("pdf-docx", "`report batch`, PDF and DOCX"),
    Side("weasyprint", "WeasyPrint, PDF: `HTML(…).write_pdf()`"),
    Side("weasyprint-fixed", "WeasyPrint with our style sheet’s `table-layout: fixed`"),
    Side("docxtpl", "docxtpl and LibreOffice, DOCX and PDF", _program("soffice")),
    Side("chromium", "headless Chromium, PDF", _program(*CHROMIUM)),
    Side("typst", "Typst, PDF", _module("typst")),
)
BASE = "weasyprint"
HEAD = ("what", "CPU s a document", "documents per CPU second", "× WeasyPrint", "most memory, MB", "growth")


def prepare(folder: Path, count: int) -> list[Job]:
    """Invent the organisations, and write what every way is given; return the jobs. One more is made, to warm up with."""
    made = annex.workspace(folder / "workspace", 8 * count + 40)
    jobs = []
    for number, (job, document) in enumerate(annex.found(made, count + 1)):
        annex.give(document, folder, number)
        jobs.append(job)
    for formats in (("pdf",), ("pdf", "docx")):
        own = Workspace(made.root, folder / "-".join(formats))
        shutil.copytree(made.cache / "charts", own.cache / "charts")
        units = [Unit(own, replace(j, formats=formats), Folder(j.organisation), "", "", 1) for j in jobs]
        (folder / f"{'-'.join(formats)}.units").write_bytes(pickle.dumps(units))
    return jobs


def measure(bench: Bench, count: int) -> dict[str, Run]:
    """Let every way that is here make the documents, in turns."""
    bench.environment["PYTHONPATH"] += f"{os.pathsep}{PEERS}"
    runs = {side.way: start(bench, side.way) for side in SIDES if not side.missing()}
    for run in runs.values():
        run.make([count], counted=False)
    order = list(runs.items())
    for first in range(0, count, AT_A_TIME):
        for way, run in order:
            print(f"  {first + 1} to {min(first + AT_A_TIME, count)} of {count}: {way}", file=sys.stderr)
            run.make(list(range(first, min(first + AT_A_TIME, count))))
        order.reverse()
    for run in runs.values():
        run.close()
    return runs


def start(bench: Bench, way: str) -> Run:
    command = [sys.executable, "-m", "benchmarks.ways", way, str(bench.folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return Run(subprocess.Popen(command, env=bench.environment, cwd=ROOT, **pipes))


def command(bench: Bench, jobs: list[Job]) -> tuple[float, int]:
    """Run the command itself with a worker on every core; return its documents per second, and the cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    root, out = bench.folder / "workspace", bench.folder / "command"
    shutil.copytree(root / "output" / ".cache" / "charts", out / ".cache" / "charts")
    names = [job.organisation for job in jobs]
    asked = ("--document", annex.DOCUMENT, "--workspace", root, "-o", out, "-j", str(cores), "--quiet")
    seconds = bench.wall(*REPORT, "batch", *names, *asked)
    made = len(list(out.glob("[!.]*/**/*.pdf")))
    assert made == len(jobs), f"{made} of {len(jobs)} documents were made"
    return made / seconds, cores


def lines(runs: Mapping[str, Run]) -> list[tuple[str, ...]]:
    """Return the lines of the table: what is not here says how it is installed."""
    base = runs[BASE].cpu
    found = [HEAD, ("---",) * len(HEAD)]
    for side in SIDES:
        if (run := runs.get(side.way)) is None:
            found.append((side.what, side.missing(), "", "", "", ""))
            continue
        cpu = median(run.cpu)
        ratio = median(theirs / ours for theirs, ours in zip(base, run.cpu, strict=True))
        grown = _growth(run.memory) if side.way not in ("docxtpl", "chromium") else ""
        found.append((side.what, f"{cpu:.3f}", f"{1 / cpu:.2f}", f"{ratio:.2f}", f"{run.peak:.0f}", grown))
    return found


def _growth(memory: list[float]) -> str:
    """Return by how much the most memory of the last hundred documents is above that of the second; nothing for fewer than 300."""
    if len(memory) < 3 * HUNDRED:
        return ""
    return f"{max(memory[-HUNDRED:]) / max(memory[HUNDRED : 2 * HUNDRED]) - 1:+.1%}"


def main() -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch", description=__doc__)
    parser.add_argument("--count", type=int, default=40, help="how many documents each way makes (default 40)")
    count = max(2, parser.parse_args().count)
    with tempfile.TemporaryDirectory(prefix="report-bench-") as folder:
        bench = Bench(Path(folder))
        print("inventing organisations …", file=sys.stderr)
        jobs = prepare(bench.folder, count)
        runs = measure(bench, count)
        print("\n".join(f"| {' | '.join(line)} |" for line in lines(runs)), flush=True)
        speed, cores = command(bench, jobs[:count])
    print(
        f"\n`report batch` with PDF and DOCX, {cores} workers, start-up included: {speed:.2f} documents per second, ",
        end="",
    )
    print(f"{speed / cores:.2f} per core. Growth: the last hundred against the second; it takes --count 300.\n")
    print(table.machine())
    return 0


if __name__ == "__main__":
    sys.exit(main())
