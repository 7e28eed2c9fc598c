"""A workbook as a ZIP archive, opened with care: no password, no bomb, no entity, no part whose size is a lie."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from lxml import etree

from report.source.tables.limits import MAX_RATIO, MAX_UNPACKED
from report.values import Location, ReportError

CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How compound files begin: old .xls workbooks, and those with a password (MS-CFB 2.2)."""
ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip
"""What Python's zipfile raises for archives that are damaged."""
SAVE = "open it and save it as an Excel workbook (.xlsx)"
_WITHOUT = "save it without a password"


def refuse_compound(path: Path, data: bytes) -> None:
    """Raise `ReportError` for a workbook with a password and for an old one."""
    if _ENCRYPTED in data:
        raise ReportError.of("table.password", "the workbook has a password", Location(path), _WITHOUT)
    message = "this is an old Excel workbook (.xls), which does not tell errors and formulas reliably"
    raise ReportError.of("table.xls", message, Location(path), SAVE)


def opened(path: Path, data: bytes) -> zipfile.ZipFile:
    """Return the archive once every part was unpacked as a trial; raise `ReportError` where it is none or a bomb."""
    where = Location(path)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise ReportError.of("table.password", "the workbook has a password", where, _WITHOUT)
        grows = [p for p in parts if p.file_size > 1_000_000 and p.file_size > MAX_RATIO * max(p.compress_size, 1)]
        if grows or sum(part.file_size for part in parts) > MAX_UNPACKED:
            message = "the workbook unpacks to far more than a table needs"
            raise ReportError.of("table.bomb", message, where, "copy the rows into a new workbook")
        spoilt = archive.testzip()  # ends at the sizes that the archive tells, so that none is larger than it says
    except _DAMAGE as error:
        raise ReportError.of("table.broken", f"the workbook is damaged: {error}", where, SAVE) from None
    if spoilt:
        raise ReportError.of("table.broken", f"the workbook is damaged: {spoilt}", where, SAVE)
    return archive


def tree(path: Path, archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """Return a part's XML, or None where there is no such part."""
    try:
        return etree.fromstring(archive.read(name), parser())
    except KeyError:
        return None
    except etree.XMLSyntaxError as error:
        raise broken(path, name, error) from None


def parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def broken(path: Path, name: str, error: Exception) -> ReportError:
    """Return what is said of a part that is no XML."""
    return ReportError.of("table.broken", f"the workbook is damaged: {name}: {error}", Location(path), SAVE)


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace: strict workbooks have another one."""
    return str(element.tag).rpartition("}")[2]
