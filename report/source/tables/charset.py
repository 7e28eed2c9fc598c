"""Which charset a text file is in: told by its bytes, since CSV does not say."""

from __future__ import annotations

import codecs
import dataclasses
import itertools
import re
import unicodedata
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

_CYRILLIC = ("cp1251", "iso8859_5", "koi8_r", "mac_cyrillic", "cp866", "cp1253")
_LATIN = ("cp1252", "cp1250", "iso8859_2", "mac_roman")
_LAST = ("cp1253", "iso8859_5", "iso8859_2", "mac_roman")
"""Taken only where the others make odder words, in this order."""
_NO_CHARSETS = ("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape")
"""Codecs of Python's that no file is written in."""
_WORD = re.compile(rb"[A-Za-z\x80-\xff]{2,}")
_ASCII = re.compile(rb"[A-Za-z]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]+")
_SPOKEN = re.compile(r"(?<!\w)[A-Za-z0-9_]*+[^\W\x00-\x7f]\w*")
_SYMBOLS = ("Sc", "Sk", "Sm", "So", "No", "Cc")
_LOOKED_AT = 4_000_000
"""So many bytes are looked at, from the first that is not ASCII."""
_SAMPLE = 200_000
"""So many bytes of words are tried in each charset."""


def decoded(path: Path, data: bytes, charset: str | None = None) -> tuple[str, tuple[Problem, ...]]:
    """Return a file's text, and a note where its charset was guessed; raise `ReportError` where it is in none."""
    if charset:
        return _as_told(path, data, charset), ()
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _as_told(path, data, name), ()
    if wide := _wide(data):
        return _as_told(path, data, wide), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _guessed(path, data)


def _as_told(path: Path, data: bytes, charset: str) -> str:
    try:
        if codecs.lookup(charset).name.replace("-", "_") in _NO_CHARSETS:
            raise LookupError
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
    """Return UTF-16 where no mark says so: every other byte of its spaces, digits and line ends is zero, as in no other text."""
    head = data[:2000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(data) % 2 or max(even, odd) < 2 or min(even, odd) > max(even, odd) / 20:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _guessed(path: Path, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Decide by whole words first: short texts look alike to statistics, but no Latin word is made of accents alone."""
    _refuse_mixed(path, data)
    whole = mixed = 0
    words = [word for word in _WORD.findall(_looked_at(data)) if not word.isascii()]
    for word in words:
        if _ASCII.search(word):
            mixed += len(word)
        else:
            whole += len(word)
    candidates = _CYRILLIC if whole > mixed else _LATIN
    sample = b" ".join(words)[:_SAMPLE]
    likely = {match.encoding: match.chaos for match in from_bytes(sample, cp_isolation=list(candidates))}

    def rank(name: str) -> tuple[int, int, float, int]:
        last = _LAST.index(name) + 1 if name in _LAST else 0
        return _odd(sample.decode(name, "replace")), last, likely.get(name, 1.0), candidates.index(name)

    for name in sorted(candidates, key=rank):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        spoken = dict.fromkeys(found[0] for found in itertools.islice(_SPOKEN.finditer(text), 50))
        such = ", ".join(f"“{word}”" for word in itertools.islice(spoken, 4))
        message = f"the file is not UTF-8; it is read as {_called(name)}" + (
            f", with such words as {such}" if such else ""
        )
        hint = "are letters wrong? say --charset, or save it as CSV UTF-8"
        return text, (Problem(Severity.WARNING, "table.charset", message, Location(path), hint),)
    message, hint = "the charset of the file is not clear", "save it as CSV UTF-8, or say --charset"
    raise ReportError.of("table.charset", message, Location(path), hint)


def _looked_at(data: bytes) -> bytes:
    """Return the part of a file that tells its charset."""
    first = _HIGH.search(data)
    begin = max(0, first.start() - _SAMPLE) if first else 0
    return data[begin : begin + _LOOKED_AT]


def _refuse_mixed(path: Path, data: bytes) -> None:
    """Raise `ReportError` for a file of which most is UTF-8: rows were pasted into it, and no one charset reads it right."""
    part = _looked_at(data)
    multibyte = _MULTIBYTE.findall(part)
    if len(multibyte) < 4 or sum(map(len, multibyte)) * 2 < sum(map(len, _HIGH.findall(part))):
        return
    try:
        _as_told(path, data, "utf-8")
    except ReportError as error:
        (problem,) = error.problems
        message = f"most of the file is UTF-8, but not here: {problem.message.rpartition(': ')[2]}"
        hint = "write the letters here again and save the file as CSV UTF-8: the row may come from a file of another charset"
        raise ReportError([dataclasses.replace(problem, message=message, hint=hint)]) from None


def _odd(text: str) -> int:
    """Return how often a capital follows a small letter, or a symbol stands before a letter: signs of a wrong charset."""
    return sum(
        after.isalpha() and (before.islower() and after.isupper() or unicodedata.category(before) in _SYMBOLS)
        or before in "¶¿" and after.islower()
        for before, after in itertools.pairwise(text)
    )  # fmt: skip


def _called(name: str) -> str:
    told = {
        "cp1251": "Windows-1251 (Cyrillic)",
        "cp1252": "Windows-1252 (Western)",
        "cp1250": "Windows-1250 (Central European)",
    }
    told |= {
        "cp1253": "Windows-1253 (Greek)",
        "mac_roman": "Mac Roman (Western)",
        "iso8859_2": "ISO 8859-2 (Central European)",
    }
    return told.get(name, name)
