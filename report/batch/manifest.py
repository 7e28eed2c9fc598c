"""The manifest of a batch: a line of JSON for each document, written and synced as it is finished.

Lines are only added. A job's last line counts; a line that a power cut left incomplete is skipped.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from report.cache import records
from report.values import Artifact, Job, Location, Problem, ReportError

NAME = "manifest.jsonl"
"""What the file is called, in the folder that is written to; a shard's is manifest-2-of-8.jsonl."""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of a document: its path below the output folder, and what shows that it is unchanged."""

    file: str
    format: str
    sha256: str
    pages: int | None
    bytes: int
    changed: int
    """When it was written, in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The result of a job. `key` is the fingerprint of its inputs, `choice` that of the options that request it, and `of` how
    many jobs these options give its organisation.

    `seconds` is elapsed time, `cpu` processor time; `memory` is the worker's peak so far, in bytes.
    """

    job: Job
    key: str
    choice: str
    of: int
    status: str
    files: tuple[WrittenFile, ...] = ()
    seconds: float = 0
    cpu: float = 0
    memory: int = 0
    worker: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def succeeded(self) -> bool:
        return self.status == "made"

    @property
    def changed(self) -> int:
        """Return when its last file was written, in nanoseconds; 0 where it has none."""
        return max((file.changed for file in self.files), default=0)


def written_file(artifact: Artifact, output: Path) -> WrittenFile:
    """Return what the manifest says of a file."""
    state, name = artifact.path.stat(), artifact.path.relative_to(output).as_posix()
    return WrittenFile(name, artifact.format, artifact.sha256, artifact.pages, state.st_size, state.st_mtime_ns)


def intact(entry: Entry, output: Path) -> bool:
    """Say whether all files of an entry are unchanged; the bytes are read only where the date differs."""
    if not set(entry.job.formats) <= {file.format for file in entry.files}:
        return False
    return all(_unchanged(output / file.file, file) for file in entry.files)


def _unchanged(path: Path, file: WrittenFile) -> bool:
    try:
        state = path.stat()
        if (state.st_size, state.st_mtime_ns) == (file.bytes, file.changed):
            return True
        return state.st_size == file.bytes and hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256
    except OSError:
        return False


class Manifest:
    """The manifest of a folder, open for appending. The files of other shards in the same folder are only read."""

    def __init__(self, output: Path, shard: tuple[int, int] | None = None):
        self._output = output
        self.path = output / (NAME if shard is None else f"manifest-{shard[0]}-of-{shard[1]}.jsonl")
        self._file: IO[bytes] | None = None
        self._run: Mapping[str, Any] = {}

    def entries(self) -> dict[Job, Entry]:
        """Return the last entry of each job: of those in different files, the one whose document was written last."""
        last: dict[Job, Entry] = {}
        others = sorted(p for p in self._output.glob("manifest*.jsonl") if p != self.path)
        for path in (*others, self.path):
            own = {entry.job: entry for line in _read(path) if "job" in line and (entry := _entry(line))}
            last |= {job: entry for job, entry in own.items() if job not in last or entry.changed >= last[job].changed}
        return last

    def forced(self) -> dict[Job, Entry]:
        """Return the last entry of each job since the last ``--force`` run began; runs that resumed it count."""
        last: dict[Job, Entry] = {}
        for line in _read(self.path):
            if (run := line.get("run")) and run.get("anew") and not run.get("resumed"):
                last.clear()
            elif "job" in line and (entry := _entry(line)):
                last[entry.job] = entry
        return last

    def options(self) -> Mapping[str, Any] | None:
        """Return the options of the last run that wrote to this very file."""
        runs = [run for line in _read(self.path) if isinstance(run := line.get("run"), dict)]
        return runs[-1] if runs else None

    def begin(self, options: Mapping[str, Any]) -> None:
        """Add a line for a run that begins; raise `ReportError` where the folder cannot be written to."""
        self._add(run := {"run": dict(options)})
        self._run = run

    def add(self, entry: Entry) -> None:
        """Add a line and wait until it is on the disk; raise `ReportError` where it cannot be written."""
        self._add(dataclasses.asdict(entry) | {"problems": [records.problem_record(p) for p in entry.problems]})

    def _add(self, values: Mapping[str, Any]) -> None:
        line = json.dumps(values, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
        try:
            if self._file is None or not self._in_place(self._file):
                self._file = self._opened()
            self._file.write(line)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            message = f"cannot be written: {error.strerror}"
            hint = "free some disk space, or choose another folder with -o DIR"
            raise ReportError.of("output.write", message, Location(self.path), hint) from None

    def _opened(self) -> IO[bytes]:
        """Open the file for appending: a new one where somebody removed it, or the whole folder, during the run."""
        self.close()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        incomplete = self.path.is_file() and self.path.read_bytes()[-1:] not in (b"", b"\n")
        file = self.path.open("ab")
        if incomplete:
            file.write(b"\n")
        elif not self.path.stat().st_size and self._run:
            file.write(json.dumps(self._run, ensure_ascii=False).encode() + b"\n")
        return file

    def _in_place(self, file: IO[bytes]) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self.path.stat())
        except OSError:
            return False

    def close(self) -> None:
        if self._file:
            with contextlib.suppress(OSError):  # reported when the line was added
                self._file.close()
            self._file = None


def _read(path: Path) -> Iterator[dict[str, Any]]:
    try:
        content = path.read_bytes() if path.is_file() else b""
    except OSError:
        return
    for line in content.splitlines():
        try:
            values = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(values, dict):
            yield values


def _entry(line: dict[str, Any]) -> Entry | None:
    """Return the entry of a line, or None for a line that this program has not written."""
    try:
        job = Job(**{**line["job"], "formats": tuple(line["job"]["formats"])})
        files = tuple(WrittenFile(**file) for file in line["files"])
        texts = [*job.formats, job.organisation, job.document, job.language, job.edition]
        texts += [text for file in files for text in (file.file, file.format)]
        if not all(isinstance(text, str) for text in texts) or any("\0" in file.file for file in files):
            return None
        for file in files:
            os.fsencode(file.file)  # raises where no file can have this name
        problems = tuple(records.problem(problem) for problem in line["problems"])
        return Entry(**{**line, "job": job, "files": files, "problems": problems})
    except (KeyError, TypeError, ValueError):
        return None
