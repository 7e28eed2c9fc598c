"""A PDF whose objects keep their bytes is the same file."""

from __future__ import annotations

from io import BytesIO

import pydyf
import pytest

from report.formats.pdf.weasyprint.speed import objects


def _file() -> pydyf.PDF:
    pdf = pydyf.PDF()
    stream = pydyf.Stream([b"q", b"Q"], {"Filtered": "no"}, compress=True)
    pdf.add_object(stream)
    pdf.add_object(pydyf.Dictionary({"Type": "/Page", "Contents": stream.reference, "Parent": pdf.pages.reference}))
    freed = pydyf.Dictionary({"Type": "/Nothing"})
    pdf.add_object(freed)
    freed.free = "f"
    return pdf


@pytest.mark.parametrize("compress", [False, True])
def test_the_file_has_the_same_bytes(compress: bool) -> None:
    plain, fast = BytesIO(), BytesIO()
    objects._WRITE(_file(), plain, b"1.7", True, compress)
    objects._write(_file(), fast, b"1.7", True, compress)
    assert fast.getvalue() == plain.getvalue()


def test_an_object_is_put_into_bytes_once() -> None:
    counted = []

    class Counted(pydyf.Dictionary):
        @property
        def data(self) -> bytes:
            counted.append(self)
            return super().data

    pdf = _file()
    pdf.add_object(Counted({"Type": "/Counted"}))
    objects._write(pdf, BytesIO(), b"1.7", True, True)
    assert len(counted) == 1
