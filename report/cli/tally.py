"""What came of a batch: told as it goes on, counted, and summed up at the end, for people or as lines of JSON."""

from __future__ import annotations

import contextlib
import json
import signal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import click

from report.batch.manifest import Entry
from report.batch.run import Begun
from report.cli import problems
from report.cli.progress import Progress
from report.values import Problem, Severity

STOPPED = 130
"""The exit status of a run that Ctrl-C, or a request to end, stopped."""


@dataclass(slots=True)
class Tally:
    """How many documents were made, of which files, and which failed."""

    as_json: bool
    quiet: bool
    stopped: bool = False
    wrong: bool = False
    todo: int = 0
    unchanged: int = 0
    made: int = 0
    files: int = 0
    failed: int = 0
    peak: int = 0
    told: set[Problem] = field(default_factory=set)
    """The errors that stood in the way of no document."""

    def begin(self, begun: Begun) -> None:
        """Tell what is wrong before anything is made."""
        self.todo, self.unchanged = begun.todo, begun.unchanged
        self.tell(begun.problems)

    def tell(self, found: Iterable[Problem]) -> None:
        """Tell what is wrong with no one document."""
        told = [p for p in found if not self.quiet or p.severity is Severity.ERROR]
        self.wrong = self.wrong or any(problem.severity is Severity.ERROR for problem in told)
        if self.as_json:
            problems.lines(problems.as_json(told))
        else:
            problems.show(told)

    def add(self, entry: Entry) -> None:
        """Count a document; tell of it, if it failed or if programs listen."""
        self.made, self.files = self.made + entry.made, self.files + len(entry.files)
        self.failed, self.peak = self.failed + (not entry.made), max(self.peak, entry.memory)
        if self.as_json:
            _line(_told(entry))
        elif not entry.made:
            job = entry.job
            what = f"{job.organisation}/{job.document} ({job.language})" if job.document else job.organisation
            click.echo(f"{what} was not made:", err=True)
            problems.show(p for p in entry.problems if p.severity is Severity.ERROR)
        if entry.made and (errors := {p for p in entry.problems if p.severity is Severity.ERROR} - self.told):
            self.told |= errors
            if not self.as_json:
                problems.show(p for p in entry.problems if p in errors)

    def end(self, progress: Progress) -> int:
        """Sum up, and return the exit status: 0 where all was made, 1 where some was not, 130 where it was stopped."""
        left = self.todo - self.made - self.failed
        if self.as_json:
            told = {"made": self.made, "files": self.files, "unchanged": self.unchanged, "failed": self.failed}
            told |= {"left": left, "seconds": round(progress.seconds, 2), "peak_memory": self.peak}
            _line({"summary": told})
        elif self.stopped:
            failed = f", {self.failed} failed" if self.failed else ""
            click.echo(f"stopped: {self.made} made{failed}, {left} left:  report batch --resume", err=True)
        elif not self.quiet:
            speed = f" in {progress.seconds:.1f} s, {progress.rate:.1f} documents a second" if self.todo else ""
            failed = f"; {self.failed} documents failed" if self.failed else ""
            click.echo(f"{self.files} files made{speed}; {self.unchanged} unchanged{failed}")
        if self.stopped and not self.wrong:
            return STOPPED
        return int(bool(self.failed or self.wrong or self.told or left))


def _told(entry: Entry) -> dict[str, Any]:
    job = entry.job
    return {
        "organisation": job.organisation,
        "document": job.document,
        "language": job.language,
        "edition": job.edition,
        "status": entry.status,
        "files": [made.file for made in entry.files],
        "seconds": entry.seconds,
        "problems": problems.as_json(entry.problems),
    }


def _line(told: dict[str, Any]) -> None:
    click.echo(json.dumps(told, ensure_ascii=False))


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Raise `KeyboardInterrupt` once, for Ctrl-C or a request to end: the next waits until all is stopped and swept."""
    numbers = (signal.SIGINT, signal.SIGTERM)

    def stop(_number: int, _frame: object) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    try:
        before = {number: signal.signal(number, stop) for number in numbers}
    except ValueError:  # not in the main thread
        before = {}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
