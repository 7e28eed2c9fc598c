"""A data file that is being edited: its text on the disk, and the text as it is to be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from report import files
from report.source.text import read_bytes, read_text
from report.values import ReportError

Stamp = tuple[int, int, int]
"""Time of the last change in nanoseconds, size in bytes, and number of a file."""


@dataclass
class OpenFile:
    """A file's name among the facts, its path, the text that was read or written last, and the text with what is not saved yet.

    A file that is not there has an empty text, and one that gets an empty text is removed.
    """

    name: str
    path: Path
    disk: str = ""
    text: str = ""
    stamp: Stamp | None = None

    @classmethod
    def read(cls, name: str, path: Path) -> OpenFile:
        """Read a file; raise `ReportError` where it is not UTF-8, or no file."""
        stamp = stamp_of(path)
        text = text_of(path) if stamp else ""
        return cls(name, path, text, text, stamp)

    @property
    def is_changed(self) -> bool:
        """Say whether there is something to save."""
        return self.text != self.disk

    def others_text(self) -> str | None:
        """Return the text that another program has written since; None where it has not."""
        stamp = stamp_of(self.path)
        if stamp == self.stamp:
            return None
        self.stamp = stamp
        text = text_of(self.path) if stamp else ""
        return text if text != self.disk else None

    def save(self) -> None:
        """Write the text whole or not at all, so that it is there after a loss of power; raise `ReportError` where it cannot be written."""
        text = self.text
        if text:
            files.replace(self.path, text.encode(), durable=True)
        else:  # it was not there before its first fact, which was taken back
            self.path.unlink(missing_ok=True)
        self.disk, self.stamp = text, stamp_of(self.path)


def stamp_of(path: Path) -> Stamp | None:
    """Return the stamp of a file, or None where there is none."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino


def text_of(path: Path) -> str:
    """Return a file's text with its line ends and its byte order mark; raise `ReportError` where it is not UTF-8."""
    try:
        return read_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        read_text(path)  # which says where
        raise ReportError.of("file.encoding", "the file is not UTF-8") from None
