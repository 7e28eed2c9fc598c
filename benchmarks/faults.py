"""A batch while everything goes wrong: ``python -m benchmarks.faults 120 DIR`` (Linux).

Three documents abort their worker, two never end, ten workers are killed with -9 in the middle of their work, and so is
the whole command, once; ``--resume`` goes on. The verdict is printed, and the exit status is 1 where anything is amiss.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import network
from report.batch import local_workers, worker
from report.batch.manifest import Entry
from report.batch.worker import Unit
from report.workspace import bundled_templates

KILLS = 10
SECTION = "affiliations-annex/sections/title.html.j2"
ENDLESS = (
    "{{% if organisation.contact.website in {addresses} %}}"
    "{{% for a in 'x'|list * 99999 %}}{{% for b in 'x'|list * 99999 %}}{{% endfor %}}{{% endfor %}}{{% endif %}}"
)
OPTIONS = ("--document", "affiliations-annex", "--format", "pdf,docx")


def make(unit: Unit) -> Entry:
    """Make a document, unless it is one that takes its worker with it."""
    if unit.job.organisation in json.loads((unit.workspace.root / "poison.json").read_text("utf-8")):
        os.abort()
    return worker.build(unit)


def command(arguments: Sequence[str]) -> None:
    """Be ``report batch`` whose workers call `make`."""
    from report.cli.main import main as report

    local_workers.build = functools.partial(local_workers.build, call=make)  # type: ignore[assignment]
    sys.argv = ["report", "batch", *arguments]
    report()


def plant(root: Path, count: int) -> tuple[list[str], list[str]]:
    """Write a network with three documents that abort and two that never end; return their organisations."""
    network.workspace(root, count)
    names = sorted(path.name for path in (root / "data").iterdir() if path.is_dir())
    bad = Random(count).sample(names, 5)
    (root / "poison.json").write_text(json.dumps(bad[:3]), "utf-8")
    section = root / "templates" / SECTION
    section.parent.mkdir(parents=True, exist_ok=True)
    addresses = json.dumps([f"https://{name}.example.org" for name in bad[3:]])
    text = (bundled_templates() / SECTION).read_text("utf-8")
    section.write_text(f"{text.rstrip()}\n{ENDLESS.format(addresses=addresses)}\n", "utf-8")
    return bad[:3], bad[3:]


class Run:
    """One run of the command, in a session of its own, and what its manifest says."""

    def __init__(self, root: Path, *arguments: str):
        self.manifest = root / "output" / "manifest.jsonl"
        told = ["-w", str(root), *arguments]
        code = f"from benchmarks import faults; faults.command({told!r})"
        self.process = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)

    def entries(self) -> list[dict[str, Any]]:
        """Return the lines of documents; the last may be half written."""
        found = []
        for line in self.manifest.read_text("utf-8").splitlines() if self.manifest.exists() else ():
            with contextlib.suppress(ValueError):
                found += [told] if "job" in (told := json.loads(line)) else []
        return found

    def until(self, done: int) -> bool:
        """Wait until so many documents are done; say whether the command is still running."""
        while self.process.poll() is None and len(self.entries()) < done:
            time.sleep(0.1)
        return self.process.poll() is None

    def processes(self) -> dict[int, int]:
        """Return the processes of the session that run, with their parents."""
        return {process: parent for process, parent, session in _processes() if session == self.process.pid}

    def workers(self) -> list[int]:
        """Return the workers: children of the one process that they are forked from."""
        found = self.processes()
        return [process for process, parent in found.items() if found.get(parent) == self.process.pid]


def _processes() -> Iterator[tuple[int, int, int]]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError):
            state, parent, _, session, *_ = path.read_text("utf-8", "replace").rpartition(")")[2].split()
            if state != "Z":
                yield int(path.parent.name), int(parent), int(session)


def kill(run: Run, kills: int, marks: Sequence[int], chance: Random) -> int:
    """Kill workers, one each time so many documents are done; return how many were killed."""
    killed = 0
    for mark in marks[:kills]:
        if run.until(mark) and (workers := run.workers()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)
                killed += 1
    return killed


def verdict(root: Path, count: int, bad: Sequence[str], run: Run, status: int) -> list[str]:
    """Return what is amiss."""
    entries = run.entries()
    made = Counter(entry["job"]["organisation"] for entry in entries if entry["status"] == "made")
    failed = {entry["job"]["organisation"] for entry in entries if entry["status"] == "failed"}
    files = [path for path in (root / "output").rglob("*") if path.suffix in (".pdf", ".docx")]
    files = [path for path in files if ".cache" not in path.parts]
    left = [path for mark in (".building-*", ".record-*", "*.lock") for path in (root / "output").rglob(mark)]
    end = time.monotonic() + 5
    while run.processes() and time.monotonic() < end:
        time.sleep(0.1)
    wrong = {
        f"{len(failed)} documents are reported: {sorted(failed)}": failed != set(bad),
        f"{len(made)} documents are made": len(made) != count - len(bad),
        f"made twice: {[name for name, times in made.items() if times > 1]}": max(made.values(), default=0) > 1,
        f"{len(files)} files are there": len(files) != 2 * (count - len(bad)),
        f"left behind: {left}": bool(left),
        f"still running: {run.processes()}": bool(run.processes()),
        f"the status is {status}": status != 1,
    }
    return [text for text, amiss in wrong.items() if amiss]


def main() -> None:
    """Plant, run, kill, resume, and say what came of it."""
    parser = argparse.ArgumentParser(description="Run a batch while everything goes wrong.")
    parser.add_argument("count", type=int, help="how many organisations, at least 40")
    parser.add_argument("folder", type=Path, help="an empty folder, where they are written")
    parser.add_argument("-j", "--jobs", default="2")
    parser.add_argument("--timeout", default="30")
    asked = parser.parse_args()
    began, chance = time.monotonic(), Random(asked.count)
    poison, endless = plant(asked.folder, asked.count)
    how = ("-j", asked.jobs, "--timeout", asked.timeout)
    marks = [(number + 1) * asked.count // (KILLS + 4) for number in range(KILLS)]
    first = Run(asked.folder, *OPTIONS, *how)
    killed = kill(first, KILLS // 2, marks, chance)
    first.until(marks[KILLS // 2])
    first.process.kill()
    first.process.wait()
    half = len(first.entries())
    while first.processes():
        time.sleep(0.1)
    second = Run(asked.folder, "--resume", *how)
    killed += kill(second, KILLS, marks[KILLS // 2 + 1 :] + [asked.count * 9 // 10], chance)
    status = second.process.wait()
    amiss = verdict(asked.folder, asked.count, [*poison, *endless], second, status)
    print(f"{asked.count} documents, {killed} workers killed; the command killed after {half}, and taken up")
    print(f"{len(poison)} abort, {len(endless)} never end; {time.monotonic() - began:.0f} s in all")
    print("\n".join(f"AMISS: {text}" for text in amiss) or "exactly these are reported, all others made, nothing left")
    sys.exit(bool(amiss))


if __name__ == "__main__":
    main()
