"""LibreOffice, where it is present, turns a filled form into the PDF that a funder would see, to be measured."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from report import files, isolation
from report.press.measure import Measure, measure
from report.profiles.pages import PageRules, broken
from report.values import Location, Problem, ReportError, Severity

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TIMEOUT = 180
"""Seconds that LibreOffice may take for a file."""
_PLACES = {
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
    "win32": (
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    ),
}


def find() -> str | None:
    """Return LibreOffice's program, or None where this machine has none; ``SOFFICE`` names it where it is elsewhere."""
    named = os.environ.get("SOFFICE")
    found = (
        (named if named and Path(named).is_file() else None) or shutil.which("soffice") or shutil.which("libreoffice")
    )
    return found or next((place for place in _PLACES.get(sys.platform, ()) if Path(place).is_file()), None)


def measured(content: bytes) -> Measure | None:
    """Return what is measured on a Word file's pages, or None where LibreOffice is not there or cannot read it."""
    program = find()
    if program is None:
        return None
    files.sweep_temporary()
    with tempfile.TemporaryDirectory(prefix=files.SCRATCH + files.mark()) as name:
        folder = Path(name)
        source = folder / "form.docx"
        source.write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [
            program,
            profile,
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(source),
        ]
        made = folder / "form.pdf"
        if not _ran(command) or not made.is_file():
            return None
        try:
            return isolation.run(_of_pages, made, content, about=made)
        except ReportError:  # it is the funder's form, and may be made to take all time and memory
            return None


def _of_pages(made: Path, content: bytes) -> Measure:
    return measure(made, list(_heads(content)))


def _ran(command: list[str]) -> bool:
    """Run a program and say whether it ended in time; otherwise end it with all that it started."""
    apart: dict[str, Any] = {"start_new_session": True} if os.name == "posix" else {}
    nowhere = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, **apart)
    except OSError:
        return False
    try:
        process.wait(TIMEOUT)
        return True
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    process.kill()
    process.wait()


def _heads(content: bytes) -> Iterator[str]:
    """Yield what the headers and footers of a Word file say, paragraph by paragraph (ECMA-376 17.10)."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
                root = etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
                for paragraph in root.iter(f"{_W}p"):
                    if told := "".join(text.text or "" for text in paragraph.iter(f"{_W}t")).strip():
                        yield told


def problems(found: Measure | None, rules: PageRules, where: Location) -> list[Problem]:
    """Return what the pages of a filled form break, as LibreOffice showed them; a warning where it could not."""
    if found is None:
        message = "pages, type and margins were not checked: LibreOffice is not there, or cannot read the form"
        return [Problem(Severity.WARNING, "form.pages", message, where, "install LibreOffice, or look at it in Word")]
    return [
        Problem(
            Severity.WARNING if tolerated else Severity.ERROR,
            "form.pages",
            f"the filled form has {said}",
            where,
            "look at it in Word"
            if tolerated
            else "shorten an answer, or ask the funder which of its rules apply to the form",
        )
        for said, tolerated in broken(rules, found)
    ]
