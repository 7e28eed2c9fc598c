"""A whole network in one run of ``report batch``: ``python -m benchmarks.many 560 DIR``.

The annexes of that many invented organisations are made, PDF and Word; then nothing is changed, then one organisation. The
verdict is printed, and the exit status is 1 where anything is amiss. A folder that holds a batch already is gone on with.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks import network, table
from benchmarks.timing import REPORT, ROOT

OPTIONS = ("--document", "affiliations-annex")
HUNDRED = 100
MOST_GROWTH = 0.05
MOST_SECONDS = 3.0
"""To find that nothing changed in a network of `USUAL` organisations; larger ones may take longer."""
USUAL = 560
_MB = 1_000_000


def run(root: Path, *options: str) -> tuple[float, int]:
    """Run the command on a workspace; return the seconds it took and its exit status."""
    began = time.perf_counter()
    done = subprocess.run([*REPORT, "batch", "-w", root, *OPTIONS, *options], cwd=ROOT, check=False)
    return time.perf_counter() - began, done.returncode


def entries(root: Path) -> list[dict[str, Any]]:
    """Return the manifest's lines of documents."""
    lines = (root / "output" / "manifest.jsonl").read_text("utf-8").splitlines()
    return [told for line in lines if "job" in (told := json.loads(line))]


def amiss(root: Path, count: int, formats: int) -> list[str]:
    """Return what the manifest and the folder do not agree on, and what is left behind."""
    output, made = root / "output", entries(root)
    files = [file for entry in made for file in entry["files"]]
    there = {
        path.relative_to(output).as_posix()
        for path in output.rglob("*")
        if path.suffix in (".pdf", ".docx") and ".cache" not in path.parts
    }
    other = [
        file["file"]
        for file in files
        if hashlib.sha256((output / file["file"]).read_bytes()).hexdigest() != file["sha256"]
    ]
    times = Counter(entry["job"]["organisation"] for entry in made)
    left = [path for mark in (".building-*", ".record-*", "*.lock") for path in output.rglob(mark)]
    wrong = {
        f"{len(made)} documents are in the manifest": len(made) != count,
        f"failed: {[e['job']['organisation'] for e in made if e['status'] != 'made']}": any(
            e["status"] != "made" for e in made
        ),
        f"made twice: {[name for name, n in times.items() if n > 1]}": max(times.values(), default=0) > 1,
        f"{len(files)} files are in the manifest": len(files) != count * formats,
        "the files are not those of the manifest": there != {file["file"] for file in files},
        f"other bytes than the manifest says: {other}": bool(other),
        f"left behind: {left}": bool(left),
    }
    return [text for text, is_so in wrong.items() if is_so]


def growth(root: Path) -> tuple[float, float]:
    """Return the most memory of a worker among the second hundred documents and among the last, in MB."""
    used = [entry["memory"] / _MB for entry in entries(root)]
    return max(used[HUNDRED : 2 * HUNDRED]), max(used[-HUNDRED:])


def change(root: Path) -> str:
    """Change a word of one organisation's facts; return the organisation."""
    organisation = entries(root)[0]["job"]["organisation"]
    path = root / "data" / organisation / "organisation.yaml"
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\n# changed\n", "utf-8")
    return organisation


def main() -> None:
    """Make, make again, change one, and say what came of it."""
    parser = argparse.ArgumentParser(description="Make the annexes of a whole network in one run.")
    parser.add_argument("count", type=int, help="how many organisations, at least 300")
    parser.add_argument("folder", type=Path, help="an empty folder, where they are written")
    parser.add_argument("--format", default="pdf,docx")
    asked = parser.parse_args()
    root, formats = network.workspace(asked.folder.resolve(), asked.count), ("--format", asked.format)
    seconds, status = run(root, *formats)
    wrong = [f"the exit status is {status}"] if status else []
    wrong += amiss(root, asked.count, len(asked.format.split(",")))
    before, made = len(entries(root)), entries(root)
    cpu = sum(entry["cpu"] for entry in made)
    print(f"{len(made)} documents, {sum(len(e['files']) for e in made)} files in {seconds:.0f} s: ", end="")
    print(f"{len(made) / seconds:.2f} documents a second, {cpu / len(made):.3f} s of processor time each")
    if asked.count >= 3 * HUNDRED:
        second, last = growth(root)
        print(f"most memory of a worker: {second:.0f} MB in the second hundred, {last:.0f} in the last ", end="")
        print(f"({last / second - 1:+.1%}); {len({e['worker'] for e in made})} workers in turn")
        wrong += [f"memory grows by {last / second - 1:.1%}"] if last > second * (1 + MOST_GROWTH) else []
    idle, _ = run(root, *formats)
    print(f"nothing changed: {idle:.2f} s, {len(entries(root)) - before} documents made")
    wrong += ["documents were made though nothing changed"] if len(entries(root)) != before else []
    wrong += (
        [f"it took {idle:.2f} s to find that nothing changed"]
        if idle > MOST_SECONDS * max(1, asked.count / USUAL)
        else []
    )
    changed = change(root)
    one, _ = run(root, *formats)
    anew = [entry["job"]["organisation"] for entry in entries(root)[before:]]
    print(f"one organisation changed: {one:.2f} s, made: {', '.join(anew)}")
    wrong += [f"{changed} was changed, and {anew} were made"] if anew != [changed] else []
    print("\n".join(f"AMISS: {text}" for text in wrong) or "every file is there, and as the manifest says")
    print(table.machine().partition(" on ")[2])
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
