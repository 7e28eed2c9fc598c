"""How a PDF is put into bytes, and how WeasyPrint is loaded."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pydyf
import pytest

from report.formats.pdf.seal import seal


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
def test_a_sealed_file_has_the_same_bytes(compress: bool):
    plain, sealed = BytesIO(), BytesIO()
    _file().write(plain, b"1.7", True, compress)
    pdf = _file()
    seal(pdf)
    pdf.write(sealed, b"1.7", True, compress)
    assert sealed.getvalue() == plain.getvalue()


def test_an_object_is_put_into_bytes_once():
    asked = []

    class Counted(pydyf.Dictionary):
        @property
        def data(self) -> bytes:
            asked.append(self)
            return super().data

    pdf = _file()
    pdf.add_object(Counted({"Type": "/Counted"}))
    seal(pdf)
    pdf.write(BytesIO(), b"1.7", True, True)
    assert len(asked) == 1


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there, libraries are not found by their soname")
def test_loading_weasyprint_runs_no_other_program(tmp_path: Path):
    code = """
import subprocess, sys
def refuse(*arguments, **named):
    raise SystemExit(f"ran {arguments}")
subprocess.Popen.__init__ = refuse
from report.formats.libraries import require_pango
require_pango()
print("weasyprint" in sys.modules)
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.stdout.strip() == "True", result.stderr
