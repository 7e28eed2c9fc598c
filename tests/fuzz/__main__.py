"""Show what spoiled files give: ``python -m tests.fuzz NAME FIRST [LAST]``."""

from __future__ import annotations

import sys
import tempfile
import traceback
from pathlib import Path

from tests.fuzz import targets


def main() -> None:
    """Print the problems of each seed, or the traceback of a fault; exit with status 1 where there was one."""
    name, first, last = sys.argv[1], int(sys.argv[2]), int((sys.argv[3:] or sys.argv[2:3])[0])
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, last + 1):
            try:
                problems = targets.answer(name, seed, Path(folder))
            except Exception:  # noqa: BLE001 - it is what is looked for
                faults += 1
                print(f"{name} {seed}: fault\n{traceback.format_exc()}")
                continue
            bad = [
                problem
                for problem in problems
                if problem.code in ("file.fault", "file.died", "file.time", "file.memory")
            ]
            faults += bool(bad)
            if first == last or bad:
                print(f"{name} {seed}:", *(problems if first == last else bad), sep="\n  ")
    print(f"{name}: {last - first + 1} files, {faults} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
