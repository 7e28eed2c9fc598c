"""LibreOffice may take its time, or hang: it is ended with whatever it started."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from report.forms import libreoffice
from tests.forms import funder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the program of the test is a shell script")


def _program(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_one_that_hangs_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = tmp_path / "number"
    program = _program(tmp_path / "soffice", f"sleep 100 & echo $! > {number}; wait")
    monkeypatch.setenv("SOFFICE", str(program))
    monkeypatch.setattr(libreoffice, "TIMEOUT", 1)
    assert libreoffice.measured(funder.part_b()) is None
    child = Path(f"/proc/{int(number.read_text())}")
    end = time.monotonic() + 5
    while sys.platform == "linux" and child.exists() and time.monotonic() < end:
        assert (child / "stat").read_text().rpartition(")")[2].split()[0] in "ZXRS"
        time.sleep(0.1)
    assert not child.exists() or (child / "stat").read_text().rpartition(")")[2].split()[0] in "ZX"


@pytest.mark.parametrize("made", ["echo no PDF", "printf '%%PDF-1.4 nothing %%%%EOF'", "exit 1"])
def test_what_it_makes_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: str) -> None:
    folder = 'for last; do :; done; cd "$(dirname "$last")"'
    monkeypatch.setenv("SOFFICE", str(_program(tmp_path / "soffice", f"{folder}; {made} > form.pdf")))
    assert libreoffice.measured(funder.part_b()) is None
