"""Commands that are killed with -9 while they work: ``python -m benchmarks.kills DIR [BUILDS] [OTHERS]`` (Linux, macOS).

`report build` is killed 200 times, `report form fill` and `report submit` 50 times each, at moments spread over their run. After
each, every file there is whole (one of the two that are right before and after), no process goes on, and the next run
succeeds, leaves nothing behind and gives the same bytes. The exit status is 1 where anything is amiss.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.forms import funder

ROOT = Path(__file__).resolve().parents[1]
ORGANISATION = "lantern-bridge"
CALL = "first-winter-2027"
SECONDS = 120


def command(root: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Begin a command in a session of its own."""
    code = "from report.cli.main import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "TMPDIR": str(root / "tmp"), "PYTHONPATH": str(ROOT)},
    )


def files(root: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below the output folder and the folder of temporary ones, but for the cache."""
    folders = (root / "output", root / "tmp", root / "forms")
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file() and ".cache" not in path.parts]
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def going_on(session: int) -> bool:
    """Say whether a process of a session is alive."""
    try:
        os.killpg(session, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def kill_often(root: Path, name: str, arguments: Sequence[str], count: int) -> list[str]:
    """Kill a command so many times; return what was amiss."""
    wrong: list[str] = []
    began = time.monotonic()
    status = command(root, *arguments).wait(SECONDS)
    usual, right = time.monotonic() - began, files(root)
    if status:
        return [f"{name}: status {status} before any kill"]
    chance = Random(name)
    landed = 0
    for number in range(count):
        process = command(root, *arguments)
        time.sleep(usual * chance.random())
        landed += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        for path, digest in files(root).items():
            if path in right and right[path] != digest:
                wrong.append(f"{name} {number}: {path} is broken")
        deadline = time.monotonic() + 30
        while going_on(process.pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        if going_on(process.pid):
            wrong.append(f"{name} {number}: a process goes on")
            os.killpg(process.pid, signal.SIGKILL)
        status = command(root, *arguments).wait(SECONDS)
        after = files(root)
        if status:
            wrong.append(f"{name} {number}: the next run has status {status}")
        if after != right:
            wrong.append(f"{name} {number}: {sorted(set(after.items()) ^ set(right.items()))[:4]}")
    print(
        f"{name}: {count} kills, {landed} of them while it worked (a run takes {usual:.1f} s); {len(wrong)} amiss",
        flush=True,
    )
    return wrong


def prepared(folder: Path) -> Path:
    """Return a workspace with the repository's facts, a form and its map."""
    root = folder / "workspace"
    shutil.copytree(ROOT / "data", root / "data")
    for name in ("forms", "tmp"):
        (root / name).mkdir()
    (root / "forms" / "form.docx").write_bytes(funder.part_b())
    command(root, "form", "map", "forms/form.docx", "-o", "forms/map.yaml").wait(SECONDS)
    return root


def main() -> None:
    """Kill the three commands and print the verdict."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("builds", type=int, nargs="?", default=200)
    parser.add_argument("others", type=int, nargs="?", default=50)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        root = prepared(Path(name))
        build = ("build", "spoc", "affiliations-annex", "--lang", "en", "--format", "pdf,docx", "--anew")
        fill = ("form", "fill", "forms/form.docx", "forms/map.yaml", ORGANISATION)
        submit = ("submit", CALL, ORGANISATION)
        wrong = [
            *kill_often(root, "build", build, asked.builds),
            *kill_often(root, "form fill", fill, asked.others),
            *kill_often(root, "submit", submit, asked.others),
        ]
    print(*wrong, sep="\n")
    print("nothing is amiss" if not wrong else f"{len(wrong)} amiss")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
