"""A workbook as a ZIP archive, opened with care: no password, no bomb, no entity, no part whose size is a lie."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO

from lxml import etree

from report.source.tables.limits import MAX_ELEMENT, MAX_RATIO, MAX_TREE, MAX_UNPACKED
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
_EMPTY = 500
"""So many emptied elements are left in memory until they are thrown away."""
SAVE = "open it and save it as an Excel workbook (.xlsx)"
_WITHOUT = "save it without a password"


def refuse_compound(path: Path, data: bytes) -> None:
    """Raise `ReportError` for a workbook with a password and for an old one."""
    if _ENCRYPTED in data:
        raise ReportError.of("table.password", "the workbook has a password", Location(path), _WITHOUT)
    message = "this is an old Excel workbook (.xls), which does not store errors and formulas reliably"
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
            raise bomb(path, "the workbook unpacks to far more than a table needs")
        spoilt = archive.testzip()  # ends at the sizes that the archive tells, so that none is larger than it says
    except _DAMAGE as error:
        raise ReportError.of("table.broken", f"the workbook is damaged: {error}", where, SAVE) from None
    if spoilt:
        raise ReportError.of("table.broken", f"the workbook is damaged: {spoilt}", where, SAVE)
    return archive


def tree(path: Path, archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """Return a part's XML, or None where there is no such part; raise `ReportError` where it is too large."""
    try:
        if archive.getinfo(name).file_size > MAX_TREE:
            raise bomb(path, f"the workbook’s part {name} is far larger than a table needs")
        return etree.fromstring(archive.read(name), parser())
    except KeyError:
        return None
    except etree.XMLSyntaxError as error:
        raise broken(path, name, error) from None


def elements(
    path: Path, archive: zipfile.ZipFile, name: str, *wanted: str, begun: bool = False
) -> Iterator[tuple[str, etree._Element]]:
    """Yield the elements of a part whose local names are `wanted` as they end, and with `begun` also as they begin.

    An element is emptied once the next is asked for. Raise `ReportError` where one is too large to be held, `ValueError` and
    its kin where the part is no XML, and `KeyError` where it is not there.
    """
    with archive.open(name) as stream:
        pieces = _Pieces(path, name, stream)
        events, tags = ("start", "end") if begun else ("end",), [f"{{*}}{one}" for one in wanted]
        parsed = etree.iterparse(pieces, events, tag=tags, resolve_entities=False, no_network=True)
        for number, (event, element) in enumerate(parsed):
            pieces.taken = 0
            yield event, element
            if event == "end":
                element.clear()
                if number % _EMPTY == 0:
                    for before in list(element.itersiblings(preceding=True)):
                        before.getparent().remove(before)


class _Pieces:
    """A stream of which only so much may be read until an element ends."""

    def __init__(self, path: Path, name: str, stream: IO[bytes]):
        self._path, self._name, self._stream = path, name, stream
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        self.taken += size
        if self.taken > MAX_ELEMENT:
            raise bomb(self._path, f"one element of the workbook’s part {self._name} is far larger than a table needs")
        return self._stream.read(size)


def bomb(path: Path, message: str) -> ReportError:
    """Return what is said of a workbook that would take far more memory than a table does."""
    return ReportError.of("table.bomb", message, Location(path), "copy the rows into a new workbook")


def parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def broken(path: Path, name: str, error: Exception) -> ReportError:
    """Return what is said of a part that is no XML."""
    return ReportError.of("table.broken", f"the workbook is damaged: {name}: {error}", Location(path), SAVE)


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace: strict workbooks have another one."""
    return str(element.tag).rpartition("}")[2]
