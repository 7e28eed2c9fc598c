"""A content stream as operators with their operands (ISO 32000-1, 7.8.2), one at a time: only the bytes are in memory.

Numbers are floats, names are strings without their slash, strings are bytes. What is no PDF is skipped, as readers do.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Iterator
from typing import Any

_TOKEN = re.compile(
    rb"[\0\s]*+(?:%[^\r\n]*+[\0\s]*+)*+(?:"
    rb"([+-]{0,4}\d{1,99}\.?\d{0,99}(?:-\d{0,99})?|[+-]{0,4}\.\d{1,99})"  # 1 number
    rb"|/([^\0\s()<>\[\]{}/%]{0,999})"  # 2 name
    rb"|([A-Za-z'\"][A-Za-z0-9'\"*]{0,99})"  # 3 operator
    rb"|\(([^()\\\r]*+)\)"  # 4 simple string
    rb"|<([0-9A-Fa-f\0\s]*+)>"  # 5 hexadecimal string
    rb"|(\[|<<)|(\]|>>)"  # 6, 7 brackets
    rb"|(\()"  # 8 any other string
    rb"|([^\0\s]))"  # 9 what is none of these
)
_SHOWN = re.compile(
    rb"((?:[ \r\n\t]*+(?:<(?:[0-9A-Fa-f]{2})*+>|\([^()\\\r]*+\)|[+-]?+(?:\d{1,20}+(?:\.\d{0,20}+)?+|\.\d{1,20}+)(?![\d.])))"
    rb"{0,5000}+)[ \r\n\t]*+\]"
)
"""The rest of an array of strings and numbers, as text is shown; it is read at once, too."""
_ENTRY = re.compile(rb"<([^>]*+)>|\(([^)]*+)\)|([+-]?[\d.]+)")
_BRACKET = re.compile(rb"\\[\s\S]|[()]")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|[\s\S])")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_WORDS = {b"true": True, b"false": False, b"null": None}
_END = re.compile(rb"[\0\s]EI(?=[\0\s]|$)")
_OPERANDS = 64
"""More operands than any operator takes (DeviceN: 32) are dropped."""
_ENTRIES = 50_000
"""The most entries of an array."""
_BRACKETS = 10_000
"""A string has no more brackets and escapes in it."""
_PART = 64
"""After so many tokens without an operator an empty one is yielded."""


def operations(data: bytes) -> Iterator[tuple[str, list[Any]]]:
    """Yield each operator with its operands; an inline image is ``BI`` with its dictionary and its bytes.

    An operator without a name says how many tokens passed since the last one, so that the reader can stop.
    """
    operands: list[Any] = []
    nested: list[list[Any]] = []
    passed = position = 0
    inline = False
    while match := _TOKEN.match(data, position):
        position = match.end()
        passed += 1
        if passed > _PART:
            yield "", [passed]
            passed = 0
        kind = match.lastindex or 0
        token = match.group(kind)
        if kind == 1:
            operands.append(number(token))
        elif kind == 3 and token not in _WORDS:
            if nested:
                operands, nested = nested[0], []  # a bracket that was never closed
            if token == b"ID" and inline:  # the image's bytes follow, until EI (8.9.7)
                end = _END.search(data, position + 1)
                stop, after = end.span() if end else (len(data), len(data))
                yield "BI", [_dictionary(operands), data[position + 1 : stop]]
                position = after
            elif token != b"BI":
                yield token.decode("latin-1"), operands
            inline = token == b"BI"
            operands, passed = [], 0
        elif kind == 4:
            operands.append(token)
        elif kind == 2:
            operands.append(_name(token))
        elif kind == 5:
            operands.append(_hexadecimal(token))
        elif kind == 6:
            if not nested and token == b"[" and (shown := _SHOWN.match(data, position)):
                entries = _ENTRY.findall(shown.group(1))
                operands.append([unhexlify(h) if h else float(n) if n else text for h, text, n in entries])
                position = shown.end()
                passed += len(entries)
            elif len(nested) < 16:
                nested.append(operands)
                operands = []
        elif kind == 7 and nested:
            inner, operands = operands, nested.pop()
            operands.append(inner if token == b"]" else _dictionary(inner))
        elif kind == 8:
            text, position, brackets = _string(data, position)
            operands.append(text)
            passed += brackets
        elif kind == 3:
            operands.append(_WORDS[token])
        if len(operands) > (_ENTRIES if nested else _OPERANDS):
            del operands[:-_OPERANDS]


def _dictionary(parts: list[Any]) -> dict[str, Any]:
    """Return names and values in turn as a dictionary; an empty one where a name is none."""
    keys = parts[::2]
    return dict(zip(keys, parts[1::2], strict=False)) if all(isinstance(key, str) for key in keys) else {}


def number(text: bytes) -> float:
    """Return the number that bytes stand for, as tolerant as readers are; 0 where there is none."""
    try:
        return float(text)
    except ValueError:
        digits = re.match(rb"-?\d*\.?\d*", text.lstrip(b"+-"))
        try:
            return float(digits.group() if digits else 0) * (-1 if text.startswith(b"-") else 1)
        except ValueError:
            return 0.0


def _name(text: bytes) -> str:
    if b"#" in text:
        text = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m.group(1), 16)]), text)
    return text.decode("utf-8", "replace")


def _hexadecimal(text: bytes) -> bytes:
    digits = b"".join(text.replace(b"\0", b"").split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _string(data: bytes, start: int) -> tuple[bytes, int, int]:
    """Return a string with brackets or escapes in it, where it ends, and how many of these it has."""
    depth, count = 1, 0
    for match in _BRACKET.finditer(data, start):
        count += 1
        if match.group() == b"(":
            depth += 1
        elif match.group() == b")":
            depth -= 1
        if not depth or count > _BRACKETS:
            return _ESCAPE.sub(_unescaped, data[start : match.start()]), match.end(), count
    return b"", len(data), count


def _unescaped(match: re.Match[bytes]) -> bytes:
    text = match.group(1)
    return bytes([int(text, 8) & 255]) if text[:1].isdigit() and text[:1] < b"8" else _ESCAPED.get(text, text)
