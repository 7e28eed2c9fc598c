"""Spoil texts, bytes and archives by chance; the same seed spoils in the same way."""

from __future__ import annotations

import io
import random
import zipfile
import zlib

WORDS = (
    "", " ", "null", "~", "no", "yes", "0", "-1", "1e999", "99999999999999999999", "0x1f", "2026-13-45", "'", '"', "''", '"\\"', "{", "}", "[", "]",
    "{{", "}}", "{%", "%}", "{#", "&a", "*a", "!!python/object:os.system x", "!!binary AAAA", "<<: *a", "|", ">", "|-", "#", "%", "@", "`", "- ", ": ", "? ",
    "\t", "\u00a0", "\u200b", "\u202e", "\ufeff", "\x00", "\x01", "\x7f", "\ud7ff", "\U0001f600", "é", "е́", "שלום", "a" * 3000, "../../etc/passwd", "/dev/zero",
    "file:///etc/passwd", "http://host.invalid/", "data:,x", "=1+1", "=cmd|' /C calc'!A0", "#REF!", "&lt;", "<b>", "</w:t>", "]]>", "<!DOCTYPE x>", "&x;",
    "{{ 7 * 7 }}", "{{ x }}", "{% if %}", "{% for a in b %}", "{{ organisation }}", "{{ organisation.name|nosuch }}", "{{ (1e400)|money('EUR') }}", "{{ [] }}",
    "{{ ''|first }}", "{{ none + 1 }}", "{{ 'x'|date }}", "{{ 1|text }}", "{{ {}['a'] }}", "{{ organisation.name|text|int / 0 }}", "{% include 'x' %}",
    "<img src='x' alt='y'>", "<td colspan='999999999'>", "<table>", "<h6>x</h6>", "<a href='#nowhere'>x</a>", "<p style='x'>", "<svg>", "<script>", "<!--", "-->",
)  # fmt: skip


def text(chance: random.Random, source: str) -> str:
    """Return a text with a few lines left out, doubled, moved, or with an odd word in them."""
    lines = source.split("\n")
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        place = chance.randrange(len(lines))
        line = lines[place]
        match chance.randrange(8):
            case 0:
                del lines[place : place + chance.choice((1, 1, 3))]
            case 1:
                lines.insert(place, line)
            case 2:
                lines[place] = " " * chance.randrange(6) + line.lstrip()
            case 3:
                key, colon, _ = line.partition(":")
                lines[place] = f"{key}{colon} {chance.choice(WORDS)}"
            case 4:
                at = chance.randrange(len(line) + 1)
                lines[place] = line[:at] + chance.choice(WORDS) + line[at:]
            case 5:
                at = chance.randrange(len(line) + 1)
                lines[place] = line[:at] + line[at + chance.choice((1, 1, 5)) :]
            case 6:
                lines[place] = chance.choice(WORDS)
            case _:
                lines.insert(chance.randrange(len(lines)), line)
        lines = lines or [""]
    return "\n".join(lines)


def data(chance: random.Random, source: bytes) -> bytes:
    """Return bytes with a few changed, left out, doubled, or cut off."""
    content = bytearray(source)
    for _ in range(chance.choice((1, 1, 2, 8))):
        if not content:
            return b""
        at = chance.randrange(len(content))
        match chance.randrange(6):
            case 0:
                content[at] = chance.randrange(256)
            case 1:
                content[at] ^= 1 << chance.randrange(8)
            case 2:
                del content[at : at + chance.choice((1, 4, 100, 5000))]
            case 3:
                content[at:at] = content[at : at + chance.choice((1, 50, 1000))]
            case 4:
                content[at:at] = chance.choice(WORDS).encode("utf-8", "surrogatepass")
            case _:
                number = chance.choice((b"-1", b"0", b"99999999999", b"1e30", b"2147483648"))
                content[at : at + len(number)] = number
    return bytes(content[: chance.randrange(len(content) + 1)] if chance.random() < 0.05 else content)


def archive(chance: random.Random, source: bytes) -> bytes:
    """Return a ZIP archive with one of its parts spoiled, left out or doubled; sometimes the archive itself is spoiled."""
    if chance.random() < 0.15:
        return data(chance, source)
    with zipfile.ZipFile(io.BytesIO(source)) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    name = chance.choice(list(parts))
    match chance.randrange(6):
        case 0:
            del parts[name]
        case 1:
            parts[f"{name}.xml"] = parts[name]
        case 2:
            parts[name] = data(chance, parts[name])
        case _:
            parts[name] = xml(chance, parts[name])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part, content in parts.items():
            after.writestr(part, content)
    return out.getvalue()


def xml(chance: random.Random, source: bytes) -> bytes:
    """Return XML with an element, an attribute or a text changed; mostly it is still XML."""
    pieces = source.split(b"<")
    place = chance.randrange(len(pieces))
    piece = pieces[place]
    match chance.randrange(5):
        case 0:
            del pieces[place]
        case 1:
            pieces.insert(place, piece)
        case 2:
            head, end, _ = piece.partition(b">")
            word = chance.choice(WORDS).replace("&", "&amp;").replace("<", "&lt;")
            pieces[place] = head + end + word.encode("utf-8", "surrogatepass")
        case 3:
            head, quote, rest = piece.partition(b'="')
            pieces[place] = (
                head
                + quote
                + chance.choice((b"", b"-1", b"99999999999", b"x", b"rId1", b"0"))
                + b'"'
                + rest.partition(b'"')[2]
            )
        case _:
            other = chance.randrange(len(pieces))
            pieces[place], pieces[other] = pieces[other], piece
    return b"<".join(pieces)


def pdf(chance: random.Random, source: bytes) -> bytes:
    """Return a PDF with spoiled bytes, or with words of its objects and streams changed and its streams packed again."""
    if chance.random() < 0.3:
        return data(chance, source)
    pieces = source.split(b"stream\n")
    place = chance.randrange(len(pieces))
    piece = pieces[place]
    body, end, rest = piece.partition(b"\nendstream")
    try:
        content = zlib.decompress(body)
        pieces[place] = zlib.compress(data(chance, content)) + end + rest
    except zlib.error:
        words = piece.split(b" ")
        words[chance.randrange(len(words))] = chance.choice(
            (b"null", b"-1", b"0", b"99999999999", b"/X", b"[", b"<<", b"1 0 R", b"(x)", b"true")
        )
        pieces[place] = b" ".join(words)
    return b"stream\n".join(pieces)
