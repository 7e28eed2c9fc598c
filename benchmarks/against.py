"""How much processor time this folder's program takes against another commit's, in turns.

    python -m benchmarks.against REVISION [--runs N] [ORGANISATION/DOCUMENT …]

builds documents in PDF and Word, every one anew, with both programs, each from its own templates and data, A B B A A B; the ratio is the
median of the pairs' ratios.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.timing import REPORT, ROOT, Bench, interleaved

DOCUMENTS = ("spoc/annual-report", "lantern-bridge/annual-report-2026", "lantern-bridge/previous-projects")


def main() -> None:
    """Build with both and print a table."""
    parser = argparse.ArgumentParser(description="Compare the processor time of two commits.")
    parser.add_argument("revision", help="the commit to compare with")
    parser.add_argument("documents", nargs="*", help="ORGANISATION/DOCUMENT")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_intermixed_args()
    print("| document | CPU s | CPU s before | ratio | runs |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as scratch:
        other = Path(scratch, "tree")
        subprocess.run(["git", "-C", ROOT, "worktree", "add", "-q", "--detach", other, options.revision], check=True)
        try:
            for document in options.documents or DOCUMENTS:
                print(row(document, Path(scratch), other, options.runs), flush=True)
        finally:
            subprocess.run(["git", "-C", ROOT, "worktree", "remove", "--force", other], check=True)


def row(document: str, scratch: Path, other: Path, runs: int) -> str:
    """Measure both programs on one document and return its row of the table."""

    def side(program: Path, name: str) -> float:
        bench = Bench(scratch / name)
        bench.environment["PYTHONPATH"] = str(program)
        command = [*REPORT, "build", *document.split("/"), "--workspace", program, "--output", bench.folder / "output"]
        return bench.cpu(*command, "--format", "pdf,docx", "--anew", "-j", "1", "--quiet")

    for name in ("now", "before"):
        (scratch / name / "output").mkdir(parents=True, exist_ok=True)
    found = interleaved({"now": lambda: side(ROOT, "now"), "before": lambda: side(other, "before")}, runs)
    ratio = median(now / before for now, before in zip(found["now"], found["before"], strict=True))
    return f"| {document} | {median(found['now']):.2f} | {median(found['before']):.2f} | {ratio:.3f} | {runs} |"


if __name__ == "__main__":
    sys.exit(main())
