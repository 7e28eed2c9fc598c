"""What hostile PDFs cost: ``python -m benchmarks.bombs [NAME…] [--scale 0.1] [--command check] [--folder DIR]`` (Linux).

Every bomb of `tests/press/bombs` is given to the commands that open anybody's PDF, each in a process of its own. The table has
the processor time, the most memory that was resident, and what came of it; the exit status is 1 where anything is amiss.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.table import _line, machine
from benchmarks.timing import REPORT, ROOT
from tests.press.bombs import BOMBS, write

SECONDS, MEGABYTES = 10.0, 700
"""Processor time and memory that no file may take."""
_PATIENCE, _MOST = 120, 8 << 30
COMMANDS = {
    "check": lambda file, folder: (*REPORT, "press", "check", file),
    "pictures": lambda file, folder: (*REPORT, "press", "check", file, "--pictures", folder / "pictures"),
    "impose": lambda file, folder: (*REPORT, "press", "impose", file, "--scheme", "n-up", "--paper", "A4", "--scale", "fit", "-o", folder / "sheets.pdf"),
    "measure": lambda file, folder: (sys.executable, "-m", "benchmarks.bombs", "--measure", file),
    "produce": lambda file, folder: (sys.executable, "-m", "benchmarks.bombs", "--produce", file),
}  # fmt: skip
_AMISS = re.compile(r"Traceback|0x[0-9a-f]{6,}|pikepdf|index out of range|object has no attribute|NoneType|WARNING")
"""What says that a library's own words came through."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took, in seconds and megabytes, and what it said."""

    seconds: float
    megabytes: float
    status: int
    said: str

    @property
    def clean(self) -> bool:
        return self.status in (0, 1) and not _AMISS.search(self.said)

    @property
    def modest(self) -> bool:
        return self.seconds <= SECONDS and self.megabytes <= MEGABYTES


def run(command: str, file: Path, folder: Path) -> Run:
    """Run a command on a file, in a process that is ended after two minutes or 8 GB."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = [str(word) for word in COMMANDS[command](file, folder)]

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (_MOST, _MOST))

    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(words, stdout=out, stderr=subprocess.STDOUT, cwd=folder, env=environment, preexec_fn=limited)  # fmt: skip
        timer = threading.Timer(_PATIENCE, child.kill)
        timer.start()
        _, status, used = os.wait4(child.pid, 0)
        timer.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode(errors="replace")
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, child.returncode, said)


def rows(names: Sequence[str], commands: Sequence[str], scale: float, folder: Path, loud: bool) -> Iterator[tuple[list[str], bool]]:  # fmt: skip
    """Yield a line of the table for every bomb, and whether all is well."""
    for name in names:
        file = folder / f"{name}.pdf"
        if not file.exists():
            write(name, file, scale)
        cells, well = [name, BOMBS[name].what, f"{file.stat().st_size / 1000:,.0f}"], True
        for command in commands:
            done = run(command, file, folder)
            well = well and done.clean and done.modest
            status = str(done.status) if done.clean else f"**{done.status}**"
            figures = f"{done.seconds:.1f} s, {done.megabytes:.0f} MB"
            cells.append(f"{figures if done.modest else f'**{figures}**'}, {status}")
            if loud or not done.clean:
                print(f"{name}, {command}:\n{done.said[-1500:]}", file=sys.stderr)
        yield cells, well


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BOMBS], metavar="NAME")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--command", action="append", choices=list(COMMANDS))
    parser.add_argument("--folder", type=Path, help="where the files are kept from one call to the next")
    parser.add_argument("--loud", action="store_true", help="print what every command says")
    for way in ("--measure", "--produce"):
        parser.add_argument(way, type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure or asked.produce:
        return _call(asked.measure, asked.produce)
    commands = asked.command or list(COMMANDS)
    head = ["bomb", "what", "kB", *(f"`{command}`" for command in commands)]
    print(_line(head), _line(["---"] * len(head)), sep="\n", flush=True)
    all_well = True
    with tempfile.TemporaryDirectory() as folder:
        for cells, well in rows(
            asked.names or list(BOMBS), commands, asked.scale, asked.folder or Path(folder), asked.loud
        ):
            print(_line(cells), flush=True)
            all_well = all_well and well
    print(f"\nBold: above {SECONDS:g} s of processor time or {MEGABYTES} MB, or no clean end. {machine()}")
    return int(not all_well)


def _call(measured: Path | None, produced: Path | None) -> int:
    """Measure a PDF, or make a printer's of it, as the library does."""
    from report.values import ReportError

    try:
        if measured is not None:
            from report.press.measure import measure

            print(measure(measured))
        elif produced is not None:
            from report.press.produce import produce
            from report.profiles import load
            from report.workspace import Workspace
            from tests.press.produce import support

            folder = produced.parent
            shop = load.printer(Workspace(folder, folder / "output"), "print-europe")
            print(produce(produced, folder / "produced.pdf", shop, support.order()))
    except ReportError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
