"""Open a funder's Word file (DOCX, DOTX) with care; the file itself is never written to."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

from report.forms.word import safety
from report.forms.word.form import Form, refusal
from report.values import Location, ReportError

MAX_PARTS, MAX_BYTES, MAX_RATIO = 4_000, 400_000_000, 300
"""More parts, more bytes unpacked, or a part that unpacks to more times its size is no form: refused unread."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED = (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, struct.error, zlib.error)  # fmt: skip


def open_form(path: Path) -> Form:
    """Read a form; raise `ReportError` with the reason where it is damaged, protected, unsafe or no Word form."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReportError.of("form.unreadable", f"cannot be read: {error.strerror}", Location(path)) from None
    return opened(path, content)


def opened(path: Path, content: bytes) -> Form:
    """Return the form that these bytes are; raise `ReportError` as `open_form` does.

    A filled form is opened again, too: what a tag writes into it may be a field that fetches, or a link that is followed.
    """
    if content.startswith(_OLE):
        hint = "open it in Word, remove the password (File, Info, Protect Document), and save it as .docx"
        raise refusal(path, "it is protected by a password, or in Word's old .doc format", hint)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = _entries(path, archive)
            parts = {name: archive.read(entry) for name, entry in entries.items()}
    except _DAMAGED as error:
        hint = "ask the funder for it again; a download may have broken off"
        raise refusal(path, f"it is damaged or no Word file: {error}", hint) from None
    form = Form(path, entries, parts)
    safety.check(form)
    return form


def _entries(path: Path, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MAX_PARTS or sum(i.file_size for i in infos) > MAX_BYTES:
        raise refusal(path, "it unpacks to more than any form needs (a “ZIP bomb”)")
    for info in infos:
        if info.flag_bits & 1:
            raise refusal(path, "it is encrypted", "ask the funder for a file without a password")
        if info.file_size > 1_000_000 and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise refusal(path, f"its part {info.filename} unpacks to {info.file_size:,} bytes (a “ZIP bomb”)")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refusal(path, f"its part {info.filename} is packed in a way that Word does not read")
        if info.filename.startswith(("/", "\\")) or ".." in info.filename.split("/"):
            raise refusal(path, f"its part {info.filename} would lie outside the package")
    entries = [info for info in infos if not info.is_dir()]
    if len(entries) != len({info.filename.lower() for info in entries}):
        raise refusal(path, "two of its parts have the same name")
    return {info.filename: info for info in entries}
