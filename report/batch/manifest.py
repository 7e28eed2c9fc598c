"""The manifest of a batch: a line of JSON for each document, written and synced as it is finished.

Lines are only added. A job's last line counts; a line that a power cut tore in two is passed over.
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
from report.values import Artifact, Job, Location, Problem, ReportError, Severity

NAME = "manifest.jsonl"
"""What the file is called, in the folder that is written to; a shard's is manifest-2-of-8.jsonl."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made: its path below the output folder, and what tells that it is still the same."""

    file: str
    format: str
    sha256: str
    pages: int | None
    bytes: int
    changed: int
    """When it was written, in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of a job. `key` is the fingerprint of what it was made from, `choice` that of the options that ask for
    it, and `of` how many jobs these are for its organisation.

    `seconds` is time on the clock, `cpu` of the processor; `memory` is the worker's peak so far, in bytes.
    """

    job: Job
    key: str
    choice: str
    of: int
    status: str
    files: tuple[Made, ...] = ()
    seconds: float = 0
    cpu: float = 0
    memory: int = 0
    worker: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def made(self) -> bool:
        return self.status == "made"

    @property
    def changed(self) -> int:
        """Return when its last file was written, in nanoseconds; 0 where it has none."""
        return max((made.changed for made in self.files), default=0)


def failed(job: Job, code: str, message: str, hint: str | None = None, location: Location | None = None) -> Entry:
    """Return an entry of a job that came to nothing for one reason."""
    return Entry(job, "", "", 0, "failed", problems=(Problem(Severity.ERROR, code, message, location, hint),))


def made_file(path: Path, output: Path, artifact: Artifact) -> Made:
    """Return what is noted of a file."""
    state = path.stat()
    name = path.relative_to(output).as_posix()
    return Made(name, artifact.format, artifact.sha256, artifact.pages, state.st_size, state.st_mtime_ns)


def intact(entry: Entry, output: Path) -> bool:
    """Say whether all files of an entry are there as they were made; the bytes are read only where the date is another."""
    if not set(entry.job.formats) <= {made.format for made in entry.files}:
        return False
    return all(_same(output / made.file, made) for made in entry.files)


def _same(path: Path, made: Made) -> bool:
    try:
        state = path.stat()
        if (state.st_size, state.st_mtime_ns) == (made.bytes, made.changed):
            return True
        return state.st_size == made.bytes and hashlib.sha256(path.read_bytes()).hexdigest() == made.sha256
    except OSError:
        return False


class Manifest:
    """The manifest of a folder, open for adding. Other shards' files in the same folder are read, and never written."""

    def __init__(self, output: Path, shard: tuple[int, int] | None = None):
        self._output = output
        self._path = output / (NAME if shard is None else f"manifest-{shard[0]}-of-{shard[1]}.jsonl")
        self._file: IO[bytes] | None = None
        self._run: Mapping[str, Any] = {}

    @property
    def path(self) -> Path:
        return self._path

    def entries(self) -> dict[Job, Entry]:
        """Return the last entry of each job: of those in different files, the one whose document was written last."""
        found: dict[Job, Entry] = {}
        others = sorted(p for p in self._output.glob("manifest*.jsonl") if p != self._path)
        for path in (*others, self._path):
            own = {entry.job: entry for told in _read(path) if "job" in told and (entry := _entry(told))}
            found |= {
                job: entry for job, entry in own.items() if job not in found or entry.changed >= found[job].changed
            }
        return found

    def made_anew(self) -> dict[Job, Entry]:
        """Return the last entry of each job since the last run that made all anew began; runs that took it up count."""
        found: dict[Job, Entry] = {}
        for told in _read(self._path):
            if (run := told.get("run")) and run.get("anew") and not run.get("resumed"):
                found.clear()
            elif "job" in told and (entry := _entry(told)):
                found[entry.job] = entry
        return found

    def options(self) -> Mapping[str, Any] | None:
        """Return the options of the last run that wrote to this very file."""
        found = None
        for told in _read(self._path):
            if isinstance(run := told.get("run"), dict):
                found = run
        return found

    def begin(self, options: Mapping[str, Any]) -> None:
        """Note that a run begins; raise `ReportError` where the folder cannot be written to."""
        told = {"run": dict(options)}
        self._add(told)
        self._run = told

    def add(self, entry: Entry) -> None:
        """Add a line, and see it on the disk before going on; raise `ReportError` where it cannot be written."""
        told = dataclasses.asdict(entry) | {"problems": [records.told(p) for p in entry.problems]}
        self._add(told)

    def _add(self, told: Mapping[str, Any]) -> None:
        line = json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
        try:
            if self._file is None or not self._in_place(self._file):
                self._file = self._opened()
            self._file.write(line)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            message, hint = (
                f"cannot be written: {error.strerror}",
                "free some disk space, or choose another folder with -o DIR",
            )
            raise ReportError.of("output.write", message, Location(self._path), hint) from None

    def _opened(self) -> IO[bytes]:
        """Open the file for adding: anew where somebody removed it, or the whole folder, while the work goes on."""
        self.close()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        torn = self._path.is_file() and self._path.read_bytes()[-1:] not in (b"", b"\n")
        file = self._path.open("ab")
        if torn:
            file.write(b"\n")
        elif not self._path.stat().st_size and self._run:
            file.write(json.dumps(self._run, ensure_ascii=False).encode() + b"\n")
        return file

    def _in_place(self, file: IO[bytes]) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self._path.stat())
        except OSError:
            return False

    def close(self) -> None:
        if self._file:
            with contextlib.suppress(OSError):  # told when the line was added
                self._file.close()
            self._file = None


def _read(path: Path) -> Iterator[dict[str, Any]]:
    try:
        content = path.read_bytes() if path.is_file() else b""
    except OSError:
        return
    for line in content.splitlines():
        try:
            told = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(told, dict):
            yield told


def _entry(told: dict[str, Any]) -> Entry | None:
    try:
        job = Job(**{**told["job"], "formats": tuple(told["job"]["formats"])})
        files = tuple(Made(**made) for made in told["files"])
        texts = (*job.formats, job.organisation, job.document, job.language, job.edition)
        if not all(
            isinstance(text, str) for text in (*texts, *(text for made in files for text in (made.file, made.format)))
        ):
            return None
        for made in files:
            os.fsencode(made.file)  # raises where no file can be called so
            if "\0" in made.file:
                return None
        problems = tuple(records.problem(problem) for problem in told["problems"])
        return Entry(**{**told, "job": job, "files": files, "problems": problems})
    except (KeyError, TypeError, ValueError):
        return None
