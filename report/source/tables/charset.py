"""Which charset a text file is in: told by its bytes, since CSV does not say."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from charset_normalizer import from_bytes

from report.source.text import at
from report.values import Location, Problem, ReportError, Severity

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; UTF-32's begins like UTF-16's."""

_CYRILLIC = ("cp1251", "iso8859_5", "koi8_r", "mac_cyrillic", "cp866")
_LATIN = ("cp1252", "cp1250")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]{2,}")
_ASCII = re.compile(rb"[A-Za-z]")
_SAMPLE = 200_000
"""So many bytes with words in them are looked at."""


def decoded(path: Path, data: bytes, charset: str | None = None) -> tuple[str, tuple[Problem, ...]]:
    """Return a file's text, and a note where its charset was guessed; raise `ReportError` where it is in none."""
    if charset:
        return _as_told(path, data, charset), ()
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _as_told(path, data, name), ()
    if name := _wide(data):
        return _as_told(path, data, name), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _guessed(path, data)


def _as_told(path: Path, data: bytes, charset: str) -> str:
    try:
        return data.decode(charset).removeprefix("\ufeff")
    except LookupError:
        hint = "write utf-8, cp1251, cp1252 or another that Python knows"
        raise ReportError.of("table.charset", f"there is no charset '{charset}'", Location(path), hint) from None
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(charset, "replace")
        line = before.count("\n")
        column = len(before) - (before.rfind("\n") + 1)
        where = at(path, before.split("\n"), line, column)
        message = f"the file is not {charset}: byte 0x{data[error.start]:02x}"
        raise ReportError.of(
            "table.charset", message, where, "save it as CSV UTF-8, or say another --charset"
        ) from None


def _wide(data: bytes) -> str | None:
    """Return UTF-16 where every other byte of a beginning in Latin letters is zero and no mark says so."""
    head = data[:200]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) / 5:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _guessed(path: Path, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Decide by whole words first: short texts look alike to statistics, but no Latin word is made of accents alone."""
    whole = mixed = 0
    words = [word for word in _WORD.findall(data) if not word.isascii()]
    for word in words:
        if _ASCII.search(word):
            mixed += len(word)
        else:
            whole += len(word)
    candidates = _CYRILLIC if whole > mixed else _LATIN
    sample = b" ".join(words)[:_SAMPLE]
    likely = {match.encoding: match.chaos for match in from_bytes(sample, cp_isolation=list(candidates))}
    order = sorted(candidates, key=lambda name: (likely.get(name, 1.0), candidates.index(name)))
    for name in order:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        message = f"the file is not UTF-8; it is read as {_called(name)}"
        hint = "are letters wrong? say --charset, or save it as CSV UTF-8"
        return text, (Problem(Severity.NOTE, "table.charset", message, Location(path), hint),)
    message, hint = "the charset of the file cannot be told", "save it as CSV UTF-8, or say --charset"
    raise ReportError.of("table.charset", message, Location(path), hint)


def _called(name: str) -> str:
    return {"cp1251": "Windows-1251 (Cyrillic)", "cp1252": "Windows-1252 (Western)"}.get(name, name)
