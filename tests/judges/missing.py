"""What a judge raises where it is not installed, and how programs are found and run."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class JudgeMissing(Exception):
    """The validator, or what it needs, is not installed on this machine."""


def program(name: str, *elsewhere: Path) -> str:
    """Return the path of a program, looked for on PATH and then `elsewhere`; raise `JudgeMissing`."""
    found = shutil.which(name) or next((str(p) for p in elsewhere if p.is_file()), None)
    if found is None:
        raise JudgeMissing(f"the program {name} is not installed")
    return found


def run(*command: str | Path, timeout: float = 120, **more) -> subprocess.CompletedProcess[str]:
    """Run a program to its end with its output captured as text; nothing is read from standard input."""
    return subprocess.run(
        [str(c) for c in command],
        capture_output=True,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=timeout,
        check=False,
        **more,
    )
