"""How far a long run is: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import click

EVERY = 10.0
"""Seconds between two plain lines."""


@dataclass(slots=True)
class Progress:
    """Documents done of `todo`, and how many of them failed."""

    todo: int
    done: int = 0
    failed: int = 0
    began: float = field(default_factory=time.monotonic)
    _bar: Any = None
    _told: float = field(default_factory=time.monotonic)

    def step(self, failed: bool) -> None:
        """Count a document, and show it."""
        self.done += 1
        self.failed += failed
        if self._bar is not None:
            self._bar.label = self._rate()
            self._bar.update(1)
        elif self._bar is None and time.monotonic() - self._told >= EVERY:
            self._told = time.monotonic()
            click.echo(self.line(), err=True)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    @property
    def rate(self) -> float:
        """Return how many documents are done in a second."""
        return self.done / max(self.seconds, 1e-6)

    def line(self) -> str:
        """Return how far it is: ``312 of 1120 documents, 8.4 a second, 1:36 left, 2 failed``."""
        left = (self.todo - self.done) / self.rate if self.done else 0
        wrong = f", {self.failed} failed" if self.failed else ""
        return f"{self.done} of {self.todo} documents, {self.rate:.1f} a second, {_clock(left)} left{wrong}"

    def _rate(self) -> str:
        wrong = f", {self.failed} failed" if self.failed else ""
        return f"{self.rate:.1f} a second{wrong}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@contextlib.contextmanager
def shown(todo: int, quiet: bool) -> Iterator[Progress]:
    """Show how far a run of `todo` documents is, while it goes on."""
    progress = Progress(todo)
    if quiet:
        progress._told = float("inf")
        yield progress
    elif sys.stderr.isatty() and todo > 1:
        with click.progressbar(length=todo, file=sys.stderr, show_pos=True, show_eta=True) as bar:
            progress._bar = bar
            yield progress
    else:
        yield progress
