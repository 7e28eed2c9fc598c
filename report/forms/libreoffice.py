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

from lxml import etree

from report import files, isolation
from report.forms.word import text
from report.forms.word.form import parser
from report.press.measure import Measure, measure
from report.profiles.pages import PageRules, broken
from report.values import Location, Problem, ReportError, Severity

TIMEOUT = 180
"""Seconds that LibreOffice may take for a file."""
_PATHS = {
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
    "win32": (
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    ),
}


def find() -> str | None:
    """Return LibreOffice's program, or None where this machine has none; ``SOFFICE`` names it where it is elsewhere."""
    named = os.environ.get("SOFFICE", "")
    if Path(named).is_file():
        return named
    installed = (path for path in _PATHS.get(sys.platform, ()) if Path(path).is_file())
    return shutil.which("soffice") or shutil.which("libreoffice") or next(installed, None)


def measured(content: bytes) -> Measure | None:
    """Return what is measured on a Word file's pages, or None where LibreOffice is not installed or cannot read it."""
    program = find()
    if program is None:
        return None
    files.sweep_temporary()
    with tempfile.TemporaryDirectory(prefix=files.SCRATCH + files.mark()) as name:
        source, target = Path(name, "form.docx"), Path(name, "form.pdf")
        source.write_bytes(content)
        profile = f"-env:UserInstallation={Path(name, 'profile').as_uri()}"
        options = (profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", name)
        if not _run([program, *options, str(source)]) or not target.is_file():
            return None
        try:
            return isolation.run(_measure, target, content, about=target)
        except ReportError:  # it is the funder's form, and may be made to take all time and memory
            return None


def _measure(pdf: Path, content: bytes) -> Measure:
    return measure(pdf, list(_headers_and_footers(content)))


def _run(command: list[str]) -> bool:
    """Run a program and say whether it ended in time; otherwise end it with all that it started."""
    null = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=null, stdout=null, stderr=null, start_new_session=os.name == "posix")
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


def _headers_and_footers(content: bytes) -> Iterator[str]:
    """Yield the text of the headers and footers of a Word file, paragraph by paragraph (ECMA-376 17.10)."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
                for paragraph in etree.fromstring(package.read(name), parser()).iter(text.P):
                    if words := "".join(piece.text or "" for piece in paragraph.iter(text.T)).strip():
                        yield words


def problems(measured: Measure | None, rules: PageRules, where: Location) -> list[Problem]:
    """Return which rules the pages of a filled form break, as LibreOffice showed them; a warning where it could not."""
    if measured is None:
        message = "pages, type and margins were not checked: LibreOffice is not installed, or cannot read the form"
        return [Problem(Severity.WARNING, "form.pages", message, where, "install LibreOffice, or look at it in Word")]
    found = []
    for fault, tolerated in broken(rules, measured):
        severity, hint = Severity.ERROR, "shorten an answer, or ask the funder which of its rules apply to the form"
        if tolerated:
            severity, hint = Severity.WARNING, "look at it in Word"
        found.append(Problem(severity, "form.pages", f"the filled form has {fault}", where, hint))
    return found
