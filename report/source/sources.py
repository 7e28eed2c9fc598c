"""Where data files are read: from the disk, or with texts that are typed and not saved yet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from report.source.sourcefile import SourceFile
from report.source.yamlfile import parse, read, read_shared


class Sources:
    """Data files as they are on the disk."""

    def exists(self, path: Path) -> bool:
        """Say whether there is something of that name, a broken link included."""
        return path.exists() or path.is_symlink()

    def read(self, path: Path) -> SourceFile:
        """Read a file; raise `ReportError` where it cannot be read."""
        return read(path)

    def read_shared(self, path: Path) -> SourceFile:
        """Read a file that many organisations share, once per process unless it changes."""
        return read_shared(path)


DISK = Sources()


class Unsaved(Sources):
    """Data files of which some have a text that is typed and not saved yet. Each is read once, unless it changes."""

    def __init__(self) -> None:
        self._texts: Mapping[Path, str] = {}
        self._files: dict[Path, SourceFile] = {}

    def take(self, texts: Mapping[Path, str]) -> None:
        """Let these texts stand for what their files have on the disk, an empty one for no file; all others are as they are there."""
        self._texts = texts

    def exists(self, path: Path) -> bool:
        return self._texts[path] != "" if path in self._texts else super().exists(path)

    def read(self, path: Path) -> SourceFile:
        if path not in self._texts:
            return read_shared(path)
        text, before = self._texts[path], self._files.get(path)
        if before is None or before.text != text:
            before = self._files[path] = parse(path, text)
        return before

    read_shared = read
