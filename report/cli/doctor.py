"""``report doctor``: what this machine has, what it lacks, and the command that fixes it."""

from __future__ import annotations

import ctypes
import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import click

from report.cli import options
from report.formats.libraries import LIBRARIES, install_hint, load, missing_libraries, require_pango
from report.values import MissingSystemLibrary, Problem, Severity
from report.workspace import bundled_templates

OLDEST_PYTHON = (3, 11)
OLDEST_JAVA = 17
_MAC_OFFICE = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the examination: what was looked at, what was seen, and the problem if there is one."""

    name: str
    seen: str
    problem: Problem | None = None


def machine_problems() -> list[Problem]:
    """Return what this machine lacks: errors stop a build, notes only limit what else can be done."""
    return [f.problem for f in examine() if f.problem]


def examine() -> list[Finding]:
    """Look at everything; one examination that fails does not stop the next."""
    return [look() for look in (_python, _weasyprint, _fonts, _libreoffice, _java, _poppler)]


@click.command(name="doctor")
@options.text_or_json()
@click.pass_context
def command(ctx: click.Context, form: str) -> None:
    """Check what this machine lacks, and print the commands that fix it.

    Exit status: 0 if everything that building needs is installed, 3 if something is missing.
    """
    findings = examine()
    click.echo(_as_json(findings) if form == "json" else _as_text(findings))
    if any(f.problem and f.problem.severity is Severity.ERROR for f in findings):
        ctx.exit(3)


def _as_text(findings: list[Finding]) -> str:
    marks = {None: "ok", Severity.ERROR: "missing", Severity.WARNING: "warning", Severity.NOTE: "optional"}
    lines = []
    for f in findings:
        lines.append(f"{marks[f.problem.severity if f.problem else None]:<9} {f.name}: {f.seen}")
        if f.problem:
            lines += [f"{'':<9} {text}" for text in (f.problem.message, f.problem.hint) if text]
    return "\n".join(lines)


def _as_json(findings: list[Finding]) -> str:
    def plain(f: Finding) -> dict[str, object]:
        problem = f.problem and {
            "severity": f.problem.severity.value,
            "code": f.problem.code,
            "message": f.problem.message,
            "hint": f.problem.hint,
        }
        return {"name": f.name, "seen": f.seen, "problem": problem}

    return json.dumps([plain(f) for f in findings], ensure_ascii=False, indent=2)


def _python() -> Finding:
    seen = f"{platform.python_version()} ({platform.system()} {platform.machine()})"
    if sys.version_info >= OLDEST_PYTHON:
        return Finding("Python", seen)
    oldest = ".".join(map(str, OLDEST_PYTHON))
    return Finding("Python", seen, _error("machine.python", f"Python {oldest} or newer is needed", "install it"))


def _weasyprint() -> Finding:
    """Look for the libraries first: importing WeasyPrint without them prints a page of advice, then raises."""
    name = "WeasyPrint"
    try:
        version = metadata.version("weasyprint")
    except metadata.PackageNotFoundError:
        hint = "reinstall the program: make setup"
        return Finding(name, "not installed", _error("machine.weasyprint", "WeasyPrint makes the PDF files", hint))
    try:
        require_pango()
    except MissingSystemLibrary as error:
        lacking = ", ".join(library.name for library in missing_libraries())
        return Finding(name, f"{version}, without {lacking}", error.problems[0])
    except (ImportError, OSError) as error:
        hint = "reinstall the program: make clean setup"
        return Finding(name, version, _error("machine.weasyprint", f"WeasyPrint does not load: {error}", hint))
    return Finding(name, f"{version}, Pango {_library_version('Pango')}, HarfBuzz {_library_version('HarfBuzz')}")


def _library_version(name: str) -> str:
    """Return the version of a loaded library."""
    functions = {"Pango": "pango_version_string", "HarfBuzz": "hb_version_string"}
    library = load(next(each for each in LIBRARIES if each.name == name))
    ask = getattr(library, functions[name])
    ask.restype = ctypes.c_char_p
    version: bytes = ask()
    return version.decode()


def _fonts() -> Finding:
    folder = bundled_templates() / "fonts"
    fonts = sorted(folder.glob("*/*.ttf"))
    if fonts:
        return Finding("Fonts", f"{len(fonts)} bundled files")
    hint = "reinstall the program: it comes with its fonts"
    return Finding("Fonts", "none", _error("machine.fonts", f"the bundled fonts are missing from {folder}", hint))


def _libreoffice() -> Finding:
    use = "LibreOffice shows Word files as pages; building does not need it"
    found = shutil.which("soffice") or (_MAC_OFFICE.is_file() and str(_MAC_OFFICE))
    return Finding("LibreOffice", found) if found else _optional("LibreOffice", "libreoffice", use)


def _java() -> Finding:
    """Run it: macOS has a ``java`` that only says that there is none."""
    line = _ask("java", "-version", good=lambda text: "version" in text)
    quoted = line.split('"')[1] if line and line.count('"') >= 2 else ""
    if quoted.split(".")[0].isdigit() and int(quoted.split(".")[0]) >= OLDEST_JAVA:
        return Finding("Java", quoted)
    use = f"Java {OLDEST_JAVA} or newer runs veraPDF, the reference judge of PDF files; building does not need it"
    return _optional("Java", "java", use, quoted or "none")


def _poppler() -> Finding:
    line = _ask("pdfinfo", "-v", good=lambda text: "version" in text)
    if line:
        return Finding("Poppler", line.rsplit(" ", 1)[-1])
    return _optional("Poppler", "poppler", "Poppler's programs look at PDF files; building does not need it")


def _ask(*command: str, good: Callable[[str], bool]) -> str | None:
    """Return the first good line that a program prints, or None where it is absent or does not run."""
    if not shutil.which(command[0]):
        return None
    try:
        result = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return next((line for line in (result.stderr + result.stdout).splitlines() if good(line)), None)


def _error(code: str, message: str, hint: str) -> Problem:
    return Problem(Severity.ERROR, code, message, hint=hint)


def _optional(name: str, thing: str, use: str, seen: str = "none") -> Finding:
    return Finding(name, seen, Problem(Severity.NOTE, f"machine.{thing}", use, hint=install_hint(thing)))
