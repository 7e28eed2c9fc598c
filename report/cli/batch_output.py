"""What ``report batch`` prints: its progress, each failed document, and a summary, for people or as lines of JSON."""

from __future__ import annotations

import contextlib
import json
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from report.batch.manifest import Entry
from report.batch.run import Run
from report.cli import problems
from report.values import Problem, Severity

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

INTERRUPTED = 130
"""The exit status of a run that Ctrl-C or SIGTERM stopped."""
INTERVAL = 10.0
"""Seconds between two plain lines of progress."""


@dataclass(slots=True)
class Progress:
    """How many of `todo` documents are done, and how many of them failed."""

    todo: int
    done: int = 0
    failed: int = 0
    start: float = field(default_factory=time.monotonic)
    _bar: ProgressBar[int] | None = None
    _last_line: float = field(default_factory=time.monotonic)

    def step(self, failed: bool) -> None:
        """Count a document, and show it."""
        self.done += 1
        self.failed += failed
        if self._bar is not None:
            self._bar.label = f"{self.rate:.1f} a second{self._failures}"
            self._bar.update(1)
        elif time.monotonic() - self._last_line >= INTERVAL:
            self._last_line = time.monotonic()
            click.echo(self.line(), err=True)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.start

    @property
    def rate(self) -> float:
        """Return how many documents are done in a second."""
        return self.done / max(self.seconds, 1e-6)

    def line(self) -> str:
        """Return the progress in words: ``312 of 1120 documents, 8.4 a second, 1:36 left, 2 failed``."""
        left = (self.todo - self.done) / self.rate if self.done else 0
        return f"{self.done} of {self.todo} documents, {self.rate:.1f} a second, {_clock(left)} left{self._failures}"

    @property
    def _failures(self) -> str:
        return f", {self.failed} failed" if self.failed else ""


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@contextlib.contextmanager
def progress(todo: int, quiet: bool) -> Iterator[Progress]:
    """Show the progress of a run of `todo` documents: a bar on a terminal, a plain line now and then elsewhere."""
    shown = Progress(todo)
    if quiet:
        shown._last_line = float("inf")
        yield shown
    elif sys.stderr.isatty() and todo > 1:
        with click.progressbar(length=todo, file=sys.stderr, show_pos=True, show_eta=True) as bar:
            shown._bar = bar
            yield shown
    else:
        yield shown


@dataclass(slots=True)
class Summary:
    """How many documents were built, with how many files, and how many failed."""

    as_json: bool
    quiet: bool
    interrupted: bool = False
    has_errors: bool = False
    todo: int = 0
    unchanged: int = 0
    built: int = 0
    files: int = 0
    failed: int = 0
    peak: int = 0
    reported: set[Problem] = field(default_factory=set)
    """The errors of documents that were built all the same."""

    def begin(self, run: Run) -> None:
        """Report what is wrong before anything is built."""
        self.todo, self.unchanged = run.todo, run.unchanged
        self.report(run.problems)

    def report(self, found: Iterable[Problem]) -> None:
        """Report problems that belong to no one document."""
        shown = [p for p in found if not self.quiet or p.severity is Severity.ERROR]
        self.has_errors = self.has_errors or any(problem.severity is Severity.ERROR for problem in shown)
        if self.as_json:
            problems.lines(problems.as_json(shown))
        else:
            problems.show(shown)

    def add(self, entry: Entry) -> None:
        """Count a document; report it if it failed, or as JSON."""
        errors = [p for p in entry.problems if p.severity is Severity.ERROR]
        self.peak, self.files = max(self.peak, entry.memory), self.files + len(entry.files)
        if entry.succeeded:
            self.built += 1
            errors = [p for p in errors if p not in self.reported]
            self.reported |= set(errors)
        else:
            self.failed += 1
        if self.as_json:
            _line(_record(entry))
            return
        if not entry.succeeded:
            job = entry.job
            name = f"{job.organisation}/{job.document} ({job.language})" if job.document else job.organisation
            click.echo(f"{name} was not built:", err=True)
        problems.show(errors)

    def end(self, progress: Progress) -> int:
        """Print the summary; return the exit status: 0 where all was built, 1 where some was not, 130 for an interrupted run."""
        left = self.todo - self.built - self.failed
        if self.as_json:
            counts = {"made": self.built, "files": self.files, "unchanged": self.unchanged, "failed": self.failed}
            _line({"summary": counts | {"left": left, "seconds": round(progress.seconds, 2), "peak_memory": self.peak}})
        elif self.interrupted:
            failed = f", {self.failed} failed" if self.failed else ""
            click.echo(f"interrupted: {self.built} built{failed}, {left} left:  report batch --resume", err=True)
        elif not self.quiet:
            speed = f" in {progress.seconds:.1f} s, {progress.rate:.1f} documents a second" if self.todo else ""
            failed = f"; {self.failed} documents failed" if self.failed else ""
            click.echo(f"{self.files} files written{speed}; {self.unchanged} unchanged{failed}")
        if self.interrupted and not self.has_errors:
            return INTERRUPTED
        return int(bool(self.failed or self.has_errors or self.reported or left))


def _record(entry: Entry) -> dict[str, object]:
    job = entry.job
    return {
        "organisation": job.organisation,
        "document": job.document,
        "language": job.language,
        "edition": job.edition,
        "status": entry.status,
        "files": [file.file for file in entry.files],
        "seconds": entry.seconds,
        "problems": problems.as_json(entry.problems),
    }


def _line(value: dict[str, object]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Raise `KeyboardInterrupt` once, for Ctrl-C or SIGTERM: later ones are ignored until everything is cleaned up."""
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
