"""Documents that do harm: what a worker calls instead of `report.batch.worker.build`, told by the document's name."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

from report import files
from report.batch.manifest import Entry
from report.batch.sources import Folder
from report.batch.worker import Unit
from report.values import Job
from report.workspace import Workspace


def units(workspace: Workspace, names: Iterable[str]) -> list[Unit]:
    return [
        Unit(workspace, Job("lantern", name, "en", ("html",)), Folder("lantern"), "key", "choice", 1) for name in names
    ]


def take(unit: Unit) -> Entry:
    """Write a file, unless the document's name says otherwise: `crash`, `hang`, `raise`, or `once` for one that dies once."""
    job, output = unit.job, unit.workspace.output
    what = job.document.partition("-")[0]
    if what != "good":
        # What a killed process leaves behind, in a folder of the output's.
        (left := output / job.organisation / f".building-{files.mark()}").mkdir(parents=True, exist_ok=True)
    if what == "crash" or (what == "once" and _first(output / f"{job.document}.tried")):
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "raise":
        raise _Odd("no", "pickle")
    if what in ("hang", "slow"):
        (output / f"{job.document}.begun").write_text(str(os.getpid()))
        time.sleep(1)
    while what == "hang":
        pass
    if what != "good":
        left.rmdir()
    (output / f"{job.document}.txt").write_text("made")
    return Entry(job, unit.key, unit.choice, unit.of, "made", worker=os.getpid())


class _Odd(Exception):
    """An error that cannot be unpickled."""

    def __init__(self, one: str, two: str):
        super().__init__(one + two)


def _first(path: Path) -> bool:
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
