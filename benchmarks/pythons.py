"""Do all Pythons make the same bytes?  ``python -m benchmarks.pythons python3.11 python3.12 /opt/python3.14/bin/python3``

Each interpreter gets an environment of its own with the pinned packages, and builds all documents of one organisation and some
of another. The table says which files are the same in all of them; the exit status is 1 where one is not.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.timing import ROOT, Bench

BUILDS = (
    ("spoc",),
    ("lantern-bridge", "annual-report-2026", "--lang", "en", "--format", "pdf,docx"),
    ("lantern-bridge", "brochure", "--lang", "bg"),
    ("lantern-bridge", "three-valleys-budget", "--lang", "en", "--format", "xlsx,pdf"),
)
"""What is built: the arguments of ``report build``."""
VERSION = "import platform; print(platform.python_version())"
MAIN = "from report.cli.main import main; main()"


def version(python: str) -> str:
    """Return an interpreter's version; raise `OSError` or `CalledProcessError` where it does not run."""
    return subprocess.run([python, "-c", VERSION], check=True, capture_output=True, text=True).stdout.strip()


def environment(python: str, folder: Path) -> Path:
    """Make an environment with the pinned packages and this checkout; return its interpreter."""
    own = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not own.exists():
        subprocess.run([python, "-m", "venv", folder], check=True)
    pins = ROOT / ".setup" / "pins.txt"
    for packages in (
        ("--only-binary", ":all:", "--require-hashes", "-r", pins),
        ("--no-deps", "--no-build-isolation", "-e", ROOT),
    ):
        done = subprocess.run([own, "-m", "pip", "install", "-q", *packages], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"the packages cannot be installed for {python}:\n{done.stderr[-2000:]}")
    return own


def built(python: Path, folder: Path) -> dict[str, str]:
    """Build with an interpreter; return the SHA-256 of every file by its path."""
    bench = Bench(folder)
    for arguments in BUILDS:
        bench.run(python, "-c", MAIN, "build", *arguments, "-w", ROOT, "-o", folder / "output", "--anew", "-q")
    found = sorted((folder / "output").glob("[!.]*/**/*"))
    return {
        path.relative_to(folder / "output").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
        if path.is_file()
    }


def compared(results: Mapping[str, Mapping[str, str]]) -> Iterator[list[str]]:
    """Yield a row for each file: its path, its SHA-256 with the first version, and for each other one whether it is the same."""
    first, *others = results
    for path in sorted({path for files in results.values() for path in files}):
        sums = [results[version].get(path, "missing") for version in (first, *others)]
        yield [path, sums[0], *("same" if one == sums[0] else one for one in sums[1:])]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 where Pythons do not agree, or one cannot be tried."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pythons", description=__doc__)
    parser.add_argument("pythons", nargs="+", metavar="PYTHON", help="an interpreter's name or path")
    parser.add_argument("--folder", type=Path, help="keep the environments and what was built there")
    chosen = parser.parse_args(arguments)
    results: dict[str, dict[str, str]] = {}
    failed = False
    with tempfile.TemporaryDirectory(prefix="report-pythons-") as scratch:
        folder = (chosen.folder or Path(scratch)).resolve()
        for python in chosen.pythons:
            try:
                name = version(python)
                (made := folder / name).mkdir(parents=True, exist_ok=True)
                results[name] = built(environment(python, made / "environment"), made)
            except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
                print(f"{python}: {error}", file=sys.stderr)
                failed = True
    if results:
        rows = list(compared(results))
        for cells in (["file", *results], ["---"] * (1 + len(results)), *rows):
            print(f"| {' | '.join(cells)} |")
        different = sum(any(cell != "same" for cell in row[2:]) for row in rows)
        print(f"\n{len(rows)} files, {different} not the same with {', '.join(results)}")
        failed = failed or bool(different)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
