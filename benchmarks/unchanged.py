"""Whether two commits make the same files of every document of the repository.

    python -m benchmarks.unchanged REVISION [ORGANISATION[/DOCUMENT] …]

builds all documents, in every language, edition and format, with REVISION's program and with the one of this folder, each from its
own templates and data, in a process and a folder of its own, and compares SHA-256. It prints every file that differs, is new or is missing;
its exit status says whether there are any. `--with NAME=VALUE` sets an environment variable for this folder's program alone.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORKSPACES = ("", "tests", "tests/golden", "tests/invented")
"""Folders whose `data/` holds organisations."""
FORMATS = "pdf,docx,html,xlsx"
START = "from report.cli.main import main; main()"


def main() -> int:
    """Build with both, compare, and return how many files differ, at most 1."""
    parser = argparse.ArgumentParser(description="Compare the files that two commits make.")
    parser.add_argument("revision", help="the commit to compare with, or a folder that another run left with --keep")
    parser.add_argument("only", nargs="*", help="ORGANISATION or ORGANISATION/DOCUMENT; all if none is named")
    parser.add_argument("--keep", type=Path, help="a folder that keeps the revision's files for further runs")
    parser.add_argument("--with", dest="variables", action="append", default=[], metavar="NAME=VALUE")
    options = parser.parse_intermixed_args()
    variables = dict(pair.split("=", 1) for pair in options.variables)
    with tempfile.TemporaryDirectory() as scratch:
        before = options.keep or Path(scratch, "before")
        if not before.exists():
            tree = Path(scratch, "tree")
            subprocess.run(["git", "-C", ROOT, "worktree", "add", "-q", "--detach", tree, options.revision], check=True)
            try:
                build(tree, before, options.only, {})
            finally:
                subprocess.run(["git", "-C", ROOT, "worktree", "remove", "--force", tree], check=True)
        after = Path(scratch, "after")
        build(ROOT, after, options.only, variables)
        return report(hashes(before, options.only), hashes(after, options.only))


def build(program: Path, output: Path, only: list[str], variables: dict[str, str]) -> None:
    """Build documents with the program in that folder; what it says of mistakes is part of what is compared."""
    for workspace in WORKSPACES:
        root = program / workspace
        names = sorted(path.name for path in (root / "data").iterdir() if (path / "documents.yaml").exists())
        for name in names:
            wanted = [one.partition("/")[2] for one in only if one.partition("/")[0] == name]
            if only and not wanted:
                continue
            target = output / (workspace or "repository")
            target.mkdir(parents=True, exist_ok=True)
            command = [sys.executable, "-c", START, "build", name, *filter(None, wanted), "--workspace", root]
            command += ["--output", target, "--format", FORMATS, "--anew", "--quiet", "-j", str(os.cpu_count())]
            environment = {**os.environ, "PYTHONPATH": str(program), **variables}
            done = subprocess.run(command, cwd=program, env=environment, capture_output=True, text=True)
            said = (done.stdout + done.stderr).replace(str(program), "").replace(str(target), "")
            (target / f"{name}.said").write_text(said, "utf-8")


def hashes(output: Path, only: list[str]) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder, by its name there."""
    found = {}
    for path in sorted(output.rglob("*")):
        name = path.relative_to(output).as_posix()
        document = "/".join(name.split("/")[1:3])
        chosen = not only or any(f"{document}/".startswith(f"{one}/") or document == f"{one}.said" for one in only)
        if path.is_file() and chosen and "/.cache/" not in name:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def report(before: dict[str, str], after: dict[str, str]) -> int:
    """Print what differs and how many files are equal; return 1 where any differ."""
    lines = [f"missing  {name}" for name in before.keys() - after.keys()]
    lines += [f"new      {name}" for name in after.keys() - before.keys()]
    lines += [f"differs  {name}" for name in before.keys() & after.keys() if before[name] != after[name]]
    for line in sorted(lines):
        print(line)
    same = sum(before.get(name) == sha for name, sha in after.items())
    print(f"{same} of {len(before)} files are equal")
    return min(1, len(lines))


if __name__ == "__main__":
    sys.exit(main())
