"""Read a data file as text, or say why it cannot be one."""

from __future__ import annotations

import errno
import re
from collections.abc import Sequence
from pathlib import Path

from report.source.limits import MAX_BYTES
from report.values import Location, Problem, ReportError, Severity

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 (2.2) cannot carry, and DEL: neither Word nor PDF text may hold them."""

LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line in YAML 1.1 (4.2)."""


def at(path: Path, lines: Sequence[str], line: int, column: int, key: str | None = None) -> Location:
    """Return the location of a line and column that count from 0."""
    excerpt = lines[line].rstrip("\r") if line < len(lines) else None
    return Location(path, line + 1, column + 1, key, excerpt)


def fault(code: str, message: str, location: Location, hint: str | None = None) -> Problem:
    """Return an error at a location."""
    return Problem(Severity.ERROR, code, message, location, hint)


def read_text(path: Path) -> str:
    """Return the file's text without a byte order mark; raise `ReportError` where it is not a readable UTF-8 file."""
    data = read_bytes(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReportError([_not_utf8(path, data, error)]) from None


def read_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """Return a file's bytes; raise `ReportError` where it is no ordinary file, may not be read, or has more than `most`."""
    where = Location(path)
    try:
        if path.is_dir():
            raise ReportError.of(
                "file.folder",
                "this is a folder; a file is expected",
                where,
                "put the facts into a file of this name",
            )
        if not path.is_file() and path.exists():
            raise ReportError.of("file.kind", "this is not an ordinary file", where)
        size = path.stat().st_size
        if size > most:
            raise ReportError.of(
                "file.size",
                f"the file has {size:,} bytes; the most is {most:,}",
                where,
                "split it, or move pictures out of it",
            )
        return path.read_bytes()
    except OSError as error:
        raise ReportError.of("file.unreadable", _reason(error), where) from None


def _reason(error: OSError) -> str:
    reasons = {
        errno.ENOENT: "the file does not exist",
        errno.EACCES: "the file cannot be read: permission denied",
        errno.ELOOP: "the file is a link to itself",
    }
    return reasons.get(error.errno or 0, f"the file cannot be read: {error.strerror}")


def _not_utf8(path: Path, data: bytes, error: UnicodeDecodeError) -> Problem:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return fault(
            "file.encoding",
            "the file is UTF-16, not UTF-8",
            Location(path, 1, 1),
            "save it again with the encoding UTF-8",
        )
    before = data[: error.start].decode("utf-8", "replace")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    rest = data[error.start : error.start + 60].split(b"\n")[0]
    guess = rest.decode("cp1251", "replace")
    return fault(
        "file.encoding",
        f"the file is not UTF-8: byte 0x{data[error.start]:02x}",
        Location(path, line, column, excerpt=before[before.rfind("\n") + 1 :] + guess),
        "save it again with the encoding UTF-8 (in Notepad: Save as, Encoding)",
    )
