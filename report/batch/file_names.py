"""The names of a batch's files: a pattern by which no two documents may have the same file."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from pathlib import Path, PurePath, PureWindowsPath

from report.batch.manifest import Entry
from report.formats import FORMATS
from report.values import Job, UsageError
from report.workspace import NAMING, RESERVED

FIELDS = ("organisation", "document", "language", "edition")
"""The fields of a pattern."""
MOST = 200
"""Bytes of the name of a folder or file: file systems allow 255, and a temporary file's name is longer."""

_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
"""What Windows allows in no file name, in a shared folder or an archive."""


def pattern(value: str | None) -> str:
    """Return a pattern of file names, the default for None; raise `UsageError` for one that is unusable."""
    if not value:
        return NAMING
    try:
        parts = [part for part in string.Formatter().parse(value) if part[1] is not None]
        plain = all(not spec and conversion is None for _, _, spec, conversion in parts)
        known = plain and {name for _, name, _, _ in parts} <= set(FIELDS)
        sample = value.format_map(dict.fromkeys(FIELDS, "x")) if known else ""
    except (ValueError, KeyError, IndexError, AttributeError):
        sample = ""
    path, windows = PurePath(sample), PureWindowsPath(sample)
    outside = path.is_absolute() or windows.drive or windows.root or "\0" in sample or sample.endswith(("/", "\\"))
    if not path.name or outside or any(part.startswith(".") for part in (*path.parts, *windows.parts)):
        fields = ", ".join(f"{{{name}}}" for name in FIELDS)
        hint = f"write a path below the output folder, with no name that begins with a dot, made of {fields}"
        raise UsageError.of("batch.naming", f"'{value}' is not a usable file name", hint=hint)
    if wrong := _not_portable(path):
        raise UsageError.of("batch.naming", f"'{value}' is not a usable file name: {wrong[0]}", hint=wrong[1])
    return value


def _not_portable(sample: PurePath) -> tuple[str, str] | None:
    """Return what is wrong with a name on other systems, or with its extension, and what to do."""
    if forbidden := _FORBIDDEN.search(str(sample)):
        sign = forbidden.group()
        shown = f"'{sign}'" if sign.isprintable() else f"U+{ord(sign):04X}"
        hint = "write / between folders" if sign == "\\" else "leave it out"
        return f"Windows allows no {shown} in file names", hint
    for part in sample.parts:
        if RESERVED.fullmatch(part):
            return f"Windows reserves '{part}' for a device", "choose another word"
        if part != part.strip() or part.endswith("."):
            return f"on Windows '{part}' cannot end with a space or dot", "remove it"
    ending = sample.suffix.removeprefix(".").lower()
    if ending in FORMATS:
        fault = f"the extension of each format is added to it, and '.{ending}' would appear twice"
        return fault, "leave out the extension"
    return None


def check(files: Iterable[tuple[Job, str]], entries: Iterable[Entry], output: Path) -> None:
    """Raise `UsageError` where a document would be written to the file of another, in this run or from an earlier one.

    `files` are paths below the `output` folder. File systems may treat capitals and small letters alike.
    """
    owners: dict[str, Job] = {}
    before = {f.file.casefold(): (entry.job, f.file) for entry in entries if entry.succeeded for f in entry.files}
    for job, path in files:
        _require_same(owners.setdefault(path.casefold(), job), job, path)
        _require_short(path)
        other, file = before.get(path.casefold(), (job, path))
        if other is not job and (output / file).exists():
            _require_same(other, job, path, f"; or delete {file}, if it is no longer wanted")


def _require_same(other: Job, job: Job, path: str, alternative: str = "") -> None:
    if _identity(other) != _identity(job):
        both = " and ".join("/".join(part for part in _identity(one) if part) for one in (other, job))
        hint = f"name them by {{organisation}}, {{document}}, {{language}} and {{edition}}{alternative}"
        raise UsageError.of("batch.naming", f"{both} would both be written to {path}", hint=hint)


def _identity(job: Job) -> tuple[str, str, str, str]:
    return job.organisation, job.document, job.language, job.edition


def _require_short(path: str) -> None:
    longest = max(path.split("/"), key=lambda part: len(part.encode()))
    if len(longest.encode()) > MOST:
        hint = f"at most {MOST} bytes are allowed; put {{organisation}}/ before the name instead of into it"
        raise UsageError.of("batch.naming", f"'{longest}' is too long for a file name", hint=hint)
