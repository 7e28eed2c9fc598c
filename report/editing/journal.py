"""What was changed in an organisation's facts, step by step: for undo and redo, after a restart too, and for those who look back.

The journal is in ``output/.edits/ORGANISATION.jsonl``, one line for each step; a line that was cut off by a crash is passed over.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from report.workspace import Workspace

_CONTEXT = 60
"""Characters around a change by which its place is found again."""


@dataclass(frozen=True, slots=True)
class Step:
    """A change: when (seconds since 1970), in which file and at which address, and the characters from `start` that were replaced.

    `after` is the fingerprint of the file's text afterwards. A step `outside` was made by another program.
    """

    time: float
    file: str
    address: str
    start: int
    old: str
    new: str
    head: str
    tail: str
    after: str
    outside: bool = False

    @classmethod
    def between(cls, time: float, file: str, address: str, old: str, new: str, *, outside: bool = False) -> Step:
        """Return the step from one text of a file to another."""
        start = len(os.path.commonprefix([old, new]))
        rest = min(len(old), len(new)) - start
        end = len(os.path.commonprefix([old[::-1][:rest], new[::-1][:rest]]))
        stop = len(old) - end
        return cls(
            time=time,
            file=file,
            address=address,
            start=start,
            old=old[start:stop],
            new=new[start : len(new) - end],
            head=old[max(0, start - _CONTEXT) : start],
            tail=old[stop : stop + _CONTEXT],
            after=fingerprint(new),
            outside=outside,
        )

    def undone(self, text: str) -> str | None:
        """Return a text without this step; None where the place was changed since."""
        return self._replaced(text, self.new, self.old, fingerprint(text) == self.after)

    def redone(self, text: str) -> str | None:
        """Return a text with this step made once more; None where the place was changed since."""
        return self._replaced(text, self.old, self.new, False)

    def _replaced(self, text: str, there: str, wanted: str, is_known: bool) -> str | None:
        if is_known and text[self.start : self.start + len(there)] == there:
            return text[: self.start] + wanted + text[self.start + len(there) :]
        around = f"{self.head}{there}{self.tail}"
        if text.count(around) != 1:
            return None
        return text.replace(around, f"{self.head}{wanted}{self.tail}")


def fingerprint(text: str) -> str:
    """Return what tells one text from another."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Journal:
    """The steps of an organisation. `done` are those that can be undone, `undone` those that can be made again."""

    def __init__(self, path: Path):
        self.path = path
        self.steps: list[Step] = []
        self.done: list[Step] = []
        self.undone: list[Step] = []
        for kind, step in _lines(path):
            self._take(kind, step)

    def add(self, step: Step) -> None:
        """Note a step."""
        self._write("step", asdict(step))
        self._take("step", step)

    def undo(self) -> Step:
        """Take the last step back, and return it."""
        self._write("undo", None)
        self._take("undo", None)
        return self.undone[-1]

    def redo(self) -> Step:
        """Make the last step that was taken back again, and return it."""
        self._write("redo", None)
        self._take("redo", None)
        return self.done[-1]

    def forget(self) -> None:
        """Remove all steps, with the words in them."""
        with contextlib.suppress(FileNotFoundError):
            self.path.unlink()
        self.steps, self.done, self.undone = [], [], []

    def _take(self, kind: str, step: Step | None) -> None:
        if step is not None:
            self.steps.append(step)
            if not step.outside:
                self.done.append(step)
                self.undone.clear()
        elif kind == "undo" and self.done:
            self.undone.append(self.done.pop())
        elif kind == "redo" and self.undone:
            self.done.append(self.undone.pop())

    def _write(self, kind: str, step: dict[str, Any] | None) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps({"kind": kind, **(step or {})}, ensure_ascii=False)
        begin = "\n" if _is_cut(self.path) else ""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{begin}{line}\n")
            file.flush()
            os.fsync(file.fileno())


def journal_of(workspace: Workspace, organisation: str) -> Path:
    """Return where the journal of an organisation is."""
    return workspace.output / ".edits" / f"{organisation}.jsonl"


def _is_cut(path: Path) -> bool:
    """Say whether the last line has no end, since its writer was killed."""
    try:
        with path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read() != b"\n"
    except OSError:
        return False


def _lines(path: Path) -> Iterator[tuple[str, Step | None]]:
    try:
        text = path.read_text("utf-8", "replace")
    except OSError:
        return
    for line in text.split("\n"):
        with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError):
            record = json.loads(line)
            kind = record.pop("kind")
            yield kind, Step(**record) if kind == "step" else None
