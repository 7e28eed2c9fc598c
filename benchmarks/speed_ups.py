"""What each speed-up of `report/formats/pdf/weasyprint/speed/` gains: ``python -m benchmarks.speed_ups [--runs N] [--documents N]``.

Everything is measured with all of them, without each, and without any (`REPORT_PLAIN_WEASYPRINT`), in turns: the PDF of the complete report in
fresh processes, and annexes of three pages in processes that have made one before, as those of a batch have.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from benchmarks import batch, table
from benchmarks.complete import DOCUMENT, ORGANISATION, workspace
from benchmarks.timing import Bench, forget_documents, interleaved
from report.formats.pdf import weasyprint

HEAD = ("left out", "report, CPU s", "gain", "annex, CPU s", "gain")
SIDES = {"nothing": "", **{patch.name: patch.name for patch in weasyprint.SPEED_UPS}, "all of them": "1"}


def benches(folder: Path) -> dict[str, Bench]:
    """Return a bench for each side, which share a folder."""
    made = {}
    for side, value in SIDES.items():
        made[side] = Bench(folder)
        made[side].environment[weasyprint.VARIABLE] = value
    return made


def report(benches: Mapping[str, Bench], runs: int) -> dict[str, list[float]]:
    """Measure the writing of the complete report's PDF, imports included."""
    one = benches["nothing"]
    root = workspace(one, "speed-ups")
    given = (root, ORGANISATION, one.folder / "pages.json", DOCUMENT)
    child = (sys.executable, "-m", "benchmarks.child")
    one.cpu(*child, "pages", *given)

    def measure(bench: Bench) -> float:
        return sum(json.loads(bench.run(*child, "pdf", *given)[1]).values())

    return interleaved({side: lambda bench=bench: measure(bench) for side, bench in benches.items()}, runs)


def annexes(benches: Mapping[str, Bench], runs: int, count: int) -> dict[str, list[float]]:
    """Measure `count` annexes in each of `runs` turns; return the seconds of one."""
    batch.prepare(benches["nothing"].folder, count)
    processes = {side: batch.start(bench, "pdf") for side, bench in benches.items()}

    def measure(process: batch.Run) -> float:
        forget_documents(benches["nothing"].folder / "pdf")
        process.make(list(range(count)))
        return process.cpu[-1]

    found = interleaved({side: lambda one=one: measure(one) for side, one in processes.items()}, runs)
    for process in processes.values():
        process.close()
    return found


def lines(*measured: Mapping[str, list[float]]) -> list[tuple[str, ...]]:
    """Return the lines of the table: a gain is the median of how much longer a run took than the one beside it that left nothing out."""
    rows = [HEAD, ("---",) * len(HEAD)]
    for side in SIDES:
        cells = []
        for seconds in measured:
            pairs = zip(seconds[side], seconds["nothing"], strict=True)
            gain = median(without / with_all - 1 for without, with_all in pairs)
            cells += [f"{median(seconds[side]):.3f}", f"{gain:+.1%}" if side != "nothing" else ""]
        rows.append((side, *cells))
    return rows


def main() -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed_ups", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured (default 5)")
    parser.add_argument("--documents", type=int, default=20, help="how many annexes make a run (default 20)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="report-bench-") as folder:
        sides = benches(Path(folder))
        found = report(sides, options.runs), annexes(sides, options.runs, max(2, options.documents))
    print("\n".join(f"| {' | '.join(line)} |" for line in lines(*found)))
    print(f"\n{table.machine()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
